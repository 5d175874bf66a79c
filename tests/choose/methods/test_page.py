"""The page of one method says what is known, on what basis, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from talkoot.choose.methods.models import Method
from tests.choose.methods.library import method

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def page(client: Client, code: str = "M05", language: str = "en/") -> str:
    return client.get(f"/{language}kirjasto/{code}/").content.decode()


def test_a_method_that_no_one_has_described_says_so(client: Client, db: None) -> None:
    method()
    assert "Not described yet." in page(client)


def test_a_description_is_shown_with_its_sources_and_its_state(client: Client, db: None) -> None:
    method(
        what_fi="Sarja.",
        what_en="A **series**.",
        description_sources=["https://www.example.org/sarja"],
        translation_states={"fi": "reviewed", "en": "outdated"},
    )
    text = page(client)
    assert "<strong>series</strong>" in text
    assert 'href="https://www.example.org/sarja"' in text
    assert "has changed since this translation" in text


def test_a_reviewed_description_needs_no_note(client: Client, db: None) -> None:
    method(what_fi="Sarja.", translation_states={"fi": "reviewed"})
    assert "draft" not in page(client, language="").lower()


def test_a_missing_translation_shows_finnish_and_says_so(client: Client, db: None) -> None:
    method(what_fi="Sarja verkossa.")
    text = page(client)
    assert "Sarja verkossa." in text
    assert "shown in Finnish" in text


def test_marks_are_shown_as_judgement_with_the_national_caveat(client: Client, db: None) -> None:
    method(marks="D")
    text = page(client)
    assert text.count("Marked in the library.") == 1
    assert text.count("No mark in the library.") == 4
    assert "Basis: judgement." in text
    assert "57.5–100" in text
    assert "Compare methods within one goal only." in text


def test_effort_is_a_range_with_basis_and_source_or_not_known(client: Client, db: None) -> None:
    method(effort_source_en="Estimate made for this material")
    method("M34", person_days_low=None, person_days_high=None, effort_note_en="More than 100 person-days.")
    assert "15–20" in page(client)
    assert "Estimate made for this material" in page(client)
    assert "Not known" in page(client, "M34")
    assert "More than 100 person-days." in page(client, "M34")


def test_a_draft_is_not_found_by_the_public(client: Client, cast: Cast) -> None:
    method("M90", state=Method.State.DRAFT)
    assert client.get("/kirjasto/M90/").status_code == 404
    assert cast.signed_in(client, "riitta").get("/kirjasto/M90/").status_code == 200


def test_an_unknown_code_is_not_found(client: Client, db: None) -> None:
    assert client.get("/kirjasto/M99/").status_code == 404


@pytest.mark.parametrize("language", ["", "sv/", "en/"])
def test_every_language_shows_the_page(client: Client, db: None, language: str) -> None:
    method()
    assert client.get(f"/{language}kirjasto/M05/").status_code == 200


def test_what_a_method_requires_is_linked(client: Client, db: None) -> None:
    plan = method("M16", name_en="Plan")
    plan.requires.add(method("M15", name_en="Commuting survey"))
    assert 'href="/en/kirjasto/M15/"' in page(client, "M16")
