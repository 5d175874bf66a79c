"""Companies that a file brings: checked row by row, then saved in bulk and logged in the same transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.city.organisations.models import Establishment, Organisation
from talkoot.kit import clock
from talkoot.kit.audit import log

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

BATCH = 500
FIELDS = ("name", "kind", "industry", "industry_version", "service_language", "ceased_on")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a company works. `size_class` is None when the file does not say; "" when it says not known."""

    city: Municipality
    street: str = ""
    postcode: str = ""
    post_office: str = ""
    size_class: str | None = None


@dataclass(slots=True)
class Company:
    """One company as a file gives it; None and "" leave what the register already knows."""

    business_id: str
    name: str
    kind: str = ""
    industry: str = ""
    industry_version: str = ""
    service_language: str = ""
    ceased_on: dt.date | None = None
    places: list[Place] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """How many companies and establishments were written; `elsewhere` have no address in our cities."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    establishments: int = 0
    elsewhere: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def commit(
    companies: Iterable[Company], *, by: AnyUser | None, source: str, retrieved_on: dt.date | None = None
) -> Outcome:
    """Add or update companies by business ID, all of them or none.

    A company that the register does not know and that has no address in our cities is counted as `elsewhere`.
    """
    writing = _Writing(by, source, retrieved_on or clock.today())
    batch: list[Company] = []
    for company in companies:
        batch.append(company)
        if len(batch) == BATCH:
            writing.take(batch)
            batch = []
    writing.take(batch)
    writing.close()
    return writing.outcome


class _Writing:
    """The work of one import, a batch at a time."""

    def __init__(self, by: AnyUser | None, source: str, day: dt.date) -> None:
        self.by, self.source, self.day = by, source, day
        self.outcome = Outcome()
        self.cities: dict[Municipality, int] = {}

    def take(self, batch: Sequence[Company]) -> None:
        merged = _merged(batch)
        known = {o.business_id: o for o in Organisation.objects.filter(business_id__in=merged)}
        new = [company for key, company in merged.items() if key not in known and company.places]
        self.outcome.elsewhere += sum(key not in known and not c.places for key, c in merged.items())
        created = self._create(new)
        moved = self._place({**known, **created}, merged)
        pairs = [(known[key], merged[key]) for key in known if key is not None]
        self._update(pairs, moved & {row.pk for row in known.values()})

    def close(self) -> None:
        """One event on each city, beside those of the companies."""
        for city, count in self.cities.items():
            log.record(
                city, by=self.by, verb="imported", reason=self.source, changes={"companies": [None, count]}
            )

    def _create(self, companies: Sequence[Company]) -> dict[str | None, Organisation]:
        rows = [
            Organisation(business_id=c.business_id, **given_values(c), **self._origin(c)) for c in companies
        ]
        Organisation.objects.bulk_create(rows, batch_size=BATCH)
        log.record_many(rows, by=self.by, verb="imported", reason=self.source)
        self.outcome.created += len(rows)
        return {row.business_id: row for row in rows}

    def _update(self, pairs: Sequence[tuple[Organisation, Company]], moved: set[int]) -> None:
        """`moved` are keys of organisations whose places changed; they count as updated though not written here."""
        changed, changes = [], {}
        for row, company in pairs:
            values = given_values(company)
            differing = {
                name: [_as_logged(getattr(row, name)), _as_logged(value)]
                for name, value in differences(row, values).items()
            }
            if _apply(row, values):
                _apply(row, self._origin(company))
                row.version += 1
                changed.append(row)
                changes[row.pk] = differing
        names = [*FIELDS, "source", "retrieved_on", "extra", "version"]
        _write_over(Organisation, changed, names)
        log.record_many(changed, by=self.by, verb="imported", reason=self.source, changes_of=changes)
        touched = len(moved | set(changes))
        self.outcome.updated += touched
        self.outcome.unchanged += len(pairs) - touched

    def _origin(self, company: Company) -> dict[str, Any]:
        example = company.business_id >= "9000000"
        return {"source": self.source, "retrieved_on": self.day, "extra": company.extra, "example": example}

    def _place(self, rows: dict[str | None, Organisation], companies: dict[str, Company]) -> set[int]:
        """Write the places; returns the keys of organisations whose places changed."""
        known = places_of(row.pk for row in rows.values())
        new, changed, moved = [], [], set()
        for key, row in rows.items():
            for place in companies[key or ""].places:
                self.cities[place.city] = self.cities.get(place.city, 0) + 1
                found = nearest(known.get(row.pk, []), place)
                if found is None:
                    new.append(_establishment(row, place))
                    moved.add(row.pk)
                elif _apply(found, place_values(place)):
                    changed.append(found)
                    moved.add(row.pk)
        Establishment.objects.bulk_create(new, batch_size=BATCH)
        names = ["street", "postcode", "post_office", "size_class"]
        _write_over(Establishment, changed, names)
        self.outcome.establishments += len(new)
        return moved


def _write_over(model: Any, rows: Sequence[Any], names: Sequence[str]) -> None:
    """Save `names` of rows that exist; an upsert takes a tenth of the time of a bulk update of as many fields."""
    model.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


def places_of(organisations: Iterable[int]) -> dict[int, list[Establishment]]:
    """{organisation id: its establishments}, in one query."""
    known: dict[int, list[Establishment]] = {}
    for one in Establishment.objects.filter(organisation__in=list(organisations)):
        known.setdefault(one.organisation_id, []).append(one)
    return known


def _merged(batch: Sequence[Company]) -> dict[str, Company]:
    """Rows of the same company as one, with all its places."""
    merged: dict[str, Company] = {}
    for company in batch:
        if earlier := merged.get(company.business_id):
            earlier.places.extend(company.places)
        else:
            merged[company.business_id] = company
    return merged


def given_values(company: Company) -> dict[str, Any]:
    """What the file says of the company itself; what it leaves open is not here."""
    given = {name: getattr(company, name) for name in FIELDS}
    return {name: value for name, value in given.items() if value not in {"", None}}


def place_values(place: Place) -> dict[str, Any]:
    """The same of one of its places."""
    given = {"street": place.street, "postcode": place.postcode, "post_office": place.post_office}
    values = {name: value for name, value in given.items() if value}
    return values if place.size_class is None else {**values, "size_class": place.size_class}


def differences(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Those of `values` that the row does not have yet."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _as_logged(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _apply(row: Any, values: dict[str, Any]) -> bool:
    """Set values that differ; says whether any did."""
    differing = differences(row, values)
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _establishment(row: Organisation, place: Place) -> Establishment:
    return Establishment(organisation=row, city=place.city, **place_values(place))


def nearest(known: Sequence[Establishment], place: Place) -> Establishment | None:
    """The establishment at the same street, or the only one of the company in the city."""
    here = [one for one in known if one.city_id == place.city.pk]
    same = [one for one in here if one.street.casefold() == place.street.casefold()]
    return same[0] if same else here[0] if len(here) == 1 else None
