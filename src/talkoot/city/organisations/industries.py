"""Sections of TOL 2008 (NACE Rev. 2): names, and the section of a division.

An industry code is kept with its section letter: "C10710". Source: Statistics Finland, Toimialaluokitus TOL 2008.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOL2008 = "TOL2008"
SECTIONS: dict[str, _StrPromise] = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas, steam and air conditioning supply"),
    "E": _("Water supply; sewerage, waste management and remediation activities"),
    "F": _("Construction"),
    "G": _("Wholesale and retail trade; repair of motor vehicles and motorcycles"),
    "H": _("Transportation and storage"),
    "I": _("Accommodation and food service activities"),
    "J": _("Information and communication"),
    "K": _("Financial and insurance activities"),
    "L": _("Real estate activities"),
    "M": _("Professional, scientific and technical activities"),
    "N": _("Administrative and support service activities"),
    "O": _("Public administration and defence; compulsory social security"),
    "P": _("Education"),
    "Q": _("Human health and social work activities"),
    "R": _("Arts, entertainment and recreation"),
    "S": _("Other service activities"),
    "T": _("Activities of households as employers; activities of households for own use"),
    "U": _("Activities of extraterritorial organisations and bodies"),
    "X": _("Industry unknown"),
}
_FIRST = (1, 5, 10, 35, 36, 41, 45, 49, 55, 58, 64, 68, 69, 77, 84, 85, 86, 90, 94, 97, 99)
_LAST = (3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99)


def section_of(digits: str) -> str:
    """The letter of the section to which a numeric TOL 2008 code belongs, or empty if it belongs to none."""
    if not digits[:2].isdigit():
        return ""
    division = int(digits[:2])
    place = bisect_right(_FIRST, division) - 1
    return "ABCDEFGHIJKLMNOPQRSTU"[place] if place >= 0 and division <= _LAST[place] else ""


def with_section(code: str) -> str:
    """A code of TOL 2008 with its letter: "10710" → "C10710", "C" → "C"; empty if there is no such section."""
    bare = code.strip().upper().replace(".", "")
    if bare[:1].isalpha():
        return bare[:6] if bare[:1] in SECTIONS else ""
    letter = section_of(bare.zfill(2))
    return f"{letter}{bare[:5]}" if letter else ""


def name_of(code: str) -> str:
    """The name of the section of a code, or empty."""
    return str(SECTIONS.get(code[:1], ""))
