"""The figures of one question in one view, with their uncertainty, as far as nothing hidden is given away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from talkoot.analysis.survey.disclosure.rules import THRESHOLD, Rule
from talkoot.analysis.survey.errors import SurveyError
from talkoot.analysis.survey.estimation import crosstab, figures
from talkoot.analysis.survey.modelled import Direct, modelled
from talkoot.listen.surveys import hiding, weighing
from talkoot.listen.surveys.models import Question
from talkoot.listen.surveys.sample import answered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.analysis.survey.estimation.design import Codes, Floats
    from talkoot.analysis.survey.estimation.figures import Figure
    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.hiding import Hidden
    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.sample import Respondent
    from talkoot.listen.surveys.sizes import Group, Totals
    from talkoot.listen.surveys.weighing import Weighed

DIGITS = 4
LARGE = Rule(dominance=(2, 75.0), p_percent=10.0)
"""A mean is not shown where two companies make most of the sum, or the second could come near the first."""
FEW = 40
"""Effective answers below which a modelled figure is given beside the direct one."""
KINDS_OF_ONE = 2
"""Cities that a modelled figure needs."""


@dataclass(frozen=True)
class View:
    """One city or all of them: the companies that are counted, and what they are weighted to. `drawn_from`: of the
    `out_of` answers of the whole round."""

    rows: Sequence[Respondent]
    groups: tuple[Group, ...]
    known: Totals | None
    drawn_from: int | None
    out_of: int

    def weighed(self) -> Weighed:
        drawn = weighing.fraction(self.drawn_from, self.out_of, len(self.rows)) if self.rows else None
        return weighing.weigh(self.rows, self.groups, self.known, drawn_from=drawn)

    def alone(self, rows: Sequence[Respondent], hidden: Hidden) -> Weighed:
        """Those who answered one question, weighted by themselves."""
        drawn = weighing.fraction(self.drawn_from, self.out_of, len(rows))
        if self.known is None or not hidden.by_size or not any(one.size for one in rows):
            return weighing.unweighted(rows, drawn)
        together = () if any(hidden.groups.values()) else [group.classes for group in self.groups]
        return weighing.by_size(rows, self.known.companies, together, drawn_from=drawn)


def question(item: Item, view: View, whole: Weighed | None, hidden: Hidden) -> dict[str, Any]:
    """{n, missing, hidden, options {code: share}, groups [{key, n, hidden, options}], number, effective_n, deff,
    weighted, cells, test}. share: {share, se, low, high, n}; a ranking's has also its mean `place`.

    `whole`: the weights of the view, used where each of their cells has five answers or none; a question for which
    they do not hold is weighted by itself, in its own `cells`.
    """
    here = answered(view.rows, item.code)
    if hidden.whole or not here:
        return {"n": None if hidden.whole else 0, "hidden": hidden.whole, "options": {}, "groups": []}
    found: dict[str, Any] = {"n": len(here), "hidden": "", "options": {}, "groups": []}
    if not item.conditional:
        found["missing"] = len(view.rows) - len(here)
    if item.kind == Question.Kind.TEXT:
        return found
    own = whole is None or not suits(whole, here)
    weighed = view.alone(here, hidden) if whole is None or own else whole
    if item.kind == Question.Kind.NUMBER:
        return found | {"number": _mean(item, weighed, here) if whole is not None else None}
    found["options"] = options(item, weighed, with_n=not hidden.anything)
    found["groups"] = [_group(item, weighed, group, why) for group, why in hidden.groups.items()]
    effective = _effective(weighed, item)
    found |= {"effective_n": round(effective, 1), "deff": round(len(here) / effective, DIGITS)}
    if view.known is not None:
        found["weighted"] = len(weighed.cells) > 1
    if own and weighed.plan is not None:
        found["cells"] = [list(cell.classes) for cell in weighed.cells]
    if not hidden.anything and not item.has_several:
        found["test"] = _test(item, weighed, view.groups)
    return found


def suits(weighed: Weighed, rows: Sequence[Respondent]) -> bool:
    """Each of the cells has five answers among `rows`, or none."""
    counted: dict[str, int] = defaultdict(int)
    for one in rows:
        if one.size:
            counted[weighed.cell_of(one) if weighed.plan else one.size] += 1
    return weighed.plan is None or not any(map(hiding.is_few, counted.values()))


def options(
    item: Item, weighed: Weighed, *, with_n: bool, inside: Floats | None = None
) -> dict[str, dict[str, Any]]:
    """Each answer's share. Its number of answers is left out where it could give away a hidden group."""
    found = {}
    for choice, figure in zip(item.choices, _figures(item, weighed, inside), strict=True):
        if figure is None:
            return {}
        found[choice.code] = rounded(figure) | {"n": _number(item, weighed, choice.code) if with_n else None}
    if item.kind == Question.Kind.RANKING and inside is None:
        for code, place in _places(item, weighed).items():
            found[code]["place"] = place
    return found


def rounded(figure: Figure) -> dict[str, Any]:
    names = {"share": figure.estimate, "se": figure.se, "low": figure.low, "high": figure.high}
    return {name: round(value, DIGITS) for name, value in names.items()}


def share(weighed: Weighed, said: Sequence[bool]) -> Figure:
    """Of rows that all answered."""
    codes = np.array(said, dtype=np.intp)
    row = figures.shares(weighed.sample, codes, 2, np.zeros(len(codes), dtype=np.intp), 1)[0]
    assert row is not None  # noqa: S101 -- there are rows and they answered
    return row[1]


def _figures(item: Item, weighed: Weighed, inside: Floats | None) -> list[Figure | None]:
    """Of each choice, among the rows that are `inside` (1 or 0; all when None)."""
    everyone = np.zeros(len(weighed.rows), dtype=np.intp)
    domains = everyone if inside is None else np.where(inside > 0, 0, -1)
    if not item.has_several:
        row = figures.shares(weighed.sample, codes(item, weighed.rows), len(item.choices), domains, 1)[0]
        return list(row) if row else [None] * len(item.choices)
    found: list[Figure | None] = []
    for choice in item.choices:
        said = np.array(
            [_ticked(one.said.get(item.code), choice.code) for one in weighed.rows], dtype=np.intp
        )
        row = figures.shares(weighed.sample, said, 2, domains, 1)[0]
        found.append(row[1] if row else None)
    return found


def codes(item: Item, rows: Sequence[Respondent]) -> Codes:
    """The place of each answer among the choices, −1 for none."""
    place = {choice.code: index for index, choice in enumerate(item.choices)}
    chosen = (next(iter(one.said.get(item.code, ())), "") for one in rows)
    return np.fromiter((place.get(code, -1) for code in chosen), dtype=np.intp, count=len(rows))


def _ticked(said: frozenset[str] | None, code: str) -> int:
    return -1 if said is None else int(code in said)


def _number(item: Item, weighed: Weighed, code: str) -> int:
    return sum(code in one.said.get(item.code, ()) for one in weighed.rows)


def _group(item: Item, weighed: Weighed, group: Group, why: str) -> dict[str, Any]:
    if why:
        return {"key": group.key, "n": None, "hidden": why, "options": {}}
    inside = np.array([one.size in group.classes for one in weighed.rows], dtype=float)
    n = sum(one.size in group.classes and item.code in one.said for one in weighed.rows)
    found = options(item, weighed, with_n=False, inside=inside) if n else {}
    return {"key": group.key, "n": n, "hidden": "", "options": found}


def _effective(weighed: Weighed, item: Item) -> float:
    inside = np.array([item.code in one.said for one in weighed.rows])
    return figures.effective_n(weighed.sample.weights[inside])


def _places(item: Item, weighed: Weighed) -> dict[str, dict[str, Any]]:
    """The mean place of each answer among those who gave it one."""
    found = {}
    everyone = np.zeros(len(weighed.rows), dtype=np.intp)
    for choice in item.choices:
        values = np.array([_place(one.places.get(item.question), choice.code) for one in weighed.rows])
        if np.count_nonzero(~np.isnan(values)) < THRESHOLD:
            continue
        figure = figures.means(weighed.sample, values, everyone, 1)[0]
        if figure is not None:
            found[choice.code] = _round_mean(figure)
    return found


def _place(order: Sequence[str] | None, code: str) -> float:
    return float(order.index(code) + 1) if order and code in order else np.nan


def _mean(item: Item, weighed: Weighed, here: Sequence[Respondent]) -> dict[str, Any] | None:
    """None where it would say too much of one company."""
    values = np.array([one.said.get(item.code, np.nan) for one in weighed.rows], dtype=float)
    if LARGE.hides(len(here), np.abs(values[~np.isnan(values)]).tolist()):
        return None
    figure = figures.means(weighed.sample, values, np.zeros(len(values), dtype=np.intp), 1)[0]
    return None if figure is None else _round_mean(figure)


def _round_mean(figure: Figure) -> dict[str, Any]:
    names = {"mean": figure.estimate, "se": figure.se, "low": figure.low, "high": figure.high}
    return {name: float(f"{value:.6g}") for name, value in names.items()} | {"n": figure.n}


def _test(item: Item, weighed: Weighed, groups: Sequence[Group]) -> dict[str, Any] | None:
    """Whether the answers depend on size; None where it cannot be tested."""
    place = {size: index for index, group in enumerate(groups) for size in group.classes}
    rows = np.array([place.get(one.size, -1) for one in weighed.rows], dtype=np.intp)
    try:
        found = crosstab.independence(weighed.sample, rows, codes(item, weighed.rows))
    except (SurveyError, np.linalg.LinAlgError):
        return None
    if not np.isfinite(found.p):
        return None
    return {name: round(getattr(found, name), DIGITS) for name in ("f", "df1", "df2", "p")}


def add_modelled(contents: Mapping[Municipality | None, dict[str, Any]]) -> None:
    """Beside the share that would benefit from a method in each city with few answers, the one drawn towards the mean
    of the cities; what is hidden takes no part."""
    by_question: dict[tuple[str, str], dict[Municipality, tuple[dict[str, Any], float]]] = defaultdict(dict)
    for city, content in contents.items():
        if city is None:
            continue
        benefits = {
            (one["code"], choice["code"])
            for one in content["asked"]
            for choice in one["choices"]
            if choice["benefits"]
        }
        for code, choice in benefits:
            found = content["questions"][code]
            if choice in found["options"]:
                by_question[code, choice][city] = found["options"][choice], found["effective_n"]
    for shown in by_question.values():
        if len(shown) < KINDS_OF_ONE or all(n >= FEW for _share, n in shown.values()):
            continue
        drawn = modelled({city: Direct(one["share"], n) for city, (one, n) in shown.items()})
        for city, (one, n) in shown.items():
            if n < FEW:
                names = {"share": drawn[city].estimate, "low": drawn[city].low, "high": drawn[city].high}
                one["modelled"] = {name: round(value, DIGITS) for name, value in names.items()}
                one["modelled"]["own"] = round(drawn[city].own, 2)
