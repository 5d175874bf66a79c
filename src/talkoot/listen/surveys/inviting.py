"""Inviting companies of the register to a round and reminding the silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.models import Establishment, Membership, Organisation
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail import outbox, suppression
from talkoot.listen.surveys import storing
from talkoot.listen.surveys.errors import RoundClosed
from talkoot.listen.surveys.models import Invitation, Round
from talkoot.listen.surveys.models.drafts import fresh_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

LANGUAGES = dict(settings.LANGUAGES)
BATCH, CHUNK = 500, 5000
"""Mails and invitations in a transaction."""
KIND = "surveys.invitation"
FIELDS = (
    *("round", "city", "organisation", "email", "language", "token", "made_on", "answered"),
    *("size_class", "industry", "postal"),
)
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
        rows = rows.alias(letter=Substr("industry", 1, 1)).filter(letter__in=sectors)
    return rows.exclude(Exists(Invitation.objects.filter(round=survey, organisation=OuterRef("pk"))))


def invite(
    *,
    survey: Round,
    city: Municipality,
    companies: QuerySet[Organisation],
    by: AnyUser | None,
    report: Callable[[int], None] | None = None,
) -> int:
    """Give each company a personal link, some thousand in a transaction; returns how many.

    Those whose person in Talkoot has an address that takes invitations get it by mail when the round sends. Run again
    after a break, it goes on. `report(done)` is called outside the transactions.

    Raises:
        RoundClosed: the round is over.
    """
    if survey.state not in {Round.State.DRAFT, Round.State.OPEN}:
        raise RoundClosed
    before = Invitation.objects.filter(round=survey).count()
    last, done, rows = 0, 0, _with_facts(companies, city)
    while some := list(rows.filter(pk__gt=last)[:CHUNK]):
        with transaction.atomic():
            storing.write(Invitation, FIELDS, _invitations(survey, city, some), ignore=True)
        last, done = some[-1][0], done + len(some)
        if report:
            report(done)
    with transaction.atomic():
        survey.invited = Invitation.objects.filter(round=survey).count()
        survey.save(update_fields=("invited",))
        if survey.invited > before:
            log.record(survey, by=by, verb="invited", changes={"invited": [before, survey.invited]})
    return survey.invited - before


def _with_facts(companies: QuerySet[Organisation], city: Municipality) -> QuerySet[Any, tuple[Any, ...]]:
    """(key, language, industry, size, street, address of a person) of each company, by key."""
    person = Membership.objects.filter(
        organisation=OuterRef("pk"), role__in=[str(role) for role in COMPANY_ROLES], user__is_active=True
    ).order_by("pk")
    place = Establishment.objects.filter(city=city, organisation=OuterRef("pk")).order_by("pk")
    return (
        companies.order_by("pk")
        .annotate(
            size=Subquery(place.values("size_class")[:1]),
            street=Subquery(place.values("street")[:1]),
            reached=Subquery(person.values("user__email")[:1]),
        )
        .values_list("pk", "service_language", "industry", "size", "street", "reached")
    )


def _invitations(
    survey: Round, city: Municipality, some: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    today = clock.today()
    silent = suppression.those_suppressed([row[5] for row in some if row[5]], KIND)
    for pk, language, industry, size, street, reached in some:
        section = industry[:1] if industry[:1].isalpha() else ""
        email = "" if reached in silent else reached or ""
        spoken = language if language in LANGUAGES else "fi"
        facts = (size or "", section, bool(street))
        yield (survey.pk, city.pk, pk, email, spoken, fresh_token(), today, False, *facts)


def send(*, survey: Round, invitations: QuerySet[Invitation], by: AnyUser | None, again: bool = False) -> int:
    """Mail the personal links to those who have an address and have not answered; returns how many.

    Some hundred in a transaction, so that a break loses nothing and nobody gets two. An address that wants no
    invitations is let go: that company gets a letter. `again`: a reminder, noted with its day. Raises RoundClosed
    when the round takes no answers.
    """
    if not survey.takes_answers(clock.today()):
        raise RoundClosed
    waiting = invitations.filter(answered=False).exclude(email="").order_by("pk")
    last, count = 0, 0
    while some := list(waiting.filter(pk__gt=last).select_related("organisation", "city")[:BATCH]):
        count += _send(survey, some, again=again)
        last = some[-1].pk
    log.record(survey, by=by, verb="reminded" if again else "sent", changes={"sent": [None, count]})
    return count


@transaction.atomic
def _send(survey: Round, some: Sequence[Invitation], *, again: bool) -> int:
    silent = suppression.those_suppressed([one.email for one in some], KIND)
    reached = [one for one in some if one.email not in silent]
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
            kind=KIND,
        )
    rows = Invitation.objects.filter(pk__in=[one.pk for one in reached])
    rows.update(**{"reminded_on" if again else "mailed_on": clock.today()})
    Invitation.objects.filter(pk__in=[one.pk for one in some if one.email in silent]).update(email="")
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
