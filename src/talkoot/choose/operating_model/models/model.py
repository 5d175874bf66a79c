from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.choose.selection.models import Run
from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.files.models import StoredFile
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class ModelQuerySet(VisibleQuerySet["OperatingModel"]):
    def visible_to(self, user: AnyUser) -> Self:
        """All read what has been in force; the staff of the city also what is being prepared."""
        public, organisations = models.Q(state__in=OperatingModel.PUBLIC), cities_of(user)
        own = models.Q(city__organisation__in=organisations)
        return self.filter(public | own if organisations else public)

    def in_force(self) -> Self:
        """The version that each city works by today."""
        return self.filter(state__in=OperatingModel.NOW)


class OperatingModel(Versioned, Stateful):
    """One version of a city's operating model: the methods that it has chosen, decided and published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        IN_FORCE = "in_force", _("In force")
        UNDER_REVISION = "under_revision", _("Being revised")
        SUPERSEDED = "superseded", _("Replaced by a newer version")

    NOW = (State.IN_FORCE, State.UNDER_REVISION)
    PUBLIC = (*NOW, State.SUPERSEDED)
    OPEN = (State.DRAFT, State.PROPOSED, State.APPROVED)
    TRANSITIONS = {
        State.DRAFT: {State.PROPOSED: "operating_model.prepare"},
        State.PROPOSED: {State.APPROVED: "operating_model.approve", State.DRAFT: "operating_model.approve"},
        State.APPROVED: {State.IN_FORCE: "operating_model.prepare", State.DRAFT: "operating_model.approve"},
        State.IN_FORCE: {
            State.UNDER_REVISION: "operating_model.prepare",
            State.SUPERSEDED: "operating_model.prepare",
        },
        State.UNDER_REVISION: {
            State.IN_FORCE: "operating_model.prepare",
            State.SUPERSEDED: "operating_model.prepare",
        },
        State.SUPERSEDED: {},
    }
    REASON_NEEDED = frozenset({State.DRAFT, State.UNDER_REVISION})

    city = models.ForeignKey(
        Municipality, models.CASCADE, related_name="operating_models", verbose_name=_("city")
    )
    number = models.PositiveSmallIntegerField(_("version number"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Two or three sentences for the public page.")
    )
    run = models.ForeignKey(
        Run,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="operating_models",
        verbose_name=_("run of the selection"),
    )
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    deciding_body = models.CharField(_("deciding body"), max_length=150, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    section = models.CharField(_("section (§)"), max_length=20, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    documents = models.ManyToManyField(StoredFile, through="Document", related_name="+")
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[OperatingModel]] = models.Manager.from_queryset(ModelQuerySet)()

    class Meta:
        ordering = ("city", "-number")
        verbose_name = _("operating model")
        verbose_name_plural = _("operating models")
        constraints = (
            models.UniqueConstraint(fields=("city", "number"), name="operating_model_number"),
            models.UniqueConstraint(
                fields=("city",),
                condition=models.Q(state__in=("in_force", "under_revision")),
                name="operating_model_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(prepared_by=None)
                | ~models.Q(approved_by=models.F("prepared_by")),
                name="operating_model_four_eyes",
                violation_error_message=_("A second person approves; nobody approves their own work."),
            ),
        )

    def __str__(self) -> str:
        return _("Operating model {number}").format(number=self.number)

    def get_absolute_url(self) -> str:
        return reverse("operating_model:detail", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def public_url(self) -> str:
        return reverse("operating_model:version", kwargs={"city": self.city.slug, "number": self.number})

    @property
    def is_open(self) -> bool:
        """Its contents may still be changed."""
        return self.state == self.State.DRAFT

    def before_transition(self, to: str, by: AnyUser) -> None:
        """Four eyes; and nothing is proposed half done. Raises ValidationError."""
        if to == self.State.APPROVED and self.prepared_by_id == by.pk:
            raise ValidationError(
                _("A second person approves; nobody approves their own work."), code="four_eyes"
            )
        if to == self.State.PROPOSED:
            if not self.items.exists():
                raise ValidationError(_("The model has no methods yet. Add at least one."), code="empty")
            lacking = self.items.filter(owner_unit=None).select_related("method").first()
            if lacking:
                text = _("This method has no responsible unit: {method}. Choose one first.")
                raise ValidationError(text.format(method=lacking.method.name), code="no_owner")


class DocumentQuerySet(VisibleQuerySet["Document"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(model__in=OperatingModel.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Document(models.Model):
    """The PDF of a published version in one language, made at publication."""

    model = models.ForeignKey(OperatingModel, models.CASCADE, related_name="pdfs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)

    objects: ClassVar[models.Manager[Document]] = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "language"), name="operating_model_one_pdf"),)
        verbose_name = _("document of an operating model")
        verbose_name_plural = _("documents of operating models")

    def __str__(self) -> str:
        return f"{self.model} ({self.language})"
