"""The criteria of the choice: the five goals of the national library and what companies ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Criterion as Goal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


DEMAND = "F"


@dataclass(frozen=True)
class Criterion:
    """`unit` says what 0 and 100 mean; 0 is always "the method is not used"."""

    code: str
    label: _StrPromise
    unit: _StrPromise

    @property
    def heading(self) -> _StrPromise:
        """The goal with the letter that the national library gives it, in the language of the page that shows it."""
        return self.label if self.code == DEMAND else format_lazy("{} {}", self.code, self.label)

    @property
    def named(self) -> str:
        """The heading in the active language."""
        return str(self.heading)


_ASSESSED = _("national assessment 1–5, as 0–100")
CRITERIA = (
    *(Criterion(goal.value, goal.label, _ASSESSED) for goal in Goal),
    Criterion(
        DEMAND,
        _("Demand from companies"),
        _("companies that would benefit, of the largest target group, as 0–100"),
    ),
)
CODES = tuple(criterion.code for criterion in CRITERIA)
EQUAL_LIMITS = (5, 40)
