"""An indicator as pages show it: newest figures, path, chart and the sentence on its pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.city.roadmap.models import Value
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.city.roadmap.path import chart_of, newest, path_of
from talkoot.kit import typography

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from talkoot.city.organisations.models import Municipality
    from talkoot.city.roadmap.models import Indicator
    from talkoot.city.roadmap.path import Path

DRAWN = (
    *("indicator", "year", "value", "estimate", "source", "published_on"),
    *(f"indicator__{name}" for name in ("name", "unit", "base_year", "target_year", "target_value")),
)
"""What a chart is drawn from: an indicator and its values have fifty columns."""


def emissions_of(city: Municipality) -> dict[str, Any] | None:
    """The path of the emissions of a published roadmap as `roadmap/_emissions.html` shows it; None without figures."""
    rows = Value.objects.filter(indicator__roadmap__city=city, indicator__roadmap__published=True)
    found = rows.filter(indicator__key=EMISSIONS).order_by("indicator_id")
    values = list(found.select_related("indicator").only(*DRAWN))
    if not values:
        return None
    indicator = values[0].indicator
    return with_chart(_row(indicator, [v for v in values if v.indicator_id == indicator.pk], None))


def shown(indicator: Indicator, known_on: dt.date | None) -> dict[str, Any]:
    return _row(indicator, list(indicator.values.all()), known_on)


def _row(indicator: Indicator, everything: list[Value], known_on: dt.date | None) -> dict[str, Any]:
    values = newest(everything, known_on)
    replaced = [value for value in everything if value not in values]
    return {
        "indicator": indicator,
        "values": values,
        "replaced": replaced,
        "path": path_of(indicator, values),
    }


def with_chart(row: dict[str, Any]) -> dict[str, Any]:
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
