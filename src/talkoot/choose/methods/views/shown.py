"""What a method page and a list show beside the row itself, read once for all rows of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.choose.methods import effort, scores, words
from talkoot.choose.methods.models import Criterion, Goal, Method
from talkoot.city.organisations.models import Municipality
from talkoot.kit import typography
from talkoot.kit.charts.rows import Scale
from talkoot.kit.charts.shapes import rect, strip
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from talkoot.choose.methods.scores import Prior

TEXTS = ("what", "why", "how", "where")


def dress(methods: Iterable[Method], city: Municipality | None) -> list[Any]:
    """The methods with `shown_effort`, `shown_cities` and `pigment`."""
    rows: list[Any] = list(methods)
    efforts = effort.effort(rows, city)
    cities = list(_cities())
    for method in rows:
        method.shown_effort = efforts[method.pk]
        method.shown_cities = [(name, code in method.cities_seen) for code, name in cities]
        method.pigment = words.PIGMENTS[method.category]
    return rows


@worded(("code",), ("name",))
def _cities() -> QuerySet[Municipality]:
    return Municipality.objects.all()


def dress_list(
    methods: Iterable[Method], city: Municipality | None, url: Callable[[Method], str]
) -> list[Any]:
    """The same with `shown_goals` and `shown_url`, for the tables."""
    rows = dress(methods, city)
    goals: dict[int, list[str]] = {}
    marked: Any = Goal.objects.filter(method__in=rows, marked=True).order_by("criterion")
    for method_id, criterion in marked.rewrite(False).values_list("method_id", "criterion"):
        goals.setdefault(method_id, []).append(criterion)
    for method in rows:
        method.shown_url = url(method)
        method.shown_goals = goals.get(method.pk, [])
    return rows


@dataclass(frozen=True)
class GoalLine:
    """One criterion of a method as the page shows it."""

    criterion: str
    label: str
    prior: Prior

    @property
    def svg(self) -> SafeString:
        """The interval as a ribbon; a published rating is a point and still wants to be seen."""
        scale, prior = Scale(), self.prior
        pigment = "spruce" if prior.basis == scores.CITY else "lake" if prior.marked else "lichen"
        ribbon = rect(f"b80 p-{pigment}", prior.low, 6, max(prior.high - prior.low, 1), 12)
        return strip((scale.grid(100), ribbon))

    @property
    def span(self) -> str:
        return typography.span(self.prior.low, self.prior.high)


def goal_lines(method: Method, city: Municipality | None) -> list[GoalLine]:
    prior = scores.prior([method], city)[method.pk]
    return [GoalLine(code, str(Criterion(code).label), prior[code]) for code in Criterion.values]


def texts(method: Method) -> list[tuple[str, str]]:
    """(heading, name of the field) of each part of the description that has been written."""
    headings = {
        "what": _("What it is"),
        "why": _("Why it works"),
        "how": _("How it is done"),
        "where": _("Where it has been done"),
    }
    return [(headings[name], name) for name in TEXTS if getattr(method, name)]
