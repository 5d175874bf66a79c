from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class RunQuerySet(VisibleQuerySet["Run"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The staff of the city; what a run led to is published with the model."""
        return self.filter(city__organisation_id__in=cities_of(user))


class Run(models.Model):
    """One run of the selection, kept with everything that it was calculated from.

    `plan` holds what a person asked (weight limits in per cent, budgets in person-days and euros, scenarios), `case`
    the file of `talkoot decide`, `facts` what was known of each method on that day, `result` the answer of `decide`.
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
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    done_samples = models.PositiveIntegerField(_("samples calculated"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    example = models.BooleanField(_("example"), default=False)

    audit_exclude: ClassVar[tuple[str, ...]] = ("case", "facts", "result", "reasons")
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
        recommended: dict[str, Any] = (self.result or {}).get("recommended", {})
        return list(recommended.get("methods", []))
