from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.analysis.decision.errors import CaseError
from talkoot.choose.operating_model.jobs import make_documents
from talkoot.choose.selection import actions, command
from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.jobs import calculate_run
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result, span
from talkoot.choose.selection.sentences import Sentences
from talkoot.kit import clock, typography
from talkoot.kit.jobs import LONG
from talkoot.kit.mail.jobs import deliver
from tests.choose.library import four

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.cast import Cast

DAYS = {"ELI": 60, "YMP": 40, "TYO": 20}
SECTIONS = ("portfolio", "methods", "portfolios", "flips", "not-counted", "files")
WIDE = dict.fromkeys(CODES, (0, 60))


def start(cast: Cast, days: int = 60, **changes: Any) -> Run:
    plan = Plan(weights=WIDE, days=DAYS | {"ELI": days}, **changes)
    return actions.start(city=cast.jarvenpaa, name="Valinta", plan=plan, by=cast.aino)


def calculated(run: Run) -> Run:
    calculate_run.enqueue(run.pk)
    run.refresh_from_db()
    return run


@pytest.fixture
def done(cast: Cast) -> Run:
    four()
    return calculated(start(cast))


def test_a_run_recommends_what_fits_and_says_why_the_rest_is_not_counted(done: Run) -> None:
    assert done.state == Run.State.DONE, done.problem
    result = Result(done)
    assert set(done.chosen) <= {"M01", "M02", "M03"}
    assert result.days_used <= result.days_limit
    assert [row.name for row in result.left_out] == ["Keino M04"]
    assert all(row.sentences for row in result.rows)


def test_the_command_line_gives_the_same_digits(
    done: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(done.case))
    assert command.run([str(path)]) == 0
    said, kept = json.loads(capsys.readouterr().out), dict(done.result or {})
    for measured in ("seconds", "seconds_cpu", "seconds_guarantees"):
        del said[measured], kept[measured]
    assert said == kept


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "not_json"),
        ('{"criteria": ["A"], "methods": [], "persons": []}', "unknown_keys"),
        ("[]", "not_an_object"),
    ],
)
def test_the_command_line_refuses_bad_files(
    content: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_text(content)
    assert command.run([str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(err)["error"] == code


def test_a_finished_run_stays_when_the_library_changes(done: Run) -> None:
    before = done.result
    four_days = done.facts["M01"]["days"]
    from talkoot.choose.methods.models import Method

    Method.objects.filter(code="M01").update(person_days_high=500, name_fi="Muu")
    again = calculated(done)
    assert again.result == before
    assert again.facts["M01"]["days"] == four_days
    assert Result(again).name("M01") == "Keino M01"


def test_a_cancelled_run_is_not_calculated(cast: Cast) -> None:
    four()
    run = actions.cancel(start(cast), by=cast.aino)
    assert calculated(run).state == Run.State.CANCELLED
    assert run.result is None


def test_a_budget_that_admits_nothing_starts_no_run(cast: Cast) -> None:
    four()
    with pytest.raises(CaseError) as refused:
        actions.start(
            city=cast.jarvenpaa,
            name="x",
            plan=Plan(weights=WIDE, days={"ELI": 1, "YMP": 1, "TYO": 1}),
            by=cast.aino,
        )
    assert refused.value.code == "budget_admits_nothing"
    assert not Run.objects.exists()


def test_a_unit_that_loses_people_turns_the_recommendation(cast: Cast) -> None:
    four()
    rich, poor = calculated(start(cast, days=60)), calculated(start(cast, days=20))
    assert "M02" in rich.chosen
    assert "M02" not in poor.chosen


def test_only_the_coordinator_of_the_city_may_run(cast: Cast, client: Client, done: Run) -> None:
    create, page = "/jarvenpaa/tyotila/valinta/uusi/", done.get_absolute_url()
    for name, (may_create, may_see) in {
        "aino": (200, 200),
        "riitta": (403, 200),
        "kaisa": (404, 404),
        "oskari": (404, 404),
    }.items():
        cast.signed_in(client, name)
        assert client.get(create).status_code == may_create, name
        assert client.get(page).status_code == may_see, name


def test_two_runs_of_one_name_are_told_apart(cast: Cast) -> None:
    four()
    assert [start(cast).name for _ in range(3)] == ["Valinta", "Valinta (2)", "Valinta (3)"]
    kerava = actions.start(
        city=cast.kerava, name="Valinta", plan=Plan(weights=WIDE, days={"ELI": 60}), by=cast.kaisa
    )
    assert kerava.name == "Valinta"


def test_a_new_run_is_named_by_its_day_and_by_a_number_after_the_first(cast: Cast, client: Client) -> None:
    four()
    cast.signed_in(client, "aino")
    today = typography.date(clock.today())
    assert f'value="Valinta {today}"' in client.get("/jarvenpaa/tyotila/valinta/uusi/").content.decode()
    actions.start(
        city=cast.jarvenpaa, name=f"Valinta {today}", plan=Plan(weights=WIDE, days=DAYS), by=cast.aino
    )
    assert f'value="Valinta {today} (2)"' in client.get("/jarvenpaa/tyotila/valinta/uusi/").content.decode()


def test_the_page_begins_with_what_is_recommended_and_folds_the_rest(
    done: Run, cast: Cast, client: Client
) -> None:
    page = cast.signed_in(client, "aino").get(f"/en{done.get_absolute_url()}").content.decode()
    places = [page.index(f'id="{name}"') for name in SECTIONS]
    assert places == sorted(places)
    assert all(page.count(f'href="#{name}"') == 1 for name in SECTIONS)
    assert page.index("CASE.json") < places[0]
    assert page.count("<details>") >= len(Result(done).rows)
    assert "<details open" not in page


def test_a_guarantee_is_shown_as_a_mark_of_its_own(done: Run, cast: Cast, client: Client) -> None:
    cast.signed_in(client, "aino")
    address = f"/en/jarvenpaa/tyotila/valinta/{done.pk}/"
    proved = dict.fromkeys(done.answer["acceptability"], "always")
    Run.objects.filter(pk=done.pk).update(
        answer={**done.answer, "guarantees": proved, "shadow_prices": {"days:ELI": 1}}
    )
    page = client.get(address).content.decode()
    assert "Always included, proved" in page


def test_a_sentence_rounds_as_the_table_does(done: Run) -> None:
    say = Sentences(Result(done)).number
    assert (say("share", 0.766), say("gain", 2.96), say("limit", 85.0)) == ("77", "3,0", "85")
    assert span([7.5, 29.9]) == "8–30"


def test_what_takes_minutes_waits_for_what_takes_seconds_and_has_a_worker_of_its_own() -> None:
    assert calculate_run.priority < make_documents.priority < deliver.priority
    assert calculate_run.queue_name == LONG != deliver.queue_name


def test_the_list_counts_what_each_run_recommends_without_reading_its_result(
    done: Run, cast: Cast, client: Client
) -> None:
    start(cast)
    cast.signed_in(client, "aino")
    rows = client.get("/en/jarvenpaa/tyotila/valinta/?format=csv").getvalue().decode("utf-8-sig")
    counts = [line.rpartition(",")[2] for line in rows.splitlines()[1:]]
    assert sorted(counts) == sorted(["", str(len(done.chosen))])
