"""The binomial-normal model without numpy, for the few pilots a page shows: the engine's results to about 0.001.

Integrals are sums over equal steps around each mode (the trapezoid rule, all but exact for smooth bumps): over the
logit of each pilot, over mu in steps of a hyperbolic sine, and over tau, of which everything is an even function.
What it finds is kept by its counts for the life of the process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import asinh, ceil, cosh, erf, exp, log, log1p, pi, sinh, sqrt
from typing import TYPE_CHECKING

from talkoot.analysis.evidence import roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Count = tuple[int, int]
FEW = 3
SCALE = 0.5  # of the half-normal prior of tau, on the logit
THETA_STEP, THETA_SIDE = 0.8, 7
MU_STEP, MU_SIDE = 0.45, 7
TAU_STEP = 0.35
NORMAL = 1.959963984540054
LEAST_TAU = 0.01
SCAN = (LEAST_TAU, 0.15, 0.4, 1.0, 2.5, 6.0)
FAR = 35.0
ROUNDS = 50
SETTLED = 1e-7
NEAR = 1e-4
NUDGE = 0.02


@dataclass(frozen=True)
class Found:
    """On the logit: mean and error of the mean over cities, the middle 95 % of the next one, and each count's own."""

    mean: float
    sd: float
    tau: float
    prediction: tuple[float, float]
    own: tuple[tuple[float, float], ...]


@lru_cache(maxsize=4096)
def pool(counts: tuple[Count, ...]) -> Found:
    """(events, n) of each city, at least one."""
    one_sided = not any(y for y, _n in counts) or all(y == n for y, n in counts)
    if len(counts) > FEW and not one_sided:
        return _by_likelihood(counts)
    return _by_prior(counts, one_sided=one_sided)


@dataclass(frozen=True)
class _Inside:
    """One count at one mu and tau: its log likelihood, and mean and variance of its own logit."""

    log: float
    theta: float
    variance: float


def _inside(count: Count, mu: float, tau: float) -> _Inside:
    y, n = count
    precision = 1 / tau**2
    theta = _mode(count, mu, precision)
    p = _share(theta)
    step = THETA_STEP / sqrt(n * p * (1 - p) + precision)
    top = _density(y, n, theta, mu, precision)
    s0, s1, s2 = 1.0, 0.0, 0.0
    for j in range(1, THETA_SIDE + 1):
        d = j * step
        up = exp(_density(y, n, theta + d, mu, precision) - top)
        down = exp(_density(y, n, theta - d, mu, precision) - top)
        s0 += up + down
        s1 += d * (up - down)
        s2 += d * d * (up + down)
    shift = s1 / s0
    return _Inside(top + log(s0 * step / tau) - log(2 * pi) / 2, theta + shift, s2 / s0 - shift**2)


def _mode(count: Count, mu: float, precision: float) -> float:
    y, n = count
    share = (y + 0.5) / (n + 1)
    weight = (n + 1) * share * (1 - share)
    theta = (weight * log(share / (1 - share)) + precision * mu) / (weight + precision)
    for _ in range(ROUNDS):
        p = _share(theta)
        step = (y - n * p - (theta - mu) * precision) / (n * p * (1 - p) + precision)
        theta += max(-2.0, min(2.0, step))
        if abs(step) < SETTLED:
            break
    return theta


def _density(y: int, n: int, theta: float, mu: float, precision: float) -> float:
    ceiling = theta if theta > FAR else log1p(exp(theta))
    return y * theta - n * ceiling - precision * (theta - mu) ** 2 / 2


def _share(theta: float) -> float:
    return 1 / (1 + exp(-theta)) if theta > -FAR else exp(theta)


def _best_mu(
    counts: tuple[Count, ...], mu: float, tau: float, *, one_sided: bool = False
) -> tuple[float, float]:
    """The mu most likely at a tau, and minus the second derivative there."""
    bend = 1.0
    for _ in range(ROUNDS):
        found = [_inside(count, mu, tau) for count in counts]
        slope = sum(one.theta - mu for one in found) / tau**2
        bend = sum(1 - one.variance / tau**2 for one in found) / tau**2
        if one_sided:
            p = _share(mu)
            slope, bend = slope + 0.5 - p, bend + p * (1 - p)
        bend = max(bend, 1 / (4 * tau**2 + 36))
        step = max(-1.0, min(1.0, slope / bend))
        mu += step
        if abs(step) < SETTLED * 10:
            break
    return mu, bend


def _by_prior(counts: tuple[Count, ...], *, one_sided: bool) -> Found:
    mu = _together(counts)
    points: list[tuple[float, float, float, float, list[_Inside]]] = []  # weight, mu, sd of a new city, tau
    for tau, prior in _taus(counts):
        mu, bend = _best_mu(counts, mu, tau, one_sided=one_sided)
        for j in range(-MU_SIDE, MU_SIDE + 1):
            t = j * MU_STEP
            at = mu + sinh(t) / sqrt(bend)
            found = [_inside(count, at, tau) for count in counts]
            weight = prior + sum(one.log for one in found) + log(cosh(t) / sqrt(bend))
            if one_sided:
                weight += at / 2 - (at if at > FAR else log1p(exp(at)))
            cell = MU_STEP * cosh(t) / sqrt(12 * bend)
            points.append((weight, at, sqrt(tau**2 + cell**2), tau, found))
    top = max(point[0] for point in points)
    shares = [exp(point[0] - top) for point in points]
    total = sum(shares)
    shares = [share / total for share in shares]
    mean, sd = _moments(shares, ((at, 0.0) for _w, at, _s, _t, _f in points))
    tau2 = sum(share * tau**2 for share, (_w, _at, _s, tau, _f) in zip(shares, points, strict=True))
    own = tuple(
        _moments(shares, ((f[i].theta, f[i].variance) for _w, _at, _s, _t, f in points))
        for i in range(len(counts))
    )
    rows = [(share, at, wide) for share, (_w, at, wide, _t, _f) in zip(shares, points, strict=True)]
    return Found(mean, sd, sqrt(tau2), _prediction(rows), own)


def _taus(counts: tuple[Count, ...]) -> list[tuple[float, float]]:
    """Midpoints in asinh(tau / least error), with the logarithm of their weight under the prior."""
    least = min(SCALE, 4 / sqrt(max(n for _y, n in counts))) if len(counts) > 1 else SCALE
    logits = [log((y + 0.5) / (n - y + 0.5)) for y, n in counts]
    top = 4.5 * SCALE + sqrt((max(logits) - min(logits)) * SCALE)
    steps = ceil(asinh(top / least) / TAU_STEP)
    xs = [(j + 0.5) * TAU_STEP for j in range(steps)]
    return [(least * sinh(x), log(cosh(x)) - (least * sinh(x) / SCALE) ** 2 / 2) for x in xs]


def _moments(shares: list[float], rows: Iterable[tuple[float, float]]) -> tuple[float, float]:
    pairs = list(rows)
    mean = sum(share * m for share, (m, _v) in zip(shares, pairs, strict=True))
    variance = sum(share * (v + (m - mean) ** 2) for share, (m, v) in zip(shares, pairs, strict=True))
    return mean, sqrt(variance)


def _prediction(rows: list[tuple[float, float, float]]) -> tuple[float, float]:
    """The middle 95 % of the next city from (share, mu, its standard deviation)."""
    kept = [(share, mu, sd * sqrt(2)) for share, mu, sd in rows if share > SETTLED]
    low = min(mu - 4 * wide for _share, mu, wide in kept)
    high = max(mu + 4 * wide for _share, mu, wide in kept)

    def above(level: float) -> Callable[[float], float]:
        return lambda x: sum(s * erf((x - mu) / wide) for s, mu, wide in kept) / 2 + 0.5 - level

    return roots.between(above(0.025), low, high, NEAR), roots.between(above(0.975), low, high, NEAR)


def _by_likelihood(counts: tuple[Count, ...]) -> Found:
    """Maximum likelihood: mu at each tau, and tau where the likelihood along that path is flat."""
    path: dict[float, tuple[float, float]] = {}
    start = _together(counts)

    def slope(tau: float) -> float:
        mu, _bend = path[tau] = _best_mu(counts, start, tau)
        found = [_inside(count, mu, tau) for count in counts]
        return sum((one.variance + (one.theta - mu) ** 2) / tau**2 - 1 for one in found) / tau

    slopes = [slope(tau) for tau in SCAN]
    falls = [at for at in range(len(SCAN) - 1) if slopes[at] > 0 >= slopes[at + 1]]
    reach = _t(len(counts) - 1)
    if not falls:
        mu, bend = path[LEAST_TAU]
        sd = 1 / sqrt(bend)
        return Found(mu, sd, 0.0, (mu - reach * sd, mu + reach * sd), ((mu, sd),) * len(counts))
    tau = roots.between(slope, SCAN[falls[0]], SCAN[falls[0] + 1], NEAR)
    curve = (slope(tau * (1 - NUDGE)) - slope(tau * (1 + NUDGE))) / (2 * NUDGE * tau)
    drift = (path[tau * (1 + NUDGE)][0] - path[tau * (1 - NUDGE)][0]) / (2 * NUDGE * tau)
    mu, bend = _best_mu(counts, start, tau)
    sd = sqrt(1 / bend + (drift**2 / curve if curve > 0 else 0.0))
    wide = reach * sqrt(sd**2 + tau**2)
    return Found(mu, sd, tau, (mu - wide, mu + wide), tuple(_blup(count, mu, tau, sd) for count in counts))


def _blup(count: Count, mu: float, tau: float, sd: float) -> tuple[float, float]:
    theta = _mode(count, mu, 1 / tau**2)
    p = _share(theta)
    variance = 1 / (1 / tau**2 + count[1] * p * (1 - p))
    return theta, sqrt(variance + (variance / tau**2 * sd) ** 2)


def _together(counts: tuple[Count, ...]) -> float:
    events, n = sum(y for y, _n in counts), sum(n for _y, n in counts)
    return log((events + 0.5) / (n - events + 0.5))


def _t(df: int) -> float:
    """The 97.5 % point of Student's t by the series of Fisher and Cornish, off by 0.1 % at 3 degrees of freedom."""
    z = NORMAL
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * df**4)
    )
