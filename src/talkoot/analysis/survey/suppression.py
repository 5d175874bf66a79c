"""Which figures to hide so that no small group can be seen or worked out. Plain Python, for web pages.

Primary: 0 < count < threshold. Secondary: further cells, so that with every published cell, the margins and
the total a reader cannot pin down a primary one: its possible values must reach below and above the true count
and up to the threshold. A table with margins is a circulation, so what a reader can infer of a hidden cell is
found exactly by maximum flow among the hidden cells (Gusfield 1988; Castro 2012 for the problem). Among sets
that protect, the one with the least sum of hidden counts is found by search from the cheapest up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Key = TypeVar("Key")
Cell = tuple[int, int]

THRESHOLD = 5
TRIED_SETS = 2_000
TOTAL = -1


@dataclass(frozen=True)
class Link:
    """A cell as a link of the circulation: it adds to the sum at `tail` what it takes from that at `head`."""

    tail: str
    head: str
    count: int

    def widens(self, reached: frozenset[str]) -> bool:
        """Whether hiding it lets something flow out of the sums reached."""
        along = self.tail in reached and self.head not in reached
        against = self.head in reached and self.tail not in reached
        return along or (against and self.count > 0)


@dataclass(frozen=True)
class Protection(Generic[Key]):
    """`primary`, `secondary`: keys to hide. `attacker`: least and greatest count a reader can infer of each
    primary. `protected`: False when hiding everything does not help: then show nothing, not even the total."""

    primary: tuple[Key, ...]
    secondary: tuple[Key, ...]
    attacker: dict[Key, tuple[int, int]]
    cost: int
    protected: bool

    @property
    def hidden(self) -> frozenset[Key]:
        return frozenset(self.primary) | frozenset(self.secondary)


def protect_groups(counts: Mapping[str, int], threshold: int = THRESHOLD) -> Protection[str]:
    """Groups that share out one published total, for example answers by size."""
    return _protect({group: Link("groups", "total", n) for group, n in counts.items()}, threshold)


def protect_table(counts: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> Protection[Cell]:
    """Rows × columns with all sums published. A sum has index −1; the grand total stays.

    ValueError unless the rows are equally long and no count is negative.
    """
    if len({len(row) for row in counts}) > 1 or any(n < 0 for row in counts for n in row):
        raise ValueError("A table needs rows of one length and counts of at least 0.")
    links = {
        (r, c): Link(f"row {r}", f"column {c}", n) for r, row in enumerate(counts) for c, n in enumerate(row)
    }
    links |= {(r, TOTAL): Link("columns", f"row {r}", sum(row)) for r, row in enumerate(counts)}
    columns = zip(*counts, strict=True)
    links |= {(TOTAL, c): Link(f"column {c}", "rows", sum(column)) for c, column in enumerate(columns)}
    return _protect(links, threshold)


def _protect(links: Mapping[Key, Link], threshold: int) -> Protection[Key]:
    primary = tuple(key for key, link in links.items() if 0 < link.count < threshold)
    secondary = _cheapest(links, primary, threshold)
    protected = secondary is not None
    if secondary is None:
        secondary = tuple(key for key in links if key not in primary)
    hidden = [links[key] for key in (*primary, *secondary)]
    return Protection(
        primary=primary,
        secondary=secondary,
        attacker={key: inferred(links[key], hidden) for key in primary},
        cost=sum(links[key].count for key in secondary),
        protected=protected,
    )


def _cheapest(links: Mapping[Key, Link], primary: tuple[Key, ...], threshold: int) -> tuple[Key, ...] | None:
    """The cheapest set that protects; of equal ones the smaller, then the first. None when there is none.

    Where a primary cell can be pinned down, any remedy must hide a cell across the cut that pins it: only
    those are tried. After `TRIED_SETS`, a protecting set from which nothing can be taken away.
    """
    keys = list(links)
    queue: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    seen: set[tuple[int, ...]] = set()
    while queue and len(seen) < TRIED_SETS:
        cost, size, some = heappop(queue)
        if some in seen:
            continue
        seen.add(some)
        chosen = tuple(keys[i] for i in some)
        reached = _pinned(links, primary, chosen, threshold)
        if reached is None:
            return chosen
        for i, key in enumerate(keys):
            if key not in primary and i not in some and links[key].widens(reached):
                heappush(queue, (cost + links[key].count, size + 1, tuple(sorted((*some, i)))))
    return _irreducible(links, primary, threshold) if queue else None


def _irreducible(
    links: Mapping[Key, Link], primary: tuple[Key, ...], threshold: int
) -> tuple[Key, ...] | None:
    kept = [key for key in links if key not in primary]
    if _pinned(links, primary, kept, threshold) is not None:
        return None
    for key in sorted(kept, key=lambda key: -links[key].count):
        fewer = [other for other in kept if other != key]
        if _pinned(links, primary, fewer, threshold) is None:
            kept = fewer
    return tuple(kept)


def _pinned(
    links: Mapping[Key, Link],
    primary: tuple[Key, ...],
    secondary: Sequence[Key],
    threshold: int,
) -> frozenset[str] | None:
    """The sums on one side of a cut that pins a primary cell down; None when every one is safe."""
    hidden = [links[key] for key in (*primary, *secondary)]
    for link in (links[key] for key in primary):
        others = [other for other in hidden if other is not link]
        up, down = max(1, threshold - link.count), 1
        for source, sink, need in ((link.head, link.tail, up), (link.tail, link.head, down)):
            found, reached = _flow(others, source, sink, need)
            if found < need:
                return reached
    return None


def inferred(link: Link, hidden: Sequence[Link]) -> tuple[int, int]:
    """Least and greatest count of a hidden cell that agree with everything published.

    It can grow by what can flow back from its head to its tail over the other hidden cells, and shrink by what
    can flow the other way. A cell gives way against its direction up to its count, along it without limit.
    """
    others = [other for other in hidden if other is not link]
    enough = sum(other.count for other in hidden)
    more, _ = _flow(others, link.head, link.tail, enough)
    less, _ = _flow(others, link.tail, link.head, link.count)
    return link.count - less, link.count + more


def _flow(links: Sequence[Link], source: str, sink: str, limit: int) -> tuple[int, frozenset[str]]:
    """Greatest flow, cut at `limit`, and the source's side of the cut that holds it back.

    By shortest augmenting paths (Edmonds and Karp 1972).
    """
    room: dict[str, dict[str, int]] = {source: {}, sink: {}}
    for link in links:
        forward, back = room.setdefault(link.tail, {}), room.setdefault(link.head, {})
        forward[link.head] = forward.get(link.head, 0) + limit
        back[link.tail] = back.get(link.tail, 0) + link.count
    total = 0
    came = _search(room, source)
    while total < limit and sink in came:
        path = _path(came, sink)
        step = min(limit - total, *(room[a][b] for a, b in path))
        for a, b in path:
            room[a][b] -= step
            room[b][a] += step
        total += step
        came = _search(room, source)
    return total, frozenset(came)


def _search(room: Mapping[str, Mapping[str, int]], source: str) -> dict[str, str]:
    """Every sum that can be reached, with the one before it on a shortest way."""
    came = {source: source}
    queue = deque([source])
    while queue:
        at = queue.popleft()
        for to, free in room[at].items():
            if free > 0 and to not in came:
                came[to] = at
                queue.append(to)
    return came


def _path(came: Mapping[str, str], sink: str) -> list[tuple[str, str]]:
    path, at = [], sink
    while came[at] != at:
        path.append((came[at], at))
        at = came[at]
    return path
