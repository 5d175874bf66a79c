"""Studies pooled: four and more by likelihood alone, fewer with a prior of how much they differ.

Counts that are all empty, or all full, say nothing of the spread however many they are: they too take the prior.
"""

from __future__ import annotations

from math import isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from talkoot.analysis.evidence import counts, few, leaving, normal
from talkoot.analysis.evidence.errors import EvidenceError
from talkoot.analysis.evidence.results import Method, Of, Pooled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from talkoot.analysis.evidence.counts import Counts
    from talkoot.analysis.evidence.few import Posterior

    Floats = NDArray[np.float64]

FEW = 3
LOGIT_SCALE = 0.5
VERSION = "1.0"
REML = Method(
    "Random effects by REML; Hartung–Knapp–Sidik–Jonkman, factor max(1, q), also in BLUPs and prediction",
    VERSION,
    "Viechtbauer, W. (2005). JEBS 30(3), 261–293. Knapp, G., Hartung, J. (2003). Statistics in Medicine 22, "
    "2693–2710. IntHout, J., Ioannidis, J. P. A., Borm, G. F. (2014). BMC Med. Res. Methodol. 14:25.",
)
BINOMIAL = Method(
    "Binomial-normal random effects by maximum likelihood (adaptive Gauss–Hermite, 21 nodes, 11 beyond 200 different counts); standard error from "
    "the observed information, t with k - 1; Q is the likelihood ratio against one share for all",
    VERSION,
    "Stijnen, T., Hamza, T. H., Özdemir, P. (2010). Statistics in Medicine 29, 3046–3067.",
)
BAYES = Method(
    "Random effects integrated over a half-normal prior of tau and a flat mean (Jeffreys' share where counts are "
    "all empty or all full); posterior means, standard deviations and quantiles; tau2 is its posterior mean",
    VERSION,
    "Röver, C. (2020). Bayesian random-effects meta-analysis. J. Stat. Softw. 93(6). Röver, C. et al. (2021). "
    "Research Synthesis Methods 12, 448–474.",
)


def estimates(names: Sequence[str], y: Floats, v: Floats, prior_sd: float | None = None) -> Pooled:
    """Estimates and their variances, shapes (k,). `prior_sd`: the scale of tau's prior, in the unit of y.

    EvidenceError: no studies; three or fewer without `prior_sd`; one that is not above zero.
    """
    _check(len(y), prior_sd)
    if len(y) > FEW:
        return _by_reml(names, y, v)
    if prior_sd is None:
        raise EvidenceError("prior_needed", names, k=len(y))
    found = few.estimates(y, v, prior_sd)
    left = [
        (p.mean, p.sd)
        for p in (few.estimates(np.delete(y, i), np.delete(v, i), prior_sd) for i in _leaves(y))
    ]
    q = normal.cochran_q(y, v)
    return _by_prior(
        "identity", found, normal.typical_variance(v), q, (_of(names, *found.studies), _each(names, left))
    )


def tallies(names: Sequence[str], events: Floats, n: Floats, prior_sd: float | None = None) -> Pooled:
    """Events among n, shapes (k,), on the logit scale. `prior_sd` replaces the scale 0.5 of tau's prior.

    EvidenceError: no studies; a `prior_sd` that is not above zero.
    """
    _check(len(n), prior_sd)
    scale = LOGIT_SCALE if prior_sd is None else prior_sd
    studies = counts.counts(events, n)
    if len(n) > FEW and not studies.is_one_sided:
        return _by_likelihood(names, studies, scale)
    found = few.events(studies, scale)
    blups = _of(names, *(part[studies.place] for part in found.studies))
    left = _each(names, [_few_left(studies, int(at), scale) for at in studies.place] if len(n) > 1 else [])
    within = counts.typical_variance(studies, found.mean)
    return _by_prior("logit", found, within, counts.deviance(studies), (blups, left))


def _check(k: int, prior_sd: float | None) -> None:
    if prior_sd is not None and not (isfinite(prior_sd) and prior_sd > 0):
        raise EvidenceError("prior_not_positive", ["--prior-sd"])
    if k == 0:
        raise EvidenceError("no_studies", path="The table")


def _by_reml(names: Sequence[str], y: Floats, v: Floats) -> Pooled:
    found = normal.fit(y, v)
    t = float(stdtrit(len(y) - 1, 0.975))
    return Pooled(
        k=len(y),
        scale="identity",
        estimate=found.estimate,
        se=found.se,
        ci95=_around(found.estimate, t * found.se),
        tau2=found.tau2,
        i2=_i2(found.tau2, normal.typical_variance(v)),
        q=normal.cochran_q(y, v),
        prediction95=_around(found.estimate, t * sqrt(found.se**2 + found.tau2)),
        blups=_of(names, *normal.blups(y, v, found)),
        leave_one_out=_of(names, *normal.leave_one_out(y, v, found)),
        prior=None,
        method=REML,
    )


def _by_likelihood(names: Sequence[str], studies: Counts, scale: float) -> Pooled:
    found = counts.fit(studies)
    left = leaving.leave_one_out(studies, found)
    for at in np.flatnonzero(np.isnan(left[0])):
        left[0][at], left[1][at] = _few_left(studies, int(at), scale)
    t = float(stdtrit(len(names) - 1, 0.975))
    return Pooled(
        k=len(names),
        scale="logit",
        estimate=found.estimate,
        se=found.se,
        ci95=_around(found.estimate, t * found.se),
        tau2=found.tau**2,
        i2=_i2(found.tau**2, counts.typical_variance(studies, found.estimate)),
        q=counts.deviance(studies),
        prediction95=_around(found.estimate, t * sqrt(found.se**2 + found.tau**2)),
        blups=_of(names, *(part[studies.place] for part in counts.blups(studies, found))),
        leave_one_out=_of(names, *(part[studies.place] for part in left)),
        prior=None,
        method=BINOMIAL,
    )


def _by_prior(
    scale: str, found: Posterior, within: float, q: float, each: tuple[Sequence[Of], Sequence[Of]]
) -> Pooled:
    return Pooled(
        k=len(each[0]),
        scale="logit" if scale == "logit" else "identity",
        estimate=found.mean,
        se=found.sd,
        ci95=found.ends,
        tau2=found.tau2,
        i2=_i2(found.tau2, within),
        q=q,
        prediction95=found.prediction,
        blups=each[0],
        leave_one_out=each[1],
        prior=found.prior,
        method=BAYES,
    )


def _few_left(studies: Counts, at: int, scale: float) -> tuple[float, float]:
    found = few.events(studies.without(at), scale)
    return found.mean, found.sd


def _leaves(y: Floats) -> range:
    """One study alone leaves nothing behind."""
    return range(len(y) if len(y) > 1 else 0)


def _each(names: Sequence[str], pairs: Sequence[tuple[float, float]]) -> list[Of]:
    return [Of(name, *pair) for name, pair in zip(names, pairs, strict=False)]


def _of(names: Sequence[str], means: Floats, errors: Floats) -> list[Of]:
    return [Of(*row) for row in zip(names, means.tolist(), errors.tolist(), strict=True)]


def _around(middle: float, reach: float) -> tuple[float, float]:
    return middle - reach, middle + reach


def _i2(tau2: float, within: float) -> float:
    """Per cent of the variance of a typical study's estimate that is between studies."""
    return 100 * tau2 / (tau2 + within)
