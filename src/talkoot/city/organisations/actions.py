"""Invitations and representation: who is let in, by whom, and why."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import CITY_ROLES, COMPANY_ROLES, Role
from talkoot.city.organisations import notices
from talkoot.city.organisations.models import Invitation, Membership, Representation
from talkoot.city.organisations.models.invitation import expiry
from talkoot.city.organisations.models.representation import CODE_ATTEMPTS
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import NotAllowedNow, transition

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality, Organisation, Unit
    from talkoot.kit.access.request import AnyUser

CODE_DIGITS = 8
CODE_LIFETIME = dt.timedelta(days=30)


class InvitationExpired(Exception):
    """The invitation is too old; the one who sent it can send a new one."""


class InvitationUsed(Exception):
    """The invitation has been accepted before."""


class OtherPerson(Exception):
    """The link was meant for another address than that of the person who opened it."""


class CodeWrong(Exception):
    """The code is not the one in the letter; `left` says how many tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def digest(token: str) -> str:
    """What is kept of a token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, organisation: Organisation, role: str, by: User, unit: Unit | None = None
) -> Invitation:
    """Offer a role by e-mail; an open invitation to the same role is sent again instead of doubled."""
    address = email.strip().lower()
    earlier = Invitation.objects.filter(organisation=organisation, email=address, role=role, accepted_at=None)
    invitation = earlier.first() or Invitation(organisation=organisation, email=address, role=role)
    invitation.unit, invitation.invited_by = unit, by
    return _send(invitation, by=by, verb="invited")


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send a fresh link; the old one stops working. Raises InvitationUsed."""
    if invitation.accepted_at:
        raise InvitationUsed
    return _send(invitation, by=by, verb="invited")


def _send(invitation: Invitation, *, by: User, verb: str) -> Invitation:
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.sent_at, invitation.expires_at = digest(token), clock.now(), expiry()
    invitation.save()
    log.record(invitation, by=by, verb=verb)
    notices.invited(invitation, token, by)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: AnyUser) -> None:
    """Take back an invitation that no one has accepted. Raises InvitationUsed."""
    if invitation.accepted_at:
        raise InvitationUsed
    log.record(invitation, by=by, verb="deleted")
    invitation.delete()


def usable(invitation: Invitation) -> Invitation:
    """The invitation itself. Raises InvitationUsed or InvitationExpired."""
    if invitation.accepted_at:
        raise InvitationUsed
    if invitation.is_expired:
        raise InvitationExpired
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Take the role. Raises InvitationUsed, InvitationExpired, or OtherPerson for a forwarded link."""
    current = usable(Invitation.objects.select_for_update().get(pk=invitation.pk))
    if by.email != current.email:
        raise OtherPerson
    membership, _new = Membership.objects.get_or_create(
        user=by, organisation=current.organisation, role=current.role, defaults={"unit": current.unit}
    )
    current.accepted_at = clock.now()
    current.save(update_fields=("accepted_at",))
    log.record(membership, by=by, verb="joined")
    return membership


@transaction.atomic
def join(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    """Make the account of an invited person, with a confirmed address, and take the role.

    Raises InvitationUsed or InvitationExpired.
    """
    usable(invitation)
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    log.record(user, by=user, verb="created")
    accept(invitation, by=user)
    return user


class LastAdministrator(Exception):
    """Someone must remain who can give roles."""


@transaction.atomic
def change_role(membership: Membership, *, role: str, unit: Unit | None, by: AnyUser) -> Membership:
    """Give another role or unit in the same organisation. Raises LastAdministrator as `end_membership` does."""
    if role != membership.role:
        _someone_remains(membership)
    with log.recording(membership, by=by, verb="edited"):
        membership.role, membership.unit = role, unit
        membership.save()
    return membership


def _someone_remains(membership: Membership) -> None:
    """Raise LastAdministrator if no one else could give roles without this one."""
    if membership.role in {Role.CITY_ADMIN, Role.COMPANY_ADMIN}:
        others = Membership.objects.filter(
            organisation=membership.organisation, role=membership.role, user__is_active=True
        )
        if not others.exclude(pk=membership.pk).exists():
            raise LastAdministrator


@transaction.atomic
def end_membership(membership: Membership, *, by: AnyUser, reason: str = "") -> None:
    """Take a role away. Raises LastAdministrator if no one would be left who can give roles."""
    _someone_remains(membership)
    log.record(membership, by=by, verb="deleted", reason=reason)
    membership.delete()


@transaction.atomic
def ask_to_represent(
    *, organisation: Organisation, city: Municipality, role: str, position: str, message: str, by: User
) -> Representation:
    """Ask the city to let one act for a company; an open request is returned as it is."""
    request, new = Representation.objects.get_or_create(
        user=by,
        organisation=organisation,
        state__in=("requested", "code_sent"),
        defaults={"city": city, "role": role, "position": position, "message": message, "state": "requested"},
    )
    if new:
        log.record(request, by=by, verb="requested")
        notices.asked(request)
    return request


@transaction.atomic
def decide(request: Representation, to: str, *, by: AnyUser, reason: str) -> Representation:
    """Approve or decline with a reason; approval gives the role. Raises as `transition` does."""
    if request.user_id == by.pk:
        raise PermissionDenied
    transition(request, to, by=by, reason=reason, decided_by=by, decided_at=clock.now(), answer=reason)
    if to == Representation.State.APPROVED:
        _join_company(request, by=by)
    notices.decided(request)
    return request


@transaction.atomic
def withdraw_request(request: Representation, *, by: AnyUser) -> Representation:
    """Take back one's own request; a code that was sent no longer works. Raises as `transition` does."""
    return transition(request, Representation.State.WITHDRAWN, by=by, code_hash="")


@transaction.atomic
def send_code(request: Representation, *, by: AnyUser) -> str:
    """A fresh code for a letter to the registered address; it is shown once and kept only as a hash."""
    code = "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))
    stamps: dict[str, Any] = {
        "code_hash": make_password(code),
        "code_expires_at": clock.now() + CODE_LIFETIME,
        "code_attempts": 0,
    }
    transition(request, Representation.State.CODE_SENT, by=by, **stamps)
    return code


def confirm_with_code(request: Representation, code: str, *, by: User) -> Representation:
    """Take the role with the code of the letter.

    Raises CodeWrong (each wrong try counts), NotAllowedNow when the code is too old or tried too often.
    """
    left = _tries_left(request)
    if not left or request.code_expires_at is None or clock.now() >= request.code_expires_at:
        raise NotAllowedNow(request, Representation.State.CONFIRMED)
    if not check_password(code.replace(" ", ""), request.code_hash):
        request.code_attempts += 1
        request.save(update_fields=("code_attempts",))
        raise CodeWrong(left - 1)
    with transaction.atomic():
        stamps: dict[str, Any] = {"code_hash": "", "decided_at": clock.now()}
        transition(request, Representation.State.CONFIRMED, by=by, **stamps)
        _join_company(request, by=by)
    return request


def _tries_left(request: Representation) -> int:
    return max(CODE_ATTEMPTS - request.code_attempts, 0)


def _join_company(request: Representation, *, by: AnyUser) -> None:
    membership, new = Membership.objects.get_or_create(
        user=request.user, organisation=request.organisation, role=request.role
    )
    if new:
        log.record(membership, by=by, verb="joined")


def roles_to_give(organisation: Organisation) -> list[Role]:
    """The roles that exist in this kind of organisation."""
    in_city = hasattr(organisation, "municipality")
    return [role for role in Role if role in (CITY_ROLES if in_city else COMPANY_ROLES)]
