from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful
from talkoot.kit.ui import navigation
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

_SCALE = (MinValueValidator(0), MaxValueValidator(100))


def range_or_unknown(amount: str) -> Q:
    """Both ends of an amount, in order and not negative, or neither: NULL would pass a plain comparison."""
    low, high = f"{amount}_low", f"{amount}_high"
    unknown = Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
    known = Q(**{f"{low}__isnull": False, f"{high}__isnull": False})
    return unknown | (known & Q(**{f"{low}__gte": 0, f"{high}__gte": F(low)}))


class Category(models.TextChoices):
    """The groups of the library: seven of the national one, two of our own."""

    BASIC = "PERUS", _("Basic municipal duties")
    AREA = "KEHIT", _("Joint area development")
    MARKET = "MARKK", _("Steering the market")
    COMMUNICATION = "VIEST", pgettext_lazy("group of methods", "Communication")
    TOGETHER = "TORMA", _("Bringing actors together")
    REWARD = "PALKI", _("Rewarding")
    TRAINING = "KOULU", _("Training and advice")
    COMMITMENT = "SITOU", _("Commitment and partnership")
    KNOWLEDGE = "TIETO", _("Knowledge and follow-up")


class Cadence(models.TextChoices):
    CONTINUOUS = "continuous", _("Continuous")
    RECURRING = "recurring", _("Recurring")
    YEARLY = "yearly", _("Every year")
    MULTI_YEAR = "multi_year", _("Takes several years")
    ONE_OFF = "one_off", _("One-off")


class Basis(models.TextChoices):
    """What a statement of the library rests on."""

    PUBLISHED = "published", _("seen in a public source")
    MEMORY = "memory", _("not checked against a source")
    JUDGEMENT = "judgement", _("judgement")


class Target(models.TextChoices):
    COMPANIES = "companies", _("Companies")
    CITY = "city", _("The city itself")
    CITY_STAFF = "city_staff", _("The city’s staff")


class Criterion(models.TextChoices):
    """What a method may further. Company demand (F) comes from surveys and has no prior."""

    EMISSIONS = "A", _("Cutting emissions")
    GREEN_BUSINESS = "B", _("Better conditions for green business in the area")
    ENVIRONMENT = "C", _("Other environmental goals of the area")
    INTERACTION = "D", _("More interaction between municipality and companies")
    IMAGE = "E", _("Better climate image of the municipality")


class MethodQuerySet(VisibleQuerySet["Method"]):
    def visible_to(self, user: AnyUser) -> Self:
        """All see what has been published; the staff of every city also what is being prepared."""
        return self.all() if cities_of(user) else self.filter(state__in=Method.PUBLIC)

    def published(self) -> Self:
        """Methods that may be chosen today."""
        return self.filter(state=Method.State.PUBLISHED)

    def brief(self) -> Self:
        """With what a list of links needs: a method has seventy columns."""
        return self.only("code", "category", *columns("name"))

    def named(self) -> Self:
        """With `shown_name`, the name that the reader sees, to sort by: a missing translation falls back."""
        own = NullIf(F(f"name_{get_language() or settings.LANGUAGE_CODE}"), Value(""))
        return self.annotate(shown_name=Coalesce(own, F("name_fi"), output_field=models.CharField()))


class Method(Versioned, Stateful):
    """One means of cooperation in the library that all cities share, known by its code."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("Being reviewed")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    PUBLIC = (State.PUBLISHED, State.RETIRED)
    TRANSITIONS = {
        State.DRAFT: {State.IN_REVIEW: "methods.edit"},
        State.IN_REVIEW: {State.PUBLISHED: "methods.review", State.DRAFT: "methods.review"},
        State.PUBLISHED: {State.RETIRED: "methods.edit", State.DRAFT: "methods.edit"},
        State.RETIRED: {State.PUBLISHED: "methods.review"},
    }
    REASON_NEEDED = frozenset({State.RETIRED, State.DRAFT})

    name_fi: str
    purpose_fi: str
    what_fi: str | None
    code = models.CharField(
        _("code in the library"), max_length=8, unique=True, validators=[RegexValidator(r"^[A-Z]\d{2,4}$")]
    )
    category = models.CharField(_("group"), max_length=5, choices=Category.choices)
    name = models.CharField(_("name of the method"), max_length=150)
    purpose = models.TextField(_("purpose"))
    what = models.TextField(_("what it is"), blank=True)
    why = models.TextField(_("why it works"), blank=True)
    how = models.TextField(_("how it is done"), blank=True)
    where = models.TextField(_("where it has been done"), blank=True)
    description_basis = models.JSONField(_("basis of each text"), default=dict, blank=True)
    description_sources = models.JSONField(_("sources of the texts"), default=list, blank=True)
    cadence = models.CharField(
        _("rhythm"), max_length=12, choices=Cadence.choices, default=Cadence.CONTINUOUS
    )
    cadence_note = models.CharField(_("note on the rhythm"), max_length=120, blank=True)
    target = models.CharField(
        _("directed at"), max_length=12, choices=Target.choices, default=Target.COMPANIES
    )
    sizes = models.JSONField(_("suits companies of"), default=list, blank=True)
    industries = models.JSONField(_("sectors"), default=list, blank=True)
    lead_units = models.JSONField(_("leading units"), default=list, blank=True)
    person_days_low = models.FloatField(_("person-days a year, at least"), null=True, blank=True)
    person_days_high = models.FloatField(_("person-days a year, at most"), null=True, blank=True)
    euros_low = models.FloatField(_("euros a year, at least"), null=True, blank=True)
    euros_high = models.FloatField(_("euros a year, at most"), null=True, blank=True)
    effort_text = models.CharField(_("person-days as the source says them"), max_length=200, blank=True)
    effort_note = models.CharField(_("note on the person-days"), max_length=300, blank=True)
    effort_basis = models.CharField(
        _("basis of the person-days"), max_length=12, choices=Basis.choices, blank=True
    )
    effort_source = models.CharField(_("source of the effort"), max_length=300, blank=True)
    euros_text = models.CharField(_("euros as the source says them"), max_length=200, blank=True)
    euros_note = models.CharField(_("note on the euros"), max_length=300, blank=True)
    euros_basis = models.CharField(_("basis of the euros"), max_length=12, choices=Basis.choices, blank=True)
    resource_class = models.CharField(_("resource class"), max_length=5, blank=True)
    evidence_text = models.TextField(_("evidence"), blank=True)
    evidence_basis = models.JSONField(_("basis of the evidence"), default=list, blank=True)
    requires = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("requires"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    translation_states = models.JSONField(_("state of each language"), default=dict, blank=True)
    cities_seen = models.JSONField(_("cities in which it was seen or considered"), default=list, blank=True)

    objects: ClassVar[models.Manager[Method]] = models.Manager.from_queryset(MethodQuerySet)()

    class Meta:
        ordering = ("code",)
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        constraints = (
            models.CheckConstraint(
                condition=range_or_unknown("person_days"),
                name="methods_person_days",
            ),
            models.CheckConstraint(
                condition=range_or_unknown("euros"),
                name="methods_euros",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return navigation.address("methods:detail", code=self.code)

    @property
    def is_described(self) -> bool:
        """Someone has written what the method is; the others say that they are not described yet."""
        return bool(self.what_fi)


class GoalQuerySet(VisibleQuerySet["Goal"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(method__in=Method.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Goal(models.Model):
    """What the library says of a method and one criterion: a mark, sometimes a rating of 1–5.

    `low` and `high` are the same on the value scale 0–100, where 0 means that the method is not used.
    """

    method = models.ForeignKey(Method, models.CASCADE, related_name="goals", verbose_name=_("method"))
    criterion = models.CharField(_("criterion"), max_length=1, choices=Criterion.choices)
    marked = models.BooleanField(_("marked in the library"), default=False)
    rating = models.FloatField(
        _("published rating"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    low = models.FloatField(_("at least"), validators=_SCALE)
    high = models.FloatField(_("at most"), validators=_SCALE)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices, default=Basis.JUDGEMENT)
    source = models.CharField(_("source"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    objects: ClassVar[models.Manager[Goal]] = models.Manager.from_queryset(GoalQuerySet)()

    class Meta:
        ordering = ("method", "criterion")
        verbose_name = _("goal of a method")
        verbose_name_plural = _("goals of methods")
        constraints = (
            models.UniqueConstraint(fields=("method", "criterion"), name="methods_goal_once"),
            models.CheckConstraint(
                condition=Q(low__gte=0, high__lte=100, high__gte=F("low")), name="methods_goal_scale"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5), name="methods_goal_rating"
            ),
        )

    def __str__(self) -> str:
        return f"{self.method} · {self.get_criterion_display()}"
