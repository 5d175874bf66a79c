from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import ABOUT, CITY_ROLES, Role
from talkoot.city.organisations.models.municipality import Municipality
from talkoot.city.organisations.models.organisation import Organisation
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    from collections.abc import Mapping

    from talkoot.kit.access.request import AnyUser

_DECIDE, _CONFIRM, _WITHDRAW = (
    f"organisations.{act}_representation" for act in ("decide", "confirm", "withdraw")
)
CODE_ATTEMPTS = 5


class RepresentationQuerySet(VisibleQuerySet["Representation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own requests, and those made to the city where one works."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        staff = user.memberships.filter(role__in=CITY_ROLES)
        return self.filter(
            models.Q(user=user) | models.Q(city__organisation__in=staff.values("organisation"))
        )

    def waiting(self) -> Self:
        """Requests that no one has answered yet."""
        return self.filter(state__in=(Representation.State.REQUESTED, Representation.State.CODE_SENT))


class Representation(Stateful):
    """A person asks to act for an organisation.

    It takes an officer's approval with a reason, or a code sent by post to the registered address.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waits for the city")
        CODE_SENT = "code_sent", _("Code sent by post")
        APPROVED = "approved", _("Approved")
        CONFIRMED = "confirmed", _("Confirmed with a code")
        DECLINED = "declined", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS: Mapping[str, Mapping[str, str]] = {
        "requested": {"approved": _DECIDE, "declined": _DECIDE, "code_sent": _DECIDE, "withdrawn": _WITHDRAW},
        "code_sent": {
            "confirmed": _CONFIRM,
            "approved": _DECIDE,
            "declined": _DECIDE,
            "withdrawn": _WITHDRAW,
        },
    }
    REASON_NEEDED = frozenset({"approved", "declined"})
    audit_exclude = ("code_hash",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="representations", verbose_name=_("organisation")
    )
    city = models.ForeignKey(
        Municipality, models.PROTECT, related_name="representations", verbose_name=_("city that decides")
    )
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=[(str(role), ABOUT[role].title) for role in (Role.COMPANY_ADMIN, Role.COMPANY_MEMBER)],
        default=Role.COMPANY_ADMIN,
    )
    position = models.CharField(_("job title"), max_length=150, blank=True)
    message = models.TextField(_("message to the city"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.REQUESTED)
    requested_at = models.DateTimeField(_("requested"), default=clock.now)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.TextField(_("reason"), blank=True)

    objects: ClassVar[models.Manager[Representation]] = models.Manager.from_queryset(RepresentationQuerySet)()

    class Meta:
        ordering = ("-requested_at", "pk")
        verbose_name = _("request to represent a company")
        verbose_name_plural = _("requests to represent a company")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation"),
                condition=models.Q(state__in=("requested", "code_sent")),
                name="organisations_one_open_request",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"

    @property
    def waits(self) -> bool:
        """No one has answered yet, so the person may take it back."""
        return self.state in {self.State.REQUESTED, self.State.CODE_SENT}

    @property
    def sign(self) -> str:
        """The sign beside the state: wait, ok or none."""
        if self.waits:
            return "wait"
        return "ok" if self.state in {self.State.APPROVED, self.State.CONFIRMED} else ""

    def get_absolute_url(self) -> str:
        return reverse("organisations:representation", kwargs={"city": self.city.slug, "pk": self.pk})
