"""The model on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from django.utils.translation import override

from talkoot.choose.operating_model import actions
from talkoot.choose.operating_model.document import TEMPLATE, contents
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.kit.documents import render
from tests.choose.library import four

if TYPE_CHECKING:
    from tests.cast import Cast


def languages(model: OperatingModel, language: str) -> set[str]:
    """The languages that the file names for its parts, beside that of the whole."""
    with override(language):
        content = render(TEMPLATE, contents(model), language)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        parts = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
        return {str(part.Lang)[:2] for part in parts if "/Lang" in part} - {language}


def test_a_text_in_another_language_says_so_to_a_screen_reader(cast: Cast) -> None:
    model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    method = four()[0]
    ModelMethod.objects.create(
        model=model,
        method=method,
        owner_unit=cast.unit("ELI"),
        person_days=20,
        why_fi="Yritykset pyysivät tätä.",
        indicator_fi="Mukana olevat yritykset",
        target=4460,
    )
    assert languages(model, "fi") == set()
    assert languages(model, "sv") == {"fi"}
    with override("sv"):
        said = contents(model)
    assert said["why"][0][1] == {
        "text": "Yritykset pyysivät tätä.",
        "language": "fi",
        "note": "(på finska)",
        "after": "",
    }
    assert said["rows"][0][4]["text"] == "Mukana olevat yritykset"
    assert "4\u00a0460" in said["rows"][0][4]["after"]
