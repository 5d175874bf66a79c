from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from talkoot.analysis.decision import weights
from talkoot.analysis.decision.polytope import Polytope
from talkoot.analysis.decision.weights import WeightStatement
from tests.analysis import reference

SIX = tuple("ABCDEF")
SAMPLES = 20_000
RANGES = {
    "A": (0.25, 0.45),
    "B": (0.1, 0.25),
    "C": (0.05, 0.15),
    "D": (0.15, 0.3),
    "E": (0, 0.1),
    "F": (0.15, 0.35),
}


def order(*criteria: str) -> list[WeightStatement]:
    return [WeightStatement({a: 1, b: -1}, ">=", 0) for a, b in pairwise(criteria)]


def test_samples_of_an_order_have_the_rank_order_centroid_as_mean() -> None:
    expected = reference.decision("ordinal_polytope_centroid")["expected"]
    drawn = Polytope.of(SIX, order(*SIX)).sample(SAMPLES, seed=1)
    error = drawn.std(axis=0) / np.sqrt(SAMPLES)
    assert np.all(np.abs(drawn.mean(axis=0) - expected["mean"]) < 3.5 * error)
    assert np.all(np.diff(drawn, axis=1) <= 1e-12)


def test_samples_of_the_simplex_have_the_moments_of_a_flat_dirichlet() -> None:
    expected = reference.decision("ordinal_polytope_centroid")["expected"]
    drawn = Polytope.of(SIX, []).sample(SAMPLES, seed=2)
    assert drawn.mean(axis=0) == pytest.approx(expected["simplex_mean"], abs=3.5 * 0.141 / np.sqrt(SAMPLES))
    assert drawn.var(axis=0) == pytest.approx([expected["simplex_var"]] * 6, rel=0.05)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(SAMPLES))


@pytest.mark.parametrize(
    "statements", [weights.bounds(RANGES), order(*SIX), order("A", "B"), order("C", "A", "F")]
)
def test_the_simplices_fill_the_polytope(statements: list[WeightStatement]) -> None:
    polytope = Polytope.of(SIX, statements)
    spread = polytope.vertices - polytope.vertices.mean(axis=0)
    flat = spread @ np.linalg.svd(spread)[2][:5].T
    assert polytope.volumes.sum() / 120 == pytest.approx(ConvexHull(flat).volume)


def test_samples_within_ranges_match_those_kept_from_the_whole_simplex() -> None:
    limits = {"A": (0.2, 0.6), "B": (0.1, 0.5), "C": (0.0, 0.4)}
    drawn = Polytope.of(("A", "B", "C"), weights.bounds(limits)).sample(SAMPLES, seed=3)
    whole = np.random.default_rng(4).dirichlet([1, 1, 1], 200_000)
    low, high = np.array(list(limits.values())).T
    kept = whole[np.all((whole >= low) & (whole <= high), axis=1)]
    assert np.all((drawn >= low - 1e-12) & (drawn <= high + 1e-12))
    assert drawn.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.004)
    assert np.cov(drawn.T) == pytest.approx(np.cov(kept.T), abs=0.0005)


def test_one_criterion_has_all_the_weight() -> None:
    assert Polytope.of(("A",), []).sample(3, seed=1).tolist() == [[1.0]] * 3


def test_a_single_point_is_drawn_every_time() -> None:
    fixed = [WeightStatement({"A": 1}, "=", 0.2), WeightStatement({"B": 1}, "=", 0.3)]
    drawn = Polytope.of(("A", "B", "C"), fixed).sample(4, seed=1)
    assert drawn == pytest.approx(np.tile([0.2, 0.3, 0.5], (4, 1)))


def test_a_fixed_weight_leaves_a_segment_drawn_evenly() -> None:
    drawn = Polytope.of(("A", "B", "C"), [WeightStatement({"A": 1}, "=", 0.4)]).sample(SAMPLES, seed=1)
    assert drawn[:, 0] == pytest.approx(np.full(SAMPLES, 0.4))
    assert np.quantile(drawn[:, 1], [0.1, 0.5, 0.9]) == pytest.approx([0.06, 0.3, 0.54], abs=0.01)


def test_a_sliver_is_sampled_within_its_limits() -> None:
    thin = weights.bounds({"A": (0.3, 0.3000001), "B": (0.2, 0.5)})
    drawn = Polytope.of(("A", "B", "C"), thin).sample(1000, seed=1)
    assert np.all((drawn[:, 0] >= 0.3) & (drawn[:, 0] <= 0.3000001))
    assert drawn[:, 1].std() == pytest.approx(0.3 / np.sqrt(12), rel=0.06)


def test_more_samples_begin_with_the_same_ones() -> None:
    polytope = Polytope.of(SIX, weights.bounds(RANGES))
    assert polytope.sample(500, seed=7)[:100].tolist() == polytope.sample(100, seed=7).tolist()
    assert polytope.sample(100, seed=7).tolist() != polytope.sample(100, seed=8).tolist()
