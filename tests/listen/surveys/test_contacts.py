"""What goes from a survey to the rest of the house: who wants to be contacted, and the open link for the front page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from talkoot.choose.methods.models import Method
from talkoot.kit import clock
from talkoot.listen.pulse.models import Heard
from talkoot.listen.surveys.answering import actions
from talkoot.listen.surveys.models import Option, Question, Round
from tests.listen.surveys.asking import WHOLE, begun, draft_questionnaire, every_kind, open_round
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.city.accounts.models import User
    from tests.cast import Cast


@pytest.fixture
def siiri(cast: Cast) -> User:
    return manager(cast.jarvenpaa)


@pytest.mark.parametrize("tells", [True, False])
def test_the_city_learns_what_the_answer_says_only_from_who_lets_it(
    cast: Cast, siiri: User, tells: bool
) -> None:
    """A request is tagged with the methods that the answer wishes for when the person ticked so, else with none."""
    made = every_kind(cast.jarvenpaa, siiri)
    Question.objects.filter(code="single").update(method_code="M01")
    Option.objects.filter(question__code="single", code=WHOLE["single"]).update(benefits=True)
    Method.objects.create(code="M01", name_fi="Aamukahvit", category="KOULU", state="published")
    survey = open_round(made, cast.jarvenpaa)
    contact = {"phone": "09 000 0000"} | ({"methods": "1"} if tells else {})
    actions.send(draft=begun(survey, cast.jarvenpaa, WHOLE | {"contact": contact}))
    heard = Heard.objects.get()
    assert [method.code for method in heard.methods.all()] == (["M01"] if tells else [])
    assert heard.city == cast.jarvenpaa
    assert not {field.name for field in Heard._meta.get_fields()} & {
        "response",
        "draft",
        "invitation",
        "round",
    }


@pytest.mark.one_database
def test_the_front_page_of_the_city_offers_the_survey_while_anyone_may_answer(
    client: Client, cast: Cast, siiri: User
) -> None:
    survey = open_round(draft_questionnaire(cast.jarvenpaa, siiri), cast.jarvenpaa)
    link = f'href="/en/jarvenpaa/vastaa/{survey.code}/"'
    assert link in client.get("/en/jarvenpaa/").content.decode()
    for shut in (
        {"closed_on": clock.today() - dt.timedelta(days=1)},
        {"opened_on": clock.today() + dt.timedelta(days=1)},
        {"frame": Round.Frame.CENSUS},
        {"state": Round.State.DRAFT},
    ):
        Round.objects.filter(pk=survey.pk).update(**shut)
        cache.clear()
        page = client.get("/en/jarvenpaa/").content.decode()
        assert link not in page
        assert "Open now" not in page
        Round.objects.filter(pk=survey.pk).update(
            opened_on=survey.opened_on, closed_on=survey.closed_on, frame=survey.frame, state=survey.state
        )
