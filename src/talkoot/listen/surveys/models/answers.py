from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import Municipality, SizeClass
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.listen.surveys.models.rounds import Round

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class ResponseQuerySet(VisibleQuerySet["Response"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Single responses are for those who run the survey; all others read results."""
        organisations = cities_of(user, (Role.SURVEY_MANAGER,))
        near = models.Q(round__city__organisation__in=organisations)
        return self.filter(near | models.Q(round__cities__organisation__in=organisations)).distinct()


class Response(models.Model):
    """One respondent's answers. Nothing here names anyone; `number` only tells rows of one import apart.

    `answers`: {code of a question: value}, as `answering.kinds` describes the values; a question that was passed
    over is not in it. One row a respondent: a hundred thousand answers are read and written in seconds.
    """

    audit_exclude = ("answers",)

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        SCHOOL = "school", _("School")
        OTHER = "other", _("Other body")

    round = models.ForeignKey(Round, models.CASCADE, related_name="responses", verbose_name=_("survey round"))
    number = models.PositiveIntegerField(_("number"))
    city = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_responses",
        verbose_name=_("city"),
        help_text=_("Empty when the respondent is elsewhere."),
    )
    kind = models.CharField(
        _("kind of respondent"), max_length=10, choices=Kind.choices, default=Kind.COMPANY
    )
    size_class = models.CharField(
        _("company size"), max_length=8, choices=SizeClass.choices, default=SizeClass.UNKNOWN, blank=True
    )
    industry = models.CharField(
        _("sector"),
        max_length=1,
        blank=True,
        validators=[RegexValidator(r"^[A-X]$")],
        help_text=_("Section letter of TOL."),
    )
    language = models.CharField(_("language"), max_length=2, blank=True)
    by_officer = models.BooleanField(_("recorded by an officer"), default=False)
    answers: models.JSONField[Any, Any] = models.JSONField(_("answers"), default=dict, blank=True)

    objects: ClassVar[models.Manager[Response]] = models.Manager.from_queryset(ResponseQuerySet)()

    class Meta:
        ordering = ("round", "number")
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = (models.Index(fields=("round", "size_class", "industry"), name="surveys_answer_groups"),)
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="surveys_response_number"),
            models.CheckConstraint(
                condition=models.Q(size_class__in=SizeClass.values), name="surveys_response_size_class"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} · {self.number}"
