"""Messages about invitations and requests; written into the outbox in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.kit.mail import outbox

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Invitation, Representation


def _address(name: str, **kwargs: str) -> str:
    return settings.TALKOOT_ORIGIN + reverse(name, kwargs=kwargs)


def _send(to: str, language: str, subject: str, template: str, context: dict[str, Any]) -> None:
    outbox.send(
        to=to,
        subject=subject,
        template=f"organisations/mail/{template}.txt",
        context=context,
        language=language,
    )


def invited(invitation: Invitation, token: str, by: User) -> None:
    """The invitation with its link, in the language that the person knows to be theirs, or the inviter's."""
    known = User.objects.filter(email=invitation.email).first()
    language = known.language if known else by.language
    with translation.override(language):
        about = ABOUT[Role(invitation.role)]
        context = {
            "who": str(by),
            "organisation": str(invitation.organisation),
            "role": str(about.title),
            "sentence": str(about.sentence),
            "url": _address("organisations:accept", token=token),
            "until": invitation.expires_at,
        }
        subject = _("%(name)s invited you to Talkoot") % {"name": by}
        _send(invitation.email, language, subject, "invitation", context)


def asked(request: Representation) -> None:
    """Tell those of the city who decide."""
    deciders = User.objects.filter(
        is_active=True,
        memberships__organisation=request.city.organisation,
        memberships__role__in=(Role.COORDINATOR, Role.CITY_ADMIN),
    ).distinct()
    for person in deciders:
        with translation.override(person.language):
            url = _address("organisations:representation", city=request.city.slug, pk=str(request.pk))
            context = {"who": str(request.user), "organisation": str(request.organisation), "url": url}
            subject = _("A request to represent a company: %(name)s") % {"name": request.organisation}
            _send(person.email, person.language, subject, "asked", context)


def decided(request: Representation) -> None:
    """Tell the person what was decided and why."""
    with translation.override(request.user.language):
        context = {
            "organisation": str(request.organisation),
            "approved": request.state == "approved",
            "reason": request.answer,
            "url": _address("accounts:home"),
        }
        subject = _("Your request: %(name)s") % {"name": request.organisation}
        _send(request.user.email, request.user.language, subject, "decided", context)
