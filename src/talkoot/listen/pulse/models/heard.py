from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.city.accounts.roles import CITY_ROLES, COMPANY_ROLES
from talkoot.city.organisations.models import Municipality, Organisation, Unit
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful
from talkoot.listen.pulse import states
from talkoot.listen.pulse.models.outcome import Outcome
from talkoot.listen.pulse.promises import due_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from talkoot.kit.access.request import AnyUser

OWN_PATH = RegexValidator(r"^/(?!/)[^\\\s]*$", _("The page must be one of ours, such as /vantaa/."))
NO_FOLLOW_UP = "–"
"""The reason of a note that its writer closed at once."""
SHORT = 80
"""Characters of a message in a list."""
_PERSON = settings.AUTH_USER_MODEL


class HeardQuerySet(VisibleQuerySet["Heard"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The staff of the city that it was said to, or of every city when to none; a company what it has said,
        and the notes of talks with it that are open to it."""
        staff, companies = cities_of(user, CITY_ROLES), cities_of(user, COMPANY_ROLES)
        if not staff and not companies:
            return self.none()
        seen = models.Q(organisation__in=companies) & (
            ~models.Q(kind=Heard.Kind.NOTE) | models.Q(open_to_company=True)
        )
        if staff:
            cities = Municipality.objects.filter(organisation__in=staff).order_by()
            seen |= models.Q(city__in=cities.values("pk")) | models.Q(city=None)
        return self.filter(seen)

    def of_companies(self, user: AnyUser) -> Self:
        """What this person's own companies have said."""
        return self.filter(organisation__in=cities_of(user, COMPANY_ROLES))

    def waiting(self) -> Self:
        """Not yet answered, handed over or closed."""
        return self.filter(state__in=Heard.WAITING)

    def late(self) -> Self:
        """Waiting, and the due day has passed."""
        return self.waiting().filter(due_on__lt=clock.today())

    def urgent_first(self) -> Self:
        """With `settled` to sort by: 0 while it waits, 1 afterwards."""
        waits = models.When(state__in=Heard.WAITING, then=0)
        return self.annotate(
            settled=models.Case(waits, default=1, output_field=models.PositiveSmallIntegerField())
        )


class Heard(Versioned, Stateful):
    """One thing that a city has heard: who said it, whose it is to answer, by when, and what was answered."""

    class Kind(models.TextChoices):
        FEEDBACK = "feedback", _("Feedback")
        SUGGESTION = "suggestion", _("Suggestion")
        CONTACT = "contact", _("Contact request")
        COMMENT = "comment", _("Comment on a quick question")
        NOTE = "note", _("Note of a meeting or a call")

    class Source(models.TextChoices):
        PAGES = "", _("These pages")
        SURVEY = "survey", _("Survey round")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_HAND = "in_hand", _("In hand")
        ANSWERED = "answered", _("Answered")
        HANDED_OVER = "handed_over", _("Handed over")
        CLOSED = "closed", _("Closed without an answer")

    WAITING = (State.RECEIVED, State.IN_HAND)
    _ENDS: ClassVar[Mapping[str, str]] = {
        State.ANSWERED: "pulse.answer",
        State.HANDED_OVER: "pulse.answer",
        State.CLOSED: "pulse.answer",
    }
    TRANSITIONS = {
        State.RECEIVED: {State.IN_HAND: "pulse.answer", **_ENDS},
        State.IN_HAND: _ENDS,
        State.HANDED_OVER: {State.ANSWERED: "pulse.answer", State.CLOSED: "pulse.answer"},
        State.CLOSED: {State.IN_HAND: "pulse.answer"},
    }
    audit_exclude = ("email", "phone", "sender", "message", "answer", "closed_because")

    city = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="heard", verbose_name=_("city")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FEEDBACK)
    source = models.CharField(_("heard through"), max_length=12, choices=Source.choices, blank=True)
    message = models.TextField(_("message"), max_length=5000)
    page = models.CharField(_("Page"), max_length=300, blank=True, validators=[OWN_PATH])
    methods = models.ManyToManyField(Method, blank=True, related_name="heard", verbose_name=_("methods"))
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="heard",
        verbose_name=_("organisation"),
    )
    sent_by = models.ForeignKey(
        _PERSON, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    open_to_company = models.BooleanField(_("the company sees the note"), default=True)
    sender = models.CharField(_("name and company"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    heard_on = models.DateField(_("heard on"), default=clock.today)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    due_on = models.DateField(_("answer by"), default=due_day)
    owner = models.ForeignKey(
        _PERSON,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="heard",
        verbose_name=_("responsible person"),
    )
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="heard", verbose_name=_("unit")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        _PERSON,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answered_heard",
        verbose_name=_("answered by"),
    )
    in_time = models.BooleanField(_("answered in time"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("answer sent"), null=True, blank=True)
    handed_to = models.CharField(_("handed over to"), max_length=200, blank=True)
    closed_because = models.CharField(_("why it was closed"), max_length=500, blank=True)
    escalated_at = models.DateTimeField(_("told to the lead"), null=True, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="heard",
        verbose_name=_("what we heard, what we did"),
    )
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Heard]] = models.Manager.from_queryset(HeardQuerySet)()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""),
                name="pulse_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="handed_over") | ~models.Q(handed_to=""),
                name="pulse_handed_over_names_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(closed_because=""),
                name="pulse_closed_says_why",
            ),
        )
        indexes = (
            models.Index(fields=("city", "state", "due_on"), name="pulse_waiting"),
            models.Index(
                fields=("city", "received_at", "kind", "state", "in_time", "due_on", "example"),
                name="pulse_received",
            ),
        )

    def __str__(self) -> str:
        """Without what was written: the log outlives the message."""
        return gettext("Message %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("pulse:detail", kwargs={"city": self.city.slug if self.city else "", "pk": self.pk})

    @property
    def summary(self) -> str:
        """The beginning of the message, for lists."""
        begins = self.message[: SHORT - 1].rstrip()
        return self.message if len(self.message) <= SHORT else f"{begins}…"

    @property
    def from_whom(self) -> str:
        """The company by its name in the register, or what the sender wrote; empty for who said nothing."""
        return str(self.organisation) if self.organisation_id else self.sender

    @property
    def why_closed(self) -> str:
        """The reason in words; a note that needed nothing says so."""
        return (
            gettext("No follow-up was needed.")
            if self.closed_because == NO_FOLLOW_UP
            else self.closed_because
        )

    @property
    def state_shown(self) -> SafeString:
        """The state with its sign, and what is left of the time."""
        return states.shown(self)

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def days_left(self) -> int:
        """Days until the answer is due; negative when late."""
        return (self.due_on - clock.today()).days

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.days_left < 0
