"""What charts drawn as one picture share: a caption, a key, a table beside."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Drawing

BELOW = _("The figures are in the table below.")
STEPS = (1, 2, 2.5, 3, 5, 10)
INTERVALS = 4


@dataclass(frozen=True, slots=True)
class DataTable:
    """The figures of a picture: heads (label, numeric) and rows of cells, the first of which names the row."""

    heads: Sequence[tuple[Words, bool]]
    rows: Sequence[Sequence[Words]]


@dataclass(frozen=True)
class Figure(ABC):
    """``caption`` is the title, ``note`` says how to read it; ``hidden_caption``: the page's heading says it already."""

    caption: Words
    note: Words = ""
    source: Words = ""
    hidden_caption: bool = False

    template_name: ClassVar[str] = "charts/figure.html"
    css: ClassVar[str] = ""

    @cached_property
    @abstractmethod
    def drawing(self) -> Drawing:
        """The picture."""

    @property
    @abstractmethod
    def table(self) -> DataTable:
        """The same in figures."""

    @property
    def key(self) -> Sequence[tuple[str, Words]]:
        """Classes of a sample and what it stands for; only where three or more series repeat."""
        return ()


def nice_step(most: float) -> float:
    """A round step of which at most four reach ``most``."""
    if most <= 0:
        return 1
    raw = most / INTERVALS
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in STEPS if step * power >= raw - 1e-9 * power)


def ticks(most: float) -> list[float]:
    """Zero, then round steps up to or just beyond ``most``."""
    step = nice_step(most)
    return [step * i for i in range(ceil(most / step - 1e-9) + 1)]
