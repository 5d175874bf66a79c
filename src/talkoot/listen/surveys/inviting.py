"""Inviting companies of the register to a round, reminding the silent, and seeing how many have answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.models import Establishment, Membership, Organisation, SizeClass
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail import outbox
from talkoot.listen.surveys.errors import RoundClosed
from talkoot.listen.surveys.models import Invitation, Response, Round
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

LANGUAGES = dict(settings.LANGUAGES)
BATCH = 500
INVITED = _("Answer the survey: %(survey)s")
REMINDED = _("You can still answer: %(survey)s")


def companies(
    survey: Round, city: Municipality, sizes: Sequence[str] = (), sectors: Sequence[str] = ()
) -> QuerySet[Organisation]:
    """Living companies of the city's register that are not invited yet; without a filter all of them."""
    places = Establishment.objects.filter(city=city, organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(kind=Organisation.Kind.COMPANY, ceased_on=None)
    rows = rows.filter(Exists(places.filter(size_class__in=sizes) if sizes else places))
    if sectors:
        rows = rows.filter(industry__regex=rf"^[{''.join(sorted(sectors))}]")
    return rows.exclude(pk__in=Invitation.objects.filter(round=survey).values("organisation"))


@transaction.atomic
def invite(
    *, survey: Round, city: Municipality, companies: QuerySet[Organisation], by: AnyUser | None
) -> list[Invitation]:
    """Give each company a personal link. Those with an address get it by mail when the round is open and sends.

    Raises:
        RoundClosed: the round is over.
    """
    if survey.state not in {Round.State.DRAFT, Round.State.OPEN}:
        raise RoundClosed
    person = Membership.objects.filter(
        organisation=OuterRef("pk"), role__in=[str(role) for role in COMPANY_ROLES], user__is_active=True
    ).order_by("pk")
    rows = companies.annotate(reached=Subquery(person.values("user__email")[:1]))
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                round=survey,
                city=city,
                organisation=row,
                email=row.reached or "",
                language=row.service_language if row.service_language in LANGUAGES else "fi",
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    if made:
        survey.invited = Invitation.objects.filter(round=survey).count()
        survey.save(update_fields=("invited",))
        log.record(
            survey, by=by, verb="invited", changes={"invited": [survey.invited - len(made), survey.invited]}
        )
    return made


@transaction.atomic
def send(*, survey: Round, invitations: Iterable[Invitation], by: AnyUser | None, again: bool = False) -> int:
    """Mail the personal links to those who have an address and have not answered; returns how many.

    `again`: a reminder, noted with its day. Raises RoundClosed when the round takes no answers.
    """
    if not survey.takes_answers(clock.today()):
        raise RoundClosed
    reached = [one for one in invitations if one.email and not one.answered]
    for one in reached:
        outbox.send(
            to=one.email,
            subject=REMINDED if again else INVITED,
            template="surveys/mail/invitation.txt",
            context={
                "survey": _said(survey, "name", one.language),
                "company": one.organisation.name,
                "city": _said(one.city, "name", one.language),
                "url": address(one),
                "closes": survey.closed_on,
                "again": again,
            },
            language=one.language,
            kind="surveys.invitation",
        )
    rows = Invitation.objects.filter(pk__in=[one.pk for one in reached])
    rows.update(**{"reminded_on" if again else "mailed_on": clock.today()})
    log.record(survey, by=by, verb="reminded" if again else "sent", changes={"sent": [None, len(reached)]})
    return len(reached)


def waiting(survey: Round, city: Municipality, *, again: bool) -> QuerySet[Invitation]:
    """Those with an address that get the first mail now, or, `again`, the reminder: the silent, once a day."""
    rows = Invitation.objects.filter(round=survey, city=city, answered=False).exclude(email="")
    if not again:
        return rows.filter(mailed_on=None)
    return rows.exclude(mailed_on=None).exclude(mailed_on=clock.today()).exclude(reminded_on=clock.today())


def _said(obj: Any, name: str, language: str) -> str:
    with override(language):
        return str(getattr(obj, name))


def address(invitation: Invitation) -> str:
    """The personal link, whole, in the company's language."""
    with override(invitation.language):
        path = reverse("surveys:answer", kwargs={"city": invitation.city.slug, "token": invitation.token})
    return f"{settings.TALKOOT_ORIGIN}{path}"


@dataclass(frozen=True)
class Tally:
    """How many of a group were invited, have answered and are wanted; None: not known or not set."""

    label: str
    invited: int
    answered: int
    target: int | None


def by_size(survey: Round) -> list[Tally]:
    """Answers by size of company against the target."""
    sizes = Establishment.objects.filter(city=OuterRef("city"), organisation=OuterRef("organisation"))
    invited = dict(
        Invitation.objects.filter(round=survey)
        .order_by()
        .annotate(size=Subquery(sizes.order_by("pk").values("size_class")[:1]))
        .values_list("size")
        .annotate(n=Count("pk"))
    )
    answered = _answers(survey, "size_class")
    known = [size for size in (*CLASSES, "") if size or answered.get(size) or invited.get(size)]
    return [
        Tally(
            str(SizeClass(size).label), invited.get(size, 0), answered.get(size, 0), survey.targets.get(size)
        )
        for size in known
    ]


def by_sector(survey: Round) -> dict[str, tuple[int, int]]:
    """{section letter or empty: (invited, answered)}."""
    invited: dict[str, int] = {}
    for industry in Invitation.objects.filter(round=survey).values_list("organisation__industry", flat=True):
        section = industry[:1] if industry[:1].isalpha() else ""
        invited[section] = invited.get(section, 0) + 1
    answered = _answers(survey, "industry")
    keys = sorted(invited.keys() | answered.keys(), key=lambda key: (not key, key))
    return {key: (invited.get(key, 0), answered.get(key, 0)) for key in keys}


def _answers(survey: Round, name: str) -> dict[str, int]:
    rows = Response.objects.filter(round=survey).order_by().values_list(name).annotate(n=Count("pk"))
    return dict(rows)
