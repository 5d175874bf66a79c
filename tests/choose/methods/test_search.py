"""The search of the house finds methods and pilots by what stands in them, within what the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from talkoot.choose.methods.models import Method
from talkoot.kit.search import finding, indexing
from tests.choose.methods.library import method
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from tests.cast import Cast


def found(query: str, user: Any, **where: Any) -> list[str]:
    indexing.refresh()
    hits = finding.find(query, user=user, city=where.get("city"), language=where.get("language", "fi")).hits
    return [hit.url for hit in hits]


def test_a_method_is_found_by_an_inflected_word_of_its_description(db: None) -> None:
    method("M19", name_fi="Politiikan toimeenpano", what_fi="Tavoitteet jokaiseen hankintaan.")
    assert found("hankinnoissa", AnonymousUser()) == ["/kirjasto/M19/"]


def test_a_draft_and_an_unpublished_pilot_are_found_by_staff_alone(cast: Cast) -> None:
    draft = method("M90", name_fi="Kierrätyspaja", state=Method.State.DRAFT)
    trial = pilot(cast.jarvenpaa, draft, S.RUNNING, name_fi="Kierrätyspajan kokeilu")
    urls = {"/kirjasto/M90/", f"/jarvenpaa/tyotila/pilotit/{trial.pk}/"}
    assert set(found("kierrätyspaja", cast.aino, city=cast.jarvenpaa)) == urls
    assert found("kierrätyspaja", AnonymousUser()) == []


def test_a_published_pilot_leads_to_its_public_page(cast: Cast) -> None:
    trial = pilot(cast.jarvenpaa, method(), S.PUBLISHED, lesson_worked_fi="Leipomot vertasivat laskujaan.")
    assert found("leipomot", AnonymousUser(), city=cast.jarvenpaa) == [f"/jarvenpaa/pilotit/{trial.pk}/"]
