"""The methods that cities work by, as their front pages name them: read lightly, since everyone opens these pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.choose.methods.models import Category
from talkoot.choose.methods.words import PIGMENTS
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.kit.ui import navigation
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.prepared import Asked


@dataclass(frozen=True, slots=True)
class Choice:
    city: int
    code: str
    category: str
    person_days: int | None
    months: list[int]
    example: bool
    name: str
    why: str

    @property
    def days(self) -> int:
        return self.person_days or 0

    @property
    def pigment(self) -> str:
        return PIGMENTS[Category(self.category)]

    @property
    def url(self) -> str:
        return navigation.address("methods:detail", code=self.code)


def choices(city: Municipality | None = None) -> list[Choice]:
    """Methods of the models in force, of one city or of all; words that are not translated are in Finnish."""
    return [Choice(*row) for row in _chosen(city=city and city.pk)]


@worded(
    ("model__city_id", "method__code", "method__category", "person_days", "months", "example"),
    ("method__name", "why"),
)
def _chosen(city: Asked | None = None) -> QuerySet[ModelMethod]:
    rows = ModelMethod.objects.filter(model__state__in=OperatingModel.NOW).order_by("method__code")
    return rows if city is None else rows.filter(model__city=city)
