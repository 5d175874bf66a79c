"""Answers come in from a file, whole or not at all."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from talkoot.kit.audit import log
from talkoot.kit.audit.models import Event
from talkoot.listen.surveys import actions, raw
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.errors import AlreadyPublished
from talkoot.listen.surveys.models import Response, Results, Round
from talkoot.listen.surveys.sheet import sheet_of
from tests.listen.surveys.asking import WHOLE, ask, begun, draft_questionnaire, every_kind, once, open_round
from tests.listen.surveys.rounds import Said, answers, closed_round, companies, manager, published

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.listen.queries import Queries

HEAD = "respondent,municipality,kind,size,industry,stage,demand_M05,free,simulated"


def csv(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def sentences(survey: Round, *lines: str) -> list[str]:
    with override("en"):
        return [error.message for error in sheet_of(survey).preview(csv(*lines)).errors]


def test_the_layout_of_the_demo_is_read(cast: Cast) -> None:
    survey = closed_round(cast.jarvenpaa)
    preview = sheet_of(survey).preview(
        csv("R012,186,company,0-9,g,some,,Hyvä,no", "13,other,school,,,,yes,,")
    )
    assert not preview.errors
    actions.import_answers(survey=survey, records=preview.ok, by=None)
    first, second = Response.objects.order_by("number")
    assert (first.number, first.city, first.size_class, first.industry) == (12, cast.jarvenpaa, "0-9", "G")
    assert (second.city, second.size_class, second.kind) == (None, "", "school")
    assert first.answers == {"stage": "some", "free": "Hyvä"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,999,company,0-9,C,some,yes,,", "999"),
        ("1,186,firm,0-9,C,some,yes,,", "firm"),
        ("1,186,company,10-50,C,some,yes,,", "10-50"),
        ("1,186,company,0-9,C,plenty,yes,,", "plenty"),
        ("1,186,company,0-9,47,some,yes,,", "C"),
        ("Matti,186,company,0-9,C,some,yes,,", "R012"),
        ("1,186,company,0-9,C,some,yes,,yes", "imula"),
    ],
)
def test_a_wrong_cell_is_named_in_plain_words(cast: Cast, line: str, expected: str) -> None:
    found = sentences(closed_round(cast.jarvenpaa), line)
    assert len(found) == 1
    assert expected in found[0]


def test_the_same_respondent_is_taken_once(cast: Cast) -> None:
    survey = closed_round(cast.jarvenpaa)
    line = "7,186,company,0-9,C,some,yes,,"
    assert len(sentences(survey, line, line)) == 1
    actions.import_answers(survey=survey, records=sheet_of(survey).preview(csv(line)).ok, by=None)
    assert len(sentences(survey, line)) == 1


def test_published_results_take_no_more_answers(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(10, "0-9"))
    with pytest.raises(AlreadyPublished):
        actions.import_answers(survey=survey, records=answers([Said(1, "0-9")], start=50), by=None)


def test_an_import_is_logged_with_the_number_of_respondents(cast: Cast) -> None:
    survey = closed_round(cast.jarvenpaa)
    actions.import_answers(survey=survey, records=answers([Said(3, "0-9")]), by=cast.aino)
    event = log.timeline(survey).first()
    assert isinstance(event, Event)
    assert (event.verb, event.changes) == ("imported", {"responses": [None, 3]})


def test_hundreds_of_respondents_take_a_few_writes(cast: Cast, queries: Queries) -> None:
    survey = closed_round(cast.jarvenpaa)
    records = answers([Said(400, "0-9")])
    with queries() as asked:
        actions.import_answers(survey=survey, records=records, by=None)
    assert len(asked) < 40


def test_a_survey_manager_imports_and_sees_the_results(client: Client, cast: Cast) -> None:
    companies(cast.jarvenpaa)
    survey = closed_round(cast.jarvenpaa)
    client.force_login(manager(cast.jarvenpaa))
    address = f"/jarvenpaa/tyotila/kyselyt/{survey.pk}/tuo/"
    lines = [f"{n},186,company,0-9,C,some,yes,," for n in range(1, 9)]
    upload = SimpleUploadedFile("vastaukset.csv", csv(*lines), "text/csv")
    answer = client.post(address, {"file": upload, "idempotency_key": str(uuid.uuid4())})
    assert answer.status_code == 302
    preview = client.get(answer["Location"])
    token = re.search(r'name="token" value="([0-9a-f-]+)"', preview.content.decode())
    assert token
    assert not Response.objects.exists()
    key = str(uuid.uuid4())
    for _click in range(2):
        answer = client.post(address, {"token": token[1], "idempotency_key": key})
        assert answer.status_code == 302
    assert Response.objects.count() == 8
    assert {row.answers["demand_M05"] for row in Response.objects.all()} == {"yes"}
    page = client.get(f"/jarvenpaa/tyotila/kyselyt/{survey.pk}/")
    assert Results.objects.filter(round=survey).exists()
    assert "Vastaus some" in page.content.decode()


def test_every_kind_of_answer_is_downloaded_and_read_in_again(client: Client, cast: Cast) -> None:
    siiri = manager(cast.jarvenpaa)
    form = every_kind(cast.jarvenpaa, siiri)
    survey = open_round(form, cast.jarvenpaa)
    answering.send(draft=begun(survey, cast.jarvenpaa, WHOLE))
    client.force_login(siiri)
    answer = client.post(reverse("surveys:raw", kwargs={"city": "jarvenpaa", "pk": survey.pk}), once())
    content = answer.getvalue()
    again = open_round(form, cast.jarvenpaa, code="uudelleen")
    preview = sheet_of(again).preview(content)
    assert not preview.errors
    actions.import_answers(survey=again, records=preview.ok, by=siiri)
    assert raw.rows(again) == raw.rows(survey)
    assert Event.objects.filter(object_id=str(survey.pk), verb="downloaded", actor=siiri).count() == 1


def test_single_answers_are_for_the_survey_manager_alone(client: Client, cast: Cast) -> None:
    survey = open_round(every_kind(cast.jarvenpaa, manager(cast.jarvenpaa)), cast.jarvenpaa)
    for who, status in (("aino", 403), ("kaisa", 404)):
        cast.signed_in(client, who)
        for name in ("raw", "raw_codebook"):
            url = reverse(f"surveys:{name}", kwargs={"city": "jarvenpaa", "pk": survey.pk})
            assert client.get(url).status_code == status


def test_columns_and_choices_may_be_named_by_their_words_in_any_language(cast: Cast) -> None:
    siiri = manager(cast.jarvenpaa)
    form = draft_questionnaire(cast.jarvenpaa, siiri)
    ask(form, "multiple", siiri, "help", text_fi="Mikä auttaisi?", text_sv="Vad hjälper?")
    survey = open_round(form, cast.jarvenpaa)
    content = "respondent,municipality,kind,Mikä auttaisi?\n1,186,company,Yksi; kolme\n2,186,company,Två\n"
    preview = sheet_of(survey).preview(content.encode())
    assert not preview.errors
    assert [record.values["help"] for record in preview.ok] == [("one", "three"), ("two",)]
