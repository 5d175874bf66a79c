"""How many companies in the city would use a method: from a survey to a score on the criterion of demand.

Expected number = weighted share of the method's target group that says it would benefit × companies in that
group in the city. Value = that number / companies in the largest target group of any method × 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.analysis.decision.case import Interval, Posterior

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.figures import Figure

TOP = 100.0
WIDTH = 3.92  # standard deviations across the central 95 % of a normal distribution


@dataclass(frozen=True)
class Demand:
    """`expected` companies and its standard error `se`, both None when the survey gives no answer.

    `score`: Posterior on 0–100, or Interval(0, 100) for "not known".
    """

    target_companies: int
    expected: float | None
    se: float | None
    score: Posterior | Interval


def demand(share: Figure | None, *, target_companies: int, largest_target: int) -> Demand:
    """`share` None: no usable answers, or a group too small to show, which is no evidence and not zero.

    Where all answers agree the error is read from the interval. ValueError unless
    0 ≤ target_companies ≤ largest_target and largest_target > 0.
    """
    if not 0 <= target_companies <= largest_target or not largest_target:
        raise ValueError("The target group must be within the largest target group.")
    if share is None:
        return Demand(target_companies, None, None, Interval(0.0, TOP))
    expected = share.estimate * target_companies
    se = (share.se or (share.high - share.low) / WIDTH) * target_companies
    scale = TOP / largest_target
    return Demand(target_companies, expected, se, Posterior(expected * scale, se * scale))
