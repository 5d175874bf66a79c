"""Cells of the tables of pilots as HTML: a template for each would be half of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from talkoot.kit import typography
from talkoot.kit.ui import translated
from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from typing import Any

    from django.utils.safestring import SafeString

    from talkoot.choose.pilots.models import Pilot


def name(pilot: Any) -> SafeString:
    """A link, marked where the pilot is invented. `shown_url` of the pilot is set by the view."""
    link = f'<a href="{escaped(pilot.shown_url)}">{translated.html(pilot, "name")}</a>'
    return written(link, f' <span class="ex">({escaped(_("example"))})</span>' if pilot.example else "")


def changed(pilot: Pilot) -> SafeString:
    """The share and count of those that reached the goal, and what was measured."""
    if pilot.share is not None:
        said = f"{typography.percent(pilot.share, 0)} ({pilot.events})"
        return written(f"<b>{escaped(said)}</b><small>{translated.html(pilot, 'measure')}</small>")
    if pilot.state == pilot.State.RUNNING:
        waits = escaped(_("Follow-up under way"))
        return written('<span class="suppressed">', icon("clock"), waits, "</span>")
    return _missing(_("Not counted yet"))


def lesson(pilot: Pilot) -> SafeString:
    """The first lesson, once the pilot is over."""
    if pilot.is_over and pilot.lesson_worked:
        return translated.html(pilot, "lesson_worked")
    if pilot.is_over and pilot.lesson_did_not:
        return translated.html(pilot, "lesson_did_not")
    return _missing(_("No lessons yet"))


def companies(pilot: Pilot) -> str:
    return str(pilot.companies) if pilot.companies else _missing(_("Not set yet"))


def when(pilot: Pilot) -> str:
    return period(pilot) or _missing(_("Not set yet"))


def period(pilot: Pilot) -> str:
    """Start and end in words; a missing end is left open."""
    if pilot.starts_on is None:
        return ""
    end = typography.date(pilot.ends_on) if pilot.ends_on else ""
    return f"{typography.date(pilot.starts_on)}–{end}"


def _missing(words: str) -> SafeString:
    return written('<span class="muted">', escaped(words), "</span>")
