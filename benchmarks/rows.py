"""Rows that the demo does not have and pages in routes.yaml speak of: a calculated run, and the draft made of it.

`python -m benchmarks.rows` makes them, in a process of its own: the numeric libraries must not weigh on the pages.
"""

from __future__ import annotations

from functools import cache

CITY, OFFICER = "jarvenpaa", "aino@jarvenpaa.example"
SITUATIONS = 50  # enough for a result of full length: the page shows shares, however many they are of


def make() -> None:
    """Calculate the city's run and begin the next model with what it recommends."""
    from talkoot.choose.operating_model import actions
    from talkoot.choose.selection.calculation import calculate
    from talkoot.choose.selection.models import Run
    from talkoot.city.accounts.models import User

    run = Run.objects.get(city__slug=CITY)
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
    calculate(run)
    run.refresh_from_db()
    actions.begin(city=run.city, by=User.objects.get(email=OFFICER), run=run)


@cache
def numbers() -> dict[str, int]:
    """Primary keys by the names that paths in routes.yaml give them; 0, which no page has, for what is missing."""
    from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
    from talkoot.choose.selection.models import Run
    from talkoot.city.agenda.models import Task

    found = {
        "run": Run.objects.filter(city__slug=CITY, state=Run.State.DONE),
        "item": ModelMethod.objects.filter(model__city__slug=CITY, model__state=OperatingModel.State.DRAFT),
        "task": Task.objects.filter(city__slug=CITY),
    }
    return {name: rows.values_list("pk", flat=True).first() or 0 for name, rows in found.items()}


if __name__ == "__main__":
    import django

    django.setup()
    make()
