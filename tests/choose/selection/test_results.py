"""The page of a result: what would turn it, whose weights it depends on, and the same digits a year later."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import uuid
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from django.conf import settings
from django.utils.translation import override

from talkoot.analysis.decision.case import Case
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.selection import actions, memo, memos
from talkoot.choose.selection.comparison import Comparison
from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.models import Preference, Run
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result
from talkoot.choose.selection.rows import Methods
from talkoot.city.changes.models import Effect, RoleChange
from talkoot.kit import clock
from talkoot.kit.files.models import StoredFile
from tests.choose.library import four, method
from tests.choose.selection.test_runs import DAYS, WIDE, calculated, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def library(cast: Cast) -> None:
    """Two more than four: one that no unit has time for, one that competes with M01."""
    four()
    method("M05", units=["YMP"], days=(100, 200), goals="A")
    method("M06", units=["ELI"], days=(40, 50), goals="BC")


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "aino")


def group(cast: Cast, name: str, **limits: tuple[int, int]) -> Preference:
    stated = {code: list(limits.get(code, (0, 60))) for code in CODES}
    return Preference.objects.create(city=cast.jarvenpaa, name_fi=name, name_en=name, people=3, limits=stated)


def address(run: Run) -> str:
    return f"/jarvenpaa/tyotila/valinta/{run.pk}/"


def page(client: Client, run: Run, query: str = "") -> str:
    text: str = client.get(f"/en{address(run)}{query}").content.decode()
    return text


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_more_time_brings_the_next_method_in_and_less_puts_one_out(cast: Cast) -> None:
    """M02 needs 40 of ELI; beside M01's 20 it fits from 60 on."""
    result = Result(calculated(start(cast, days=59)))
    assert "M02" not in result.recommended
    with override("en"):
        more = {part.heading: part.sentences for part in result.flips.parts}["More working time or money"]
    assert any("When there are 60 instead of 59" in text and "Keino M02" not in text for text in more)
    assert any("Method M02" in text for text in more)
    (entry,) = [fact for fact in result.turns["enters"] if fact["resource"] == "days:ELI"]
    at = calculated(start(cast, days=int(entry["budget"])))
    short = calculated(start(cast, days=int(entry["budget"]) - 1))
    assert set(entry["methods"]) <= set(at.chosen)
    assert not set(entry["methods"]) & set(short.chosen)


def test_what_less_time_puts_out_is_out_when_there_is_less(cast: Cast) -> None:
    run = calculated(start(cast, days=75))
    fact = next(f for f in run.reasons["turns"][""]["leaves"] if f["resource"] == "days:ELI")
    poorer = calculated(start(cast, days=int(fact["budget"])))
    assert set(fact["methods"]) <= set(run.chosen)
    assert not set(fact["methods"]) <= set(poorer.chosen)


def test_the_value_of_one_more_day_is_said_where_it_has_one(cast: Cast) -> None:
    result = Result(calculated(start(cast, days=59)))
    with override("en"):
        assert any("One more person-day would bring" in text for text in result.flips.prices)
    rich = Result(calculated(start(cast, days=500)))
    assert not [text for text in rich.flips.prices if "Elinkeino" in text]


def test_groups_are_shown_apart_and_together(cast: Cast, aino: Client) -> None:
    one = group(cast, "Leaders", D=(50, 60), B=(0, 5), C=(0, 5))
    other = group(cast, "Experts", B=(30, 60), C=(30, 60), A=(0, 5), D=(0, 5))
    run = calculated(start(cast, days=59, people=(one.frozen, other.frozen)))
    groups = Result(run).groups
    assert [each.name for each in groups.all] == ["Leaders", "Experts"]
    taken = [set(each.methods) for each in groups.all]
    assert {url.rstrip("/")[-3:] for _, url in groups.agreed} == taken[0] & taken[1]
    assert {row.method[1].rstrip("/")[-3:] for row in groups.divided} == taken[0] ^ taken[1]
    assert groups.divided
    shown = words(page(aino, run))
    assert "Groups apart and together" in shown
    assert "Leaders (3)" in shown
    assert "These depend on whose weights count" in shown


def test_groups_are_compared_in_another_role_too(cast: Cast, aino: Client) -> None:
    change = RoleChange.objects.create(
        city=cast.jarvenpaa, key="work", name_fi="Työ", name_en="Work", planned_on=dt.date(2027, 6, 1)
    )
    unit = cast.jarvenpaa.units.get(code="ELI")
    Effect.objects.create(change=change, kind="capacity_after", unit=unit, person_days=30)
    one = group(cast, "Leaders", D=(50, 60), B=(0, 5), C=(0, 5))
    other = group(cast, "Experts", B=(30, 60), C=(30, 60), A=(0, 5), D=(0, 5))
    run = calculated(start(cast, days=59, people=(one.frozen, other.frozen), scenario="all"))
    (key,) = run.answer["by_scenario"]
    then = run.reasons["turns"][key]["people"]
    groups = Result(run, key).groups
    assert {each.key: each.methods for each in groups.all} == {
        id_: own["methods"] for id_, own in then.items()
    }
    assert set(groups.together) == set(run.answer["by_scenario"][key]["recommended"]["methods"])
    shown = words(page(aino, run, f"?scenario={key}"))
    assert "Leaders (3)" in shown
    with override("en"):
        (part,) = [s for s in memo.contents(run)["sections"] if s["heading"] == "Groups apart and together"]
    assert any("Work" in block.get("text", "") for block in part["blocks"])


def test_what_is_not_proved_is_said_with_the_limit_of_the_search(cast: Cast, aino: Client) -> None:
    run = calculated(start(cast))
    assert "within the limit of the search" not in page(aino, run)
    unsure = run.answer["guarantees"] | {"M01": "not proved"}
    Run.objects.filter(pk=run.pk).update(answer=run.answer | {"guarantees": unsure})
    said = "of 1 method nothing could be proved within the limit of the search: 8 rounds of rivals"
    assert said in words(page(aino, run))
    with override("en"):
        assert said in str(memo.contents(Run.objects.get(pk=run.pk)))


def test_a_run_without_groups_has_no_part_about_them(cast: Cast, aino: Client) -> None:
    assert "Groups apart and together" not in page(aino, calculated(start(cast)))


def test_portfolios_name_the_recommended_one_and_the_model_in_force(cast: Cast, aino: Client) -> None:
    from talkoot.choose.methods.models import Method

    model = OperatingModel.objects.create(city=cast.jarvenpaa, number=1, state="in_force")
    for code in ("M03", "M04"):
        ModelMethod.objects.create(model=model, method=Method.objects.get(code=code), person_days=7)
    run = calculated(start(cast))
    portfolios = Result(run).portfolios
    present = portfolios.present
    assert present
    assert present.methods == ["M03"]
    with override("en"):
        assert "Not counted: Method M04" in Result(run).portfolios.present.what  # type: ignore[union-attr]  # it is there
    recommended = [each for each in portfolios.all if each.kind == "recommended"]
    assert [each.methods for each in recommended] == [run.chosen]
    assert "today’s model" in page(aino, run)


def test_a_city_without_a_model_has_none_in_the_picture(cast: Cast) -> None:
    assert Result(calculated(start(cast))).portfolios.present is None


def test_what_is_out_is_listed_by_reason(cast: Cast, aino: Client) -> None:
    run = calculated(start(cast))
    with override("en"):
        headings = [part.heading for part in Methods(Result(run)).rest]
    assert any(heading.startswith("Needs more than there is") for heading in headings)
    assert "A leading unit" not in page(aino, run)
    assert "The effort is not known" in page(aino, run)


def test_a_frozen_run_shows_the_same_digits_a_year_later(cast: Cast, aino: Client) -> None:
    from talkoot.analysis.decision.choose import decide
    from talkoot.choose.methods.models import Goal, Method

    def shown() -> list[Any]:
        files = [
            aino.get(f"{address(run)}{part}.json").content for part in ("case", "result", "facts", "reasons")
        ]
        with override("en"):
            return [words(page(aino, run)), words(page(aino, run, "naytto/")), memo.pdf(run, "en"), *files]

    one = group(cast, "Leaders", D=(50, 60))
    other = group(cast, "Experts", A=(30, 60))
    run = calculated(start(cast, people=(one.frozen, other.frozen)))
    before = shown()
    Method.objects.update(person_days_low=400, person_days_high=500, name_en="Renamed", lead_units=["TYO"])
    Goal.objects.update(low=0, high=1)
    cast.jarvenpaa.units.update(person_days=1, name_en="Renamed")
    Preference.objects.update(name_en="Renamed", people=99, limits={code: [0, 100] for code in CODES})
    OperatingModel.objects.create(city=cast.jarvenpaa, number=1, state="in_force")
    with clock.frozen(clock.now() + dt.timedelta(days=365)):
        cast.signed_in(aino, "aino")
        run.refresh_from_db()
        assert shown() == before
        again = decide(Case.from_json(run.case)).to_json()
    measured = {"seconds", "seconds_cpu", "seconds_guarantees", "processes"}
    assert {k: v for k, v in json.loads(json.dumps(again)).items() if k not in measured} == {
        k: v for k, v in (run.result or {}).items() if k not in measured
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_memo_is_made_once_as_a_tagged_pdf_and_as_a_word_file(
    cast: Cast, aino: Client, language: str
) -> None:
    run = calculated(start(cast))
    prefix = "" if language == "fi" else f"/{language}"
    url = f"{prefix}{address(run)}"
    for _ in range(2):
        answer = aino.post(f"{url}muistio/", {"idempotency_key": str(uuid.uuid4())})
        assert answer.status_code == 302
    files = {file.name.rpartition(".")[2]: file for file in StoredFile.objects.filter(use=memos.USE)}
    assert StoredFile.objects.filter(use=memos.USE).count() == len(files) == 2
    shown = aino.get(url).content.decode()
    assert all(file.get_absolute_url() in shown for file in files.values())
    with files["pdf"].open() as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
    names = {"fi": "Keino", "sv": "Metod", "en": "Method"}
    with files["docx"].open() as content, zipfile.ZipFile(io.BytesIO(content.read())) as folder:
        text = folder.read("word/document.xml").decode()
    assert all(f"{names[language]} {code}" in text for code in run.chosen)


def test_the_memo_is_for_the_staff_of_the_city(cast: Cast, client: Client) -> None:
    run = calculated(start(cast))
    memos.make(run, "en")
    url = StoredFile.objects.get(use=memos.USE, name__endswith=".pdf").get_absolute_url()
    for name, status in {"aino": 200, "riitta": 200, "kaisa": 404, "oskari": 404}.items():
        cast.signed_in(client, name)
        answer: Any = client.get(url)
        assert answer.status_code == status, name
        assert not answer.streaming or b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_memo_says_the_same_bytes_again(cast: Cast) -> None:
    run = calculated(start(cast))
    with override("en"):
        assert memo.pdf(run, "en") == memo.pdf(run, "en")


def test_two_runs_side_by_side_tell_what_was_asked_and_what_it_changed(cast: Cast, aino: Client) -> None:
    poor, rich = calculated(start(cast, days=20)), calculated(start(cast, days=60))
    with override("en"):
        comparison = Comparison(poor, rich)
        lines = {line.label: (line.first, line.second) for line in comparison.question}
        assert [name for name, _ in comparison.entered] == [
            f"Method {code}" for code in rich.chosen if code not in poor.chosen
        ]
        assert any(first.startswith("20") and second.startswith("60") for first, second in lines.values())
    shown = words(aino.get(f"/en{address(rich)}vertaa/?with={poor.pk}").content.decode())
    assert "Recommended only in" in shown
    assert "Method M02" in shown


def test_only_runs_of_the_city_that_are_done_can_be_compared(cast: Cast, aino: Client) -> None:
    run = calculated(start(cast))
    kerava = calculated(
        actions.start(city=cast.kerava, name="x", plan=Plan(weights=WIDE, days=DAYS), by=cast.kaisa)
    )
    waiting = start(cast)
    Run.objects.filter(pk=waiting.pk).update(state="failed", result=None)
    url = f"/en{address(run)}vertaa/"
    assert "no other run" in aino.get(url).content.decode()
    for other in (kerava, waiting, run):
        assert aino.get(f"{url}?with={other.pk}").status_code == 404


def test_the_page_asks_as_much_for_many_methods_as_for_few(
    cast: Cast, aino: Client, queries: Callable[[], CaptureQueriesContext]
) -> None:
    few = calculated(start(cast))
    page(aino, few)
    with queries() as one:
        page(aino, few)
    for n in range(10, 16):
        method(f"M{n}", units=["ELI"], days=(5, 10), goals="A")
    many = calculated(start(cast))
    page(aino, many)
    with queries() as more:
        page(aino, many)
    assert len(more) == len(one)


def test_every_block_leads_to_a_file_that_reproduces_it(cast: Cast, aino: Client) -> None:
    run = calculated(start(cast))
    shown = page(aino, run)
    with override("en"):
        cited = Result(run).citation
        assert cited in shown
        assert cited in json.dumps(memo.contents(run), ensure_ascii=False)
    assert cited == (
        "Järvenpää: Valinta. Calculated on 24\u00a0November 2026 with Portfolio acceptability with minimax regret 2.0, "
        f"seed 1, {run.samples} situations. {settings.TALKOOT_ORIGIN}/en{address(run)}"
    )
    for part in ("case", "result", "facts", "reasons"):
        url = f"{address(run)}{part}.json"
        assert url in shown
        answer: Any = aino.get(url)
        assert answer.json()
