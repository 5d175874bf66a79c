from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override

from talkoot.kit import clock
from talkoot.kit.ui.navigation import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponseBase

    from talkoot.kit.calendar.entries import Entry

CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = dt.timedelta(hours=12)


def feed(entries: Iterable[Entry], name: str, language: str) -> bytes:
    """An iCalendar file (RFC 5545, RFC 7986) with the time zone it uses; the same entries give the same bytes.

    An entry without `changed` is stamped with the beginning of the present day.
    """
    from icalendar import Calendar  # noqa: PLC0415 -- few requests need it

    calendar = Calendar()
    calendar.add("prodid", f"-//Talkoot//Talkoot//{language.upper()}")
    calendar.add("version", "2.0")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    events = sorted(entries, key=lambda entry: (entry.day, entry.uid))
    with override(language):
        for entry in events:
            calendar.add_component(_event(entry))
    if any(not entry.all_day for entry in events):
        _add_time_zone(calendar, events)
    content: bytes = calendar.to_ical()
    return content


def answer(request: HttpRequest, content: bytes, filename: str) -> HttpResponseBase:
    """`content` as a response, or 304 for who has it already."""
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(content, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    if unchanged is None:
        response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response


def _event(entry: Entry) -> Any:
    from icalendar import Event  # noqa: PLC0415 -- few requests need it

    event = Event()
    event.add("uid", entry.uid if "@" in entry.uid else f"{entry.uid}@{_host()}")
    event.add("dtstamp", (entry.changed or _start_of_day()).astimezone(dt.UTC))
    event.add("summary", entry.title)
    event.add("dtstart", _moment(entry.start))
    end = _end(entry)
    if end is not None:
        event.add("dtend", end)
    if entry.all_day:
        event.add("transp", "TRANSPARENT")
    if entry.description:
        event.add("description", entry.description)
    if entry.url:
        event.add("url", urljoin(settings.TALKOOT_ORIGIN, entry.url))
    if entry.verb:
        event.add("categories", [str(VERBS[entry.verb][0])])
    return event


def _moment(moment: dt.date) -> dt.date:
    """Moments in the city's time, so that a meeting at nine stays at nine."""
    return moment.astimezone(timezone.get_default_timezone()) if isinstance(moment, dt.datetime) else moment


def _end(entry: Entry) -> dt.date | None:
    """A calendar's end is the first day, or moment, after."""
    if not entry.all_day:
        return _moment(entry.end) if entry.end else None
    return (entry.end or entry.start) + dt.timedelta(days=1)


def _add_time_zone(calendar: Any, events: list[Entry]) -> None:
    first = dt.date(events[0].day.year - 1, 1, 1)
    last = dt.date(events[-1].day.year + 2, 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=last)


def _start_of_day() -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(clock.today(), dt.time()))


def _host() -> str:
    return urlsplit(settings.TALKOOT_ORIGIN).hostname or "talkoot"
