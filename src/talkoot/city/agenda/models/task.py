from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talkoot.city.organisations.models import Municipality, Unit
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from talkoot.kit.access.request import AnyUser


class TaskQuerySet(VisibleQuerySet["Task"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The tasks of the cities where one works."""
        organisations = cities_of(user)
        return self.filter(city__organisation__in=organisations) if organisations else self.none()

    def open(self) -> Self:
        return self.filter(state=Task.State.OPEN)

    def late(self) -> Self:
        """Open tasks whose day has passed."""
        return self.open().filter(due__lt=clock.today())

    def of(self, user: AnyUser) -> Self:
        """The tasks that this person answers for."""
        return self.filter(owner=user.pk)

    def of_units(self, user: AnyUser) -> Self:
        """The tasks of the units where this person works."""
        return self.filter(unit__in=user.memberships.exclude(unit=None).values("unit"))

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_model=subject._meta.label, subject_id=str(subject.pk))


class Task(Versioned, Stateful):
    """What one person or unit has promised to do by a day."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a task", "Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class Verb(models.TextChoices):
        LISTEN = "listen", _("Listen")
        CHOOSE = "choose", _("Choose")
        ACT = "act", _("Act")
        SHOW = "show", _("Show")

    TRANSITIONS: Mapping[str, Mapping[str, str]] = {
        "open": {"done": "agenda.finish", "dropped": "agenda.edit"},
        "done": {"open": "agenda.finish"},
        "dropped": {"open": "agenda.edit"},
    }
    REASON_NEEDED = frozenset({"dropped"})

    city = models.ForeignKey(Municipality, models.CASCADE, related_name="tasks", verbose_name=_("city"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("description"), blank=True, max_length=4000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("responsible person"),
    )
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("unit")
    )
    due = models.DateField(_("due"))
    verb = models.CharField(_("part of the work"), max_length=10, choices=Verb.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    reminder_at = models.DateTimeField(_("reminder"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminder sent"), null=True, blank=True, editable=False)
    subject_model = models.CharField(max_length=80, blank=True, editable=False)
    subject_id = models.CharField(max_length=40, blank=True, editable=False)
    subject_name = models.CharField(_("subject of the task"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Task]] = models.Manager.from_queryset(TaskQuerySet)()

    class Meta:
        ordering = ("due", "pk")
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = (
            models.Index(fields=("city", "state", "due"), name="agenda_task_due"),
            models.Index(fields=("subject_model", "subject_id"), name="agenda_task_subject"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda:detail", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def is_late(self) -> bool:
        return self.state == self.State.OPEN and self.due < clock.today()

    def days_late(self, today: dt.date | None = None) -> int:
        """Whole days after the due day; 0 when it is not late."""
        late = ((today or clock.today()) - self.due).days
        return late if self.state == self.State.OPEN and late > 0 else 0


class ChecklistItemQuerySet(VisibleQuerySet["ChecklistItem"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class ChecklistItem(models.Model):
    """One step of a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="items", verbose_name=_("task"))
    text = models.CharField(_("step"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects: ClassVar[models.Manager[ChecklistItem]] = models.Manager.from_queryset(ChecklistItemQuerySet)()

    class Meta:
        ordering = ("task", "order", "pk")
        verbose_name = _("step of a task")
        verbose_name_plural = _("steps of tasks")

    def __str__(self) -> str:
        return self.text

    @property
    def city(self) -> Municipality:
        return self.task.city
