"""Shares among those who answered, with intervals that stay between 0 and 1.

Weighted share p = Σwy / Σw with the linearised variance n/(n−1) Σ(w(y−p)/Σw)², sampling taken as with
replacement: there is no finite population correction, because the answers to an open link are no random part
of the companies. Weights count as given, which is on the safe side after post-stratification. The interval is
logit(p) ± t · se/(p(1−p)) with n−1 degrees of freedom (Korn and Graubard 1998); where all answers agree, the
exact binomial limit at the effective number of answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "Weighted share with logit interval"
VERSION = "1.0"
CITATION = "Korn, E. L. & Graubard, B. I. (1998). Survey Methodology 24(2), 193–201. Kish, L. (1965). Survey Sampling."
UPPER_TAIL = 0.975
LEAST = 2


class TooFewAnswers(ValueError):
    """A share with its uncertainty needs two answers."""


@dataclass(frozen=True)
class Share:
    """`estimate` with standard error `se` and 95 % interval `low`–`high`; `n`: answers, never weighted.

    `deff`: variance over that of as many unweighted answers; `effective_n` = n / deff.
    """

    estimate: float
    se: float
    low: float
    high: float
    n: int
    deff: float
    method: str = NAME
    version: str = VERSION
    citation: str = CITATION

    @property
    def effective_n(self) -> float:
        return self.n / self.deff


def share(answers: Sequence[bool], weights: Sequence[float] | None = None) -> Share:
    """The share that answered yes. Leave out those who did not answer. TooFewAnswers below two.

    ValueError when weights do not match the answers or are not above 0.
    """
    n = len(answers)
    weights = [1.0] * n if weights is None else list(weights)
    if n < LEAST:
        raise TooFewAnswers(f"{n} answers")
    if len(weights) != n or min(weights) <= 0:
        raise ValueError("Each answer needs one weight above 0.")
    total = sum(weights)
    estimate = sum(w for w, yes in zip(weights, answers, strict=True) if yes) / total
    if all(answers) or not any(answers):
        return _unanimous(float(answers[0]), weights)
    squares = sum((w * (yes - estimate)) ** 2 for w, yes in zip(weights, answers, strict=True))
    variance = n / (n - 1) * squares / total**2
    low, high = logit_interval(estimate, sqrt(variance), n - 1)
    deff = variance / (estimate * (1 - estimate) / (n - 1))
    return Share(estimate, sqrt(variance), low, high, n, deff)


def logit_interval(estimate: float, se: float, df: float) -> tuple[float, float]:
    """95 % interval of a share strictly between 0 and 1, by Student's t on the logit scale."""
    reach = float(stdtrit(df, UPPER_TAIL)) * se / (estimate * (1 - estimate))
    middle = log(estimate / (1 - estimate))
    return 1 / (1 + exp(reach - middle)), 1 / (1 + exp(-middle - reach))


def kish_deff(weights: Sequence[float]) -> float:
    """What unequal weights cost: n Σw² / (Σw)²."""
    return len(weights) * sum(w * w for w in weights) / sum(weights) ** 2


def _unanimous(estimate: float, weights: Sequence[float]) -> Share:
    deff = kish_deff(weights)
    reach = 1 - (1 - UPPER_TAIL) ** (deff / len(weights))
    low, high = (1 - reach, 1.0) if estimate else (0.0, reach)
    return Share(estimate, 0.0, low, high, len(weights), deff)
