"""The library comes in whole, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from talkoot.choose.methods import demo, effort
from talkoot.choose.methods.models import Goal, Method
from talkoot.kit.audit.models import Event
from talkoot.kit.exchange import command
from tests.choose.methods.library import published

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.cast import Cast

OWN = """methods:
- {id: X01, category: TIETO, name_fi: Oma keino, purpose_fi: Kokeilu, goals: [A], requires: [X02]}
- {id: X02, category: TIETO, name_fi: Toinen, purpose_fi: Kokeilu, goals: []}
"""


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    code = command.run(["library", *argv])
    out, err = capsys.readouterr()
    said: dict[str, Any] = json.loads(out or err)
    return code, said


def test_a_city_without_the_demo_gets_the_library_with_one_command(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TALKOOT_DEMO = False
    assert run(capsys) == (0, {"added": 56, "kept": 0, "methods": 56})
    Method.objects.filter(code="M01").update(name_fi="Muokattu")
    assert run(capsys) == (0, {"added": 0, "kept": 56, "methods": 56})
    assert Method.objects.get(code="M01").name_fi == "Muokattu"
    assert Event.objects.filter(verb="imported", model="methods.Method").count() == 56


def test_an_empty_library_says_how_it_is_filled(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "aino")
    assert "talkoot import library" in client.get("/en/jarvenpaa/tyotila/keinot/").content.decode()
    assert "talkoot import library" in client.get("/en/jarvenpaa/tyotila/pilotit/uusi/").content.decode()
    public = client.get("/en/kirjasto/").content.decode()
    assert "No methods have been published yet." in public
    assert "talkoot import" not in public


def test_methods_of_ones_own_come_from_a_file(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN)
    assert run(capsys, str(file))[1]["added"] == 2
    assert [m.code for m in Method.objects.get(code="X01").requires.all()] == ["X02"]


@pytest.mark.parametrize(
    ("text", "error", "culprits"),
    [
        ("methods: [", "unreadable", None),
        ("methods: 3", "unreadable", None),
        (OWN.replace("TIETO", "FOO"), "rows", ["X01"]),
        (OWN.replace(", goals: []", ""), "rows", ["X02"]),
        (OWN.replace("id: X02, ", ""), "rows", ["None"]),
        (OWN.replace("purpose_fi: Kokeilu, goals: []", "goals: []"), "rows", ["X02"]),
    ],
)
def test_a_broken_library_changes_nothing_and_names_the_method(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, error: str, culprits: Any
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text)
    code, said = run(capsys, str(file))
    assert (code, said["error"]) == (2, error)
    assert culprits is None or said["culprits"] == culprits
    assert not Method.objects.exists()


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
