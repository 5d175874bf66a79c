"""A curious reader puts together everything that is published and still finds no group of one to four.

The reader has the results of all cities and of each, the file of answers, the numbers of demand, and a second round of
the same companies. What is possible is then a polytope; its ends are found by linear programs that share no code with
what hides the figures. The reader is even given what the weights of a question would tell of the cells they are of.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.urls import reverse
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from talkoot.city.organisations.models import Municipality, Organisation
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.sizes import CLASSES
from tests.choose.library import method
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.test import Client

    from tests.cast import Cast

QUESTIONS = {"stage": ("none", "some", "lots"), "demand_M05": ("yes", "no")}
SIZES = (*CLASSES, "")
CODES = ("186", "245", "092")
EPS = 1e-6

Key = tuple[str, ...]
"""("N", city, size): companies that answered a round at all; ("n", round, question, city, size): that answered the
question; ("y", round, question, city, size, answer): that gave the answer."""


@dataclass
class Reader:
    """Equations Σ of some unknowns = a published number, and what is less than what."""

    true: dict[Key, int]
    equations: list[tuple[dict[Key, float], float]] = field(default_factory=list)
    at_most: list[tuple[Key, Key]] = field(default_factory=list)

    def learns(self, keys: Iterable[Key], number: float) -> None:
        keys = list(keys)
        assert sum(self.true[key] for key in keys) == pytest.approx(number), "the reader is told the truth"
        self.equations.append((dict.fromkeys(keys, 1.0), number))

    def bounds(self, groups: Iterable[tuple[Key, ...]]) -> dict[tuple[Key, ...], tuple[int, int]]:
        """{keys: the least and the greatest whole number that their sum can be}."""
        place = {key: i for i, key in enumerate(self.true)}
        known = _matrix([terms for terms, _number in self.equations], place)
        less = _matrix([{small: 1.0, large: -1.0} for small, large in self.at_most], place)
        numbers, nothing = [n for _, n in self.equations], np.zeros(len(self.at_most))
        found = {}
        for keys in groups:
            aim = np.zeros(len(place))
            aim[[place[key] for key in keys]] = 1
            ends = [linprog(sign * aim, less, nothing, known, numbers, (0, None)) for sign in (1, -1)]
            assert all(end.status == 0 for end in ends)
            found[keys] = (int(np.ceil(ends[0].fun - EPS)), int(np.floor(-ends[1].fun + EPS)))
        return found


def _matrix(rows: list[dict[Key, float]], place: Mapping[Key, int]) -> csr_matrix:
    cells = [(i, place[key], factor) for i, row in enumerate(rows) for key, factor in row.items()]
    where, columns, factors = zip(*cells, strict=True)
    return csr_matrix((factors, (where, columns)), shape=(len(rows), len(place)))


@dataclass(frozen=True)
class Company:
    city: str
    size: str
    stage: tuple[str, str]
    demand: tuple[str, str]


def some(seed: int) -> list[Company]:
    """Companies of three cities, some of them in groups of one to four, with what they say in two rounds; a few pass
    a question over."""
    dice = random.Random(seed)
    found = []
    for city, most in zip(CODES, (14, 9, 40), strict=True):
        for size, part in zip(SIZES, (0.55, 0.2, 0.15, 0.1, 0.05), strict=True):
            for _company in range(max(0, round(most * part) + dice.randint(-1, 2))):
                stage = dice.choices(("none", "some", "lots", ""), (4, 4, 2, 1), k=2)
                wants = dice.choices(("yes", "no", ""), (5, 4, 1), k=2)
                found.append(Company(city, size, (stage[0], stage[1]), (wants[0], wants[1])))
    return found


def truth(asked: list[Company], rounds: int) -> dict[Key, int]:
    true: dict[Key, int] = {("N", city, size): 0 for city in CODES for size in SIZES}
    for number in range(rounds):
        for question, answers in QUESTIONS.items():
            for city in CODES:
                for size in SIZES:
                    true["n", str(number), question, city, size] = 0
                    true |= {("y", str(number), question, city, size, answer): 0 for answer in answers}
    for one in asked:
        true["N", one.city, one.size] += 1
        for number in range(rounds):
            for question, said in (("stage", one.stage[number]), ("demand_M05", one.demand[number])):
                if said:
                    true["n", str(number), question, one.city, one.size] += 1
                    true["y", str(number), question, one.city, one.size, said] += 1
    return true


def reader(true: dict[Key, int], rounds: int) -> Reader:
    """What goes without saying: an answer is one answer, and nobody answers a question who did not answer at all."""
    found = Reader(true)
    for key in true:
        if key[0] == "n":
            answers = {("y", *key[1:], answer): 1.0 for answer in QUESTIONS[key[2]]}
            found.equations.append((answers | {key: -1.0}, 0.0))
            found.at_most.append((key, ("N", *key[3:])))
    return found


def tell(who: Reader, number: int, results: Mapping[str | None, dict[str, Any]]) -> None:
    """All that the results of a round say, in every view."""
    for city, content in results.items():
        cities = CODES if city is None else (city,)
        if content["counts"]["counted"] is not None:
            who.learns((("N", c, size) for c in cities for size in SIZES), content["counts"]["counted"])
        for question, found in content["questions"].items():
            if question in QUESTIONS and found["n"] is not None:
                _tell_question(who, (str(number), question), cities, content, found)


def _tell_question(
    who: Reader, about: tuple[str, str], cities: Iterable[str], content: dict[str, Any], found: dict[str, Any]
) -> None:
    cities = list(cities)

    def n(sizes: Iterable[str]) -> list[Key]:
        return [("n", *about, city, size) for city in cities for size in sizes]

    def y(sizes: Iterable[str], answer: str) -> list[Key]:
        return [("y", *about, city, size, answer) for city in cities for size in sizes]

    who.learns(n(SIZES), found["n"])
    for group in found["groups"]:
        if group["n"] is not None:
            classes = content["groups"][group["key"]]
            who.learns(n(classes), group["n"])
            for answer, share in group["options"].items():
                who.learns(y(classes, answer), round(share["share"] * group["n"]))
    cells = found.get("cells") or [cell["classes"] for cell in (content["weighting"] or {}).get("cells", ())]
    weighted = found.get("weighted") or "cells" in found
    _tell_weights(who, found, n, y, (*cells, ("",)) if weighted else (SIZES,))
    for answer, share in found["options"].items():
        if share["n"] is not None:
            who.learns(y(SIZES, answer), share["n"])


def _tell_weights(
    who: Reader,
    found: dict[str, Any],
    n: Callable[[Iterable[str]], list[Key]],
    y: Callable[[Iterable[str], str], list[Key]],
    cells: Iterable[Iterable[str]],
) -> None:
    """Of each cell how many answered and what, which the weighted share is made of."""
    for cell in cells:
        who.learns(n(cell), sum(who.true[key] for key in n(cell)))
        for answer, share in found["options"].items():
            said = sum(who.true[key] for key in y(cell, answer))
            who.learns(y(cell, answer), said)
            if tuple(cell) == SIZES:
                assert share["share"] == pytest.approx(said / found["n"], abs=1e-4)


def tell_file(who: Reader, number: int, content: dict[str, Any], text: str) -> None:
    """What the rows of the file add up to."""
    classes = content["groups"] | {"unknown": [""]}
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(StringIO(text)):
        rows[row["size_class"]].append(row)
    for size, inside in rows.items():
        who.learns((("N", c, one) for c in CODES for one in classes[size]), len(inside))
        for question, answers in QUESTIONS.items():
            if question not in inside[0]:
                continue
            for answer in answers:
                keys = (("y", str(number), question, c, one, answer) for c in CODES for one in classes[size])
                who.learns(keys, sum(row[question] == answer for row in inside))


def tell_demand(who: Reader, number: int, content: dict[str, Any], whole: dict[str, Any]) -> None:
    """How many answers the evidence on a method rests on: those of its sizes and of what they are shown with."""
    kept = content["demand"].get("M05")
    if kept:
        shown = whole["questions"]["demand_M05"]["groups"]
        groups = [set(whole["groups"][group["key"]]) for group in shown]
        if any(group["hidden"] for group in shown):
            groups = [set(CLASSES)]
        sizes = set().union(*(group for group in groups if group & set(kept["sizes"])))
        who.learns(
            (("n", str(number), "demand_M05", city, size) for city in CODES for size in sizes), kept["n"]
        )


def small(true: dict[Key, int]) -> dict[tuple[Key, ...], int]:
    """Each group of one to four: of a size in a city, of a size, and of a city."""
    sums: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in true:
        if key[0] in {"N", "n"}:
            *about, city, size = key
            sums[(*about, "all", "all")].append(key)
            if size:
                sums[(*about, city, size)].append(key)
                sums[(*about, "all", size)].append(key)
            sums[(*about, city, "all")].append(key)
    totals = {tuple(keys): sum(true[key] for key in keys) for keys in sums.values()}
    return {keys: n for keys, n in totals.items() if 0 < n < 5}


@pytest.fixture
def cities(cast: Cast) -> list[Municipality]:
    body = Organisation.objects.create(name="Vantaa (kaupunki)", kind=Organisation.Kind.AUTHORITY)
    vantaa = Municipality.objects.create(
        code="092", slug="vantaa", name_fi="Vantaa", name_sv="Vanda", organisation=body
    )
    made = method("M05", units=["ELI"], days=(1, 2))
    made.sizes = ["micro", "small", "medium"]
    made.save()
    for city in (cast.jarvenpaa, cast.kerava, vantaa):
        companies(city)
    return [cast.jarvenpaa, cast.kerava, vantaa]


def two_rounds(cities: list[Municipality], asked: list[Company]) -> list[Round]:
    found: list[Round] = []
    for number in range(2):
        survey = closed_round(*cities) if not found else _again(found[0], cities)
        said = [Said(1, one.size, one.stage[number], one.demand[number], one.city) for one in asked]
        found.append(published(survey, *said))
    return found


def _again(survey: Round, cities: list[Municipality]) -> Round:
    later = Round.objects.get(pk=survey.pk)
    later.pk, later.code, later.state = None, "small-2027", Round.State.CLOSED
    later.opened_on, later.closed_on = later.closed_on, later.closed_on
    later.save()
    later.cities.set(cities)
    return later


@pytest.mark.parametrize("seed", [0, 3])
def test_no_group_of_one_to_four_is_found_from_all_that_is_published(
    client: Client, cities: list[Municipality], seed: int
) -> None:
    asked = some(seed)
    true = truth(asked, 2)
    who = reader(true, 2)
    by_pk: dict[int | None, str] = {city.pk: city.code for city in cities}
    for number, survey in enumerate(two_rounds(cities, asked)):
        results = {by_pk.get(row.city_id): row.content for row in Results.objects.filter(round=survey)}
        tell(who, number, results)
        address = reverse("surveys:open_data", kwargs={"city": "jarvenpaa", "pk": survey.pk})
        tell_file(who, number, results[None], client.get(address).content.decode())
        for content in results.values():
            tell_demand(who, number, content, results[None])
    hidden = small(true)
    assert len(hidden) > 10
    ends = who.bounds(hidden)
    told = {keys: (low, n, high) for keys, n in hidden.items() for low, high in [ends[keys]]}
    assert not {keys: facts for keys, facts in told.items() if not facts[0] < facts[1] < facts[2]}
