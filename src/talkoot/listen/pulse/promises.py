"""By when what was heard is answered: 14 days, and two working days for who asks to be contacted."""

from __future__ import annotations

import datetime as dt

from talkoot.kit import clock, workdays

ANSWERED_WITHIN = dt.timedelta(days=14)
CONTACTED_WITHIN = 2
"""Working days."""


def due_day() -> dt.date:
    """The last day on which an answer to what arrives today is on time."""
    return clock.today() + ANSWERED_WITHIN


def contact_day() -> dt.date:
    """The last day on which who asks today is contacted on time."""
    return workdays.after(clock.today(), CONTACTED_WITHIN)
