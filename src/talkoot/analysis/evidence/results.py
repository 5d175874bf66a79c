"""What comes out of pooling, as `talkoot evidence pool` prints it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Scale = Literal["identity", "logit"]


@dataclass(frozen=True)
class Method:
    name: str
    version: str
    citation: str


@dataclass(frozen=True)
class TauPrior:
    """The prior of the spread between studies (half-normal, `scale`) and what is thought of it afterwards."""

    scale: float
    mean: float
    sd: float

    def to_json(self) -> dict[str, Any]:
        return {"tau": "half-normal", **asdict(self)}


@dataclass(frozen=True)
class Of:
    """An estimate of one study, or of all but that study."""

    study: str
    estimate: float
    se: float


@dataclass(frozen=True)
class Pooled:
    """Studies pooled on the scale of their estimates (`logit` for counts).

    `ci95` holds the mean over studies, `prediction95` the next study; `i2` is in per cent; `tau2` the variance
    between studies, with a prior its posterior mean.
    """

    k: int
    scale: Scale
    estimate: float
    se: float
    ci95: tuple[float, float]
    tau2: float
    i2: float
    q: float
    prediction95: tuple[float, float]
    blups: Sequence[Of]
    leave_one_out: Sequence[Of]
    prior: TauPrior | None
    method: Method

    @property
    def df(self) -> int:
        return self.k - 1

    def to_json(self) -> dict[str, Any]:
        return {
            "k": self.k,
            "scale": self.scale,
            "estimate": self.estimate,
            "se": self.se,
            "df": self.df,
            "ci95": list(self.ci95),
            "tau2": self.tau2,
            "i2": self.i2,
            "q": self.q,
            "prediction95": list(self.prediction95),
            "blups": [_row(one) for one in self.blups],
            "leave_one_out": [_row(one) for one in self.leave_one_out],
            "prior": self.prior.to_json() if self.prior else None,
            "method": asdict(self.method),
        }


def _row(one: Of) -> dict[str, Any]:
    return {"study": one.study, "estimate": one.estimate, "se": one.se}
