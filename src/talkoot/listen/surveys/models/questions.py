from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.listen.surveys.models.codes import CODE
from talkoot.listen.surveys.models.questionnaire import Questionnaire

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser


class QuestionQuerySet(VisibleQuerySet["Question"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(questionnaire__in=Questionnaire.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Question(Versioned):
    """One question. `method_code` makes it ask whether the company would benefit from that method.

    A question with a `base` fills a field of the response and has no answer of its own. `shown_when` names answers
    to earlier questions: with any of them chosen the question is shown, with none named it always is.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("One choice")
        MULTIPLE = "multiple", _("Several choices")
        SCALE = "scale", _("Scale")
        MATRIX = "matrix", _("Matrix")
        RANKING = "ranking", _("Order of importance")
        NUMBER = "number", pgettext_lazy("question", "Number")
        DATE = "date", pgettext_lazy("question", "Day")
        TEXT = "text", _("Free text")
        FILE = "file", pgettext_lazy("question", "File")
        CONSENT = "consent", _("Consent")
        CONTACT = "contact", _("Contact details")

    class Base(models.TextChoices):
        SIZE = "size", _("Company size")
        MUNICIPALITY = "municipality", _("Municipality")
        INDUSTRY = "industry", _("Sector")

    CHOSEN = (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE)
    WITH_OPTIONS = (*CHOSEN, Kind.MATRIX, Kind.RANKING)

    text_fi: str
    why_we_ask_fi: str | None
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    code = models.CharField(
        _("code"),
        max_length=40,
        validators=[CODE],
        help_text=_("The name of the column in files. The same code in two editions makes them comparable."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=300)
    why_we_ask = models.TextField(_("why we ask"), blank=True)
    method_code = models.CharField(_("method"), max_length=10, blank=True)
    max_choices = models.PositiveSmallIntegerField(_("choices at most"), null=True, blank=True)
    low = models.DecimalField(_("smallest number"), max_digits=14, decimal_places=3, null=True, blank=True)
    high = models.DecimalField(_("largest number"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    together = models.BooleanField(_("on the same page as the question before"), default=False)
    shown_when: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "Option",
        blank=True,
        related_name="shows",
        verbose_name=_("shown only with these answers"),
    )
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
            models.UniqueConstraint(
                fields=("questionnaire", "base"),
                condition=~models.Q(base=""),
                name="surveys_one_question_a_base",
            ),
            models.CheckConstraint(
                condition=models.Q(low=None) | models.Q(high=None) | models.Q(low__lte=models.F("high")),
                name="surveys_question_bounds",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.questionnaire.get_absolute_url()}#q{self.pk}"

    @property
    def city(self) -> Municipality | None:
        return self.questionnaire.city


class OptionQuerySet(VisibleQuerySet["Option"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(question__in=Question.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Option(models.Model):
    """An answer to choose, in a matrix a column; `benefits` marks those that say the company would benefit."""

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


class MatrixRowQuerySet(VisibleQuerySet["MatrixRow"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(question__in=Question.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class MatrixRow(models.Model):
    """One line of a matrix; each line is answered with one of the question's options."""

    text_fi: str
    question = models.ForeignKey(Question, models.CASCADE, related_name="rows", verbose_name=_("question"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    text = models.CharField(_("line"), max_length=200)

    objects: ClassVar[models.Manager[MatrixRow]] = models.Manager.from_queryset(MatrixRowQuerySet)()

    class Meta:
        ordering = ("question", "number")
        verbose_name = _("line of a matrix")
        verbose_name_plural = _("lines of a matrix")
        constraints = (
            models.UniqueConstraint(fields=("question", "code"), name="surveys_row_code"),
            models.UniqueConstraint(fields=("question", "number"), name="surveys_row_number"),
        )

    def __str__(self) -> str:
        return self.text
