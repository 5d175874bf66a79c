"""The state of a message with its due day, as a list and a page show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from talkoot.listen.pulse.models import Heard

SIGNS = {"ok": "check", "wait": "clock", "late": "alert", "info": "info", "": "minus"}
KINDS = {"answered": "ok", "handed_over": "info", "closed": ""}


def shown(heard: Heard) -> SafeString:
    """A sign and a word; while it waits, how many days are left or how late it is."""
    example = f' <span class="ex">({escaped(_("example"))})</span>' if heard.example else ""
    kind, label = _said(heard)
    css = f"state {kind}".strip()
    return written(f'<span class="{css}">{icon(SIGNS[kind])}{escaped(label)}</span>{example}')


def _said(heard: Heard) -> tuple[str, str]:
    if heard.state in KINDS:
        return KINDS[heard.state], str(heard.get_state_display())
    days = heard.days_left
    if days < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -days)
        return "late", late % {"days": -days}
    return "wait", ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
