"""`talkoot import library [FILE]`: the library that Talkoot ships, or methods of a file written like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from django.utils.translation import gettext as _

from talkoot.choose.methods import shipped
from talkoot.choose.methods.models import Method
from talkoot.kit.exchange import Unreadable
from talkoot.kit.exchange.command import Refused

if TYPE_CHECKING:
    from pathlib import Path


def take_library(place: Path | None) -> dict[str, Any]:
    """Add what the library lacks, all or nothing; what it has already stays as people have left it."""
    try:
        rows = shipped.rows_of(place or shipped.FOLDER)
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not UTF-8 text.")) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(" ".join(str(error).split())) from error
    try:
        added = shipped.bring_in(rows)
    except shipped.Unfit as error:
        raise Refused("rows", str(error), [error.code]) from error
    return {"added": len(added), "kept": len(rows) - len(added), "methods": Method.objects.count()}
