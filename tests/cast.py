"""A fixed cast: Aino prepares in Järvenpää, Mikael approves there, Riitta only reads, Kaisa works in Kerava,
Oskari represents a company, Outi has no role anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import Establishment, Membership, Municipality, Organisation, Unit

if TYPE_CHECKING:
    from django.test import Client

CITIES = {"jarvenpaa": ("186", "Järvenpää", "Träskända"), "kerava": ("245", "Kerava", "Kervo")}
UNITS = {"ELI": ("Elinkeinopalvelut", 60), "YMP": ("Ympäristö", 40), "TYO": ("Työllisyyspalvelut", 20)}


@dataclass(frozen=True)
class Cast:
    jarvenpaa: Municipality
    kerava: Municipality
    aino: User
    mikael: User
    riitta: User
    kaisa: User
    oskari: User
    outi: User
    company: Organisation

    def unit(self, code: str) -> Unit:
        return self.jarvenpaa.units.get(code=code)

    def signed_in(self, client: Client, name: str) -> Client:
        client.force_login(getattr(self, name))
        return client


def city(slug: str) -> Municipality:
    code, fi, sv = CITIES[slug]
    body = Organisation.objects.create(name=f"{fi} (kaupunki)", kind=Organisation.Kind.AUTHORITY)
    made = Municipality.objects.create(
        code=code,
        slug=slug,
        name_fi=fi,
        name_sv=sv,
        name_en=fi,
        organisation=body,
        contact_email=f"ilmasto@{slug}.example",
    )
    for unit, (name, days) in UNITS.items():
        Unit.objects.create(city=made, code=unit, name_fi=name, name_sv=name, name_en=name, person_days=days)
    return made


def person(name: str, organisation: Organisation | None, *roles: Role) -> User:
    user = User.objects.create_user(f"{name.lower()}@example.example", "a long enough password", name=name)
    for role in roles:
        assert organisation is not None
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def cast(db: None) -> Cast:
    jarvenpaa, kerava = city("jarvenpaa"), city("kerava")
    company = Organisation.objects.create(name="Ruisrivi Leipomo Oy (esimerkki)", business_id="9000011-8")
    Establishment.objects.create(organisation=company, city=jarvenpaa, size_class="10-49")
    here = jarvenpaa.organisation
    return Cast(
        jarvenpaa=jarvenpaa,
        kerava=kerava,
        aino=person("Aino", here, Role.COORDINATOR),
        mikael=person("Mikael", here, Role.APPROVER),
        riitta=person("Riitta", here, Role.READER),
        kaisa=person("Kaisa", kerava.organisation, Role.COORDINATOR, Role.CITY_ADMIN),
        oskari=person("Oskari", company, Role.COMPANY_ADMIN),
        outi=person("Outi", None),
        company=company,
    )
