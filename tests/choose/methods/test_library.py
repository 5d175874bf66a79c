"""Browsing the library: anyone, in three languages, without a city."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.cache import cache

from talkoot.choose.methods.models import Method
from tests.choose.methods.library import method

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.cast import Cast

LIST = "/en/kirjasto/"


@pytest.fixture
def three(db: None) -> None:
    method(
        "M01", marks="D", name_fi="Ilmastokysely", name_sv="Klimatenkät", name_en="Survey", category="TIETO"
    )
    method(
        "M19",
        marks="AB",
        name_fi="Hankintapolitiikka",
        name_sv="Upphandlingspolicy",
        name_en=None,
        category="MARKK",
        sizes=["large"],
        industries=["F", "H"],
        cities_seen=["245"],
    )
    method("M34", marks="A", name_fi="Kaavoitus", person_days_low=None, person_days_high=None, sizes=[])


def codes(client: Client, **query: Any) -> list[str]:
    table = client.get(LIST, query).context["table"]
    return [row.obj.code for row in table.rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["M01", "M19", "M34"]),
        ({"q": "upphandlings"}, ["M19"]),
        ({"q": "hankinta"}, ["M19"]),
        ({"q": "m34"}, ["M34"]),
        ({"q": "survey kysely"}, ["M01"]),
        ({"category": "MARKK"}, ["M19"]),
        ({"goal": ["A", "B"]}, ["M19"]),
        ({"goal": "A"}, ["M19", "M34"]),
        ({"size": "large"}, ["M19"]),
        ({"size": ["large", "micro"]}, ["M01", "M19"]),
        ({"industry": "F"}, ["M01", "M19", "M34"]),
        ({"industry": "G"}, ["M01", "M34"]),
        ({"effort_known": "on"}, ["M01", "M19"]),
        ({"q": "no such thing"}, []),
        ({"category": "nonsense"}, ["M01", "M19", "M34"]),
    ],
)
def test_filters_leave_what_was_asked_for(
    client: Client, three: None, query: dict[str, Any], found: list[str]
) -> None:
    assert codes(client, **query) == found


def test_the_filter_of_a_city_leaves_what_it_considered(client: Client, cast: Cast, three: None) -> None:
    assert codes(client, city="kerava") == ["M19"]
    assert codes(client, city="jarvenpaa") == ["M01", "M34"]


def test_names_sort_as_they_are_shown_also_where_a_translation_is_missing(
    client: Client, three: None
) -> None:
    assert codes(client, sort="name") == ["M19", "M01", "M34"]  # Hankintapolitiikka, Survey, Webinar series
    assert codes(client, sort="-name") == ["M34", "M01", "M19"]


def test_the_list_says_not_known_where_the_work_is_not_known(client: Client, three: None) -> None:
    page = client.get(LIST, {"q": "m34"}).content.decode()
    assert "Not known" in page
    assert "None" not in page


def test_a_draft_is_not_in_the_library_for_anyone(client: Client, cast: Cast) -> None:
    method("M90", state=Method.State.DRAFT)
    assert codes(cast.signed_in(client, "aino")) == []


def test_an_empty_library_says_so(client: Client, db: None) -> None:
    assert "No methods have been published yet." in client.get(LIST).content.decode()


def test_each_language_shows_its_own_names(client: Client, three: None) -> None:
    assert "Klimatenkät" in client.get("/sv/kirjasto/").content.decode()
    assert "Ilmastokysely" in client.get("/kirjasto/").content.decode()
    assert "Hankintapolitiikka" in client.get("/en/kirjasto/").content.decode()


def test_the_library_is_downloaded_with_range_basis_and_source(client: Client, three: None) -> None:
    text = client.get(LIST, {"format": "csv"}).content.decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 4
    assert "15–20" in lines[1]
    assert "judgement" in lines[1]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(client.get(LIST, {"format": "xlsx"}).content)).active
    assert sheet.max_row == 4


def test_the_list_asks_no_more_queries_for_more_methods(
    client: Client, three: None, queries: Callable[[], CaptureQueriesContext]
) -> None:
    with queries() as few:
        client.get(LIST)
    for number in range(40, 57):
        method(f"M{number}")
    cache.clear()
    with queries() as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_htmx_gets_the_results_alone(client: Client, three: None) -> None:
    answer = client.get(LIST, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]
