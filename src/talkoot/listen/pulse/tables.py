from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table


class FeedbackTable(Table):
    caption = _("Feedback, the one due first on top")
    empty = _("No feedback yet")
    default_order = ("answered_at", "due_on", "pk")
    columns = (
        Column(
            key="summary",
            label=_("Feedback"),
            value=lambda o: o.summary,
            raw=lambda o: o.message,
            link=lambda o: o.url,
        ),
        Column(
            key="page",
            label=_("Page"),
            value=lambda o: o.page or "–",
            raw=lambda o: o.page,
            order_by=("page",),
        ),
        Column(
            key="received",
            label=_("Received"),
            value=lambda o: typography.date(o.received_at),
            raw=lambda o: o.received_at,
            order_by=("received_at",),
        ),
        Column(
            key="due",
            label=_("Answer by"),
            value=lambda o: typography.date(o.due_on),
            raw=lambda o: o.due_on,
            order_by=("due_on",),
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda o: o.get_state_display(),
            order_by=("state",),
            template="pulse/_state.html",
        ),
    )
