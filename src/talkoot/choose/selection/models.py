from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.choose.selection.plan import LANGUAGES, Group
from talkoot.choose.selection.weighing import Weighing, clash
from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class RunQuerySet(VisibleQuerySet["Run"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The staff of the city; what a run led to is published with the model."""
        return self.filter(city__organisation_id__in=cities_of(user))

    def free_name(self, city: Municipality, name: str) -> str:
        """The name, with a number when the city has a run of that name: two runs can always be told apart."""
        taken = set(self.filter(city=city, name__startswith=name[:110]).values_list("name", flat=True))
        numbered = (f"{name[:110]} ({n})" for n in count(2))
        return name if name not in taken else next(each for each in numbered if each not in taken)


class Run(models.Model):
    """One run of the selection, kept with everything that it was calculated from.

    `plan` holds what a person asked (weight limits in per cent, budgets in person-days and euros, scenarios), `case`
    the file of `talkoot decide`, `facts` what was known of each method on that day, `result` what `decide` said of it,
    `answer` the part of the result that pages read, `reasons` why each method and what would turn the answer.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be calculated")
        RUNNING = "running", _("Being calculated")
        DONE = "done", _("Done")
        FAILED = "failed", _("Could not be calculated")
        CANCELLED = "cancelled", _("Cancelled")

    city = models.ForeignKey(Municipality, models.CASCADE, related_name="runs", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made at"), default=clock.now)
    finished_at = models.DateTimeField(_("calculated at"), null=True, blank=True)
    plan = models.JSONField(_("what was asked"))
    case = models.JSONField(_("case"))
    facts = models.JSONField(_("what was known"))
    result = models.JSONField(_("result"), null=True, blank=True)
    answer = models.JSONField(_("what pages show of the result"), default=dict, blank=True, editable=False)
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    done_samples = models.PositiveIntegerField(_("samples calculated"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    example = models.BooleanField(_("example"), default=False)

    audit_exclude: ClassVar[tuple[str, ...]] = ("case", "facts", "result", "answer", "reasons")
    objects: ClassVar[models.Manager[Run]] = models.Manager.from_queryset(RunQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("run of the selection")
        verbose_name_plural = _("runs of the selection")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="done", result__isnull=False) | ~models.Q(state="done"),
                name="selection_done_has_result",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("selection:detail", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def is_waiting(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def samples(self) -> int:
        return int(self.case["samples"])

    @property
    def chosen(self) -> list[str]:
        """Ids of the recommended methods, or none while there is no result."""
        recommended: dict[str, Any] = self.answer.get("recommended", {})
        return list(recommended.get("methods", []))


class PreferenceQuerySet(VisibleQuerySet["Preference"]):
    def visible_to(self, user: AnyUser) -> Self:
        """What a group has stated is seen by the staff of its city."""
        return self.filter(city__organisation_id__in=cities_of(user))


class Preference(Versioned):
    """How a group of people weighs the criteria: limits in per cent, and what weighs at least as much as what.

    `limits` holds {criterion: [low, high]}, `orders` pairs [[more, less]]. A run takes a copy of its own along.
    """

    class Basis(models.TextChoices):
        AGREED = "agreed", _("Agreed by the group")
        SURVEY = "survey", _("Answers to a survey")
        TALKS = "talks", _("Talks with members of the group")
        ESTIMATE = "estimate", _("The city’s own estimate")

    name_fi: str
    city = models.ForeignKey(Municipality, models.CASCADE, related_name="preferences", verbose_name=_("city"))
    name = models.CharField(_("group of people"), max_length=80)
    people = models.PositiveIntegerField(
        _("how many people it speaks for"), validators=[MinValueValidator(1)]
    )
    limits = models.JSONField(_("limits of the weights"), default=dict)
    orders = models.JSONField(_("statements of importance"), default=list, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.AGREED)
    stated_on = models.DateField(_("stated on"), default=clock.today)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Preference]] = models.Manager.from_queryset(PreferenceQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("weights of a group")
        verbose_name_plural = _("weights of groups")
        constraints = (
            models.UniqueConstraint(fields=("city", "name_fi"), name="selection_preference_name_once"),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="selection_preference_people"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("selection:preference", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def weighing(self) -> Weighing:
        return Weighing.from_json(self.limits, self.orders)

    @property
    def frozen(self) -> Group:
        """The statement as a run takes it along."""
        return Group(
            id=self.pk,
            names={code: getattr(self, f"name_{code}") or self.name_fi for code in LANGUAGES},
            people=self.people,
            limits=self.weighing.limits,
            orders=self.weighing.orders,
            stated_on=self.stated_on.isoformat(),
            basis=self.basis,
        )

    def clean(self) -> None:
        """Refuse what cannot hold together."""
        found = clash(self.weighing)
        if found:
            raise ValidationError(found.sentence)
