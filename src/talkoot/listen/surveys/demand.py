"""Evidence that companies want a method: the criterion of demand (F) in a city's choice.

The share is of all companies that answered in the cities of the round, in the method's target group, weighted to
the number of companies by size in the city at hand. It is worked out with the results of the round and kept
there; here it meets the number of companies. Groups under five give no evidence, which is not zero.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from talkoot.analysis.survey import demand as analysis
from talkoot.choose.methods.models import Method
from talkoot.kit import typography
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.targets import Population, classes_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from talkoot.city.organisations.models import Municipality

CRITERION = "F"


@dataclass(frozen=True)
class Asked:
    """A weighted share (0–1) with its standard error and 95 % interval; `n` answers."""

    estimate: float
    se: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Finding:
    """`mean` and `sd` on 0–100, where 100 is every company of the largest target group of any method."""

    mean: float
    sd: float
    share: Asked
    companies: int
    expected: float
    expected_se: float
    estimate: bool
    round_id: int
    frame: str
    simulated: bool
    ended: tuple[dt.date, ...]
    df: None = None

    @property
    def k(self) -> int:
        """Answers behind the finding."""
        return self.share.n

    @property
    def percent(self) -> str:
        """The share with its interval, in words."""
        return typography.estimate(100 * self.share.estimate, 100 * self.share.low, 100 * self.share.high)

    @property
    def about(self) -> int:
        """The expected number to two significant digits: it is no more certain than that."""
        return int(float(f"{self.expected:.2g}"))

    def to_json(self) -> dict[str, Any]:
        """What a saved run keeps of it."""
        return asdict(self) | {"ended": [day.isoformat() for day in self.ended]}


def latest_results(city: Municipality, as_of: dt.date | None = None) -> Results | None:
    """What the newest published round says for the city; with a date, of those closed by then."""
    rounds = Round.objects.in_city(city).filter(state=Round.State.PUBLISHED)  # type: ignore[attr-defined]  # our queryset
    if as_of is not None:
        rounds = rounds.filter(closed_on__lte=as_of)
    survey = rounds.order_by("-closed_on", "-pk").values("pk", "city_id").first()
    if survey is None:
        return None
    view = Q(city=city) if survey["city_id"] is None else Q(city=None)
    rows = Results.objects.filter(view, round=survey["pk"]).select_related("round")
    found: Results | None = rows.only(
        "content", "round__frame", "round__simulated", "round__closed_on"
    ).sole()  # type: ignore[attr-defined]  # our queryset
    return found


def evidence(
    city: Municipality, methods: Iterable[Method], as_of: dt.date | None = None
) -> dict[int, dict[str, Finding | None]]:
    """{method id: {"F": finding, or None where companies have not said enough}}."""
    methods = list(methods)
    results = latest_results(city, as_of)
    population = Population.of(city)
    published: Any = Method.objects.published().order_by()  # type: ignore[attr-defined]  # our queryset
    library = published.rewrite(False).values_list("sizes", "industries", named=True)
    known = [population.companies(meant) for meant in library]
    largest = max(filter(None, known), default=0)
    return {method.pk: {CRITERION: _finding(method, results, population, largest)} for method in methods}


def _finding(method: Method, results: Results | None, population: Population, largest: int) -> Finding | None:
    companies = population.companies(method)
    asked = share_of(method, results)
    if results is None or asked is None or not companies or companies > largest:
        return None
    found = analysis.demand(asked, target_companies=companies, largest_target=largest)  # type: ignore[arg-type]  # the part of a Figure that it reads
    if found.expected is None or found.se is None:
        return None
    return Finding(
        mean=found.expected / largest * analysis.TOP,
        sd=found.se / largest * analysis.TOP,
        share=asked,
        companies=companies,
        expected=found.expected,
        expected_se=found.se,
        estimate=population.estimate,
        round_id=results.round_id,
        frame=results.round.frame,
        simulated=results.round.simulated,
        ended=tuple(filter(None, [results.round.closed_on])),
    )


def share_of(method: Method, results: Results | None) -> Asked | None:
    """What the results say of the method, if it is still meant for the companies it was meant for then."""
    kept = results.content.get("demand", {}).get(method.code) if results else None
    if not kept or kept["sizes"] != list(classes_of(method)) or kept["sectors"] != sorted(method.industries):
        return None
    return Asked(**{name: kept[name] for name in ("estimate", "se", "low", "high", "n")})
