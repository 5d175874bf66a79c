"""Answering with a link: nothing that was accepted is lost, and nobody learns who answered what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from talkoot.city.agenda.models import Task
from talkoot.kit import clock
from talkoot.kit.files.models import StoredFile
from talkoot.kit.mail.models import Message
from talkoot.listen.pulse.models import Heard
from talkoot.listen.pulse.promises import contact_day
from talkoot.listen.surveys.answering import actions
from talkoot.listen.surveys.errors import AnswerMissing
from talkoot.listen.surveys.models import Draft, Question, Response, Round
from talkoot.listen.surveys.views import answering
from tests.listen.surveys.asking import (
    WHOLE,
    Respondent,
    ask,
    begun,
    draft_questionnaire,
    every_kind,
    invited,
    once,
    open_round,
)
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.city.accounts.models import User
    from tests.cast import Cast
    from tests.listen.queries import Queries


@pytest.fixture
def siiri(cast: Cast) -> User:
    return manager(cast.jarvenpaa)


@pytest.fixture
def survey(cast: Cast, siiri: User) -> Round:
    """Three questions: one must be answered, and the third is for those who chose the first answer to it."""
    made = draft_questionnaire(cast.jarvenpaa, siiri)
    first = ask(made, "single", siiri, "stage", required=True)
    ask(made, "multiple", siiri, "help", max_choices=2)
    ask(
        made,
        "text",
        siiri,
        "more",
        shown_when=first.options.filter(number=1),
        text_sv="Ni valde {stage}. Berätta mer",
    )
    return open_round(made, cast.jarvenpaa)


@pytest.fixture
def respondent(client: Client, survey: Round) -> Respondent:
    return Respondent(client, survey.code)


def test_an_open_link_leads_from_the_first_page_to_thanks(respondent: Respondent, survey: Round) -> None:
    assert respondent.begin().endswith("/1/")
    assert respondent.answer(1, q1="one").url.endswith("/2/")  # type: ignore[attr-defined]  # a redirect
    assert respondent.answer(2, q2=["one", "two"]).url.endswith("/3/")  # type: ignore[attr-defined]  # a redirect
    assert respondent.answer(3, q3="Enemmän junia").url.endswith("/tarkista/")  # type: ignore[attr-defined]  # a redirect
    assert respondent.send().url.endswith("/kiitos/")  # type: ignore[attr-defined]  # a redirect
    response = Response.objects.get(round=survey)
    assert response.answers == {"stage": "one", "help": ["one", "two"], "more": "Enemmän junia"}


def test_a_question_is_shown_only_to_those_it_is_for(respondent: Respondent) -> None:
    respondent.begin()
    respondent.answer(1, q1="two")
    assert respondent.answer(2).url.endswith("/tarkista/")  # type: ignore[attr-defined]  # a redirect
    assert respondent.client.get(respondent.url("answer_page", number=3)).status_code == 404


def test_an_answer_to_a_question_that_fell_away_is_not_sent(respondent: Respondent, survey: Round) -> None:
    respondent.begin()
    respondent.answer(1, q1="one")
    respondent.answer(3, q3="Tämä jää pois")
    respondent.answer(1, q1="two")
    respondent.send()
    assert "more" not in Response.objects.get(round=survey).answers


def test_an_earlier_answer_stands_in_a_later_text_in_the_readers_language(respondent: Respondent) -> None:
    respondent.begin()
    respondent.answer(1, q1="one")
    respondent.language = "sv"
    assert "Ni valde Ett. Berätta mer" in respondent.page(3)


def test_an_error_stands_by_its_field_and_what_was_typed_is_kept(respondent: Respondent) -> None:
    respondent.begin()
    respondent.language = "en"
    refused = respondent.answer(1)
    assert refused.status_code == 422
    assert "Choose an answer." in refused.content.decode()
    refused = respondent.answer(2, q2=["one", "two", "three"])
    page = refused.content.decode()
    assert "You chose 3. Choose at most 2." in page
    assert page.count(" checked") == 3


def test_back_keeps_what_was_answered_on_the_page(respondent: Respondent) -> None:
    respondent.begin()
    respondent.answer(1, q1="two")
    back = respondent.answer(2, q2=["three"], go="back")
    assert back.url.endswith("/1/")  # type: ignore[attr-defined]  # a redirect
    assert Draft.objects.get(token=respondent.token).answers == {"stage": "two", "help": ["three"]}


def test_changing_the_language_keeps_what_is_on_the_page(respondent: Respondent) -> None:
    respondent.begin()
    answer = respondent.answer(1, q1="three", go="sv")
    assert answer.url.startswith("/sv/")  # type: ignore[attr-defined]  # a redirect
    assert ' id="q1-three" checked' in respondent.client.get(answer.url).content.decode()  # type: ignore[attr-defined]  # a redirect


def test_the_link_leads_back_to_where_one_stopped(respondent: Respondent, client: Client) -> None:
    respondent.begin()
    respondent.answer(1, q1="one")
    respondent.language = "en"
    page = client.get(respondent.url(), follow=True)
    assert page.redirect_chain[-1][0].split("?")[0].endswith("/2/")
    assert "Welcome back." in page.content.decode()
    assert "1 answer of yours is saved" in page.content.decode()


def test_an_invited_company_confirms_what_the_register_knows(
    client: Client, cast: Cast, siiri: User, queries: Queries
) -> None:
    made = every_kind(cast.jarvenpaa, siiri)
    survey = open_round(made, cast.jarvenpaa, frame="census")
    company = Respondent(client, invited(survey, cast.company, cast.jarvenpaa).token, "sv")
    first = company.begin()
    assert first.endswith("/3/")  # the sector is not known, so it is asked
    page = company.page(3)
    assert "Ruisrivi Leipomo Oy (esimerkki)" in page
    assert "10–49" in page
    company.answer(1, q1="50-249")
    assert Draft.objects.get(token=company.token).answers["size"] == "50-249"


def test_one_personal_link_is_one_answer(client: Client, cast: Cast, survey: Round) -> None:
    invitation = invited(survey, cast.company, cast.jarvenpaa)
    company = Respondent(client, invitation.token)
    company.begin()
    company.answer(1, q1="two")
    for _click in range(3):
        assert company.send().url.endswith("/kiitos/")  # type: ignore[attr-defined]  # a redirect
    again: Any = company.client.post(company.url(), once())
    assert again.url.endswith("/kiitos/")
    assert Response.objects.filter(round=survey).count() == 1
    invitation.refresh_from_db()
    assert invitation.answered


def test_nothing_says_which_answer_is_whose(client: Client, cast: Cast, survey: Round) -> None:
    company = Respondent(client, invited(survey, cast.company, cast.jarvenpaa).token)
    company.begin()
    company.answer(1, q1="two")
    company.send()
    draft = Draft.objects.get(token=company.token)
    assert (draft.answers, draft.prefilled, draft.sent) == ({}, [], True)
    kept = {field.name for field in Response._meta.get_fields()}
    assert not kept & {"draft", "invitation", "organisation", "at", "token"}


def test_every_kind_of_answer_arrives_whole(cast: Cast, siiri: User) -> None:
    survey = open_round(every_kind(cast.jarvenpaa, siiri), cast.jarvenpaa)
    contact = {"name": "Eeva Esimerkki", "email": "eeva@yritys.example"}
    draft = begun(survey, cast.jarvenpaa, WHOLE | {"contact": contact})
    actions.send(draft=draft)
    response = Response.objects.get(round=survey)
    assert (response.size_class, response.city, response.industry) == ("10-49", cast.jarvenpaa, "")
    values = response.answers
    assert values["matrix"] == WHOLE["matrix"]
    assert values["ranking"] == WHOLE["ranking"]
    assert (values["number"], values["date"], values["consent"]) == ("12.5", "2026-12-03", True)
    assert "contact" not in values
    assert Heard.objects.get().email == "eeva@yritys.example"


def test_a_break_in_the_middle_of_sending_loses_nothing(
    cast: Cast, siiri: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = open_round(every_kind(cast.jarvenpaa, siiri), cast.jarvenpaa)
    draft = begun(survey, cast.jarvenpaa, WHOLE)

    def cut(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(Draft, "save", cut)
        with pytest.raises(ConnectionError):
            actions.send(draft=draft)
    assert not Response.objects.exists()
    assert Draft.objects.get(pk=draft.pk).answers == WHOLE
    actions.send(draft=draft)
    assert Response.objects.count() == 1


def test_an_answer_is_not_sent_without_what_must_be_answered(respondent: Respondent) -> None:
    respondent.begin()
    assert "/1/" in respondent.send().url  # type: ignore[attr-defined]  # a redirect
    with pytest.raises(AnswerMissing):
        actions.send(draft=Draft.objects.get(token=respondent.token))
    assert not Response.objects.exists()


@pytest.mark.parametrize(("days", "words"), [(-1, "The survey has closed"), (0, "Begin")])
def test_the_last_day_is_still_a_day_to_answer(
    respondent: Respondent, survey: Round, days: int, words: str
) -> None:
    survey.closed_on = clock.today() + dt.timedelta(days=days)
    survey.save()
    respondent.language = "en"
    assert words in respondent.client.get(respondent.url()).content.decode()


def test_a_round_that_closes_meanwhile_says_so_and_takes_nothing(
    respondent: Respondent, survey: Round
) -> None:
    respondent.begin()
    respondent.answer(1, q1="one")
    survey.state, survey.closed_on = Round.State.CLOSED, clock.today()
    survey.save()
    respondent.language = "en"
    page = respondent.send().content.decode()
    assert "The survey has closed" in page
    assert "was not sent" in page
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["unknown", "a" * 24])
def test_an_unknown_link_is_not_found(respondent: Respondent, token: str) -> None:
    respondent.token = token
    assert respondent.client.get(respondent.url()).status_code == 404


def test_a_link_of_another_city_is_not_found(respondent: Respondent) -> None:
    respondent.begin()
    respondent.city = "kerava"
    assert respondent.client.get(respondent.url()).status_code == 404


def test_the_link_is_mailed_to_oneself_three_times_and_no_more(respondent: Respondent) -> None:
    respondent.begin()
    for _time in range(4):
        respondent.client.post(respondent.url("answer_link"), once() | {"email": "mina@yritys.example"})
    assert Message.objects.filter(kind="surveys.link").count() == 3
    assert respondent.token in Message.objects.filter(kind="surveys.link")[0].body
    assert "@" not in str(Draft.objects.get(token=respondent.token).answers)


def test_who_wants_to_be_contacted_comes_into_the_one_stream_once_with_an_owner_and_a_day(
    respondent: Respondent, survey: Round, cast: Cast
) -> None:
    respondent.language = "sv"
    respondent.begin()
    respondent.answer(1, q1="two")
    respondent.send()
    data = {"name": "Eeva Esimerkki", "organisation": "Paja Oy", "phone": "09 000 0000"}
    for _click in range(2):
        respondent.client.post(respondent.url("thanks"), once() | data)
    heard = Heard.objects.get()
    task = Task.objects.get(subject_model="pulse.Heard", subject_id=str(heard.pk))
    assert (heard.kind, heard.source, heard.language) == ("contact", "survey", "sv")
    assert (heard.sender, heard.due_on) == ("Eeva Esimerkki, Paja Oy", contact_day())
    assert heard.owner is not None
    assert (task.owner, task.due) == (heard.owner, heard.due_on)
    assert "Eeva" not in task.title
    assert "svarade på enkäten" in heard.message
    client = cast.signed_in(respondent.client, "aino")
    page = client.get(f"/en/jarvenpaa/tyotila/palaute/{heard.pk}/").content.decode()
    assert "Survey round" in page
    assert f"/kyselyt/{survey.pk}/" in page


@pytest.mark.one_database
def test_an_open_link_begins_so_many_answers_an_hour_and_says_so_in_each_language(
    respondent: Respondent, survey: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "BEGUN_AT_MOST", 1)
    respondent.begin()
    begun_before = Draft.objects.get()
    said = {"fi": "aloitettu tunnin aikana", "sv": "har börjats", "en": "have been begun"}
    for language, words in said.items():
        other = Respondent(respondent.client, survey.code, language)
        answer = other.client.post(other.url(), once())
        assert answer.status_code == 429
        assert words in answer.content.decode()
    assert Draft.objects.get() == begun_before
    assert respondent.answer(1, q1="two").status_code == 302


def test_an_answer_page_asks_the_database_little(respondent: Respondent, queries: Queries) -> None:
    respondent.begin()
    respondent.page(1)
    with queries() as found:
        respondent.page(1)
    assert len(found) <= 4, found


def test_numbers_and_days_are_read_as_people_write_them(client: Client, cast: Cast, siiri: User) -> None:
    made = draft_questionnaire(cast.jarvenpaa, siiri)
    ask(made, "number", siiri, "n", low=0, high=2000)
    ask(made, "date", siiri, "d", together=True)
    survey = open_round(made, cast.jarvenpaa)
    person = Respondent(client, survey.code, "en")
    person.begin()
    assert "The largest number is 2,000." in person.answer(1, q1="2 500").content.decode()
    person.answer(1, q1="1 200,5", q2="3.12.2026")
    assert Draft.objects.get(token=person.token).answers == {"n": "1200.5", "d": "2026-12-03"}


def test_two_things_cannot_share_a_place_in_an_order(client: Client, cast: Cast, siiri: User) -> None:
    made = draft_questionnaire(cast.jarvenpaa, siiri)
    ask(made, "ranking", siiri, "r")
    person = Respondent(client, open_round(made, cast.jarvenpaa).code, "en")
    person.begin()
    page = person.answer(1, q1__one="1", q1__two="1").content.decode()
    assert "Two have the same place: 1." in page
    person.answer(1, q1__three="1", q1__one="2")
    assert Draft.objects.get(token=person.token).answers == {"r": ["three", "one"]}
    assert Question.objects.get(code="r").kind == "ranking"


def test_no_cache_keeps_a_page_of_answers(respondent: Respondent) -> None:
    respondent.begin()
    respondent.answer(1, q1="two")
    pages = [respondent.client.get(respondent.url(name)) for name in ("answer", "check")]
    respondent.send()
    pages.append(respondent.client.get(respondent.url("thanks")))
    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}


def test_a_file_is_kept_secret_replaced_and_forgotten_with_the_draft(
    client: Client, cast: Cast, siiri: User
) -> None:
    made = draft_questionnaire(cast.jarvenpaa, siiri)
    ask(made, "file", siiri, "plan")
    survey = open_round(made, cast.jarvenpaa)
    person = Respondent(client, survey.code, "en")
    person.begin()
    refused = person.answer(1, q1=SimpleUploadedFile("plan.exe", b"MZ"))
    assert refused.status_code == 422
    for name in ("first.pdf", "second.pdf"):
        person.answer(1, q1=SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode()))
    [file] = StoredFile.objects.filter(use="surveys.answer")
    assert (file.name, file.publicity) == ("second.pdf", "secret")
    assert "second.pdf" in person.page(1)
    assert client.get(file.get_absolute_url()).status_code == 404
    actions.forget(Draft.objects.filter(round=survey))
    assert not StoredFile.objects.filter(use="surveys.answer").exists()
