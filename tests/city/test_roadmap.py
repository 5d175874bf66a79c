"""Figures of a real city stand with their source, and what is missing is said, never zero."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from talkoot.city.roadmap import demo
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Value
from talkoot.city.roadmap.path import newest, path_of

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def roadmaps(bare_cities: None, settings: Any) -> None:
    demo.load(settings.TALKOOT_DEMO_FOLDER)


@pytest.fixture
def emissions(roadmaps: None) -> Indicator:
    return Indicator.objects.get(roadmap__city__code="092", key="emissions")


def page(client: Client, city: str, **query: str) -> str:
    return client.get(reverse("roadmap:public", kwargs={"city": city}), query).content.decode()


def test_the_page_of_vantaa_says_where_the_city_is(emissions: Indicator, client: Client) -> None:
    text = page(client, "vantaa")
    assert "840" in text
    assert "625" in text
    assert "89" in text
    assert "Jäljessä aikataulusta" in text
    assert "Vantaan kaupungin tiedote 20.6.2024" in text


def test_a_city_without_figures_says_so(roadmaps: None, client: Client) -> None:
    text = page(client, "kerava")
    assert "Ei vielä tuotu" in text
    assert "<b>0" not in text


def test_the_page_speaks_swedish(roadmaps: None, client: Client) -> None:
    text = client.get("/sv/vantaa/tavoitteet/").content.decode()
    assert "Kolneutral energi" in text
    assert "Vanda stads meddelande" in text


def test_the_path_is_plain_arithmetic(emissions: Indicator) -> None:
    path = path_of(emissions, newest(emissions.values.all()))
    assert path.gap == Decimal(625)
    assert path.per_year is not None
    assert round(path.per_year) == 89
    assert path.travelled is not None
    assert round(path.travelled, 2) == 0.27
    assert path.change is None


def test_a_corrected_figure_replaces_and_the_old_one_stays(emissions: Indicator, client: Client) -> None:
    rest = {"unit": "kt CO₂e", "source_fi": "Vantaan kaupungin tiedote 5/2021", "source": "x"}
    Value.objects.create(indicator=emissions, year=2020, value=883, published_on=dt.date(2021, 5, 1), **rest)
    Value.objects.filter(year=2020, value=871).update(published_on=dt.date(2024, 3, 1))
    assert [v.value for v in newest(emissions.values.all()) if v.year == 2020] == [871]
    then = newest(emissions.values.all(), dt.date(2021, 12, 31))
    assert [v.value for v in then if v.year == 2020] == [883]
    assert "883" in page(client, "vantaa")
    assert "31.12.2021" in page(client, "vantaa", pvm="2021-12-31")


def test_a_draft_is_seen_by_staff_only(roadmaps: None, client: Client) -> None:
    Roadmap.objects.filter(city__code="092").update(published=False)
    assert "Resurssiviisauden" not in page(client, "vantaa")
    visitor = AnonymousUser()
    seen = Goal.objects.visible_to(visitor)  # type: ignore[attr-defined]  # our queryset
    assert not seen.filter(roadmap__city__code="092").exists()


def test_a_second_load_changes_nothing(roadmaps: None, settings: Any) -> None:
    before = (Goal.objects.count(), Indicator.objects.count(), Value.objects.count())
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    assert (Goal.objects.count(), Indicator.objects.count(), Value.objects.count()) == before


def test_the_queries_of_the_page_do_not_grow_with_the_goals(
    roadmaps: None, client: Client, queries: Any
) -> None:
    page(client, "vantaa")
    with queries() as few:
        page(client, "vantaa")
    roadmap = Roadmap.objects.get(city__code="092")
    for number in range(20):
        goal = Goal.objects.create(
            roadmap=roadmap, theme=roadmap.themes.first(), name_fi=f"Päämäärä {number}"
        )
        Indicator.objects.create(roadmap=roadmap, goal=goal, name_fi=f"Mittari {number}", unit_fi="t")
    with queries() as many:
        page(client, "vantaa")
    assert len(few) == len(many)
