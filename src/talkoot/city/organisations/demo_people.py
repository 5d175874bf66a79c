"""The people of the demo: first names only, each with a confirmed address and the password of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.demo import entries
from talkoot.city.organisations.models import Membership, Municipality, Organisation, Unit

if TYPE_CHECKING:
    from pathlib import Path

PLATFORM = "platform_admin"


@transaction.atomic
def load(folder: Path) -> None:
    hashed = make_password(settings.TALKOOT_DEMO_PASSWORD)
    for row in entries(folder / "people.yaml", "people"):
        _person(row, hashed)


def _person(row: dict[str, Any], hashed: str) -> None:
    user = User.objects.filter(email=row["email"]).first()
    if user is None:
        user = User(email=row["email"], name=row["first_name"], language=row["language"], password=hashed)
        user.is_staff = PLATFORM in row["roles"]
        user.full_clean()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    organisation, unit = _place(row)
    if organisation is None:
        return
    for role in _roles(row):
        Membership.objects.get_or_create(
            user=user, organisation=organisation, role=role, defaults={"unit": unit}
        )


def _place(row: dict[str, Any]) -> tuple[Organisation | None, Unit | None]:
    if row["city"]:
        city = Municipality.objects.select_related("organisation").get(code=row["city"])
        return city.organisation, Unit.objects.filter(city=city, code=row["unit"] or "").first()
    if row["organisation"]:
        return Organisation.objects.get(business_id=row["organisation"]), None
    return None, None


def _roles(row: dict[str, Any]) -> list[str]:
    """Roles that exist; of a person whose rooms are not built yet, a reader's or a member's."""
    known = [role for role in row["roles"] if role in set(Role)]
    return known or [Role.READER if row["city"] else Role.COMPANY_MEMBER]
