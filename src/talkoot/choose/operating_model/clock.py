"""The months of the model in force, for the annual clock and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.reading import spans
from talkoot.kit.calendar import Entry
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.city.agenda.models import Task
    from talkoot.city.organisations.models import Municipality


def entries(city: Municipality, year: int) -> Iterator[Entry]:
    """All-day entries of the model in force: one for each run of months of each method, and the next review."""
    items = ModelMethod.objects.filter(model__city=city, model__state__in=OperatingModel.NOW)
    rows = items.with_methods("starts_on", "months", *columns("owner_unit__name"))  # type: ignore[attr-defined]  # our queryset
    for item in rows.select_related("owner_unit"):
        for first, last in spans(year, item.months):
            begins = max(first, item.starts_on or first)
            if begins > last:
                continue
            yield Entry(
                uid=f"model-{item.pk}-{year}-{first.month:02d}",
                title=item.method.name,
                start=begins,
                end=last,
                all_day=True,
                url=reverse("methods:detail", kwargs={"code": item.method.code}),
                description=_described(item),
                verb="act",
            )
    yield from _reviews(city, year)


def _described(item: ModelMethod) -> str:
    if item.owner_unit is None:
        return ""
    return _("Responsible unit: {unit}").format(unit=item.owner_unit)


def _reviews(city: Municipality, year: int) -> Iterator[Entry]:
    rows = OperatingModel.objects.filter(city=city, state__in=OperatingModel.NOW, review_on__year=year)
    for model in rows.select_related("city"):
        if model.review_on:
            yield Entry(
                uid=f"model-review-{model.pk}",
                title=_("Yearly review of the operating model"),
                start=model.review_on,
                url=reverse("operating_model:public", kwargs={"city": model.city.slug}),
                verb="choose",
            )


def task_url(task: Task) -> str:
    """The model that a task is about."""
    return reverse("operating_model:detail", kwargs={"city": task.city.slug, "pk": task.subject_id})
