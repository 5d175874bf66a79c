from __future__ import annotations

import datetime as dt
import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import override

BASE = Path(__file__).parent / "typst" / "base.typ"
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class DocumentFault(Exception):
    """The template cannot be set, uses a font that is not there, or would not be accessible; `str()` says where."""


def render(
    template: Path | str, data: dict[str, Any], language: str, *, made: dt.datetime | None = None
) -> bytes:
    """A tagged PDF (PDF/UA-1) of `template` in `language`; the same arguments give the same bytes.

    `template` is a .typ file, or its text. It begins with `#import "base.typ": *`, reads `data` (JSON with dates as
    ISO text), says `#show: sheet` and may use what else base.typ offers. `data` needs `title`; `city` (name), `hue`,
    `chroma`, `subtitle` and `images` {name: bytes} are used when given. `made` (UTC) is the time of creation that
    the file carries.

    Raises:
        DocumentFault: also for a picture without alternative text and a document without a title.
    """
    import typst  # noqa: PLC0415 -- 80 MB that only jobs and commands carry

    text = template.read_bytes() if isinstance(template, Path) else template.encode()
    images = data.get("images", {})
    plain = {name: value for name, value in data.items() if name != "images"} | {"house": _house(language)}
    files: Any = {"main.typ": text, "base.typ": BASE.read_bytes(), "data.json": _json(plain), **images}
    try:
        content, warnings = typst.compile_with_warnings(
            files,  # a folder in memory
            format="pdf",
            font_paths=[settings.TALKOOT_BUILD / "fonts"],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=made or EPOCH,
        )
    except typst.TypstError as error:
        raise DocumentFault(error.diagnostic or error.message) from error
    if warnings:
        raise DocumentFault(warnings[0].diagnostic)
    return bytes(content)


def _house(language: str) -> dict[str, Any]:
    """What the base template says by itself, in the document's language."""
    with override(language):
        return {
            "language": language,
            "demo": _("Example data – not a decision of the city.") if settings.TALKOOT_DEMO else None,
            "page": _("Page"),
            "missing": _("Not known"),
        }


def _json(values: dict[str, Any]) -> bytes:
    text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return "".join(char if _has_shape(char) else "?" for char in unicodedata.normalize("NFC", text)).encode()


def _has_shape(char: str) -> bool:
    """PDF/UA refuses a character that the typeface lacks, and one emoji would cost the city its document."""
    return ord(char) in _shapes() or unicodedata.category(char) in {"Cc", "Cf", "Zs"}


@cache
def _shapes() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- only jobs and commands need it

    with TTFont(settings.TALKOOT_BUILD / "fonts" / "Manrope-Regular.ttf") as font:
        return frozenset(font.getBestCmap())
