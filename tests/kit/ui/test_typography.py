from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from talkoot.kit import typography

DAY = dt.date(2026, 12, 3)


def kept(text: str) -> str:
    """``~`` stands for a no-break space."""
    return text.replace("~", typography.NBSP)


@pytest.mark.parametrize(
    ("language", "written"),
    [("fi", "−4~460,5"), ("sv", "−4~460,5"), ("en", "−4,460.5")],
)
def test_a_number_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    with translation.override(language):
        assert typography.number(-4460.5) == kept(written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.001, "0"),
        (100, "100"),
        (1200.0, "1~200"),
        (0.1 + 0.2, "0,3"),
        (Decimal("2.675"), "2,68"),
    ],
)
def test_a_number_has_no_more_decimals_than_it_needs(value: float | Decimal, written: str) -> None:
    with translation.override("fi"):
        assert typography.number(value) == kept(written)


@pytest.mark.parametrize(("language", "written"), [("fi", "54–70~%"), ("sv", "54–70~%"), ("en", "54–70%")])
def test_a_range_of_shares_keeps_its_unit_on_the_line(language: str, written: str) -> None:
    with translation.override(language):
        assert typography.percent_span(54, 70) == kept(written)


def test_a_range_with_equal_ends_is_one_number() -> None:
    with translation.override("fi"):
        assert typography.span(12, 12) == "12"


@pytest.mark.parametrize(("language", "written"), [("fi", "66~% (58–74)"), ("en", "66% (58–74)")])
def test_an_estimate_carries_its_interval(language: str, written: str) -> None:
    with translation.override(language):
        assert typography.estimate(65.6, 58.2, 74.4) == kept(written)


@pytest.mark.parametrize(
    ("language", "short", "long", "weekday"),
    [
        ("fi", "3.12.2026", "3.12.2026", "to~3.12."),
        ("sv", "3.12.2026", "den~3 december 2026", "torsdag~3.12"),
        ("en", "3~December 2026", "3~December 2026", "Thursday 3~December"),
    ],
)
def test_dates_follow_each_language(language: str, short: str, long: str, weekday: str) -> None:
    with translation.override(language):
        assert typography.date(DAY) == kept(short)
        assert typography.long_date(DAY) == kept(long)
        assert typography.weekday_date(DAY) == kept(weekday)


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "klo~8.30–9.30"), ("sv", "kl.~8.30–9.30"), ("en", "8:30–9:30")]
)
def test_times_follow_each_language(language: str, written: str) -> None:
    with translation.override(language):
        assert typography.time(dt.time(8, 30), dt.time(9, 30)) == kept(written)


def test_a_moment_is_told_in_the_citys_time_zone() -> None:
    late = dt.datetime(2026, 12, 2, 22, 30, tzinfo=dt.UTC)
    with translation.override("fi"):
        assert typography.date(late) == "3.12.2026"
        assert typography.time(late) == kept("klo~0.30")


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "240~000~€"), ("sv", "240~000~€"), ("en", "€240,000")]
)
def test_euros_stand_where_the_language_puts_them(language: str, written: str) -> None:
    with translation.override(language):
        assert typography.euros(240000) == kept(written)


def test_a_missing_figure_is_a_word_and_never_a_zero() -> None:
    with translation.override("en"):
        assert typography.number(None) == typography.percent(None) == typography.date(None) == "Not known"
        assert typography.tco2(None) == "Not estimated"
        assert typography.person_days(None) == "Not known"


def test_units_hold_to_their_number_without_a_break() -> None:
    with translation.override("fi"):
        assert typography.tco2(3100, 5900) == kept("3~100–5~900~t~CO₂e")
        assert " " not in typography.person_days(24)
