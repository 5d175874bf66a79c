from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, special

from talkoot.analysis.survey.modelled import Direct, modelled

ALIKE = {f"city {i}": Direct(0.3, 40) for i in range(10)}


def test_a_group_with_few_answers_moves_towards_its_kind_and_keeps_its_direct_share() -> None:
    found = modelled(ALIKE | {"small": Direct(1.0, 3), "large": Direct(0.6, 400)})
    assert 0.3 < found["small"].estimate < 0.6
    assert found["large"].estimate == pytest.approx(0.6, abs=0.02)
    assert found["small"].own < found["large"].own
    assert found["small"].direct == Direct(1.0, 3)


def test_a_group_nobody_answered_for_has_the_prediction_of_its_kind() -> None:
    found = modelled(ALIKE | {"silent": Direct(0.0, 0)})
    assert found["silent"].estimate == pytest.approx(0.3, abs=0.03)
    assert found["silent"].own == 0
    assert found["silent"].high - found["silent"].low > found["city 0"].high - found["city 0"].low


def test_few_groups_give_wide_intervals() -> None:
    alone = modelled({"only": Direct(0.3, 40)})["only"]
    together = modelled(ALIKE)["city 0"]
    assert alone.high - alone.low > together.high - together.low


def test_the_mean_is_that_of_integration() -> None:
    """Two groups, the posterior mean of the first by quadrature over mean and log spread."""
    groups = {"a": Direct(0.2, 10), "b": Direct(0.7, 10)}

    def density(log_spread: float, mean: float) -> float:
        spread = np.exp(log_spread)
        yes, no = mean * spread, (1 - mean) * spread
        parts = [special.betaln(yes + s, no + 10 - s) - special.betaln(yes, no) for s in (2, 7)]
        return float(np.exp(sum(parts)))

    ends = (0.01, 0.99, np.log(0.5), np.log(2000))
    total = integrate.dblquad(density, *ends, epsabs=1e-12)[0]
    mean = integrate.dblquad(
        lambda t, m: density(t, m) * (2 + m * np.exp(t)) / (10 + np.exp(t)), *ends, epsabs=1e-12
    )[0]
    assert modelled(groups)["a"].estimate == pytest.approx(mean / total, abs=2e-3)


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    random = np.random.default_rng(5)
    inside = tried = 0
    for _ in range(10):
        truth = random.beta(6, 14, 12)
        sizes = random.integers(3, 40, 12)
        shares = random.binomial(sizes, truth) / sizes
        groups = {
            i: Direct(float(share), float(n)) for i, (share, n) in enumerate(zip(shares, sizes, strict=True))
        }
        found = modelled(groups)
        inside += sum(found[i].low <= truth[i] <= found[i].high for i in groups)
        tried += len(groups)
    assert 0.92 <= inside / tried <= 0.99


def test_no_groups_is_no_answer() -> None:
    assert modelled({}) == {}


def test_a_share_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="not a share"):
        Direct(1.2, 5)
