from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.listen.surveys.permissions import runs_surveys

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_+-]*$")


class QuestionnaireQuerySet(VisibleQuerySet["Questionnaire"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those of published rounds are public; city staff see all of them."""
        if runs_surveys(user):
            return self
        return self.filter(rounds__state="published").distinct()


class Questionnaire(Versioned):
    """What is asked, in one edition. Answers stay with the edition that was answered."""

    name_fi: str
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    name = models.CharField(_("name"), max_length=200)

    objects: ClassVar[models.Manager[Questionnaire]] = models.Manager.from_queryset(QuestionnaireQuerySet)()

    class Meta:
        ordering = ("code", "edition")
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = (models.UniqueConstraint(fields=("code", "edition"), name="surveys_one_edition"),)

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(VisibleQuerySet["Question"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(questionnaire__in=Questionnaire.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset

    def counted(self) -> Self:
        """Answered by choosing, so that results can be counted, and not a base of the response."""
        return self.exclude(kind__in=Question.OPEN).filter(base="")


class Question(models.Model):
    """One question. `method_code` makes it ask whether the company would benefit from that method.

    A question with a `base` fills a field of the response and has no answer of its own.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("One choice")
        MULTIPLE = "multiple", _("Several choices")
        SCALE = "scale", _("Scale")
        TEXT = "text", _("Free text")
        CONTACT = "contact", _("Contact details")

    class Base(models.TextChoices):
        SIZE = "size", _("Company size")
        MUNICIPALITY = "municipality", _("Municipality")
        INDUSTRY = "industry", _("Sector")

    OPEN = (Kind.TEXT, Kind.CONTACT)

    text_fi: str
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=300)
    why_we_ask = models.TextField(_("why we ask"), blank=True)
    method_code = models.CharField(_("method"), max_length=10, blank=True)
    max_choices = models.PositiveSmallIntegerField(_("choices at most"), null=True, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    base = models.CharField(
        _("kept as a fact of the respondent"), max_length=12, choices=Base.choices, blank=True
    )

    objects: ClassVar[models.Manager[Question]] = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ("questionnaire", "number")
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "code"), name="surveys_question_code"),
            models.UniqueConstraint(fields=("questionnaire", "number"), name="surveys_question_number"),
            models.UniqueConstraint(
                fields=("questionnaire", "method_code"),
                condition=~models.Q(method_code=""),
                name="surveys_one_question_a_method",
            ),
        )

    def __str__(self) -> str:
        return self.text


class OptionQuerySet(VisibleQuerySet["Option"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(question__in=Question.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Option(models.Model):
    """An answer to choose; `benefits` marks those that say the company would benefit from the method."""

    text_fi: str
    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    text = models.CharField(_("answer"), max_length=200)
    benefits = models.BooleanField(_("says the company would benefit"), default=False)

    objects: ClassVar[models.Manager[Option]] = models.Manager.from_queryset(OptionQuerySet)()

    class Meta:
        ordering = ("question", "number")
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = (
            models.UniqueConstraint(fields=("question", "code"), name="surveys_option_code"),
            models.UniqueConstraint(fields=("question", "number"), name="surveys_option_number"),
        )

    def __str__(self) -> str:
        return self.text
