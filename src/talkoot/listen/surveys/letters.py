"""Letters with a personal link and its QR code, as one file to print: for companies that mail does not reach."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from talkoot.city.organisations.models import Establishment, Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import typography
from talkoot.kit.files import actions as files
from talkoot.kit.files.models import StoredFile
from talkoot.listen.surveys import inviting
from talkoot.listen.surveys.models import Invitation
from talkoot.listen.surveys.permissions import MANAGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from talkoot.kit.access.request import AnyUser
    from talkoot.listen.surveys.models import Round

USE = "surveys.letters"
TEMPLATE = Path(__file__).with_name("letters.typ")
LANGUAGES = ("fi", "sv", "en")
PER_FILE = 250
"""Setting them takes some hundred megabytes."""


def to_print(survey: Round, city: Municipality) -> QuerySet[Invitation]:
    """The silent whom mail does not reach and whose street the register knows."""
    rows = Invitation.objects.filter(round=survey, city=city, answered=False, email="", postal=True)
    return rows.select_related("organisation", "city", "round")


def make(survey: Round, city: Municipality, report: Callable[[int], None] | None = None) -> int:
    """PDFs of at most PER_FILE letters in each language, in place of earlier ones; returns how many letters.

    One file is made at a time, so the memory holds no more than that. `report(done)` is called after each.
    """
    for file in of(survey, city):
        files.remove(file, by=None)
    done = 0
    for language in LANGUAGES:
        rows, last, part = to_print(survey, city).filter(language=language).order_by("pk"), 0, 1
        while some := list(rows.filter(pk__gt=last)[:PER_FILE]):
            content = document(survey, city, some, language)
            name = _name(survey, city, language, part)
            files.store(content, name=name, use=USE, by=None, scope=city.slug, publicity="secret")
            last, part, done = some[-1].pk, part + 1, done + len(some)
            if report:
                report(done)
    return done


def of(survey: Round, city: Municipality) -> list[StoredFile]:
    """The files that have been made."""
    start = f"{city.slug}-kirjeet-{survey.pk}-"
    return list(StoredFile.objects.filter(use=USE, scope=city.slug, name__startswith=start).order_by("name"))


def forget(rounds: QuerySet[Round]) -> None:
    """Delete the letters of rounds that are over: their links lead nowhere any more."""
    for survey in rounds:
        for city in survey.municipalities():
            for file in of(survey, city):
                files.remove(file, by=None)


def visible_to(user: AnyUser) -> Q:
    """Those who run surveys in the city."""
    cities = Municipality.objects.filter(organisation_id__in=cities_of(user, MANAGERS))
    return Q(scope__in=cities.values("slug"))


def document(survey: Round, city: Municipality, rows: Sequence[Invitation], language: str) -> bytes:
    """One letter a page behind a list of the companies."""
    from talkoot.kit.documents import render  # noqa: PLC0415 -- setting type is for workers

    with override(language):
        return render(TEMPLATE, _contents(survey, city, rows), language)


def _contents(survey: Round, city: Municipality, rows: Sequence[Invitation]) -> dict[str, Any]:
    places = _places(rows)
    letters = [_letter(row, places.get(row.organisation_id)) for row in rows]
    return {
        "title": survey.name,
        "subtitle": ngettext("%(n)s letter to print", "%(n)s letters to print", len(rows)) % {"n": len(rows)},
        "city": city.name,
        "hue": city.hue,
        "chroma": city.chroma,
        "heads": [_("Company"), _("Address")],
        "caption": _("Companies to which a letter goes"),
        "letters": letters,
        "invited": _("Your company is invited to answer: %(survey)s.") % {"survey": survey.name},
        "how": _("Open the address below or point the camera of a telephone at the code."),
        "time": _("It takes a few minutes, and you can stop and go on later."),
        "by": _("Answer by %(day)s.") % {"day": typography.date(survey.closed_on)}
        if survey.closed_on
        else "",
        "secret": _(
            "Nobody sees from whom an answer came. The link only makes sure that each company answers once."
        ),
        "alt": _("The same address as a QR code"),
        "images": {letter["picture"]: _code(letter["url"]) for letter in letters},
    }


def _places(rows: Sequence[Invitation]) -> dict[int, Establishment]:
    """The first place of each company in the city, in one query."""
    companies = [row.organisation_id for row in rows]
    found = Establishment.objects.filter(organisation__in=companies, city=rows[0].city_id).order_by()
    return {place.organisation_id: place for place in sorted(found, key=lambda place: -place.pk)}


def _letter(row: Invitation, place: Establishment | None) -> dict[str, str]:
    street = place.street if place else ""
    post = f"{place.postcode} {place.post_office}".strip() if place else ""
    return {
        "company": row.organisation.name,
        "street": street,
        "post": post,
        "url": inviting.address(row),
        "picture": f"code-{row.pk}.svg",
    }


def _code(url: str) -> bytes:
    import segno  # noqa: PLC0415 -- only letters need it

    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue()


def _name(survey: Round, city: Municipality, language: str, part: int) -> str:
    return f"{city.slug}-kirjeet-{survey.pk}-{language}-{part:03}.pdf"
