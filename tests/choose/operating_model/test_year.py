"""The months of a model: in the calendar, on the ring, in the document; in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override
from icalendar import Calendar

from talkoot.choose.operating_model import actions, document
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.kit import clock, states
from tests.choose.library import four

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
DECISION: dict[str, Any] = {"deciding_body_fi": "Kaupunginhallitus", "decided_on": dt.date(2026, 11, 23)}


@pytest.fixture
def draft(cast: Cast) -> OperatingModel:
    """M01 in the spring and in autumn, M02 all year, M03 from the middle of June."""
    with clock.frozen(NOW):
        model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    plan = {
        "M01": ([1, 2, 3, 9], None),
        "M02": (list(range(1, 13)), None),
        "M03": ([6], dt.date(2026, 6, 15)),
    }
    for method in four()[:3]:
        months, start = plan[method.code]
        ModelMethod.objects.create(
            model=model, method=method, owner_unit=cast.unit("ELI"), months=months, starts_on=start
        )
    return model


def publish(model: OperatingModel, cast: Cast) -> None:
    states.transition(model, OperatingModel.State.PROPOSED, by=cast.aino)
    actions.decide(model, by=cast.mikael, decision=DECISION)
    actions.publish(model, by=cast.aino)


def events(client: Client, prefix: str = "") -> dict[tuple[str, int], tuple[dt.date, dt.date]]:
    """By title and year the first day and the day after the last, as a calendar reads them."""
    body = client.get(f"{prefix}/jarvenpaa/toimintamalli/vuosikello.ics").content
    found = {}
    for event in Calendar.from_ical(body).walk("VEVENT"):
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is type(end) is dt.date
        found[str(event["summary"]), start.year * 100 + start.month] = (start, end)
    return found


def test_an_event_lasts_as_long_as_the_work_does(cast: Cast, draft: OperatingModel, client: Client) -> None:
    with clock.frozen(NOW):
        publish(draft, cast)
        read = events(client)
    assert read["Keino M01", 202601] == (dt.date(2026, 1, 1), dt.date(2026, 4, 1))
    assert read["Keino M01", 202609] == (dt.date(2026, 9, 1), dt.date(2026, 10, 1))
    assert read["Keino M02", 202601] == (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert read["Keino M03", 202606] == (dt.date(2026, 6, 15), dt.date(2026, 7, 1))
    assert read["Keino M03", 202706] == (dt.date(2027, 6, 1), dt.date(2027, 7, 1))
    assert read["Toimintamallin vuosipäivitys", 202711][0] == draft.review_on


def test_a_calendar_speaks_the_language_of_its_reader(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    with clock.frozen(NOW):
        publish(draft, cast)
        names = {prefix: {title for title, _ in events(client, prefix)} for prefix in ("", "/sv", "/en")}
    assert {"Keino M01"} <= names[""]
    assert {"Metod M01", "Årlig översyn av verksamhetsmodellen"} <= names["/sv"]
    assert {"Method M01", "Yearly review of the operating model"} <= names["/en"]


def test_the_ring_has_a_number_a_method_and_names_what_goes_on_all_year(draft: OperatingModel) -> None:
    with override("fi"):
        lines = [
            (str(label), [(line.number, line.entry.label) for line in lines])
            for label, lines in Reading(draft).ring.groups
        ]
    assert lines == [
        ("Tieto, koulutus ja neuvonta", [(1, "Keino M01"), (2, "Keino M03")]),
        ("Koko vuoden", [(0, "Keino M02")]),
    ]


@pytest.mark.parametrize(
    ("language", "prefix", "words"),
    [
        ("fi", "", ("Ei vielä nimetty", "Ei tiedossa")),
        ("sv", "/sv", ("Inte bestämt ännu", "Uppgift saknas")),
        ("en", "/en", ("Not named yet", "Not known")),
    ],
)
def test_what_is_missing_has_the_same_words_in_the_document_and_on_the_page(
    cast: Cast, draft: OperatingModel, client: Client, language: str, prefix: str, words: tuple[str, str]
) -> None:
    page = cast.signed_in(client, "aino").get(f"{prefix}{draft.get_absolute_url()}").content.decode()
    with override(language):
        said = document.contents(draft)
    cells = [cell for line in said["rows"] for cell in line]
    for word in words:
        assert word in cells
        assert word in page
    assert all(cells)
    assert all(value for _name, value in said["facts"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "kesäkuu, 15.6.2026 alkaen"),
        ("sv", "juni, från 15.6.2026"),
        ("en", "June, from 15\xa0June 2026"),
    ],
)
def test_the_document_says_in_its_language_when_a_method_begins(
    draft: OperatingModel, language: str, words: str
) -> None:
    with override(language):
        assert words in [row[3] for row in document.contents(draft)["rows"]]
