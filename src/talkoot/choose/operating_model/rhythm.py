"""How often in a year something is done, as a word for the months."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MONTHS: Final = 12


class Rhythm(StrEnum):
    UNSET = ""
    ALL_YEAR = "all_year"
    QUARTERLY = "quarterly"
    TWICE = "twice"
    ONCE = "once"
    OWN = "own"


LABELS: Final[dict[Rhythm, _StrPromise]] = {
    Rhythm.UNSET: _("Not set"),
    Rhythm.ALL_YEAR: _("All year"),
    Rhythm.QUARTERLY: _("Every quarter"),
    Rhythm.TWICE: _("Twice a year"),
    Rhythm.ONCE: _("Once a year"),
}
_TIMES = {Rhythm.ALL_YEAR: 12, Rhythm.QUARTERLY: 4, Rhythm.TWICE: 2, Rhythm.ONCE: 1}


def of(months: list[int]) -> Rhythm:
    """The word for these months: evenly spread ones have one, others are the method's own."""
    held = sorted(set(months))
    if not held:
        return Rhythm.UNSET
    found = next((word for word, times in _TIMES.items() if times == len(held)), Rhythm.OWN)
    return found if held == months_of(found, held[0]) else Rhythm.OWN


def months_of(rhythm: Rhythm, first: int) -> list[int]:
    """Evenly spread months of which `first` is one; none when no rhythm is set."""
    times = _TIMES.get(rhythm, 0)
    return sorted((first - 1 + n * MONTHS // times) % MONTHS + 1 for n in range(times))


def changed(months: list[int], first: int, *, rhythm: Rhythm, start: int) -> list[int]:
    """`months`, which begin in the month `first`, when the rhythm and the first month become these.

    Months that a person has picked one by one stay until another rhythm is chosen.
    """
    if rhythm == Rhythm.OWN:
        return months
    if rhythm == of(months) and (start == first or months != months_of(rhythm, first)):
        return months
    return months_of(rhythm, start)
