"""The Finnish business ID (Y-tunnus): seven digits, a hyphen and a check digit."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.fi import ytunnus

EXAMPLES_FROM = 9_000_000
_WHOLE = re.compile(r"^(\d{6,7})-?(\d)$")
FORMAT = _("Write the business ID as seven digits, a hyphen and one digit.")
MISSING_CHECK = _("The last digit is missing. Add a hyphen and the last digit.")
CHECK_DIGIT = _(
    "This business ID cannot be right: the last digit does not match. Check it on an invoice or at ytj.fi."
)
EXAMPLE = _("This business ID belongs to an invented example company. It cannot be used here.")


def clean(text: str) -> str:
    """The ID in its written form "1234567-8". Raises ValidationError that says what to fix."""
    bare = text.strip().upper().removeprefix("FI").replace(" ", "").replace("–", "-").replace("−", "-")
    if re.fullmatch(r"\d{7}-?", bare):
        raise ValidationError(MISSING_CHECK, code="missing_check")
    match = _WHOLE.match(bare)
    if match is None:
        raise ValidationError(FORMAT, code="format")
    digits = match[1].zfill(7) + match[2]
    if not ytunnus.is_valid(digits):
        raise ValidationError(CHECK_DIGIT, code="check_digit")
    if int(digits[:7]) >= EXAMPLES_FROM and not settings.TALKOOT_DEMO:
        raise ValidationError(EXAMPLE, code="example")
    return f"{digits[:7]}-{digits[7]}"
