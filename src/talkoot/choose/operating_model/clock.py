"""The months of the model in force, for the annual clock and the calendar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.kit.calendar import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.city.agenda.models import Task
    from talkoot.city.organisations.models import Municipality


def entries(city: Municipality, year: int) -> Iterator[Entry]:
    """One all-day entry a method and month of the year, of the model in force."""
    items = ModelMethod.objects.filter(model__city=city, model__state__in=OperatingModel.NOW)
    for item in items.select_related("method", "owner_unit"):
        for month in sorted(item.months):
            day = dt.date(year, month, 1)
            if item.starts_on and day < item.starts_on.replace(day=1):
                continue
            yield Entry(
                uid=f"model-{item.pk}-{year}-{month:02d}",
                title=item.method.name,
                start=day,
                end=None,
                all_day=True,
                url=reverse("methods:detail", kwargs={"code": item.method.code}),
                description=str(item.owner_unit or ""),
                verb="act",
            )


def task_url(task: Task) -> str:
    """The model that a task is about."""
    return reverse("operating_model:detail", kwargs={"city": task.city.slug, "pk": task.subject_id})
