"""The library comes in whole, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from talkoot.choose.methods import demo, effort
from talkoot.choose.methods.models import Goal, Method
from tests.choose.methods.library import published


def test_the_library_comes_in_whole_and_a_second_load_changes_nothing(db: None) -> None:
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    Method.objects.filter(code="M01").update(name_fi="Muokattu")
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    assert published().count() == 56
    assert Goal.objects.count() == 56 * 5
    assert Method.objects.get(code="M01").name_fi == "Muokattu"
    assert [m.code for m in Method.objects.get(code="M16").requires.all()] == ["M15"]


def test_every_method_has_three_names_a_basis_and_a_range_or_words(db: None) -> None:
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    methods: list[Any] = list(Method.objects.all())
    assert all(m.name_fi and m.name_sv and m.name_en and m.purpose_fi for m in methods)
    assert all(m.effort_basis and m.effort_source_fi for m in methods)
    unknown = {m.code for m in methods if effort.of_library(m).person_days is None}
    assert unknown == {"M20", "M34"}
    assert all(m.effort_note_fi for m in methods if m.code in unknown)
