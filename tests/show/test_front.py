"""Front pages: a mayor, an officer and a company each find their way, and figures say where they come from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model import actions
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.city.roadmap.models import Indicator, Roadmap, Value
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.show.public.chosen import choices
from talkoot.show.public.front import FrontPage
from tests.choose.library import four
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

WAYS = ("You decide in", "You work for a city", "You are with a company")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def in_force(cast: Cast, *days: int | None) -> OperatingModel:
    model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    for method, amount in zip(four(), days, strict=False):
        ModelMethod.objects.create(model=model, method=method, person_days=amount, months=[11])
    OperatingModel.objects.filter(pk=model.pk).update(state=OperatingModel.State.IN_FORCE)
    return model


def emissions(cast: Cast) -> None:
    roadmap = Roadmap.objects.create(city=cast.jarvenpaa, name_fi="Tiekartta", published=True)
    indicator = Indicator.objects.create(
        roadmap=roadmap, key=EMISSIONS, name_fi="Päästöt", unit="kt", target_value=100, target_year=2030
    )
    for year, value in ((2020, 210), (2023, 199)):
        Value.objects.create(
            indicator=indicator,
            year=year,
            value=Decimal(value),
            unit="kt",
            source_fi="Raportti",
            published_on=dt.date(year + 1, 6, 1),
        )


@pytest.mark.parametrize("address", ["/en/", "/en/jarvenpaa/"])
def test_each_reader_sees_a_way_of_their_own(client: Client, cast: Cast, address: str) -> None:
    page = read(client, address)
    assert all(way in page for way in WAYS)


@pytest.mark.parametrize("address", ["/en/", "/en/jarvenpaa/"])
def test_an_empty_city_says_what_is_missing_and_shows_no_zero(
    client: Client, cast: Cast, address: str
) -> None:
    page = read(client, address)
    assert "Not imported yet" in page
    assert "<b>0</b>" not in page


def test_the_front_door_adds_up_what_the_cities_do(client: Client, cast: Cast) -> None:
    in_force(cast, 30, 12, None)
    front = FrontPage()
    assert (front.days, len(front.items)) == (42, 3)
    assert [item.days for item in front.cities[0].largest] == [30, 12]
    page = read(client, "/en/")
    assert "3 methods" in page
    assert "42 person-days a year" in page
    assert "Is preparing its operating model." in page  # the other city


def test_examples_are_told_from_what_cities_have_said(client: Client, cast: Cast) -> None:
    in_force(cast, 30, 12)
    ModelMethod.objects.filter(method__code="M01").update(example=True)
    assert "1 of 2 choices is an example" in read(client, "/en/")


def test_the_newest_emissions_carry_their_year_and_source(client: Client, cast: Cast) -> None:
    emissions(cast)
    page = read(client, "/en/")
    assert "199 kt" in page
    assert "(2023)" in page
    assert "Raportti" in page
    assert "199" in read(client, "/en/jarvenpaa/")


@pytest.mark.parametrize("simulated", [False, True])
def test_what_companies_said_says_when_nobody_said_it(client: Client, cast: Cast, simulated: bool) -> None:
    companies(cast.jarvenpaa)
    published(closed_round(cast.jarvenpaa, simulated=simulated), Said(20, "0-9"))
    page = read(client, "/en/jarvenpaa/")
    assert ("not those of real respondents" in page) is simulated
    assert "chose to answer" in page


def test_a_city_does_not_show_a_survey_of_others(client: Client, cast: Cast) -> None:
    companies(cast.jarvenpaa)
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    assert "What companies said" in read(client, "/en/jarvenpaa/")
    assert "What companies said" not in read(client, "/en/kerava/")


def test_a_method_without_a_translation_is_named_in_finnish(cast: Cast) -> None:
    in_force(cast, 5)
    Method.objects.filter(code="M01").update(name_fi="Suomeksi", name_en="")
    assert [choice.name for choice in choices(cast.jarvenpaa)] == ["Suomeksi"]
