"""Files of the memo: made by a worker, kept for the staff of the city, found by the run and the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.files.actions import store
from talkoot.kit.files.models import StoredFile

if TYPE_CHECKING:
    from talkoot.choose.selection.models import Run
    from talkoot.kit.access.request import AnyUser

USE = "selection.memo"
KINDS = ("pdf", "docx")


def of(run: Run, language: str) -> list[tuple[str, str, str]]:
    """Label, kind and address of each file of the memo; none until it is made."""
    files = {file.name: file for file in _kept(run, language)}
    named = ((kind, files.get(_name(run, language, kind))) for kind in KINDS)
    return [
        (_("Reasons for the choice"), kind.upper(), file.get_absolute_url()) for kind, file in named if file
    ]


def make(run: Run, language: str) -> None:
    """Make the files that are not there yet."""
    from talkoot.choose.selection import memo, memo_docx  # noqa: PLC0415 -- setting type is for workers

    there = {file.name for file in _kept(run, language)}
    with override(language):
        for kind, written in zip(KINDS, (memo.pdf, memo_docx.docx), strict=True):
            name = _name(run, language, kind)
            if name not in there:
                store(written(run, language), name=name, use=USE, by=None, scope=run.city.slug)


def _kept(run: Run, language: str) -> list[StoredFile]:
    names = [_name(run, language, kind) for kind in KINDS]
    return list(StoredFile.objects.filter(use=USE, scope=run.city.slug, name__in=names))


def _name(run: Run, language: str, kind: str) -> str:
    return f"{run.city.slug}-valinta-{run.pk}-{language}.{kind}"


def visible_to(user: AnyUser) -> Q:
    """The staff of the city."""
    return Q(scope__in=Municipality.objects.filter(organisation_id__in=cities_of(user)).values("slug"))
