"""Who sees which page, and what each of them says."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.translation import override

from talkoot.kit.states import NotAllowedNow
from talkoot.listen.surveys import actions
from talkoot.listen.surveys.errors import ResultsMissing
from talkoot.listen.surveys.models import Question, Round
from tests.listen.surveys.rounds import Said, answers, closed_round, companies, manager, published

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.listen.queries import Queries

WORKSPACE = ("workspace_list", "workspace_results", "import", "calculate", "step")


def address(name: str, survey: Round, city: str = "jarvenpaa", language: str = "fi") -> str:
    kwargs: dict[str, str | int] = {"city": city}
    if not name.endswith("list"):
        kwargs["pk"] = survey.pk
    if name == "step":
        kwargs["to"] = "published"
    with override(language):
        return reverse(f"surveys:{name}", kwargs=kwargs)


@pytest.fixture
def closed(cast: Cast) -> Round:
    companies(cast.jarvenpaa)
    survey = closed_round(cast.jarvenpaa, simulated=True)
    actions.import_answers(
        survey=survey, records=answers([Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+")]), by=None
    )
    actions.calculate(survey=survey, by=None)
    return survey


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("aino", (200, 200, 403, 403, 403)),  # coordinator of the city: reads
        ("riitta", (200, 200, 403, 403, 403)),  # reader of the city
        ("kaisa", (404, 404, 404, 404, 404)),  # works in another city
        ("oskari", (404, 404, 404, 404, 404)),  # represents a company
        ("outi", (404, 404, 404, 404, 404)),  # has no role
    ],
)
def test_the_workspace_is_for_the_staff_of_the_city(
    client: Client, cast: Cast, closed: Round, who: str, statuses: tuple[int, ...]
) -> None:
    cast.signed_in(client, who)
    assert tuple(client.get(address(name, closed)).status_code for name in WORKSPACE) == statuses


def test_the_survey_manager_enters_every_page(client: Client, cast: Cast, closed: Round) -> None:
    client.force_login(manager(cast.jarvenpaa))
    assert [client.get(address(name, closed)).status_code for name in WORKSPACE] == [200] * 5


def test_a_visitor_sees_published_results_alone(client: Client, cast: Cast, closed: Round) -> None:
    assert client.get(address("results", closed)).status_code == 404
    closed.state = Round.State.PUBLISHED
    closed.save()
    assert client.get(address("results", closed)).status_code == 200
    assert client.get(address("results", closed, "kerava")).status_code == 404
    assert client.get(address("workspace_results", closed)).status_code == 302


def test_simulated_answers_are_marked_on_every_page(client: Client, cast: Cast, closed: Round) -> None:
    closed.state = Round.State.PUBLISHED
    closed.save()
    cast.signed_in(client, "aino")
    for name in ("public_list", "results", "workspace_list", "workspace_results"):
        assert "Simulated data" in client.get(address(name, closed, language="en")).content.decode(), name


def test_sizes_that_are_too_small_are_shown_as_one_and_it_is_said(client: Client, closed: Round) -> None:
    closed.state = Round.State.PUBLISHED
    closed.save()
    page = client.get(address("results", closed, language="en")).content.decode()
    assert "Merged here: 10 people or more." in page
    assert ">10–49 people" not in page


def test_a_hidden_size_is_said_in_words_and_is_no_number(client: Client, cast: Cast) -> None:
    passed_over = [Said(17, "10-49", demand=""), Said(10, "0-9", demand="")]
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(3, "10-49"), *passed_over)
    Question.objects.filter(code="demand_M05").update(method_code="")
    actions.calculate(survey=survey, by=None)
    page = client.get(address("results", survey, language="en")).content.decode()
    assert "Fewer than 5 respondents, not shown" in page


def test_the_frame_and_its_caveat_travel_with_the_figures(client: Client, closed: Round) -> None:
    closed.state = Round.State.PUBLISHED
    closed.save()
    page = client.get(address("results", closed, language="en")).content.decode()
    assert "Open link" in page
    assert "resemble the others of their size and sector" in page
    assert "no finite population correction" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Simuloitu aineisto", "Alle 5 vastaajaa", "Painotettu osuus")),
        ("sv", ("Simulerat material", "Färre än 5 svarande", "Viktad andel")),
    ],
)
def test_results_are_read_in_finnish_and_swedish(
    client: Client, joint: Round, language: str, words: tuple[str, ...]
) -> None:
    page = client.get(address("results", joint, language=language)).content.decode()
    assert all(word in page for word in words)


def test_a_joint_round_is_seen_by_city_and_a_city_outside_it_is_not_found(
    client: Client, joint: Round
) -> None:
    assert (
        "n = 18" in client.get(address("results", joint, language="en") + "?alue=jarvenpaa").content.decode()
    )
    assert client.get(address("results", joint) + "?alue=helsinki").status_code == 404


def test_a_joint_round_belongs_to_each_of_its_cities(client: Client, cast: Cast, joint: Round) -> None:
    client.force_login(manager(cast.kerava))
    assert client.get(address("step", joint, "kerava").replace("published", "closed")).status_code == 200
    assert client.get(address("workspace_results", joint)).status_code == 404


def test_results_are_published_by_one_click_however_often_it_is_clicked(
    client: Client, cast: Cast, closed: Round
) -> None:
    client.force_login(manager(cast.jarvenpaa))
    key = str(uuid.uuid4())
    for _click in range(2):
        answer = client.post(address("step", closed), {"idempotency_key": key, "reason": ""})
        assert answer.status_code == 302
    closed.refresh_from_db()
    assert closed.state == Round.State.PUBLISHED
    assert closed.version == 2


def test_nothing_is_published_before_it_is_calculated(client: Client, cast: Cast) -> None:
    survey = closed_round(cast.jarvenpaa)
    siiri = manager(cast.jarvenpaa)
    with pytest.raises(ResultsMissing):
        actions.step(survey=survey, to="published", by=siiri)
    client.force_login(siiri)
    answer = client.post(address("step", survey, language="en"), {"idempotency_key": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "Calculate them first" in answer.content.decode()


def test_a_round_is_not_published_from_draft(cast: Cast) -> None:
    survey = closed_round(cast.jarvenpaa)
    survey.state = Round.State.DRAFT
    survey.save()
    with pytest.raises(NotAllowedNow):
        actions.step(survey=survey, to="published", by=manager(cast.jarvenpaa))


def test_published_results_turn_an_import_away_with_a_sentence(client: Client, cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(10, "0-9"))
    client.force_login(manager(cast.jarvenpaa))
    answer = client.get(address("import", survey, language="en"), follow=True)
    assert "Take them back before you add answers" in answer.content.decode()


def test_an_empty_city_says_that_there_is_nothing_yet(client: Client, cast: Cast) -> None:
    assert "No results yet" in client.get("/en/jarvenpaa/kysely/").content.decode()
    cast.signed_in(client, "aino")
    assert "No surveys yet" in client.get("/en/jarvenpaa/tyotila/kyselyt/").content.decode()


def test_the_lists_ask_no_more_for_more_rounds(client: Client, cast: Cast, queries: Queries) -> None:
    first = published(closed_round(cast.jarvenpaa), Said(10, "0-9"))
    cast.signed_in(client, "aino")
    asked = []
    for extra in range(2):
        for number in range(9 * extra):
            Round.objects.create(
                code=f"more-{number}",
                questionnaire=first.questionnaire,
                city=cast.jarvenpaa,
                name_fi=f"Kysely {number}",
                frame="open_link",
                opened_on=first.opened_on,
                closed_on=first.closed_on,
                state="published",
            )
        for name in ("public_list", "workspace_list"):
            client.get(address(name, first))
            with queries() as found:
                client.get(address(name, first))
            asked.append(len(found))
    assert asked[:2] == asked[2:]
