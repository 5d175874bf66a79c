from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table


class RoundTable(Table):
    caption = _("Surveys, the newest on top")
    empty = _("No surveys yet")
    default_order = ("-closed_on", "-pk")
    columns = (
        Column(
            key="name",
            label=_("Survey"),
            value=lambda o: o.name,
            link=lambda o: o.url,
            template="surveys/_name.html",
        ),
        Column(
            key="closed",
            label=_("Answers were asked"),
            value=lambda o: o.period or "–",
            raw=lambda o: o.closed_on,
            order_by=("closed_on",),
        ),
        Column(key="frame", label=_("How companies were reached"), value=lambda o: o.get_frame_display()),
        Column(
            key="answers",
            label=_("Answers"),
            value=lambda o: typography.number(o.answers),
            raw=lambda o: o.answers,
            numeric=True,
        ),
        Column(
            key="simulated",
            label=_("Simulated data"),
            value=lambda o: _("Yes") if o.simulated else _("No"),
            only_export=True,
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda o: o.get_state_display(),
            order_by=("state",),
            template="surveys/_state.html",
        ),
    )
