"""Planning, running and recording a pilot in the workspace."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.kit.audit import log
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

ROOM = "/en/jarvenpaa/tyotila/pilotit/"


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "aino")


def send(client: Client, url: str, **values: Any) -> Any:
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **values})


def plan(webinars: Method, **values: Any) -> dict[str, Any]:
    return {
        "name_fi": "Kevät",
        "method": webinars.pk,
        "hypothesis_fi": "Joka kolmas toimii.",
        "criterion": "D",
        "measure_fi": "Toteutti teon",
        "value_low": "0",
        "value_high": "50",
        "starts_on": "2027-02-01",
        "ends_on": "2027-05-31",
    } | values


def test_a_pilot_is_planned_started_counted_ended_and_published(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    url = send(aino, f"{ROOM}uusi/", **plan(webinars)).url
    trial = Pilot.objects.get()
    assert (trial.city, trial.state, url) == (cast.jarvenpaa, S.PLANNED, f"{ROOM}{trial.pk}/")
    assert send(aino, f"{url}vaihe/running/").status_code == 302
    edited = send(
        aino,
        f"{url}muokkaa/",
        name_fi="Kevät",
        events="6",
        companies="14",
        hours="64,5",
        lesson_worked_fi="Lista.",
        version="2",
    )
    assert edited.status_code == 302
    send(aino, f"{url}vaihe/closed/")
    send(aino, f"{url}vaihe/published/")
    page = aino.get(url).content.decode()
    assert "43% (6 / 14)" in page
    assert "64.5" in page
    public = aino.get(f"/en/jarvenpaa/pilotit/{trial.pk}/").content.decode()
    assert "43% (6 / 14)" in public
    assert "Lista." in public
    verbs = [event.verb for event in log.timeline(trial)]
    assert verbs == ["published", "closed", "edited", "running", "created"]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"name_fi": ""}, "name_fi", ""),
        ({"value_high": ""}, "value_high", "Give this too, or leave both empty."),
        ({"value_low": "60"}, "value_high", "must be above the share worth 0 points"),
        ({"value_high": "120"}, "value_high", "100"),
        ({"ends_on": "2027-01-01"}, "ends_on", "The end is before the start."),
        ({"starts_on": "soon"}, "starts_on", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    aino: Client, webinars: Method, values: dict[str, str], field: str, sentence: str
) -> None:
    answer = send(aino, f"{ROOM}uusi/", **plan(webinars, measure_fi="Säilyykö tämä", **values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert "Säilyykö tämä" in page
    assert not Pilot.objects.exists()


def test_the_same_name_twice_is_said_in_the_form(aino: Client, cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, name_fi="Kevät")
    answer = send(aino, f"{ROOM}uusi/", **plan(webinars))
    assert answer.status_code == 422
    assert "already has a pilot with this name" in answer.content.decode()
    assert Pilot.objects.count() == 1


def test_the_form_of_a_started_pilot_leaves_the_agreement_alone(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.RUNNING)
    url = f"{ROOM}{trial.pk}/muokkaa/"
    assert 'name="measure_fi"' not in aino.get(url).content.decode()
    send(aino, url, name_fi=trial.name_fi, measure_fi="Helpompi", value_high="10", version="1")
    trial.refresh_from_db()
    assert (trial.measure_fi, trial.value_high, trial.version) == ("Yrityksistä toteutti teon", 50, 2)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"events": "3"}, "Give this too, or leave both empty."),
        ({"events": "3", "companies": "2"}, "fewer than the companies that reached the goal"),
        ({"events": "0", "companies": "0"}, 'id="id_companies_error"'),
    ],
)
def test_a_count_that_makes_no_sense_is_refused(
    aino: Client, cast: Cast, webinars: Method, values: dict[str, str], sentence: str
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.RUNNING)
    answer = send(aino, f"{ROOM}{trial.pk}/muokkaa/", name_fi=trial.name_fi, version="1", **values)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_published_pilot_is_withdrawn_before_it_is_edited(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.PUBLISHED)
    url = f"{ROOM}{trial.pk}/muokkaa/"
    assert aino.get(url).status_code == 409
    assert send(aino, url, name_fi="x", version="1").status_code == 409


def test_only_a_plan_is_deleted(aino: Client, cast: Cast, webinars: Method) -> None:
    planned, started = pilot(cast.jarvenpaa, webinars), pilot(cast.jarvenpaa, webinars, S.RUNNING)
    assert send(aino, f"{ROOM}{planned.pk}/poista/").url == ROOM
    assert aino.get(f"{ROOM}{started.pk}/poista/").status_code == 409
    assert send(aino, f"{ROOM}{started.pk}/poista/").status_code == 409
    assert list(Pilot.objects.all()) == [started]


def test_a_second_writer_sees_both_versions(aino: Client, cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    url = f"{ROOM}{trial.pk}/muokkaa/"
    assert send(aino, url, **plan(webinars, name_fi="Ensin", version="1")).status_code == 302
    answer = send(aino, url, **plan(webinars, name_fi="Sitten", version="1"))
    assert answer.status_code == 409
    assert {"Ensin", "Sitten"} <= set(
        answer.content.decode().replace("<", " ").replace(">", " ").replace('"', " ").split()
    )
    trial.refresh_from_db()
    assert trial.name_fi == "Ensin"


def test_a_double_click_makes_one_pilot(aino: Client, webinars: Method) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        send(aino, f"{ROOM}uusi/", **plan(webinars, idempotency_key=key))
    assert Pilot.objects.count() == 1


def test_a_step_says_what_is_missing_and_asks_for_a_reason(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    bare = pilot(cast.jarvenpaa, webinars, measure_fi="", hypothesis_fi="")
    answer = send(aino, f"{ROOM}{bare.pk}/vaihe/running/")
    assert answer.status_code == 422
    assert "Fill in these first: what we expect, measure of success." in answer.content.decode()
    running = pilot(cast.jarvenpaa, webinars, S.RUNNING)
    answer = send(aino, f"{ROOM}{running.pk}/vaihe/stopped/")
    assert answer.status_code == 422
    assert "Write a reason." in answer.content.decode()
    assert send(aino, f"{ROOM}{running.pk}/vaihe/stopped/", reason="Peruttu").status_code == 302


def test_a_step_that_someone_took_first_says_so(aino: Client, cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.CLOSED)
    assert send(aino, f"{ROOM}{trial.pk}/vaihe/stopped/", reason="x").status_code == 409
    assert aino.get(f"{ROOM}{trial.pk}/vaihe/nonsense/").status_code == 404


def test_participants_are_found_in_the_register_by_business_id(
    aino: Client, cast: Cast, webinars: Method, settings: Any
) -> None:
    settings.TALKOOT_DEMO = True
    trial = pilot(cast.jarvenpaa, webinars)
    url = f"{ROOM}{trial.pk}/osallistujat/uusi/"
    assert send(aino, url, business_id=f" {cast.company.business_id} ").status_code == 302
    assert "Ruisrivi" in aino.get(f"{ROOM}{trial.pk}/").content.decode()
    unknown = send(aino, url, business_id="9000101-4")
    assert unknown.status_code == 422
    assert "has this business ID" in unknown.content.decode()
    assert send(aino, url, business_id="9000101-5").status_code == 422
    row = Participant.objects.get()
    assert send(aino, f"{ROOM}{trial.pk}/osallistujat/{row.pk}/poista/").status_code == 302
    assert not Participant.objects.exists()


def test_the_list_filters_by_state_method_goal_and_words(aino: Client, cast: Cast, webinars: Method) -> None:
    first = pilot(cast.jarvenpaa, webinars, name_fi="Aamu", name_sv="Morgon")
    second = pilot(cast.jarvenpaa, webinars, S.RUNNING, name_fi="Ilta", criterion="A")
    pilot(cast.kerava, webinars, S.PUBLISHED, name_fi="Kerava")

    def found(**query: Any) -> set[Pilot]:
        return {row.obj for row in aino.get(ROOM, query).context["table"].rows}

    assert found() == {first, second}
    assert found(state="running") == {second}
    assert found(criterion="D") == {first}
    assert found(q="morgon") == {first}
    assert found(q="webbinarieserie ilta") == {second}
    assert found(method=webinars.pk) == {first, second}


def test_the_export_holds_what_may_be_seen_and_defuses_formulas(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, name_fi="=1+1", events=4, companies=10)
    pilot(cast.kerava, webinars, name_fi="Naapurin oma")
    text = aino.get(ROOM, {"format": "csv"}).content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert "Naapurin oma" not in text
    sheet: Any = openpyxl.load_workbook(io.BytesIO(aino.get(ROOM, {"format": "xlsx"}).content)).active
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert (row["Companies that reached the goal"], row["Companies counted"]) == (4, 10)


def test_lists_ask_no_more_queries_for_more_pilots(
    aino: Client, cast: Cast, webinars: Method, queries: Callable[[], CaptureQueriesContext]
) -> None:
    pages = (ROOM, "/en/jarvenpaa/pilotit/", "/en/jarvenpaa/tyotila/naytto/", "/en/kirjasto/M05/")

    def counts() -> list[int]:
        asked = []
        for page in pages:
            with queries() as found:
                assert aino.get(page).status_code == 200
            asked.append(len(found))
        return asked

    pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=4, companies=10)
    few = counts()
    for _ in range(15):
        pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=4, companies=10)
    assert counts() == few


def test_an_empty_room_says_so(aino: Client) -> None:
    assert "No pilots here yet." in aino.get(ROOM).content.decode()
    assert "No pilots yet" in aino.get("/en/jarvenpaa/tyotila/naytto/").content.decode()


def test_the_evidence_page_says_which_pilots_count_and_why(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, name_fi="Oma", events=4, companies=10)
    pilot(cast.jarvenpaa, webinars, S.RUNNING, name_fi="Kesken")
    pilot(cast.kerava, webinars, S.PUBLISHED, name_fi="Naapuri", events=4, companies=10)
    pilot(cast.kerava, webinars, S.RUNNING, name_fi="Salassa")
    page = aino.get("/en/jarvenpaa/tyotila/naytto/").content.decode()
    assert "Counts: the city’s own pilot." in page
    assert "Counts: published by another city." in page
    assert "Does not count yet: it has not ended." in page
    assert "Salassa" not in page
    assert "2 ended pilots. Järvenpää can expect that" in page
