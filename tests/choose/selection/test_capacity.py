"""Where the figures of a result come from: a unit's word, a change of the municipality's role, the effort of a method."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from talkoot.choose.methods.models import CityEffort, Method
from talkoot.choose.selection.results import Result
from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.organisations.models import Unit
from tests.choose.library import four
from tests.choose.selection.test_results import address, group, words
from tests.choose.selection.test_runs import calculated, start

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.choose.selection.models import Run
    from tests.cast import Cast

pytestmark = pytest.mark.one_database
UNITS = "/jarvenpaa/tyotila/yksikot/"


@pytest.fixture
def change(cast: Cast) -> RoleChange:
    made: RoleChange = RoleChange.objects.create(
        city=cast.jarvenpaa, key="work", name_fi="Työ", name_en="Work", planned_on=dt.date(2027, 6, 1)
    )
    Effect.objects.create(
        change=made, kind="capacity_after", unit=cast.jarvenpaa.units.get(code="ELI"), person_days=30
    )
    return made


@pytest.fixture
def run(cast: Cast, change: RoleChange) -> Run:
    """Of 59 + 40 + 20 person-days, or 30 + 40 + 20 when the role has changed. M02 takes 80 of two units."""
    four()
    return calculated(start(cast, days=60, scenario="all"))


def test_what_each_unit_does_adds_up_to_what_the_portfolio_takes(run: Run) -> None:
    for result in (Result(run), Result(run, *run.answer["by_scenario"])):
        lines = {line.unit: line for line in result.capacity.lines}
        assert sum(line.used for line in lines.values()) == pytest.approx(result.days_used)
        assert all(0 < line.used <= line.limit for line in lines.values())
        shown = {part.name for line in lines.values() for part in line.methods}
        assert shown == {result.name(code) for code in result.recommended}
    now = {line.unit: line for line in Result(run).capacity.lines}
    assert {unit: (line.used, line.limit) for unit, line in now.items()} == {
        "Elinkeinopalvelut": (60, 60), "Ympäristö": (40, 40),
    }  # fmt: skip
    assert Result(run).capacity.idle == "Työllisyyspalvelut"


def test_a_limit_leads_to_the_unit_that_stated_it_or_to_the_change_that_sets_it(
    run: Run, change: RoleChange, cast: Cast, client: Client
) -> None:
    cast.signed_in(client, "riitta")
    now = client.get(f"/en{address(run)}").content.decode()
    assert re.search(rf'href="/en{UNITS}"[^>]*>stated by the unit', now)
    (key,) = run.answer["by_scenario"]
    then = client.get(f"/en{address(run)}?scenario={key}").content.decode()
    to_change = f"/en/jarvenpaa/tyotila/roolimuutokset/{change.pk}/"
    assert re.search(rf'href="{to_change}"[^>]*>After: Work', then)
    assert "30" in then
    for url in (f"/en{UNITS}", to_change):
        assert client.get(url).status_code == 200


def test_a_limit_that_only_the_run_knows_is_said_to_be_so(cast: Cast) -> None:
    four()
    result = Result(calculated(start(cast, days=25)))
    assert {line.unit: line.source for line in result.capacity.lines} == {
        "Elinkeinopalvelut": "annettu tähän laskentaan", "Ympäristö": "yksikön ilmoittama",
    }  # fmt: skip


def test_an_effort_leads_to_where_the_method_says_what_it_rests_on(
    cast: Cast, client: Client, change: RoleChange
) -> None:
    four()
    said = "Measured in our own timesheets."
    CityEffort.objects.create(
        city=cast.jarvenpaa, method=Method.objects.get(code="M01"), person_days_low=9, person_days_high=18,
        reason=said,
    )  # fmt: skip
    run = calculated(start(cast, days=60))
    cast.signed_in(client, "riitta")
    shown = client.get(f"/en{address(run)}").content.decode()
    target = "/en/jarvenpaa/tyotila/keinot/M01/"
    assert f'<a href="{target}#effort">9–18</a>' in shown
    method = client.get(target).content.decode()
    assert 'id="effort"' in method
    assert said in method
    known = client.get(f"/en{address(run)}naytto/").content.decode()
    row = known[known.index('id="M01"') : known.index('id="M02"')]
    assert f'<a href="{target}#effort">9–18</a>' in row
    assert "The city’s own estimate" in row
    assert "The city’s own estimate" not in known[known.index('id="M02"') :]


def test_a_unit_that_is_renamed_later_keeps_its_name_in_the_run(run: Run, cast: Cast, client: Client) -> None:
    cast.signed_in(client, "aino")
    before = words(client.get(address(run)).content.decode())
    Unit.objects.filter(code="ELI").update(name_fi="Toinen nimi", person_days=1)
    assert words(client.get(address(run)).content.decode()) == before


def test_each_group_tells_how_often_it_would_take_a_method_also_in_another_role(
    cast: Cast, client: Client, change: RoleChange
) -> None:
    """By itself each group would have that share: as a run of its own with the group's limits."""
    four()
    one = group(cast, "Leaders", D=(50, 60), B=(0, 5), C=(0, 5))
    other = group(cast, "Experts", B=(30, 60), C=(30, 60), A=(0, 5), D=(0, 5))
    run = calculated(start(cast, days=45, people=(one.frozen, other.frozen), scenario="all"))
    (key,) = run.answer["by_scenario"]
    kept = (run.result or {})["by_people"]
    now = {each.key: each for each in Result(run).groups.all}
    assert {id_: each.acceptability for id_, each in now.items()} == {
        id_: own["acceptability"] for id_, own in kept.items()
    }
    then = Result(run, key)
    mixed = then.part["acceptability"]
    for code in mixed:
        shares = [each.acceptability[code] for each in then.groups.all]
        counts = [each.samples for each in then.groups.all]
        assert sum(s * n for s, n in zip(shares, counts, strict=True)) == pytest.approx(
            mixed[code] * run.samples
        )
    for result in (Result(run), then):
        for row in result.groups.divided:
            assert [view.group for view in row.views] == ["Leaders", "Experts"]
            assert len({view.takes for view in row.views}) == 2
            assert all(view.text.split(", ")[0] in {"Kyllä", "Ei"} for view in row.views)
