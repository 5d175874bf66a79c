"""E-mail addresses that an officer gives for a round: kept with the invitation alone, until the round closes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.audit import log
from talkoot.kit.exchange import Column, Sheet
from talkoot.kit.exchange.standing import NEW, SAME, Standing, changed
from talkoot.kit.mail import suppression
from talkoot.listen.surveys import inviting
from talkoot.listen.surveys.models import Invitation
from talkoot.listen.surveys.storing import batched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.exchange import Record
    from talkoot.listen.surveys.models import Round

AT_A_TIME = 500


class KnownId(forms.CharField):
    """Cleans to "1234567-8" however it is written; whether the register has it the sheet asks."""

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[^0-9]", "", str(super().clean(value)))
        return f"{digits[:-1]}-{digits[-1:]}"


def sheet_of(survey: Round, city: Municipality) -> Sheet:
    """A business ID and an address a row; the company is one that is invited or could be."""

    @cache
    def known() -> frozenset[str | None]:
        """Asked only when there is a file."""
        invited = Invitation.objects.filter(round=survey, city=city).order_by()
        left = inviting.companies(survey, city).order_by()
        return frozenset(
            (
                *invited.values_list("organisation__business_id", flat=True),
                *left.values_list("business_id", flat=True),
            )
        )

    def check(values: dict[str, Any]) -> None:
        if values["business_id"] not in known():
            sentence = _("No living company of the city’s register has this business ID.")
            raise ValidationError({"business_id": sentence})

    columns = (
        Column(
            key="business_id",
            label=gettext_lazy("Business ID"),
            field=KnownId(max_length=20),
            aliases=("ytunnus", "foretagsid"),
            example="1234567-8",
        ),
        Column(
            key="email",
            label=gettext_lazy("E-mail"),
            field=forms.EmailField(),
            aliases=("sahkoposti", "sähköposti", "epost", "mail"),
            example="info@yritys.example",
        ),
    )
    return Sheet(columns=columns, unique=("business_id",), check=check)


def compare(survey: Round, records: Sequence[Record]) -> list[Standing]:
    """What each row would do: a new address, another one, or none."""
    found: dict[str, str] = {}
    for some in batched((record.values["business_id"] for record in records), AT_A_TIME):
        rows = Invitation.objects.filter(round=survey, organisation__business_id__in=some).order_by()
        found |= {str(key): email for key, email in rows.values_list("organisation__business_id", "email")}
    return [_standing(found.get(one.values["business_id"], ""), one.values["email"]) for one in records]


def _standing(before: str, after: str) -> Standing:
    if not before:
        return NEW
    return SAME if before == after else changed({"email": (before, after)})


@transaction.atomic
def give(*, survey: Round, city: Municipality, records: Iterable[Record], by: AnyUser | None) -> int:
    """Invite the companies that are not, and keep their addresses; returns how many take mail.

    An address that wants no invitations is not kept. The log keeps the number alone.

    Raises:
        RoundClosed: the round is over.
    """
    count = 0
    for some in batched(records, AT_A_TIME):
        wanted = {record.values["business_id"]: record.values["email"] for record in some}
        companies = inviting.companies(survey, city).filter(business_id__in=wanted)
        inviting.invite(survey=survey, city=city, companies=companies, by=by)
        silent = suppression.those_suppressed(wanted.values(), inviting.KIND)
        rows = Invitation.objects.filter(round=survey, city=city, organisation__business_id__in=wanted)
        kept = []
        for row in rows.select_related("organisation"):
            address = wanted[str(row.organisation.business_id)]
            row.email = "" if address in silent else address
            kept.append(row)
        Invitation.objects.bulk_update(kept, ("email",))
        count += sum(bool(row.email) for row in kept)
    log.record(survey, by=by, verb="addressed", changes={"addresses": [None, count]})
    return count


def as_file(text: str) -> bytes:
    """What was typed, a company a line with any sign between the ID and the address, as a file of the sheet."""
    lines = (line.replace(";", " ").replace(",", " ").split() for line in text.splitlines())
    return "\n".join(["business_id;email", *(";".join(words) for words in lines if words)]).encode()
