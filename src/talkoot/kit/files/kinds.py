"""What a file is, told by its content; the name is only what a person calls it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OFFICE = "application/vnd.openxmlformats-officedocument"
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """`extensions` of names, the usual one first; `inline` kinds are shown by a browser, the others are saved."""

    code: str
    content_type: str
    extensions: tuple[str, ...]
    inline: bool = False

    @property
    def label(self) -> str:
        return self.code.upper()


PDF = Kind("pdf", "application/pdf", (".pdf",), inline=True)
PNG = Kind("png", "image/png", (".png",), inline=True)
JPEG = Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), inline=True)
WEBP = Kind("webp", "image/webp", (".webp",), inline=True)
XLSX = Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
DOCX = Kind("docx", f"{_OFFICE}.wordprocessingml.document", (".docx",))
PPTX = Kind("pptx", f"{_OFFICE}.presentationml.presentation", (".pptx",))
JSON = Kind("json", "application/json", (".json",))
CSV = Kind("csv", "text/csv; charset=utf-8", (".csv", ".txt"))

IMAGES = (PNG, JPEG, WEBP)
DOCUMENTS = (PDF, DOCX, XLSX, PPTX)
TABLES = (CSV, XLSX, JSON)
ALL = (*IMAGES, *DOCUMENTS, JSON, CSV)

_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX, "ppt/presentation.xml": PPTX}


def of(content: bytes) -> Kind | None:
    """The kind of a whole file, or None for one that we do not take (macros, programs, archives, HTML)."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content)


def _office(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def _text(content: bytes) -> Kind | None:
    head = content[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return CSV
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") or any(byte < 9 or 13 < byte < 32 for byte in head):  # noqa: PLR2004 -- control characters
        return None
    return JSON if start.startswith((b"{", b"[")) else CSV


def named(kinds: Iterable[Kind]) -> str:
    """ "CSV, XLSX", for a sentence."""
    return ", ".join(kind.label for kind in kinds)
