"""iCalendar out of plain entries."""

from talkoot.kit.calendar.entries import Entry
from talkoot.kit.calendar.feeds import answer, feed

__all__ = ["Entry", "answer", "feed"]
