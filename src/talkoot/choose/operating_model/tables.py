from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table


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
