"""A calendar feed is right in every calendar: days, moments, escapes, and the same bytes for the same entries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from talkoot.kit import clock
from talkoot.kit.calendar import Entry, answer, feed

if TYPE_CHECKING:
    from django.test import RequestFactory

HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = Entry(
    uid="task-1", title="Hakemus; a, b", start=dt.date(2026, 12, 3), description="rivi\ntoinen", verb="act"
)
MEETING = Entry(
    uid="meeting-2",
    title="Lautakunta",
    start=dt.datetime(2026, 12, 8, 7, 0, tzinfo=dt.UTC),
    end=dt.datetime(2026, 12, 8, 8, 30, tzinfo=dt.UTC),
    all_day=False,
    url="https://talkoot.example/k",
)


def events(content: bytes) -> dict[str, Any]:
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_a_whole_day_ends_with_the_next_morning() -> None:
    event = events(feed([DAY], "Järvenpää", "fi"))["task-1"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2026, 12, 3), dt.date(2026, 12, 4))


def test_the_last_day_of_an_entry_is_part_of_it() -> None:
    entry = Entry(uid="round", title="Kysely", start=dt.date(2026, 12, 3), end=dt.date(2026, 12, 10))
    assert events(feed([entry], "x", "fi"))["round"]["dtend"].dt == dt.date(2026, 12, 11)


def test_a_meeting_is_at_its_hour_in_helsinki_with_the_zone_described() -> None:
    content = feed([MEETING], "x", "fi")
    assert b"DTSTART;TZID=Europe/Helsinki:20261208T090000" in content
    assert b"BEGIN:VTIMEZONE" in content


def test_a_feed_of_days_needs_no_zone() -> None:
    assert b"VTIMEZONE" not in feed([DAY], "x", "fi")


def test_a_path_becomes_an_address_that_a_calendar_elsewhere_can_open(settings: Any) -> None:
    settings.TALKOOT_ORIGIN = "https://talkoot.example"
    entry = Entry(uid="model-1", title="Keino", start=dt.date(2026, 1, 1), url="/sv/kirjasto/M06/")
    found = events(feed([entry, MEETING], "x", "sv"))
    assert str(found["model-1"]["url"]) == "https://talkoot.example/sv/kirjasto/M06/"
    assert str(found["meeting-2"]["url"]) == MEETING.url


def test_text_survives_the_escapes() -> None:
    event = events(feed([DAY], "x", "fi"))["task-1"]
    assert (str(event["summary"]), str(event["description"])) == ("Hakemus; a, b", "rivi\ntoinen")


def test_lines_are_folded_at_75_octets() -> None:
    entry = Entry(uid="long", title="Ä" * 200, start=dt.date(2026, 12, 3))
    assert max(map(len, feed([entry], "x", "fi").split(b"\r\n"))) <= 75


def test_the_same_entries_in_any_order_give_the_same_bytes() -> None:
    assert feed([DAY, MEETING], "x", "fi") == feed([MEETING, DAY], "x", "fi")


def test_the_bytes_change_only_with_the_day_or_the_entry() -> None:
    before = feed([DAY], "x", "fi")
    with clock.frozen(clock.now() + dt.timedelta(hours=5)):
        assert feed([DAY], "x", "fi") == before


def test_an_edited_entry_carries_the_time_of_its_edit() -> None:
    entry = Entry(
        uid="e", title="x", start=dt.date(2026, 12, 3), changed=dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
    )
    assert b"DTSTAMP:20261101T080000Z" in feed([entry], "x", "fi")


def test_uids_name_the_service_and_stay() -> None:
    assert b"UID:task-1@127.0.0.1\r\n" in feed([DAY], "x", "fi")


def test_an_entry_is_either_days_or_aware_moments() -> None:
    with pytest.raises(ValueError, match="give dates"):
        Entry(uid="e", title="x", start=dt.datetime(2026, 12, 3, tzinfo=HELSINKI))
    with pytest.raises(ValueError, match="aware moments"):
        Entry(uid="e", title="x", start=dt.datetime(2026, 12, 3), all_day=False)  # noqa: DTZ001 -- the fault
    with pytest.raises(ValueError, match="ends before"):
        Entry(uid="e", title="x", start=dt.date(2026, 12, 3), end=dt.date(2026, 12, 2))


def test_who_has_the_feed_already_is_told_so(rf: RequestFactory) -> None:
    content = feed([DAY], "x", "fi")
    first = answer(rf.get("/k.ics"), content, "talkoot")
    again = answer(rf.get("/k.ics", headers={"if-none-match": first["ETag"]}), content, "talkoot")
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Type"].startswith("text/calendar")
