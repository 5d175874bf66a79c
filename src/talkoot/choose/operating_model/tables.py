from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from talkoot.choose.operating_model.models import ModelMethod


class ModelTable(Table):
    caption = _("Versions of the operating model, newest first")
    empty = _(
        "The city has no operating model yet. Run a selection and adopt its portfolio, or begin an empty draft."
    )
    default_order = ("-number",)
    columns = (
        Column(
            key="number", label=_("Version"), value=str, raw=lambda m: m.number, order_by=("number",),
            link=lambda m: m.get_absolute_url(),
        ),
        Column(
            key="state", label=_("State"), value=lambda m: m.get_state_display(), order_by=("state",),
            template="operating_model/_state.html",
        ),
        Column(
            key="methods", label=_("Methods"), value=lambda m: m.item_count, order_by=("item_count",), numeric=True
        ),
        Column(
            key="days", label=_("Person-days a year"), value=lambda m: m.days if m.days is not None else "–",
            raw=lambda m: m.days, order_by=("days",), numeric=True,
        ),
        Column(
            key="starts", label=_("In force from"), order_by=("starts_on",), raw=lambda m: m.starts_on,
            value=lambda m: typography.date(m.starts_on) if m.starts_on else "–",
        ),
    )  # fmt: skip


def _effort(item: ModelMethod) -> str:
    return gettext("Not known") if item.person_days is None else typography.number(item.person_days, 0)


def _when(item: ModelMethod) -> SafeString:
    if item.starts_on is None:
        return written(escaped(item.month_names))
    since = gettext("from %(day)s") % {"day": typography.date(item.starts_on)}
    return written(escaped(item.month_names), "<small>", escaped(since), "</small>")


def _aim(item: ModelMethod) -> str:
    indicator = item.indicator
    if not indicator:
        return gettext("Not named yet")
    shown = f"<span>{escaped(indicator)}</span>"
    if item.target is None:
        return written(shown)
    target = f"{typography.number(item.target)} {item.indicator_unit or ''}"
    return written(shown, ' <b class="nowrap">', escaped(target), "</b>")


ITEM_COLUMNS = (
    Column(
        key="method", label=_("Method and why it was chosen"), value=lambda item: item.method.name,
        template="operating_model/_method.html",
    ),
    Column(key="unit", label=_("Responsible unit"), value=lambda item: item.unit_names),
    Column(key="days", label=_("Effort, person-days a year"), value=_effort, numeric=True),
    Column(key="when", label=_("When"), value=_when),
    Column(key="aim", label=_("Indicator and target"), value=_aim),
)  # fmt: skip
"""The methods of a model, as `ItemQuerySet.with_parts` reads them."""
