"""A library of four methods, small enough to see through."""

from __future__ import annotations

from talkoot.choose.methods.models import Goal, Method
from talkoot.choose.methods.scores import interval


def method(
    code: str, *, units: list[str], days: tuple[int, int] | None, goals: str = "", name: str = ""
) -> Method:
    low, high = days or (None, None)
    made = Method.objects.create(
        code=code,
        category="KOULU",
        name_fi=name or f"Keino {code}",
        name_sv=f"Metod {code}",
        name_en=f"Method {code}",
        purpose_fi="Auttaa.",
        lead_units=units,
        person_days_low=low,
        person_days_high=high,
        state=Method.State.PUBLISHED,
    )
    for criterion in "ABCDE":
        ends = interval(marked=criterion in goals)
        Goal.objects.create(
            method=made,
            criterion=criterion,
            marked=criterion in goals,
            low=ends[0],
            high=ends[1],
            basis="judgement",
        )
    return made


def four() -> list[Method]:
    """M01 strong and cheap, M02 strong and dear, M03 weak, M04 without a known effort."""
    return [
        method("M01", units=["ELI"], days=(10, 20), goals="AD"),
        method("M02", units=["ELI", "YMP"], days=(60, 80), goals="ABD"),
        method("M03", units=["YMP"], days=(5, 10)),
        method("M04", units=["ELI"], days=None, goals="ABCDE"),
    ]
