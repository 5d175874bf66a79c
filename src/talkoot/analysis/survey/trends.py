"""How the answer to a question that two rounds share has changed.

The rounds are independent samples, so the variances add up; Student's t has Welch and Satterthwaite's degrees of
freedom. Where some answered both rounds the interval is too wide rather than too narrow, as long as a company's
two answers go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import TYPE_CHECKING, TypeVar

from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from talkoot.analysis.survey.estimation.figures import Figure

    Key = TypeVar("Key", bound=Hashable)

NAME = "Difference of two independent samples"
CITATION = (
    "Welch, B. L. (1947). Biometrika 34(1–2), 28–35. Satterthwaite, F. E. (1946). Biometrics Bulletin 2(6)."
)
UPPER_TAIL = 0.975


@dataclass(frozen=True)
class Change:
    """`difference`: later less earlier, in the unit of the figure; `low`–`high`: its 95 % interval; `p`: two-sided.

    `df` and `p` are None when neither round has any error.
    """

    difference: float
    se: float
    low: float
    high: float
    df: float | None
    p: float | None


def change(earlier: Figure, later: Figure) -> Change:
    """ValueError when an error is not known."""
    first, second = earlier.se**2, later.se**2
    if not isfinite(first + second) or min(earlier.df, later.df) < 1:
        raise ValueError("Both figures need a standard error with degrees of freedom.")
    difference, se = later.estimate - earlier.estimate, sqrt(first + second)
    if se == 0:
        return Change(difference, 0.0, difference, difference, None, None)
    df = (first + second) ** 2 / (first**2 / earlier.df + second**2 / later.df)
    reach = float(stdtrit(df, UPPER_TAIL)) * se
    p = 2 * float(stdtr(df, -abs(difference) / se))
    return Change(difference, se, difference - reach, difference + reach, df, p)


def changes(earlier: Mapping[Key, Figure], later: Mapping[Key, Figure]) -> dict[Key, Change]:
    """Of every figure that both rounds have, in the order of the later one."""
    return {key: change(earlier[key], figure) for key, figure in later.items() if key in earlier}
