from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from talkoot.kit.ui import errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/kirjasto/nothing-here/", "We did not find this page"),
        ("/sv/kirjasto/finns-inte/", "Vi hittade inte sidan"),
    ],
)
def test_a_missing_page_says_so_in_the_readers_language(client: Client, address: str, words: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


def test_a_refusal_repeats_the_sentence_it_was_given() -> None:
    with translation.override("en"):
        response = errors.forbidden(RequestFactory().get("/"), PermissionDenied("Ask the coordinator."))
    assert response.status_code == 403
    assert "Ask the coordinator." in response.content.decode()


def test_a_fault_of_ours_is_told_without_asking_anything_of_the_house() -> None:
    with translation.override("en"):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something went wrong at our end" in response.content.decode()


def test_a_form_from_an_old_page_is_not_saved_and_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    with override_settings(TALKOOT_DEMO=True):
        response = client.post("/en/ui/", {"title": "x"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
