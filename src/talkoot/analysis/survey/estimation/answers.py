"""The answers of a round, weighted by the cells of a plan and ready to be estimated from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.survey.estimation.calibration import Margin, post_stratify
from talkoot.analysis.survey.estimation.design import Drawn, design
from talkoot.analysis.survey.estimation.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.survey.collapsing import Plan


def weighted(
    plan: Plan, answers: Sequence[tuple[str | None, str | None]], *, drawn_from: int | None = None
) -> Sample:
    """`answers`: (size, industry) of each, as they were planned with. Errors are by the residuals within the cells.

    `drawn_from`: companies in the frame of a random sample, for the finite population correction; None for an
    invited census and an open link, whose answers are no random part of the companies. Answers in no cell keep the
    mean weight and are a cell of their own. SurveyError when `drawn_from` is below the number of answers.
    """
    weights = np.array(plan.weights(answers))
    labels = [plan.cell(*answer) for answer in answers]
    sums = dict.fromkeys(labels, 0.0)
    for label, weight in zip(labels, weights.tolist(), strict=True):
        sums[label] += weight
    everyone = np.ones(len(answers))
    population = None if drawn_from is None else everyone * drawn_from
    calibration = post_stratify(everyone, Margin("cell", labels, sums))
    return Sample(design(everyone, [Drawn(population=population)]), calibration.after, calibration)
