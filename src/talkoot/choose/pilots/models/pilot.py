from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Criterion, Method
from talkoot.choose.pilots.models.participant import Participant
from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful
from talkoot.kit.ui import navigation
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

_SHARE = (MinValueValidator(0), MaxValueValidator(100))


class PilotQuerySet(VisibleQuerySet["Pilot"]):
    def visible_to(self, user: AnyUser) -> Self:
        """All see what is published, a city's staff its own pilots, a company those in which it takes part."""
        published = Q(state=Pilot.State.PUBLISHED)
        if not user.is_authenticated or not user.is_active:
            return self.filter(published)
        own = Q(city__organisation__in=cities_of(user))
        return self.filter(published | own | Q(pk__in=_taken_part_in(user)))

    def published(self) -> Self:
        return self.filter(state=Pilot.State.PUBLISHED)

    def brief(self) -> Self:
        """With the city, and what a table and the evidence read: a pilot has sixty columns."""
        return self.select_related("city").only(*Pilot.BRIEF, "city__slug", *columns("city__name"))

    def taken_part_in(self, user: AnyUser) -> Self:
        """Pilots of the companies that `user` belongs to."""
        return self.filter(pk__in=_taken_part_in(user))

    def with_outcome(self) -> Self:
        """Pilots that are over and whose outcome was counted."""
        return self.filter(state__in=Pilot.OVER, companies__isnull=False)


class Pilot(Versioned, Stateful):
    """A bounded try of a method. What counts as success is set before the start and stays as it was."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        CLOSED = "closed", _("Ended")
        PUBLISHED = "published", _("Published")
        STOPPED = "stopped", _("Stopped early")

    TRANSITIONS = {
        State.PLANNED: {State.RUNNING: "pilots.run"},
        State.RUNNING: {State.CLOSED: "pilots.run", State.STOPPED: "pilots.run"},
        State.CLOSED: {State.PUBLISHED: "pilots.publish", State.RUNNING: "pilots.run"},
        State.PUBLISHED: {State.CLOSED: "pilots.publish"},
        State.STOPPED: {},
    }
    REASON_NEEDED = frozenset({State.STOPPED})
    REASON_NEEDED_BACK = frozenset({(State.CLOSED, State.RUNNING), (State.PUBLISHED, State.CLOSED)})
    AGREED = (
        *("method", "criterion", "value_low", "value_high"),
        *("hypothesis_fi", "hypothesis_sv", "hypothesis_en"),
        *("measure_fi", "measure_sv", "measure_en"),
    )
    COUNTED = ("events", "companies")
    MEASURED = ("method", "criterion", "measure_fi", "value_low", "value_high")
    OVER = (State.CLOSED, State.PUBLISHED)
    BRIEF = (
        *(
            "city",
            "method",
            "criterion",
            "value_low",
            "value_high",
            "events",
            "companies",
            "state",
            "example",
        ),
        *columns("name", "measure", "lesson_worked", "lesson_did_not"),
        *("starts_on", "agreed_on", "started_on", "closed_on", "published_on"),
    )

    NEEDED = {
        State.RUNNING: ("hypothesis_fi", "criterion", "measure_fi", "value_low", "value_high"),
        State.CLOSED: COUNTED,
        State.PUBLISHED: (*COUNTED, "lesson_worked_fi"),
    }

    name_fi: str
    measure_fi: str | None
    lesson_worked_fi: str | None
    lesson_did_not_fi: str | None
    city = models.ForeignKey(
        "organisations.Municipality", models.CASCADE, related_name="pilots", verbose_name=_("city")
    )
    method = models.ForeignKey(Method, models.PROTECT, related_name="pilots", verbose_name=_("method"))
    name = models.CharField(_("name of the pilot"), max_length=150)
    hypothesis = models.TextField(_("what we expect"), blank=True)
    criterion = models.CharField(_("aim"), max_length=1, choices=Criterion.choices, blank=True)
    measure = models.CharField(_("measure of success"), max_length=250, blank=True)
    value_low = models.FloatField(_("share worth 0 points, %"), null=True, blank=True, validators=_SHARE)
    value_high = models.FloatField(_("share worth 100 points, %"), null=True, blank=True, validators=_SHARE)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    hours = models.FloatField(
        _("hours of the city’s staff"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    events = models.PositiveIntegerField(_("companies that reached the goal"), null=True, blank=True)
    companies = models.PositiveIntegerField(
        _("companies counted"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    lesson_worked = models.TextField(_("what worked"), blank=True)
    lesson_for_whom = models.TextField(_("for whom it worked"), blank=True)
    lesson_did_not = models.TextField(_("what did not work"), blank=True)
    lesson_again = models.TextField(_("would we do it again"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    agreed_on = models.DateField(_("measure agreed on"), null=True, blank=True, editable=False)
    started_on = models.DateField(_("started"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    example = models.BooleanField(_("example"), default=False)
    organisations = models.ManyToManyField(
        "organisations.Organisation",
        through="pilots.Participant",
        related_name="pilots",
        verbose_name=_("participants"),
    )

    objects: ClassVar[models.Manager[Pilot]] = models.Manager.from_queryset(PilotQuerySet)()

    class Meta:
        ordering = ("-starts_on", "-pk")
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        indexes = (models.Index(fields=("method", "state"), name="pilots_method_state"),)
        constraints = (
            models.UniqueConstraint(fields=("city", "method", "name_fi"), name="pilots_name_once"),
            models.CheckConstraint(
                condition=Q(value_low__isnull=True, value_high__isnull=True)
                | Q(
                    value_low__isnull=False,
                    value_high__isnull=False,
                    value_low__gte=0,
                    value_high__lte=100,
                    value_high__gt=F("value_low"),
                ),
                name="pilots_value_function",
            ),
            models.CheckConstraint(
                condition=Q(state="planned")
                | (
                    ~Q(criterion="")
                    & ~Q(measure_fi="")
                    & Q(measure_fi__isnull=False)
                    & Q(value_high__isnull=False)
                ),
                name="pilots_measured_before_start",
            ),
            models.CheckConstraint(
                condition=Q(events__isnull=True, companies__isnull=True)
                | Q(
                    events__isnull=False,
                    companies__isnull=False,
                    companies__gte=1,
                    events__lte=F("companies"),
                ),
                name="pilots_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(companies__isnull=True),
                name="pilots_no_outcome_before_start",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="pilots_period",
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="pilots_hours"),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "published")) | Q(closed_on__isnull=False),
                name="pilots_closed_on",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False), name="pilots_published_on"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "published")) | Q(companies__isnull=False),
                name="pilots_counted_at_the_end",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pilots:detail", kwargs={"city": self.city.slug, "pk": self.pk})

    def public_url(self) -> str:
        return navigation.address("pilots:public_detail", self.city.slug, pk=self.pk)

    @property
    def share(self) -> float | None:
        """Companies that reached the goal, per cent of those counted; None when nothing was counted."""
        return None if self.companies is None or self.events is None else 100 * self.events / self.companies

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_counted(self) -> bool:
        """It is over and its outcome was counted: it weighs."""
        return self.is_over and self.companies is not None

    @property
    def agreed(self) -> Literal["before", "same_day", "after", ""]:
        """When the measure was fixed, against the day of the start; empty while either is not known."""
        start = self.starts_on or self.started_on
        if self.agreed_on is None or start is None:
            return ""
        if self.agreed_on == start:
            return "same_day"
        return "before" if self.agreed_on < start else "after"

    @property
    def is_agreed_in_time(self) -> bool:
        """The measure was fixed by the day of the start, as far as is known; a plan still has time."""
        return self.agreed in {"before", "same_day"} or (not self.agreed and self.state == self.State.PLANNED)

    def frozen_fields(self) -> tuple[str, ...]:
        """What can no longer be changed: the agreement once started, the count once ended."""
        if self.state == self.State.PLANNED:
            return ()
        return self.AGREED + (self.COUNTED if self.is_over else ())

    def clean(self) -> None:
        """Refuse a change of what was agreed before the start, or of what was counted at the end."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None:
            return
        changed = [name for name in before.frozen_fields() if _plain(before, name) != _plain(self, name)]
        if changed:
            message = _("This was fixed earlier and cannot be changed any more.")
            raise ValidationError(dict.fromkeys(changed, message))

    def before_transition(self, to: str, by: AnyUser) -> None:
        """A start needs the agreement, an end the count, publication a lesson too.

        Raises:
            ValidationError: it names what is missing.
        """
        missing = [name for name in self.NEEDED.get(self.State(to), ()) if getattr(self, name) in {None, ""}]
        if missing:
            names = (field_name(name.removesuffix("_fi")) for name in missing)
            raise ValidationError(gettext("Fill in these first: %(parts)s.") % {"parts": ", ".join(names)})


def field_name(name: str) -> str:
    """What a person calls a field of a pilot, in the reader's language."""
    return str(cast("models.Field[Any, Any]", Pilot._meta.get_field(name)).verbose_name)


def _plain(pilot: Pilot, name: str) -> Any:
    """A value of the pilot in which empty and absent are the same."""
    value = pilot.method_id if name == "method" else getattr(pilot, name)
    return None if value == "" else value


def _taken_part_in(user: AnyUser) -> models.QuerySet[Any, Any]:
    return Participant.objects.filter(organisation__in=cities_of(user, COMPANY_ROLES)).values("pilot")
