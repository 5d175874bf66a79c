"""Storing and removing files."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from talkoot.kit.audit import log
from talkoot.kit.files import images, kinds
from talkoot.kit.files.models import StoredFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.files.kinds import Kind

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_NAME_MOST = 150


class NotTaken(Exception):
    """The file is of a kind that we do not keep."""


@transaction.atomic
def store(
    content: bytes | UploadedFile[Any],
    *,
    name: str,
    use: str,
    by: AnyUser | None,
    scope: str = "",
    publicity: Literal["public", "internal", "secret"] = "internal",
) -> StoredFile:
    """Keep a file under its SHA-256; a picture is drawn anew first.

    Raises:
        NotTaken: the content is of no known kind.
        images.BrokenImage: a picture that cannot be opened.
    """
    data = content if isinstance(content, bytes) else content.read()
    kind = kinds.of(data)
    if kind is None:
        raise NotTaken(name)
    if kind in kinds.IMAGES:
        data = images.redrawn(data, kind)
    digest = hashlib.sha256(data).hexdigest()
    file = StoredFile.objects.create(
        use=use,
        scope=scope,
        name=_name(name, kind),
        content_type=kind.content_type,
        size=len(data),
        sha256=digest,
        path=_kept(data, digest),
        publicity=publicity,
        created_by=_person(by),
    )
    log.record(file, by=by, verb="created")
    return file


@transaction.atomic
def remove(file: StoredFile, *, by: AnyUser | None, reason: str = "") -> None:
    """Forget a file; its content goes when no other row has the same."""
    path = file.path
    log.record(file, by=by, verb="deleted", reason=reason)
    file.delete()
    if not StoredFile.objects.filter(path=path).exists():
        transaction.on_commit(lambda: default_storage.delete(path))


def _kept(data: bytes, digest: str) -> str:
    path = f"{digest[:2]}/{digest}"
    return path if default_storage.exists(path) else default_storage.save(path, ContentFile(data))


def _name(name: str, kind: Kind) -> str:
    """The name without folders and signs that file systems dislike, with an extension of its kind."""
    plain = PurePosixPath(_UNSAFE.sub("-", name).strip(" .-") or "tiedosto")
    end = plain.suffix.lower()
    stem = plain.stem if end in kind.extensions else plain.name
    return f"{stem[:_NAME_MOST]}{end if end in kind.extensions else kind.extensions[0]}"


def _person(by: AnyUser | None) -> Any:
    return by if by is not None and by.is_authenticated else None
