from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models import Municipality
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.listen.surveys.models.codes import CODE
from talkoot.listen.surveys.permissions import runs_surveys

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class QuestionnaireQuerySet(VisibleQuerySet["Questionnaire"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those of published rounds are public; city staff see all of them."""
        if runs_surveys(user):
            return self
        return self.filter(rounds__state="published").distinct()

    def in_city(self, city: Municipality) -> Self:
        """The city's own and those that all cities share."""
        return self.filter(models.Q(city=city) | models.Q(city=None))


class Questionnaire(Versioned):
    """What is asked, in one edition. Answers stay with the edition that was answered.

    Once a round with it has opened it is frozen: a change makes a new edition. `city` null: shared by all cities.
    """

    name_fi: str
    intro_fi: str | None
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    city = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("city"),
        help_text=_("Empty when all cities share it."),
    )
    name = models.CharField(_("name"), max_length=200)
    intro = models.TextField(
        _("words of welcome"),
        blank=True,
        help_text=_("Why you ask, and what the answers are used for. Two or three sentences."),
    )
    imprint = models.UUIDField(default=uuid.uuid4, editable=False)

    objects: ClassVar[models.Manager[Questionnaire]] = models.Manager.from_queryset(QuestionnaireQuerySet)()

    class Meta:
        ordering = ("code", "edition")
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = (models.UniqueConstraint(fields=("code", "edition"), name="surveys_one_edition"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        city = self.city or Municipality.objects.order_by("code").first()
        slug = city.slug if city else ""
        return reverse("surveys:questionnaire", kwargs={"city": slug, "pk": self.pk})

    @property
    def is_frozen(self) -> bool:
        """It has been asked, or belongs to all: what was asked stays as it was asked."""
        return self.city_id is None or self.rounds.exclude(state="draft").exists()

    def touch(self) -> None:
        """Note that something in it has changed."""
        self.imprint = uuid.uuid4()
        self.version += 1
        self.save(update_fields=("imprint", "version"))
