"""How figures, dates and units are written in Finnish, Swedish and English.

The language is the active one. Finnish and Swedish take a decimal comma and a no-break space in thousands and
before a unit; English takes a point, a comma and no space before %. Minus is −, a range takes –. A missing
figure is a word, never a zero and never blank.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

Number: TypeAlias = int | float | Decimal

NBSP = "\u00a0"
MINUS = "−"
DASH = "–"
CO2E = f"t{NBSP}CO₂e"
MOST_DECIMALS = 2
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one language."""

    decimal: str
    thousands: str
    before_percent: str
    between_hours: str
    clock: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


_FI_MONTHS = (
    "tammi",
    "helmi",
    "maalis",
    "huhti",
    "touko",
    "kesä",
    "heinä",
    "elo",
    "syys",
    "loka",
    "marras",
    "joulu",
)
_SV_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FI_DAYS = ("ma", "ti", "ke", "to", "pe", "la", "su")
_SV_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

STYLES = {
    "fi": Style(",", NBSP, NBSP, ".", f"klo{NBSP}", _FI_MONTHS, _FI_DAYS),
    "sv": Style(",", NBSP, NBSP, ".", f"kl.{NBSP}", _SV_MONTHS, _SV_DAYS),
    "en": Style(".", ",", "", ":", "", _EN_MONTHS, _EN_DAYS),
}


def language() -> str:
    """``fi``, ``sv`` or ``en``: the active language without its region."""
    return _without_region(get_language() or "en")


@cache
def _without_region(code: str) -> str:
    known = code.partition("-")[0]
    return known if known in STYLES else "en"


def style() -> Style:
    return STYLES[language()]


def missing() -> str:
    return gettext("Not known")


def number(value: Number | None, digits: int | None = None, code: str = "") -> str:
    """``-4460.5`` → ``−4 460,5``. ``digits`` fixes the decimals; without it at most two, none if whole.

    ``code`` is the ``language()``, for a table that writes a hundred figures.
    """
    return missing() if value is None else _number(value, digits, code or language())


@lru_cache(maxsize=4096)
def _number(value: Number, digits: int | None, code: str) -> str:
    rounded = _rounded(value, digits)
    sign = MINUS if rounded < 0 else ""
    habits = STYLES[code]
    text = f"{abs(rounded):,f}".replace(",", "\0").replace(".", habits.decimal)
    return sign + text.replace("\0", habits.thousands)


def _rounded(value: Number, digits: int | None) -> Decimal:
    places = MOST_DECIMALS if digits is None else digits
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if digits is None:
        whole = rounded.to_integral_value()
        rounded = whole if rounded == whole else rounded.normalize()
    return abs(rounded) if rounded == 0 else rounded


def plain(typed: str) -> str:
    """A number as people type it, for Python to read: ``−1 200,5`` → ``-1200.5``.

    A comma is a decimal one, save between thousands in English, where we write them so ourselves: ``4,460``.
    """
    text = "".join(typed.split()).replace(MINUS, "-")
    if language() == "en" and _GROUPED.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".")


def span(low: Number | None, high: Number | None, digits: int | None = None, code: str = "") -> str:
    """``26, 51`` → ``26–51``; equal ends are one number."""
    return missing() if low is None or high is None else _span(low, high, digits, code or language())


@lru_cache(maxsize=4096)
def _span(low: Number, high: Number, digits: int | None, code: str) -> str:
    first, last = _number(low, digits, code), _number(high, digits, code)
    return first if first == last else f"{first}{DASH}{last}"


def percent(value: Number | None, digits: int | None = None, code: str = "") -> str:
    """``66`` (already per cent) → ``66 %``."""
    return missing() if value is None else _percent(value, digits, code or language())


def percent_span(low: Number | None, high: Number | None, digits: int | None = None) -> str:
    """``54, 70`` → ``54–70 %``."""
    if low is None or high is None:
        return missing()
    code = language()
    return f"{_span(low, high, digits, code)}{STYLES[code].before_percent}%"


def estimate(value: Number | None, low: Number, high: Number, digits: int = 0, code: str = "") -> str:
    """``66, 58, 74`` → ``66 % (58–74)``."""
    return missing() if value is None else " ".join(estimate_parts(value, low, high, digits, code))


def estimate_parts(
    value: Number, low: Number, high: Number, digits: int = 0, code: str = ""
) -> tuple[str, str]:
    """``66, 58, 74`` → ``66 %`` and ``(58–74)``, for where they look different."""
    return _estimate_parts(value, low, high, digits, code or language())


@lru_cache(maxsize=4096)
def _estimate_parts(value: Number, low: Number, high: Number, digits: int, code: str) -> tuple[str, str]:
    return _percent(value, digits, code), f"({_span(low, high, digits, code)})"


@lru_cache(maxsize=4096)
def _percent(value: Number, digits: int | None, code: str) -> str:
    return f"{_number(value, digits, code)}{STYLES[code].before_percent}%"


def person_days(low: Number | None, high: Number | None = None) -> str:
    """``24`` → ``24 htp``, ``24 dagsverken``, ``24 person-days``; two figures make a range."""
    if low is None:
        return missing()
    most = low if high is None else high
    unit = ngettext("person-day", "person-days", 1 if most == 1 else 2)
    return f"{span(low, most)}{NBSP}{unit}"


def euros(low: Number | None, high: Number | None = None) -> str:
    """``240000`` → ``240 000 €`` or ``€240,000``; two figures make a range."""
    if low is None:
        return missing()
    amount = span(low, low if high is None else high)
    return f"€{amount}" if language() == "en" else f"{amount}{NBSP}€"


def tco2(low: Number | None, high: Number | None = None) -> str:
    """``38`` → ``38 t CO₂e``; two figures make a range. Missing is "Not estimated"."""
    if low is None:
        return gettext("Not estimated")
    return f"{span(low, low if high is None else high)}{NBSP}{CO2E}"


def _day(moment: dt.date) -> dt.date:
    if isinstance(moment, dt.datetime):
        return (
            moment.astimezone(timezone.get_current_timezone()) if timezone.is_aware(moment) else moment
        ).date()
    return moment


def date(moment: dt.date | None) -> str:
    """For tables and labels: ``3.12.2026``, in English ``3 December 2026``."""
    if moment is None:
        return missing()
    day = _day(moment)
    if language() == "en":
        return f"{day.day}{NBSP}{_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def long_date(moment: dt.date | None) -> str:
    """For sentences: ``3.12.2026``, ``den 3 december 2026``, ``3 December 2026``."""
    if moment is not None and language() == "sv":
        day = _day(moment)
        return f"den{NBSP}{day.day} {_SV_MONTHS[day.month - 1]} {day.year}"
    return date(moment)


def weekday_date(moment: dt.date | None) -> str:
    """``to 3.12.``, ``torsdag 3.12``, ``Thursday 3 December``."""
    if moment is None:
        return missing()
    day, code = _day(moment), language()
    name = style().weekdays[day.weekday()]
    if code == "en":
        return f"{name} {day.day}{NBSP}{_EN_MONTHS[day.month - 1]}"
    return f"{name}{NBSP}{day.day}.{day.month}" + ("." if code == "fi" else "")


def month(moment: dt.date) -> str:
    """The month under a day number: ``joulukuuta``, ``december``, ``December``."""
    name = style().months[_day(moment).month - 1]
    return f"{name}kuuta" if language() == "fi" else name


def time(start: dt.time | dt.datetime | None, end: dt.time | dt.datetime | None = None) -> str:
    """``klo 8.30–9.30``, ``kl. 8.30–9.30``, ``8:30–9:30``."""
    if start is None:
        return missing()
    hours = _hours(start) if end is None else f"{_hours(start)}{DASH}{_hours(end)}"
    return f"{style().clock}{hours}"


def _hours(moment: dt.time | dt.datetime) -> str:
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = moment.astimezone(timezone.get_current_timezone())
    return f"{moment.hour}{style().between_hours}{moment.minute:02}"
