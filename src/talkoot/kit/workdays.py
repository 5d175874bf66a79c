"""Working days of offices in Finland."""

from __future__ import annotations

import datetime as dt

_FIXED = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
_FROM_EASTER = (-2, 1, 39)  # Good Friday, Easter Monday, Ascension Day
_SATURDAY = 5


def after(day: dt.date, count: int) -> dt.date:
    """The day that comes `count` working days after `day`; holidays in Finland and weekends are not counted."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: dt.date) -> bool:
    """Offices are open: no weekend, public holiday, Christmas Eve or Midsummer Eve."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    moving = {easter(day.year) + dt.timedelta(days=n) for n in _FROM_EASTER}
    return day not in moving | {midsummer_eve(day.year)}


def midsummer_eve(year: int) -> dt.date:
    """The Friday between 19 and 25 June."""
    first = dt.date(year, 6, 19)
    return first + dt.timedelta(days=(_SATURDAY - 1 - first.weekday()) % 7)


def easter(year: int) -> dt.date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)
