"""What a city's front page says: figures that exist, and what is missing as missing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.choose.operating_model.models import OperatingModel
from talkoot.city.roadmap.shown import emissions_of
from talkoot.kit import charts
from talkoot.kit import clock as time
from talkoot.kit.worded import worded
from talkoot.listen.surveys import glance
from talkoot.show.public.chosen import choices
from talkoot.show.public.lessons import newest_pilots

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.prepared import Asked
    from talkoot.listen.surveys.glance import Glance
    from talkoot.show.public.chosen import Choice
    from talkoot.show.public.lessons import Lesson

COLOURS = ("city", "ochre", "mid", "lingon", "lichen", "spruce", "clay", "lake")


@worded((), ("intro",))
def _intro(city: Asked) -> QuerySet[OperatingModel]:
    models: QuerySet[OperatingModel] = OperatingModel.objects.in_force()  # type: ignore[attr-defined]  # our queryset
    return models.filter(city=city).order_by("-number")[:1]


class HomePage:
    def __init__(self, city: Municipality) -> None:
        self.city = city

    @cached_property
    def intro(self) -> str:
        """What the city says of its model in force."""
        return next((intro for (intro,) in _intro(city=self.city.pk)), "")

    @cached_property
    def items(self) -> list[Choice]:
        return choices(self.city)

    @property
    def days(self) -> int:
        """Person-days a year of the methods whose effort is known."""
        return sum(item.days for item in self.items)

    @cached_property
    def rug(self) -> charts.Rug | None:
        """One stripe a method, as wide as the working time it takes; methods without a known effort are thin."""
        if not self.items:
            return None
        stripes = [
            charts.Stripe(item.name, item.days, COLOURS[n % len(COLOURS)])
            for n, item in enumerate(self.items)
        ]
        return charts.Rug(
            caption=_("The rug of the operating model: {n} methods").format(n=len(stripes)),
            note=_("A stripe is a method. The wider it is, the more working time the city gives to it."),
            stripes=stripes,
            size_head=_("Person-days a year"),
        )

    @cached_property
    def emissions(self) -> dict[str, Any] | None:
        """The path of the city's emissions, or None while nothing has been brought in."""
        return emissions_of(self.city)

    @cached_property
    def survey(self) -> Glance | None:
        return glance.newest(self.city)

    @cached_property
    def pilots(self) -> list[Lesson]:
        return newest_pilots(self.city)

    @property
    def this_month(self) -> list[Choice]:
        """The methods that the annual clock has in this month."""
        month = time.today().month
        return [item for item in self.items if month in item.months]
