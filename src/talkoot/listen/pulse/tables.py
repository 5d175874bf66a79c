from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.ui import translated

if TYPE_CHECKING:
    from talkoot.listen.pulse.models import Heard, Outcome


BRIEFLY = Prefetch("methods", Method.objects.brief().order_by("code"))  # type: ignore[attr-defined]  # our queryset
"""Of the methods that a row is about, what a list shows."""


def codes(row: Heard | Outcome) -> str:
    """Codes of the methods that it is about; read from what was prefetched."""
    return ", ".join(method.code for method in row.methods.all())


def owner(heard: Heard) -> str:
    """The person, or else the unit, that answers for it."""
    if heard.owner is not None:
        return heard.owner.get_short_name()
    return str(heard.unit) if heard.unit is not None else str(_("Nobody yet"))


SUMMARY = Column(
    key="summary",
    label=_("Message"),
    value=lambda o: o.summary,
    raw=lambda o: o.message,
    link=lambda o: o.url,
)
KIND = Column(key="kind", label=_("Kind"), value=lambda o: o.get_kind_display(), order_by=("kind",))
RECEIVED = Column(
    key="received",
    label=_("Received"),
    value=lambda o: typography.date(o.received_at),
    raw=lambda o: o.received_at,
    order_by=("received_at",),
)
DUE = Column(
    key="due",
    label=_("Answer by"),
    value=lambda o: typography.date(o.due_on),
    raw=lambda o: o.due_on,
    order_by=("due_on",),
)
STATE = Column(
    key="state",
    label=_("State"),
    value=lambda o: o.state_shown,
    raw=lambda o: o.get_state_display(),
    order_by=("state",),
)


def _plain(key: str, label: Any, field: str) -> Column:
    return Column(key=key, label=label, value=lambda o: getattr(o, field) or "", only_export=True)


class HeardTable(Table):
    caption = _("What we have heard, the most urgent first")
    empty = _("Nothing here yet")
    default_order = ("settled", "due_on", "pk")
    columns = (
        SUMMARY,
        KIND,
        Column(key="methods", label=_("Methods"), value=lambda o: codes(o) or "–", raw=codes),
        Column(key="owner", label=_("Responsible"), value=owner, order_by=("owner__name",)),
        RECEIVED,
        DUE,
        STATE,
        _plain("number", _("Number"), "pk"),
        Column(key="from", label=_("From whom"), value=lambda o: o.from_whom, only_export=True),
        _plain("page", _("Page"), "page"),
        _plain("answer", _("Answer"), "answer"),
        _plain("handed", _("Handed over to"), "handed_to"),
    )


class OwnTable(Table):
    """A company's own, on its own page."""

    caption = _("What your company has said, and what was answered")
    empty = _("You have not written to the city yet")
    default_order = ("-received_at", "-pk")
    columns = (
        SUMMARY,
        KIND,
        Column(key="city", label=_("City"), value=lambda o: str(o.city or "–")),
        RECEIVED,
        DUE,
        STATE,
    )


def _in(language: str, label: Any, field: str) -> Column:
    return Column(
        key=f"{field}_{language}",
        label=label,
        value=lambda o: getattr(o, f"{field}_{language}") or "",
        only_export=True,
    )


class OutcomeTable(Table):
    caption = _("What we heard, what we did")
    empty = _("The city has not told anything yet")
    default_order = ("-done_on", "-pk")
    columns = (
        Column(
            key="said",
            label=_("What we heard"),
            value=lambda o: translated.html(o, "said"),
            raw=lambda o: o.said,
            link=lambda o: o.get_absolute_url(),
        ),
        Column(key="theme", label=_("Theme"), value=lambda o: o.get_theme_display(), order_by=("theme",)),
        Column(key="methods", label=_("Methods"), value=lambda o: codes(o) or "–", raw=codes),
        Column(
            key="done_on",
            label=_("Done on"),
            value=lambda o: typography.date(o.done_on),
            raw=lambda o: o.done_on,
            order_by=("done_on",),
        ),
        Column(key="state", label=_("State"), value=lambda o: o.get_state_display(), order_by=("state",)),
    )


class ToldTable(Table):
    """For the files of the public page."""

    caption = _("What we heard, what we did")
    empty = _("The city has not told anything yet")
    default_order = ("-done_on", "-pk")
    columns = (
        Column(key="done_on", label=_("Done on"), value=lambda o: o.done_on),
        Column(key="theme", label=_("Theme"), value=lambda o: o.get_theme_display()),
        Column(key="methods", label=_("Methods"), value=codes),
        *(
            _in(code, label, field)
            for field, labels in (
                ("said", (_("What we heard, fi"), _("What we heard, sv"), _("What we heard, en"))),
                ("done", (_("What we did, fi"), _("What we did, sv"), _("What we did, en"))),
            )
            for code, label in zip(("fi", "sv", "en"), labels, strict=True)
        ),
    )


class CheckTable(Table):
    caption = _("Quick questions, the newest first")
    empty = _("No question has been asked yet")
    default_order = ("-pk",)
    columns = (
        Column(
            key="question",
            label=_("Question"),
            value=lambda o: translated.html(o, "question"),
            raw=lambda o: o.question,
            link=lambda o: o.url,
        ),
        Column(key="place", label=_("Where"), value=lambda o: o.get_place_display()),
        Column(key="answers", label=_("Answers"), value=lambda o: o.answers_shown, numeric=True),
        Column(key="state", label=_("State"), value=lambda o: o.get_state_display(), order_by=("state",)),
    )
