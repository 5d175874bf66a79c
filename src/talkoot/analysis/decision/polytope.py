"""The polytope of allowed weights as numbers: its vertices, and points drawn uniformly from it.

The polytope is cut into simplices by pulling (Lee 1991: cone from one vertex over the facets that miss it,
and so on down), which uses only which vertices share which faces, so it holds for any shape: a segment, a
point, a sliver. A simplex is drawn by its volume and a point in it by Dirichlet(1, …, 1): uniform, exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.weights import corners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.decision.scores import Array
    from talkoot.analysis.decision.weights import WeightStatement


@dataclass(frozen=True)
class Polytope:
    """`vertices`: points × criteria, in lexicographic order. `tight`: the faces each lies on, as bits."""

    vertices: Array
    tight: tuple[int, ...]

    @classmethod
    def of(cls, criteria: Sequence[str], statements: Sequence[WeightStatement]) -> Polytope:
        """The weights that meet all statements, which must not contradict each other."""
        found = sorted(corners(criteria, statements), key=lambda corner: corner.at, reverse=True)
        vertices = np.array([[float(x) for x in corner.at] for corner in found], dtype=np.float64)
        return cls(vertices, tuple(corner.tight for corner in found))

    @cached_property
    def simplices(self) -> list[tuple[int, ...]]:
        """Vertex indices of simplices that fill the polytope and meet only in faces."""
        return _pull(tuple(range(len(self.tight))), self.tight, {})

    @cached_property
    def volumes(self) -> Array:
        """Volume of each simplex within the flat that holds the polytope; only their ratios matter."""
        spread = self.vertices - self.vertices.mean(axis=0)
        _, _, axes = np.linalg.svd(spread, full_matrices=True)
        size = len(self.simplices[0]) - 1
        flat = spread @ axes[:size].T
        edges = np.stack([flat[list(simplex[1:])] - flat[simplex[0]] for simplex in self.simplices])
        return np.abs(np.linalg.det(edges)) if size else np.ones(1)

    def sample(self, count: int, seed: int) -> Array:
        """`count` points drawn uniformly, samples × criteria; a longer draw begins with the shorter one."""
        which, within = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
        share = np.cumsum(self.volumes) / np.sum(self.volumes)
        drawn = np.searchsorted(share, which.random(count), side="right")
        members = np.array(self.simplices)[np.minimum(drawn, len(share) - 1)]
        parts = within.standard_exponential(members.shape)
        parts /= parts.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("sk,skc->sc", parts, self.vertices[members]))


def _pull(
    face: tuple[int, ...],
    tight: tuple[int, ...],
    known: dict[tuple[int, ...], list[tuple[int, ...]]],
) -> list[tuple[int, ...]]:
    if len(face) == 1:
        return [face]
    if face not in known:
        apex = face[0]
        away = (facet for facet in _facets(face, tight) if apex not in facet)
        known[face] = [(apex, *simplex) for facet in away for simplex in _pull(facet, tight, known)]
    return known[face]


def _facets(face: tuple[int, ...], tight: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The largest faces of a face that are not the whole of it."""
    bits = max(tight[i] for i in face).bit_length()
    parts = {tuple(i for i in face if tight[i] >> bit & 1) for bit in range(bits)} - {face, ()}
    return sorted(part for part in parts if not any(set(part) < set(other) for other in parts))
