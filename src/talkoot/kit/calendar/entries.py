from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talkoot.kit.plate import Verb


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing in a calendar, of the annual clock or of a feed.

    `uid` names it for ever ("task-17"): a calendar moves what it knows and adds what it does not. `start` and `end`
    are dates when `all_day`, the end being the last day; else aware moments. Without an `end` an entry lasts its
    day, or no time at all. `changed` is when it was last edited, if the room knows.
    """

    uid: str
    title: str
    start: dt.date
    end: dt.date | None = None
    all_day: bool = True
    url: str = ""
    description: str = ""
    verb: Verb | None = None
    changed: dt.datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment is None:
                continue
            timed = isinstance(moment, dt.datetime)
            if timed == self.all_day or (isinstance(moment, dt.datetime) and moment.tzinfo is None):
                message = f"{self.uid}: give dates when all_day, aware moments when not"
                raise ValueError(message)
        if self.end is not None and self.end < self.start:
            message = f"{self.uid}: ends before it starts"
            raise ValueError(message)

    @property
    def day(self) -> dt.date:
        """The day on which it starts."""
        return self.start.date() if isinstance(self.start, dt.datetime) else self.start
