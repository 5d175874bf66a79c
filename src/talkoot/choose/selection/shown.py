"""How a share of the situations is written."""

from __future__ import annotations

from django.utils.translation import gettext as _

from talkoot.kit import typography


def share_text(share: float) -> str:
    """Per cent, in words where rounding would make a certainty of what is none."""
    if 0 < share < 1:
        return _("under 1 %")
    return _("over 99 %") if 99 < share < 100 else typography.percent(share, 0)  # noqa: PLR2004 -- per cent


def error(share: float, exact: float) -> int | None:
    """The standard error as it is shown: whole points, at least one; None beyond 1 and 99 %, where words say it."""
    return round(exact) or 1 if 1 <= share <= 99 else None  # noqa: PLR2004 -- per cent
