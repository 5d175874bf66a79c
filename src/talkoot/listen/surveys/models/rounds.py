from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock, typography
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful
from talkoot.listen.surveys.errors import ResultsMissing
from talkoot.listen.surveys.models.questionnaire import Questionnaire

if TYPE_CHECKING:
    import datetime as dt

    from talkoot.kit.access.request import AnyUser


class RoundQuerySet(VisibleQuerySet["Round"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Published rounds are public; the staff of a round's cities see it in every state."""
        published, organisations = Q(state=Round.State.PUBLISHED), cities_of(user)
        if not organisations:
            return self.filter(published)
        joint = Round.cities.through.objects.filter(municipality__organisation__in=organisations)
        near = Q(city__organisation__in=organisations) | Q(pk__in=joint.values("round"))
        return self.filter(published | near)

    def in_city(self, city: Municipality) -> Self:
        """The city's own rounds and those it took part in."""
        joint = Round.cities.through.objects.filter(municipality=city)
        return self.filter(Q(city=city) | Q(pk__in=joint.values("round")))


class Round(Versioned, Stateful):
    """One time that a questionnaire is answered, in one city or in several together (`city` is null)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", pgettext_lazy("survey", "Open")
        CLOSED = "closed", pgettext_lazy("survey", "Closed")
        PUBLISHED = "published", _("Published")

    class Frame(models.TextChoices):
        OPEN_LINK = "open_link", _("Open link")
        CENSUS = "census", _("Invitation to all")
        RANDOM = "random", _("Random sample")

    TRANSITIONS = {
        State.DRAFT: {State.OPEN: "surveys.manage"},
        State.OPEN: {State.CLOSED: "surveys.manage"},
        State.CLOSED: {State.PUBLISHED: "surveys.manage"},
        State.PUBLISHED: {State.CLOSED: "surveys.manage"},
    }

    audit_exclude = ("reading",)

    name_fi: str
    source_fi: str | None
    source_sv: str | None
    code = models.SlugField(_("code"), max_length=60, unique=True)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="rounds", verbose_name=_("questionnaire")
    )
    city = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_rounds",
        verbose_name=_("city"),
        help_text=_("Empty when several cities ask together."),
    )
    cities = models.ManyToManyField(
        Municipality,
        blank=True,
        related_name="joint_survey_rounds",
        verbose_name=_("cities that ask together"),
    )
    name = models.CharField(_("name"), max_length=200)
    frame = models.CharField(_("how companies were reached"), max_length=10, choices=Frame.choices)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    frame_size = models.PositiveIntegerField(
        _("companies the sample was drawn from"),
        null=True,
        blank=True,
        help_text=_("Of a random sample: it makes the intervals narrower when many of them answered."),
    )
    simulated = models.BooleanField(_("simulated answers"), default=False)
    followed = models.JSONField(
        _("questions whose simulated shares follow the source"), default=list, blank=True
    )
    source = models.TextField(_("source"), blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    targets: models.JSONField[Any, Any] = models.JSONField(
        _("answers wanted by size"), default=dict, blank=True
    )
    reading: models.JSONField[Any, Any] = models.JSONField(
        _("how files of other tools are read"), default=dict, blank=True, editable=False
    )
    opened_on = models.DateField(
        _("first day to answer"), null=True, blank=True, help_text=_("Empty: the day on which you open it.")
    )
    closed_on = models.DateField(
        _("last day to answer"), null=True, blank=True, help_text=_("Empty: until you close it.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)

    objects: ClassVar[models.Manager[Round]] = models.Manager.from_queryset(RoundQuerySet)()

    class Meta:
        ordering = ("-closed_on", "-pk")
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="surveys_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "published")) | Q(closed_on__isnull=False),
                name="surveys_closed_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        city = self.city or self.cities.order_by("code").first()
        return reverse("surveys:workspace_results", kwargs={"city": city.slug if city else "", "pk": self.pk})

    @property
    def period(self) -> str:
        """The days on which answers were taken, in words."""
        return period(self.opened_on, self.closed_on)

    def takes_answers(self, today: dt.date) -> bool:
        """It is open, and `today` is within its days."""
        begun = self.opened_on is None or self.opened_on <= today
        return self.state == self.State.OPEN and begun and (self.closed_on is None or today <= self.closed_on)

    def municipalities(self) -> list[Municipality]:
        """The city, or the cities that ask together, by municipality code."""
        return [self.city] if self.city else list(self.cities.all())

    def before_transition(self, to: str, by: AnyUser) -> None:
        """Results are calculated before they can be published."""
        if to == self.State.PUBLISHED and not self.results.exists():
            raise ResultsMissing


def period(*days: dt.date | None) -> str:
    """Two days in words, or the one that is known."""
    return typography.DASH.join([typography.date(day) for day in days if day])


class ResultsQuerySet(VisibleQuerySet["Results"]):
    def visible_to(self, user: AnyUser) -> Self:
        """As the round."""
        return self.filter(round__in=Round.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Results(models.Model):
    """What a round says, calculated once and then only read; small groups are already hidden in it.

    `city` null: all the cities of the round together. `content` is described in `results.calculate`.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="results", verbose_name=_("survey round"))
    city = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="survey_results",
        verbose_name=_("city"),
    )
    calculated_at = models.DateTimeField(_("calculated at"), default=clock.now)
    method = models.CharField(_("method and its version"), max_length=100)
    content: models.JSONField[Any, Any] = models.JSONField(_("content"), default=dict)

    objects: ClassVar[models.Manager[Results]] = models.Manager.from_queryset(ResultsQuerySet)()

    class Meta:
        ordering = ("round", "city")
        verbose_name = _("survey results")
        verbose_name_plural = _("survey results")
        constraints = (
            models.UniqueConstraint(fields=("round", "city"), name="surveys_one_result_a_city"),
            models.UniqueConstraint(
                fields=("round",), condition=Q(city=None), name="surveys_one_result_of_all_cities"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} · {self.city or ''}".strip(" ·")
