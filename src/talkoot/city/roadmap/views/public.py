from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from talkoot.city.organisations.audiences import PublicView
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.city.roadmap.shown import shown, with_chart

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


class Targets(TemplateResponseMixin, PublicView):
    """Where the city is, what is missing and what it aims at; also as known on an earlier day."""

    request: Any
    permission = "roadmap.see"
    template_name = "roadmap/public.html"

    def get(self, request: Request, **_kwargs: Any) -> HttpResponse:
        known_on = _day(request.GET.get("pvm", ""))
        roadmaps = [self.laid_out(roadmap, known_on) for roadmap in self.roadmaps()]
        emissions = next((part["emissions"] for part in roadmaps if part["emissions"]), None)
        context = self.get_context_data(
            heading=_("Targets and roadmap"), roadmaps=roadmaps, emissions=emissions, known_on=known_on
        )
        return self.render_to_response(context)

    def roadmaps(self) -> Any:
        rows = Roadmap.objects.visible_to(self.request.user).filter(city=self.request.city, published=True)  # type: ignore[attr-defined]  # our queryset
        values = Value.objects.order_by("year", "published_on", "pk")
        indicators = Indicator.objects.prefetch_related(Prefetch("values", values))
        return rows.prefetch_related(
            Prefetch("themes", Theme.objects.order_by("order", "pk")),
            Prefetch("goals", Goal.objects.order_by("order", "pk")),
            Prefetch("indicators", indicators.order_by("order", "pk")),
        )

    def laid_out(self, roadmap: Roadmap, known_on: dt.date | None) -> dict[str, Any]:
        """A roadmap with its goals under their themes and its indicators under their goals."""
        rows = [shown(one, known_on) for one in roadmap.indicators.all()]
        goals: dict[int | None, list[dict[str, Any]]] = {}
        for goal in roadmap.goals.all():
            own = [row for row in rows if row["indicator"].goal_id == goal.pk]
            goals.setdefault(goal.theme_id, []).append({"goal": goal, "indicators": own})
        total = next((row for row in rows if row["indicator"].key == EMISSIONS), None)
        return {
            "roadmap": roadmap,
            "whole": goals.get(None, []),
            "themes": [(theme, goals.get(theme.pk, [])) for theme in roadmap.themes.all()],
            "loose": [row for row in rows if row["indicator"].goal_id is None],
            "emissions": with_chart(total) if total else None,
        }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
