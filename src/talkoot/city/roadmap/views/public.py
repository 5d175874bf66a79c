from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from talkoot.city.organisations.audiences import PublicView
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.city.roadmap.path import chart_of, newest, path_of
from talkoot.kit import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from talkoot.city.roadmap.models import Value
    from talkoot.city.roadmap.path import Path
    from talkoot.kit.access.request import Request


class Targets(TemplateResponseMixin, PublicView):
    """Where the city is, what is missing and what it aims at; also as known on an earlier day."""

    request: Any
    permission = "roadmap.see"
    template_name = "roadmap/public.html"

    def get(self, request: Request, **_kwargs: Any) -> HttpResponse:
        known_on = _day(request.GET.get("pvm", ""))
        roadmaps = [self.shown(roadmap, known_on) for roadmap in self.roadmaps()]
        emissions = next((part["emissions"] for part in roadmaps if part["emissions"]), None)
        context = self.get_context_data(
            heading=_("Targets and roadmap"), roadmaps=roadmaps, emissions=emissions, known_on=known_on
        )
        return self.render_to_response(context)

    def roadmaps(self) -> Any:
        rows = Roadmap.objects.visible_to(self.request.user).filter(city=self.request.city, published=True)  # type: ignore[attr-defined]  # our queryset
        return rows.prefetch_related(
            Prefetch("themes", Theme.objects.all()),
            Prefetch("goals", Goal.objects.all()),
            Prefetch("indicators", Indicator.objects.prefetch_related("values")),
        )

    def shown(self, roadmap: Roadmap, known_on: dt.date | None) -> dict[str, Any]:
        """A roadmap with its goals under their themes and its indicators under their goals."""
        rows = [_indicator(one, known_on) for one in roadmap.indicators.all()]
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
            "emissions": _with_chart(total) if total else None,
        }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _indicator(indicator: Indicator, known_on: dt.date | None) -> dict[str, Any]:
    everything = list(indicator.values.all())
    values = newest(everything, known_on)
    replaced = [value for value in everything if value not in values]
    return {
        "indicator": indicator,
        "values": values,
        "replaced": replaced,
        "path": path_of(indicator, values),
    }


def _with_chart(row: dict[str, Any]) -> dict[str, Any]:
    indicator, values, path = row["indicator"], row["values"], row["path"]
    measured = [value for value in values if not value.estimate]
    chart = chart_of(indicator, values, _words(indicator, values, path)) if measured else None
    return row | {"chart": chart, "figures": list(_figures(indicator, path)), "sentence": _sentence(path)}


def _words(indicator: Indicator, values: list[Value], path: Path) -> dict[str, str]:
    note = _("Dots are published figures.")
    if path.per_year is not None:
        pace = f"{typography.number(path.per_year, 0)} {indicator.unit}"
        note += " " + _("The dashed line is the pace that the target needs: %(pace)s a year.") % {
            "pace": pace
        }
    target = typography.number(path.target) if path.target is not None else ""
    sources = list(dict.fromkeys(value.source for value in values if value.source))
    return {
        "caption": f"{indicator.name}, {indicator.unit}",
        "note": note,
        "source": "; ".join(sources),
        "missing": _("Not imported yet"),
        "target": _("Target %(value)s") % {"value": target},
    }


def _figures(indicator: Indicator, path: Path) -> Iterator[dict[str, Any]]:
    unit = indicator.unit
    if path.latest is not None:
        label = _("in %(year)s") % {"year": path.latest.year}
        if path.change is not None:
            label += ", " + _("%(change)s from the year before") % {
                "change": typography.percent(path.change, 0)
            }
        yield {"value": typography.number(path.latest.value), "unit": unit, "label": label}
    if path.target is not None and path.target_year:
        label = _("target in %(year)s") % {"year": path.target_year}
        yield {"value": typography.number(path.target), "unit": unit, "label": label}
    if path.gap is not None:
        yield {"value": typography.number(path.gap), "unit": unit, "label": _("gap to the target")}
    if path.per_year is not None and path.latest is not None:
        years = f"{path.latest.year}–{path.target_year}"
        label = _("needed every year %(years)s") % {"years": years}
        yield {"value": typography.number(path.per_year, 0), "unit": unit, "label": label}


def _sentence(path: Path) -> dict[str, str] | None:
    """Late or on schedule, and the figures behind it; nothing when it cannot be said."""
    if path.is_late is None or path.travelled is None or path.elapsed is None:
        return None
    values = {
        "way": typography.percent(path.travelled * 100, 0),
        "time": typography.percent(path.elapsed * 100, 0),
    }
    text = _("%(way)s of the way to the target is behind, and %(time)s of the time.") % values
    label = _("Behind schedule") if path.is_late else _("On schedule")
    return {"kind": "late" if path.is_late else "ok", "label": label, "text": text}
