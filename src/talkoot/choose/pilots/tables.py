from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from talkoot.choose.pilots import cells
from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.ui import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from talkoot.choose.pilots.models import Pilot


def named(pilot: Pilot) -> SafeString:
    """The name for a line of crumbs, marked with its language where that is not the reader's."""
    return translated.html(pilot, "name", note=False)


def result(pilot: Pilot) -> str:
    """The share that reached the goal, with the count; empty before there is one."""
    if pilot.share is None:
        return ""
    return f"{typography.percent(pilot.share, 0)} ({pilot.events} / {pilot.companies})"


NAME = Column(
    key="name",
    label=_("Pilot"),
    value=cells.name,
    raw=lambda pilot: pilot.name,
    order_by=("name_fi",),
)
METHOD = Column(
    key="method",
    label=_("Method"),
    value=lambda pilot: format_html(
        '<span class="code">{}</span> {}', pilot.method.code, translated.html(pilot.method, "name")
    ),
    raw=lambda pilot: pilot.method.name,
    order_by=("method__code",),
)
STATE = Column(
    key="state",
    label=_("State"),
    value=lambda pilot: pilot.get_state_display(),
    order_by=("state",),
    template="pilots/cells/state.html",
)
PERIOD = Column(key="period", label=_("Period"), value=cells.when, raw=cells.period, order_by=("starts_on",))
RESULT = Column(
    key="result",
    label=_("Result"),
    value=result,
    numeric=True,
    only_export=False,
    template="pilots/cells/result.html",
)
FIGURES = (
    Column(key="code", label=_("Code of the method"), value=lambda p: p.method.code, only_export=True),
    Column(key="criterion", label=_("Aim"), value=lambda p: p.get_criterion_display(), only_export=True),
    Column(key="measure", label=_("Measure of success"), value=lambda p: p.measure, only_export=True),
    Column(
        key="value_low", label=_("Share worth 0 points, %"), value=lambda p: p.value_low, only_export=True
    ),
    Column(
        key="value_high", label=_("Share worth 100 points, %"), value=lambda p: p.value_high, only_export=True
    ),
    Column(key="starts_on", label=_("Starts"), value=lambda p: p.starts_on, only_export=True),
    Column(key="ends_on", label=_("Ends"), value=lambda p: p.ends_on, only_export=True),
    Column(
        key="events", label=_("Companies that reached the goal"), value=lambda p: p.events, only_export=True
    ),
    Column(key="companies", label=_("Companies counted"), value=lambda p: p.companies, only_export=True),
    Column(key="hours", label=_("Hours of the city’s staff"), value=lambda p: p.hours, only_export=True),
    Column(key="worked", label=_("What worked"), value=lambda p: p.lesson_worked, only_export=True),
    Column(
        key="for_whom", label=_("For whom it worked"), value=lambda p: p.lesson_for_whom, only_export=True
    ),
    Column(key="did_not", label=_("What did not work"), value=lambda p: p.lesson_did_not, only_export=True),
    Column(key="again", label=_("Would we do it again"), value=lambda p: p.lesson_again, only_export=True),
    Column(
        key="example", label=_("Example"), value=lambda p: _("yes") if p.example else "", only_export=True
    ),
)


class PilotTable(Table):
    """Pilots of one city; `shown_url` of each row is set by the view."""

    caption = _("Pilots")
    note: str | _StrPromise = ""
    empty = _("No pilots here yet.")
    default_order = ("-starts_on", "-pk")
    columns: ClassVar[Sequence[Column]] = (NAME, METHOD, STATE, PERIOD, RESULT, *FIGURES)


class PublishedTable(PilotTable):
    """What everyone sees: only published pilots, so the state says nothing."""

    caption = _("Published pilots")
    columns = (NAME, METHOD, PERIOD, RESULT, *FIGURES)


class OwnTable(PilotTable):
    """Pilots in which the reader's company takes part."""

    caption = _("Pilots of your company")
    empty = _("Your company does not take part in a pilot now.")
    columns = (
        NAME,
        Column(key="city", label=_("City"), value=lambda pilot: pilot.city.name),
        METHOD,
        STATE,
        PERIOD,
    )


class TriedTable(PilotTable):
    """On the page of a method: who tried it, what changed, what was learned."""

    caption = _("Who has tried it")
    columns = (
        Column(key="city", label=_("City"), value=lambda pilot: pilot.city.name),
        Column(key="name", label=_("Pilot"), value=cells.name),
        Column(key="companies", label=_("Companies"), value=cells.companies, numeric=True),
        Column(key="result", label=_("What changed"), value=cells.changed),
        Column(key="lesson", label=_("What was learned"), value=cells.lesson),
    )


def portal_url(pilot: Pilot) -> str:
    return reverse("pilots:portal_detail", kwargs={"pk": pilot.pk})
