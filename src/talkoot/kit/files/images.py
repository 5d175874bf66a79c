"""Pictures are drawn anew: what a camera writes beside them (place, time, owner) stays out."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talkoot.kit.files.kinds import Kind

LONGEST_SIDE = 2400
PIXELS_MOST = 40_000_000
QUALITY = 85


class BrokenImage(Exception):
    """The picture cannot be opened, or has more than PIXELS_MOST pixels."""


def redrawn(content: bytes, kind: Kind) -> bytes:
    """The same picture, upright, at most LONGEST_SIDE pixels, without metadata; raises BrokenImage."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- few requests need it

    try:
        with Image.open(BytesIO(content), formats=[kind.code.upper()]) as opened:
            if opened.width * opened.height > PIXELS_MOST:
                raise BrokenImage
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
            mode = "RGBA" if kind.code != "jpeg" and picture.has_transparency_data else "RGB"
            clean = Image.new(mode, picture.size)
            clean.paste(picture.convert(mode))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BrokenImage from error
    out = BytesIO()
    clean.save(out, kind.code.upper(), **({} if kind.code == "png" else {"quality": QUALITY}))
    return out.getvalue()
