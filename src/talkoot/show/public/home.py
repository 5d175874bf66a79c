"""What a city's front page says: figures that exist, and what is missing as missing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.city.roadmap.models import Value
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.kit import charts
from talkoot.kit import clock as time
from talkoot.listen.surveys.models import Round

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

COLOURS = ("city", "ochre", "mid", "lingon", "lichen", "spruce", "clay", "lake")


class HomePage:
    def __init__(self, city: Municipality, user: AnyUser) -> None:
        self.city, self.user = city, user

    @cached_property
    def model(self) -> OperatingModel | None:
        found: OperatingModel | None = OperatingModel.objects.in_force().filter(city=self.city).first()  # type: ignore[attr-defined]  # our queryset
        return found

    @cached_property
    def reading(self) -> Reading | None:
        return Reading(self.model, briefly=True) if self.model else None

    @cached_property
    def rug(self) -> charts.Rug | None:
        """One stripe a method, as wide as the working time it takes; methods without a known effort are thin."""
        if self.reading is None or not self.reading.items:
            return None
        stripes = [
            charts.Stripe(item.method.name, item.person_days or 0, COLOURS[n % len(COLOURS)])
            for n, item in enumerate(self.reading.items)
        ]
        return charts.Rug(
            caption=_("The rug of the operating model: {n} methods").format(n=len(stripes)),
            note=_("A stripe is a method. The wider it is, the more working time the city gives to it."),
            stripes=stripes,
            size_head=_("Person-days a year"),
        )

    @cached_property
    def latest_emissions(self) -> Value | None:
        """The newest sourced value of the city's emissions, or None while nothing has been brought in."""
        values = Value.objects.visible_to(self.user).filter(  # type: ignore[attr-defined]  # our queryset
            indicator__roadmap__city=self.city, indicator__key=EMISSIONS
        )
        found: Value | None = (
            values.select_related("indicator").order_by("-year", "-published_on", "-pk").first()
        )
        return found

    @cached_property
    def survey(self) -> Round | None:
        rounds = Round.objects.visible_to(self.user).filter(  # type: ignore[attr-defined]  # our queryset
            Q(city=self.city) | Q(cities=self.city), state=Round.State.PUBLISHED
        )
        found: Round | None = rounds.distinct().first()
        return found

    @property
    def this_month(self) -> list[ModelMethod]:
        """The methods that the annual clock has in this month."""
        month = time.today().month
        return [item for item in self.reading.items if month in item.months] if self.reading else []
