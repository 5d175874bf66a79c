from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.kit.crud.table import Column, Table
from talkoot.kit.typography import date

if TYPE_CHECKING:
    import datetime as dt


def _day(day: dt.date | None, missing: str) -> str:
    return date(day) if day else missing


class RoleChangeTable(Table):
    caption = _("Changes in the municipality’s role")
    empty = _("No changes yet. Add the ones that affect your cooperation with companies.")
    default_order = ("-actual_on", "-planned_on", "pk")
    columns = (
        Column(key="name", label=_("Change"), value=str, link=lambda c: c.get_absolute_url()),
        Column(
            key="planned_on",
            label=_("Planned day"),
            value=lambda c: _day(c.planned_on, gettext("Not known")),
            raw=lambda c: c.planned_on,
            order_by=("planned_on",),
        ),
        Column(
            key="actual_on",
            label=_("Came into effect"),
            value=lambda c: _day(c.actual_on, gettext("Not yet")),
            raw=lambda c: c.actual_on,
            order_by=("actual_on",),
        ),
        Column(key="effects", label=_("Effects"), value=lambda c: c.effect_count, numeric=True),
    )
