"""Pooling held to metafor, to integrals taken another way, and to what must hold for any studies."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import digamma, expit, polygamma

from talkoot.analysis.evidence import counts, leaving, normal, synthesis
from talkoot.analysis.evidence.errors import EvidenceError
from tests.analysis import reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.evidence.results import Pooled

SOME = settings(max_examples=12, deadline=None, derandomize=True)
ESTIMATES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=1, max_size=8)
COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=6
)
THREE = [(9, 20), (14, 41), (4, 18)]
SIX = [(9, 20), (14, 41), (4, 18), (0, 12), (7, 9), (5, 5)]


def estimates(pairs: Sequence[tuple[float, float]], prior_sd: float | None = 0.5) -> Pooled:
    y, v = np.array(pairs, dtype=float).T
    return synthesis.estimates([str(i) for i in range(len(pairs))], y, v, prior_sd)


def tallies(pairs: Sequence[tuple[float, float]], prior_sd: float | None = None) -> Pooled:
    events, n = np.array(pairs, dtype=float).T
    return synthesis.tallies([str(i) for i in range(len(pairs))], events, n, prior_sd)


def bcg() -> tuple[Any, list[tuple[float, float]]]:
    case = reference.read("evidence")["cases"]["bcg_logRR"]
    return case, list(zip(case["yi"], case["vi"], strict=True))


def test_the_trials_of_bcg_are_pooled_as_by_metafor() -> None:
    case, pairs = bcg()
    theirs, ours = case["fits"]["REML_adhoc"], estimates(pairs)
    for name, value in (("b", ours.estimate), ("se", ours.se), ("tau2", ours.tau2), ("I2", ours.i2)):
        assert value == pytest.approx(theirs[name], rel=1e-6)
    assert ours.q == pytest.approx(theirs["Q"], rel=1e-10)
    assert ours.ci95 == pytest.approx((theirs["ci_lb"], theirs["ci_ub"]), rel=1e-6)
    assert ours.prediction95 == pytest.approx((theirs["pi_lb"], theirs["pi_ub"]), rel=1e-6)
    assert [one.estimate for one in ours.blups] == pytest.approx(case["blup_REML_knha"]["pred"], abs=1e-6)
    assert [one.se for one in ours.blups] == pytest.approx(case["blup_REML_knha"]["se"], abs=1e-6)
    assert (ours.df, ours.prior, ours.scale) == (12, None, "identity")


def test_studies_that_agree_more_than_by_chance_get_no_narrower_interval_than_by_their_variances() -> None:
    ours = estimates([(1.0, 0.2), (1.01, 0.3), (0.99, 0.2), (1.0, 0.4)])
    assert ours.tau2 == 0
    assert ours.se == pytest.approx(1 / sqrt(5 + 10 / 3 + 5 + 2.5))


@pytest.mark.parametrize("k", [12, 400])
def test_leaving_one_out_is_pooling_the_others(k: int) -> None:
    random = np.random.default_rng(k)
    v = random.uniform(0.02, 0.5, k)
    y = random.normal(0, np.sqrt(v + 0.1))
    y[0] += 4  # one that decides
    estimate, se = normal.leave_one_out(y, v, normal.fit(y, v))
    for i in (0, 1, k // 2, k - 1):
        without = normal.fit(np.delete(y, i), np.delete(v, i))
        assert (estimate[i], se[i]) == pytest.approx((without.estimate, without.se), rel=1e-8)


@pytest.mark.parametrize(("k", "within"), [(30, 1e-7), (400, 1e-3)])
def test_leaving_out_one_count_is_pooling_the_others(k: int, within: float) -> None:
    """`within` is in standard errors: refits up to 150 different counts, an expansion beyond."""
    random = np.random.default_rng(k)
    n = random.integers(3, 400, k)
    events = random.binomial(n, expit(random.normal(-1, 0.6, k)))
    events[0], n[0] = 0, 90
    studies = counts.counts(events.astype(float), n.astype(float))
    found = counts.fit(studies)
    estimate, se = leaving.leave_one_out(studies, found)
    for at in {int(studies.place[0]), 0, len(studies.n) // 2}:
        without = counts.fit(studies.without(at))
        assert estimate[at] == pytest.approx(without.estimate, abs=within * found.se)
        assert se[at] == pytest.approx(without.se, rel=within)


def test_counts_with_empty_and_full_studies_are_at_the_maximum_of_their_likelihood() -> None:
    z = np.linspace(-9, 9, 3001)
    normal_density = stats.norm.pdf(z) * (z[1] - z[0])

    def likelihood(mu: float, tau: float) -> float:
        p = expit(mu + tau * z)
        return float(sum(np.log(p**events * (1 - p) ** (n - events) @ normal_density) for events, n in SIX))

    ours = tallies(SIX)
    found = minimize(
        lambda p: -likelihood(p[0], p[1]),
        [-0.4, 1.3],
        method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-10},
    )
    assert (ours.estimate, sqrt(ours.tau2)) == pytest.approx(tuple(found.x), abs=1e-4)
    h = 1e-3
    at = [
        [likelihood(ours.estimate + a * h, sqrt(ours.tau2) + b * h) for b in (-1, 0, 1)] for a in (-1, 0, 1)
    ]
    mu_mu = (at[2][1] - 2 * at[1][1] + at[0][1]) / h**2
    tau_tau = (at[1][2] - 2 * at[1][1] + at[1][0]) / h**2
    mixed = (at[2][2] - at[2][0] - at[0][2] + at[0][0]) / (4 * h**2)
    assert ours.se == pytest.approx(sqrt(-1 / (mu_mu - mixed**2 / tau_tau)), rel=1e-3)


def test_one_pilot_alone_leaves_only_the_spread_to_its_prior() -> None:
    """With a flat mean the logit of the share is that of a Beta(events, n − events); tau keeps its prior."""
    ours = tallies([(4, 18)])
    mean, variance = digamma(4) - digamma(14), polygamma(1, 4) + polygamma(1, 14)
    assert ours.estimate == pytest.approx(mean, abs=1e-6)
    assert ours.se == pytest.approx(sqrt(variance + 0.25), rel=1e-6)
    assert (ours.blups[0].estimate, ours.blups[0].se) == pytest.approx((mean, sqrt(variance)), rel=1e-6)
    assert ours.prior is not None
    assert ours.prior.mean == pytest.approx(0.5 * sqrt(2 / np.pi), rel=1e-5)
    assert ours.tau2 == pytest.approx(0.25, rel=1e-5)
    assert list(ours.leave_one_out) == []
    tau, weight = np.polynomial.legendre.leggauss(80)
    tau, weight = (tau + 1) * 2, weight * 2 * stats.halfnorm.pdf((tau + 1) * 2, scale=0.5)
    z, share = np.polynomial.hermite_e.hermegauss(80)
    for ends, spread in ((ours.ci95, tau), (ours.prediction95, sqrt(2) * tau)):
        below = [stats.beta.cdf(expit(x + spread[:, None] * z), 4, 14) @ (share / share.sum()) for x in ends]
        assert [float(weight @ by_tau) for by_tau in below] == pytest.approx([0.025, 0.975], abs=2e-5)


def test_three_estimates_are_integrated_over_the_prior_of_the_spread() -> None:
    y, v = np.array([0.3, 1.2, -0.2]), np.array([0.04, 0.1, 0.05])

    def density(tau: float) -> float:
        w = 1 / (v + tau**2)
        rest = w @ (y - w @ y / w.sum()) ** 2
        return float(np.sqrt(w.prod() / w.sum()) * np.exp(-rest / 2) * stats.halfnorm.pdf(tau, scale=0.4))

    def mean(of: Any) -> float:
        return float(
            quad(lambda t: of(t) * density(t), 0, 6, limit=200)[0] / quad(density, 0, 6, limit=200)[0]
        )

    def middle(tau: float) -> float:
        return float(np.average(y, weights=1 / (v + tau**2)))

    ours = estimates(list(zip(y, v, strict=True)), 0.4)
    assert ours.prior is not None
    assert ours.estimate == pytest.approx(mean(middle), rel=1e-7)
    assert ours.prior.scale == 0.4
    assert ours.prior.mean == pytest.approx(mean(lambda t: t), rel=1e-7)
    assert ours.tau2 == pytest.approx(mean(lambda t: t**2), rel=1e-7)
    variance = mean(lambda t: 1 / (1 / (v + t**2)).sum() + middle(t) ** 2) - ours.estimate**2
    assert ours.se == pytest.approx(sqrt(variance), rel=1e-6)
    below = [
        mean(lambda t, x=x: stats.norm.cdf(x, middle(t), sqrt(1 / (1 / (v + t**2)).sum()))) for x in ours.ci95
    ]
    assert below == pytest.approx([0.025, 0.975], abs=1e-7)


def test_three_pilots_are_integrated_over_mean_and_spread() -> None:
    theta = np.linspace(-5, 4, 451)
    tau = np.arange(0.02, 3, 0.04)
    step = theta[1] - theta[0]
    likelihood = [theta * y - n * np.logaddexp(0, theta) for y, n in THREE]
    given_theta = np.exp(np.array([log - log.max() for log in likelihood]))
    logs = np.empty((len(tau), len(theta)))
    for at, spread in enumerate(tau):
        kernel = stats.norm.pdf(np.arange(-225, 226) * step, 0, spread) * step
        logs[at] = sum(np.log(np.convolve(one, kernel, "same")) for one in given_theta) - 2 * spread**2
    share = np.exp(logs - logs.max())
    share /= share.sum()
    ours, mu = tallies(THREE), share.sum(axis=0)
    mean = float(mu @ theta)
    assert ours.estimate == pytest.approx(mean, abs=1e-4)
    assert ours.se == pytest.approx(sqrt(mu @ (theta - mean) ** 2), abs=1e-4)
    assert ours.ci95 == pytest.approx(tuple(np.interp([0.025, 0.975], mu.cumsum(), theta)), abs=0.02)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_pilots_that_never_succeeded_give_a_low_share_and_a_finite_interval(k: int) -> None:
    ours, one_success = (
        tallies([(0, 12 + i) for i in range(k)]),
        tallies([(1, 12), *((0, 13 + i) for i in range(k - 1))]),
    )
    assert ours.ci95[0] < ours.estimate < min(ours.ci95[1], one_success.estimate)
    assert ours.prior is not None
    assert expit(ours.prediction95[1]) < 0.5


def test_three_estimates_without_a_prior_are_refused() -> None:
    with pytest.raises(EvidenceError, match="--prior-sd"):
        estimates([(1, 0.1), (2, 0.1), (3, 0.1)], None)


def test_nothing_to_pool_is_refused() -> None:
    with pytest.raises(EvidenceError) as refused:
        synthesis.tallies([], np.array([]), np.array([]))
    assert refused.value.code == "no_studies"


@SOME
@given(ESTIMATES, st.randoms(use_true_random=False))
def test_the_order_of_estimates_changes_nothing_and_a_shift_shifts_the_estimate(
    pairs: Any, random: Any
) -> None:
    ours = estimates(pairs)
    shuffled = estimates(random.sample(pairs, len(pairs)))
    moved = estimates([(y + 7, v) for y, v in pairs])
    for other, by in ((shuffled, 0), (moved, 7)):
        assert (other.estimate - by, other.se, other.tau2) == pytest.approx(
            (ours.estimate, ours.se, ours.tau2), rel=1e-5, abs=1e-6
        )


@SOME
@given(ESTIMATES)
def test_each_estimate_is_shrunk_and_the_next_study_is_less_certain_than_the_mean(pairs: Any) -> None:
    ours = estimates(pairs)
    if len(pairs) > synthesis.FEW:
        for (y, _v), blup in zip(pairs, ours.blups, strict=True):
            assert min(y, ours.estimate) - 1e-9 <= blup.estimate <= max(y, ours.estimate) + 1e-9
    assert ours.prediction95[0] <= ours.ci95[0] <= ours.estimate <= ours.ci95[1] <= ours.prediction95[1]
    assert 0 <= ours.i2 <= 100


@SOME
@given(ESTIMATES)
def test_with_no_spread_between_them_studies_weigh_by_their_variances(pairs: Any) -> None:
    y, v = np.array(pairs).T
    ours = estimates([(1 + y_ * 1e-9, v_) for y_, v_ in pairs], 1e-6)
    assert ours.estimate == pytest.approx(1 + np.average(y, weights=1 / v) * 1e-9, abs=1e-12)


@settings(SOME, max_examples=6)
@given(COUNTS, st.randoms(use_true_random=False))
def test_counts_are_pooled_in_any_order_and_more_events_raise_the_estimate(pairs: Any, random: Any) -> None:
    ours, shuffled = tallies(pairs), tallies(random.sample(pairs, len(pairs)))
    assert (shuffled.estimate, shuffled.se, shuffled.tau2) == pytest.approx(
        (ours.estimate, ours.se, ours.tau2), rel=1e-5, abs=1e-6
    )
    assert ours.prediction95[0] <= ours.ci95[0] <= ours.ci95[1] <= ours.prediction95[1]
    if len({events for events, _n in pairs}) > 1 or len(pairs) <= synthesis.FEW:
        more = tallies([(min(events + 1, n), n) for events, n in pairs])
        assert more.estimate >= ours.estimate - 1e-6
