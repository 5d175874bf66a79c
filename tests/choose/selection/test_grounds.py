"""What a run rests on: each estimate with what was thought before, what was measured, and from which day it is."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from talkoot.choose.methods.models import CityScore, Method
from talkoot.choose.selection import grounds, memo
from talkoot.choose.selection.comparison import Comparison
from talkoot.choose.selection.grounds import Grounds
from talkoot.choose.selection.results import Result
from tests.choose.library import four
from tests.choose.pilots.trials import S, pilot
from tests.choose.selection.test_runs import calculated, start

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.choose.selection.models import Run
    from tests.cast import Cast

ENDED = dt.date(2026, 5, 28)
OWN = "Our companies told us so."


@pytest.fixture
def run(cast: Cast) -> Run:
    """M01 was piloted, of M03 the city has a word of its own."""
    four()
    tried, weighed = (Method.objects.get(code=code) for code in ("M01", "M03"))
    pilot(cast.jarvenpaa, tried, S.CLOSED, events=9, companies=20)
    CityScore.objects.create(city=cast.jarvenpaa, method=weighed, criterion="A", low=60, high=80, reason=OWN)
    return calculated(start(cast))


def test_a_pilot_comes_with_its_prior_its_data_their_weight_and_its_day(run: Run) -> None:
    kept = run.facts["M01"]["scores"]["D"]
    with override("en"):
        ground = next(each for each in Grounds(Result(run)).own if each.kind == "Pilots that have ended")
    assert kept["detail"]["ended"] == [ENDED.isoformat()]
    assert ground.day == "28\u00a0May 2026"
    assert ground.source == "1 pilot: 9 of 20 companies reached the goal"
    assert ground.prior == "58–100"
    mean, sd = kept["score"]["mean"], kept["score"]["sd"]
    ends = f"({mean - 1.96 * sd:.0f}–{mean + 1.96 * sd:.0f})"
    assert ground.estimate == f"{mean:.0f} {ends}"
    assert ground.data.startswith(f"{kept['detail']['data']['mean']:.0f} (")
    assert ground.weight == f"{100 * kept['detail']['data_weight']:.0f}%"


def test_the_city_s_own_word_comes_with_its_reason(run: Run) -> None:
    with override("en"):
        ground = next(each for each in Grounds(Result(run)).own if each.kind == "The city’s own estimate")
    assert (ground.source, ground.estimate, ground.day) == (OWN, "60–80", "–")


def test_the_page_names_every_method_and_leads_to_where_each_estimate_came_from(
    run: Run, cast: Cast, client: Client
) -> None:
    cast.signed_in(client, "aino")
    address = f"/en{run.get_absolute_url().removeprefix('/en')}naytto/"
    html = client.get(address).content.decode()
    assert all(f'id="{code}"' in html for code in run.facts)
    assert "/jarvenpaa/tyotila/keinot/M01/#pilots" in html
    assert OWN in html
    result = client.get(address.removesuffix("naytto/")).content.decode()
    links = set(re.findall(r"naytto/#(M\d\d)", result))
    assert links == {row.code for row in Result(run).rows}


def test_the_memo_and_two_runs_say_from_when_the_evidence_is(run: Run, cast: Cast) -> None:
    pilot(
        cast.jarvenpaa, Method.objects.get(code="M02"), S.CLOSED, events=2, companies=20,
        closed_on=dt.date(2026, 8, 31),
    )  # fmt: skip
    later = calculated(start(cast))
    with override("en"):
        (known,) = [s for s in memo.contents(run)["sections"] if s["heading"] == "What was known"]
        lines = {line.label: (line.first, line.second) for line in Comparison(run, later).question}
        assert (
            dict(grounds.counted(run))["Pilots that have ended"] == "1 of 3 methods, data of 28\u00a0May 2026"
        )
    (table,) = [block for block in known["blocks"] if block["kind"] == "table"]
    assert any("28\u00a0May 2026" in cell for row in table["rows"] for cell in row)
    first, second = lines["Pilots that have ended"]
    assert first.endswith("28\u00a0May 2026")
    assert second.endswith("28\u00a0May 2026 – 31\u00a0August 2026")
