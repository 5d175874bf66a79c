"""Leaders who weigh differently, a board that sees what it depends on, and two changes that turn the choice."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from talkoot.choose.selection.models import Preference, Run
from talkoot.city.organisations.models import Municipality
from talkoot.kit import typography
from tests.journeys.test_main import AINO, MIKAEL, WORK
from tests.journeys.walk import Person, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ROOM = f"{WORK}/valinta"
TIME = {
    "ELI": "25",
    "YMP": "15",
    "TYO": "20",
}  # person-days a year: a choice that is calculated within seconds
CALCULATING = 120_000  # ms: here a request waits for what a worker does elsewhere
GROUPS = {
    "Elinkeinot": {"D": (60, 100)},
    "Ympäristö": {"C": (60, 100)},
    "Kaupunginjohto": {"A": (60, 100)},
}


def test_a_board_sees_what_all_agree_on_what_depends_on_whom_and_what_turns_the_choice(
    arrive: Callable[..., Person],
) -> None:
    aino, mikael = arrive(), arrive()
    aino.sign_in(AINO, f"{ROOM}/")
    mikael.sign_in(MIKAEL, f"{ROOM}/")
    aino.page.set_default_timeout(CALCULATING)
    for person, name in zip((aino, mikael, aino), GROUPS, strict=True):
        _states(person, name)
    first = _calculates(aino, "Ennen leikkausta", TIME)
    aino.look()
    _sees_what_depends_on_whom(aino, first)
    _sees_the_next_method(aino, first)
    _the_role_turns_a_method(aino, first)
    poorer = _less_time_turns_a_method(aino, first)
    _reads_the_memo(aino, first, poorer)


def _states(person: Person, name: str) -> None:
    person.go(f"{ROOM}/ryhmat/uusi/")
    person.fill({"name_fi": name, "people": "5"})
    for code in "ABCDEF":
        low, high = GROUPS[name].get(code, (0, 60))
        person.fill({f"weight_{code}_low": str(low), f"weight_{code}_high": str(high)})
    person.send()
    assert Preference.objects.filter(name_fi=name).exists(), person.text()


def _calculates(aino: Person, name: str, time: dict[str, str]) -> Run:
    units = Municipality.objects.get(slug="jarvenpaa").units.exclude(person_days=None)
    aino.go(f"{ROOM}/uusi/")
    aino.fill({f"days_{unit.code}": time.get(unit.code, "0") for unit in units})
    aino.fill(
        {f"weight_{code}_{end}": value for code in "ABCDEF" for end, value in (("low", "0"), ("high", "100"))}
    )
    for box in aino.page.locator("main [name=groups]").all():
        box.uncheck()
    for group in Preference.objects.filter(name_fi__in=GROUPS):
        aino.fill({"groups": str(group.pk)})
    aino.fill({"name": name, "scenario": "all"})
    aino.send()
    aino.page.locator("table.choose-table").first.wait_for()
    return Run.objects.get(city__slug="jarvenpaa", name=name)


def _sees_what_depends_on_whom(aino: Person, run: Run) -> None:
    apart = run.result["by_people"]  # type: ignore[index]  # a run that is done
    taken = [set(part["recommended"]["methods"]) for part in apart.values()]
    assert len(taken) == len(GROUPS)
    divided = taken[0].union(*taken) - taken[0].intersection(*taken)
    assert divided
    part = aino.page.locator("section:has(> h2#groups)")
    for name in GROUPS:
        assert name in part.inner_text()
    rows = part.locator("table").nth(1).locator("tbody tr")
    assert rows.count() == len(divided)
    for code in divided:
        row = rows.filter(has_text=str(run.facts[code]["names"]["fi"])).inner_text()
        shares = [100 * own["acceptability"][code] for own in apart.values()]
        assert all(typography.percent(s, 0, "fi") in row for s in shares if 1 <= s <= 99)
    assert part.locator("ul.names a").count() == len(taken[0].intersection(*taken))


def _sees_the_next_method(aino: Person, run: Run) -> None:
    turns = run.reasons["turns"][""]
    part = aino.page.locator("section:has(> h2#flips)").inner_text()
    entry = turns["enters"][0]
    assert f"{entry['budget']:.0f}" in part
    for code in entry["methods"]:
        assert run.facts[code]["names"]["fi"] in part
    gained = typography.number(entry["gain"], 1, "fi")
    assert say("Together that brings {points} points more on average.").format(points=gained) in part
    assert say("One more person-day") in part
    ((unit, value), *_rest) = sorted(run.answer["shadow_prices"].items(), key=lambda item: -item[1])
    name = Municipality.objects.get(slug="jarvenpaa").units.get(code=unit.removeprefix("days:")).name_fi
    price = say("One more person-day would bring {points} points of benefit: {unit}.")
    assert price.format(points=typography.number(value, 1, "fi"), unit=name) in part


def _the_role_turns_a_method(aino: Person, run: Run) -> None:
    ((key, then),) = [(k, v) for k, v in run.result["by_scenario"].items() if k != "expected"]  # type: ignore[index]  # done
    turned = set(run.chosen) - set(then["recommended"]["methods"])
    assert turned
    names = _names(run, turned)
    told = aino.page.locator("section:has(> h2#flips) li").filter(has_text=_scenario(run, key)).inner_text()
    assert all(name in told.partition(say("These enter: {methods}.")[:10])[0] for name in names)
    aino.go(f"{run.get_absolute_url()}?scenario={key}")
    portfolio = aino.page.locator("section:has(> h2#portfolio)").inner_text()
    assert portfolio
    assert not any(name in portfolio for name in names)
    apart = aino.page.locator("section:has(> h2#groups)").inner_text()
    assert all(name in apart for name in GROUPS)


def _names(run: Run, codes: Iterable[str]) -> list[str]:
    return [run.facts[code]["names"]["fi"] for code in codes]


def _scenario(run: Run, key: str) -> str:
    label: str = run.plan["labels"][key]["fi"]
    return label


def _portfolio(aino: Person, run: Run) -> str:
    aino.go(run.get_absolute_url())
    return aino.page.locator("section:has(> h2#portfolio)").inner_text()


def _less_time_turns_a_method(aino: Person, run: Run) -> Run:
    fact = next(f for f in run.reasons["turns"][""]["leaves"] if f["resource"] == "days:ELI")
    poorer = _calculates(aino, "Leikkauksen jälkeen", TIME | {"ELI": f"{fact['budget']:.0f}"})
    turned = set(run.chosen) - set(poorer.chosen)
    assert turned
    before, after = _portfolio(aino, run), _portfolio(aino, poorer)
    for name in _names(run, turned):
        assert name in before
        assert name not in after
    aino.go(f"{poorer.get_absolute_url()}vertaa/?with={run.pk}")
    aino.look()
    only_before = aino.page.locator("section:has(> h2#out)").inner_text()
    assert say("Recommended only in: %(name)s") % {"name": run.name} in only_before
    assert all(name in only_before for name in _names(run, turned))
    return poorer


def _reads_the_memo(aino: Person, run: Run, poorer: Run) -> None:
    """What is told of each reversal, sentence by sentence, and that the memo of the poorer run lacks what has left."""
    told = _memo(aino, run)
    ((key, then),) = [(k, v) for k, v in run.result["by_scenario"].items() if k != "expected"]  # type: ignore[index]  # done
    (by_role,) = [line for line in told if line.startswith(f"{_scenario(run, key)}:")]
    assert all(name in by_role for name in _names(run, set(run.chosen) - set(then["recommended"]["methods"])))
    fact = next(f for f in run.reasons["turns"][""]["leaves"] if f["resource"] == "days:ELI")
    start = say("If there are only {budget} instead of {limit} ({name}), this method leaves: {methods}.")
    beginning = start.partition("{limit}")[0].format(budget=f"{fact['budget']:.0f}")
    assert any(
        line.startswith(beginning) and all(name in line for name in _names(run, fact["methods"]))
        for line in told
    )
    assert say("Groups apart and together") in told
    named, poorer_named = _units_of(told), _units_of(_memo(aino, poorer))
    assert all(name in named for name in _names(run, run.chosen))
    assert all(name in poorer_named for name in _names(poorer, poorer.chosen))
    assert not any(name in poorer_named for name in _names(run, set(run.chosen) - set(poorer.chosen)))


def _units_of(told: list[str]) -> str:
    """The recommendation of a memo: what each unit does."""
    begin, end = told.index(say("What each unit does")), told.index(say("What was asked"))
    return "\n".join(told[begin:end])


def _memo(aino: Person, run: Run) -> list[str]:
    """The paragraphs of the Word file."""
    aino.go(run.get_absolute_url())
    aino.page.get_by_role("button", name=say("Make the memo")).click()
    aino.page.wait_for_load_state()
    link = aino.page.locator("main a[href$='.docx']").first.get_attribute("href")
    answer = aino.page.request.get(f"{aino.origin}{link}")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as folder:
        text = folder.read("word/document.xml").decode()
    return [re.sub(r"<[^>]+>", "", paragraph) for paragraph in text.split("</w:p>")]
