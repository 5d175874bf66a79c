"""The open data of the Finnish business register (PRH), API v3: companies as JSON, or the zip of the bulk file.

Read as a stream: the bulk file holds some 824,000 objects. The register knows no staff sizes, so neither do we.
Field names as read in public clients of the interface; a file in another layout is refused with the place and
the reason. Fields that we do not use are kept in `extra`.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from talkoot.city.organisations import business_id
from talkoot.city.organisations.imports.companies import Company, Place
from talkoot.city.organisations.industries import TOL2008, with_section
from talkoot.kit.exchange import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from talkoot.city.organisations.models import Municipality

LAYOUT = "PRH v3"
SOURCE = "PRH, Yritys- ja yhteisötietojärjestelmä, avoin data v3"
CHUNK = 1 << 16
CLASSIFICATIONS = {"TOIMI3": TOL2008}
CURRENT_NAME = "1"
STREET, POSTAL = 1, 2
_USED = {"businessId", "names", "mainBusinessLine", "addresses"}
_START = re.compile(r"\s*(?:\[|\{.*?\"companies\"\s*:\s*\[)", re.DOTALL)
_DECODER = json.JSONDecoder()


class Refused(Exception):
    """One object cannot be read; `place` is its number in the file, from 1."""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place, self.reason = place, reason


def read(file: IO[bytes], cities: Mapping[str, Municipality]) -> Iterator[Company | Refused]:
    """Companies in the order of the file; a Refused in place of one that cannot be read.

    What is wrong with a company of another municipality is not our concern: it is passed over.
    Raises Unreadable when the file is not whole or in another layout.
    """
    for place, raw in enumerate(objects(file), 1):
        try:
            yield company(raw, cities)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            yield Refused(
                place,
                _("This is not in the layout %(layout)s: %(what)s.") % {"layout": LAYOUT, "what": error},
            )
        except ValidationError as error:
            if places_in(raw.get("addresses") or [], cities):
                yield Refused(place, " ".join(error.messages))


def objects(file: IO[bytes]) -> Iterator[Any]:
    """Each object of the array, or of `companies`, without holding the whole file."""
    text = io.TextIOWrapper(_unpacked(file), encoding="utf-8")
    try:
        yield from _array(text)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file is broken or incomplete. Nothing was imported. Try sending it again.")
        ) from error
    finally:
        text.detach()


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    head = file.read(4)
    file.seek(0)
    if head != b"PK\x03\x04":
        return file
    try:
        archive = zipfile.ZipFile(file)
        return archive.open(archive.namelist()[0])
    except (zipfile.BadZipFile, IndexError) as error:
        raise Unreadable(
            _("The file is broken or incomplete. Nothing was imported. Try sending it again.")
        ) from error


def _array(text: io.TextIOWrapper) -> Iterator[Any]:
    buffer = text.read(CHUNK).removeprefix("\ufeff")
    start = _START.match(buffer)
    if start is None:
        raise Unreadable(_("The file is JSON, but not in the layout that we know. Nothing was imported."))
    line = 1 + buffer.count("\n", 0, start.end())
    buffer = buffer[start.end() :]
    while True:
        bare = buffer.lstrip(" \t\r\n,")
        line += buffer.count("\n", 0, len(buffer) - len(bare))
        if bare.startswith("]"):
            return
        try:
            found, end = _DECODER.raw_decode(bare)
        except json.JSONDecodeError as error:
            more = text.read(max(CHUNK, len(bare)))
            if not more:
                raise _cut(line + bare.rstrip().count("\n")) from error
            buffer = bare + more
            continue
        yield found
        line += bare.count("\n", 0, end)
        buffer = bare[end:]


def _cut(line: int) -> Unreadable:
    return Unreadable(
        _("The file ends in the middle (line %(line)s). Nothing was imported.") % {"line": line}
    )


def company(raw: dict[str, Any], cities: Mapping[str, Municipality]) -> Company:
    """One object as a company. Raises ValidationError for a wrong business ID, KeyError for another layout."""
    line = raw.get("mainBusinessLine") or {}
    return Company(
        business_id=business_id.clean(raw["businessId"]["value"]),
        name=present_name(raw["names"]),
        kind=_kind(raw.get("companyForms") or []),
        industry=with_section(line.get("type") or ""),
        industry_version=CLASSIFICATIONS.get(line.get("typeCodeSet") or "", line.get("typeCodeSet") or "")[
            :8
        ],
        ceased_on=_day(raw.get("endDate")),
        places=places_in(raw.get("addresses") or [], cities),
        extra={"layout": LAYOUT, **{name: value for name, value in raw.items() if name not in _USED}},
    )


def present_name(names: list[dict[str, Any]]) -> str:
    """The present name: of type 1 and without an end; the newest version if there are several."""
    current = [name for name in names if name["type"] == CURRENT_NAME]
    living = [name for name in current if not name.get("endDate")] or current or names
    return str(min(living, key=lambda name: name.get("version", 1))["name"])[:250]


def _kind(forms: list[dict[str, Any]]) -> str:
    words = " ".join(d["description"].casefold() for form in forms for d in form.get("descriptions") or [])
    if "asunto-osakeyhtiö" in words or "asunto-osuuskunta" in words:
        return "housing"
    if "yhdistys" in words or "förening" in words:
        return "association"
    return "company"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def places_in(addresses: list[dict[str, Any]], cities: Mapping[str, Municipality]) -> list[Place]:
    """The street address in our cities, or the postal one where there is no street address."""
    for kind in (STREET, POSTAL):
        found = [
            place for one in addresses if int(one.get("type", 0)) == kind and (place := _place(one, cities))
        ]
        if found:
            return found[:1]
    return []


def _place(address: dict[str, Any], cities: Mapping[str, Municipality]) -> Place | None:
    offices = address.get("postOffices") or []
    here = next((office for office in offices if office.get("municipalityCode") in cities), None)
    if here is None:
        return None
    words = (address.get("street") or "", address.get("buildingNumber") or "", address.get("entrance") or "")
    return Place(
        city=cities[here["municipalityCode"]],
        street=" ".join(str(word) for word in words if word)[:200],
        postcode=str(address.get("postCode") or "")[:5],
        post_office=str(here.get("city") or "").title()[:60],
    )
