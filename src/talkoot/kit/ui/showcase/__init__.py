"""What the gallery shows: invented data in every state a component knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from talkoot.kit import clock
from talkoot.kit.ui.showcase import pictures, samples

COLOURS = (
    *("city", "city-deep", "city-mid", "city-soft", "lake", "ochre", "lingon", "spruce", "lichen", "clay"),
    *("paper", "sheet", "linen", "line", "line-strong", "ink"),
)
ICONS = (  # noqa: SIM905 -- words read better than a column of quotes
    "search right down up check cross plus minus alert info clock calendar doc download mail phone lock edit filter "
    "globe pin user history copy unknown always never open print v1 v2 v3 v4"
).split()


@dataclass(frozen=True)
class Row:
    cells: list[Any]
    classes: str = ""
    group: str = ""


@dataclass(frozen=True)
class Table:
    """The same names as a table of kit.crud."""

    caption: str
    note: str
    heads: list[Any]
    rows: list[Row]
    empty: str = ""
    foot: list[str] = field(default_factory=list)


def _table() -> Table:
    columns = [
        SimpleNamespace(label="Keino", key="name", numeric=False, template=None),
        SimpleNamespace(label="Vastuuyksikkö", key="unit", numeric=False, template=None),
        SimpleNamespace(label="Työmäärä, htp/v", key="days", numeric=True, template=None),
    ]
    heads = [
        SimpleNamespace(
            label=c.label, numeric=c.numeric, sort_url=f"?sort={c.key}", aria_sort=sort, key=c.key
        )
        for c, sort in zip(columns, ("ascending", "none", "none"), strict=True)
    ]
    data = [
        (
            "Aloituspaketti pk-yrityksille",
            "Elinkeinopalvelut",
            "12",
            "picked",
            "Mukana kaikissa lasketuissa tilanteissa",
        ),
        ("Hiilijalanjäljen laskentapaja", "Ympäristöasiantuntija", "12", "edge", "Rajatapaukset"),
        ("Ympäristöpalkinto", "Viestintä", "12", "out", "Jää pois"),
    ]
    rows = [
        Row([_cell(columns[i], value) for i, value in enumerate(values)], css, group)
        for *values, css, group in data
    ]
    return Table(
        "Keinot", "Työmäärä on arvio henkilötyöpäivinä (htp).", heads, rows, foot=["Yhteensä", "", "36"]
    )


def _cell(column: Any, value: str) -> Any:
    return SimpleNamespace(column=column, value=value, url="#content" if column.key == "name" else "")


def _lists() -> dict[str, Any]:
    at = dt.datetime(2026, 11, 10, 9, 47, tzinfo=dt.UTC)
    return {
        "events": [
            SimpleNamespace(at=at, actor_name="Aino", verb="proposed", reason="13 keinoa, 240 htp."),
            SimpleNamespace(at=at - dt.timedelta(30), actor_name="Mikael", verb="edited", reason=""),
        ],
        "steps": [
            {"title": "Kerro yrityksestä", "status": "done"},
            {"title": "Valitse teko", "status": "now"},
            {"title": "Sovi tapaaminen", "status": "todo"},
        ],
        "tasks": [
            {
                "title": "Soita kolmelle yritykselle",
                "detail": "Yritykset ovat odottaneet yli viikon.",
                "kind": "late",
                "status": "2 päivää myöhässä",
                "url": "#content",
            },
            {
                "title": "Päivitä mittari",
                "detail": "Elinkeinopalvelut",
                "kind": "ok",
                "status": "Valmis",
                "done": True,
            },
        ],
        "differences": [SimpleNamespace(label="Tavoitevuosi", before="2028", mine="2027", theirs="2029")],
        "other": SimpleNamespace(actor_name="Mikael"),
        "preview_tallies": [
            SimpleNamespace(state="broken", label="Korjattava", count=1, current=False),
            SimpleNamespace(state="changed", label="Muuttuu", count=1, current=False),
            SimpleNamespace(state="new", label="Uusi", count=46, current=False),
            SimpleNamespace(state="same", label="Pysyy ennallaan", count=2, current=False),
        ],
        "preview_page": Paginator(
            [
                SimpleNamespace(
                    number=7,
                    label="Korjattava",
                    sign="late",
                    cells=[
                        SimpleNamespace(value="Lauta & Naula Osuuskunta (esimerkki)", before=None),
                        SimpleNamespace(
                            value="9000041",
                            before=None,
                            errors=["Viimeinen numero puuttuu. Lisää väliviiva ja viimeinen numero."],
                        ),
                    ],
                ),
                SimpleNamespace(
                    number=1,
                    label="Muuttuu",
                    sign="wait",
                    cells=[
                        SimpleNamespace(
                            value="Ruisrivi Leipomo Oy (esimerkki)", before="Ruisrivi Oy (esimerkki)"
                        ),
                        SimpleNamespace(value="9000017-4", before=None),
                    ],
                ),
            ],
            20,
        ).get_page(1),
        "preview_columns": ["Yritys", "Y-tunnus"],
        "page": Paginator(range(200), 20).get_page(4),
        "chips": [("Pilotoitu", "?"), ("Kerava", "?")],
        "facts": [("Tila", "Voimassa"), ("Versio", "2"), ("Seuraava tarkistus", "8.12.2026")],
        "figures": [
            {"value": "38", "label": "kumppania mukana"},
            {"value": "240", "unit": "htp", "label": "vuodessa, käytettävissä 243"},
            {"value": "4 460", "unit": "t CO₂e", "label": "arvioitu vähennys vuodessa (3 100–5 900)"},
        ],
        "cities": [("Vantaa", True), ("Kerava", False), ("Järvenpää", True)],
        "reasons": [("Ympäristöpalkinto", "Kaupungilla on jo palkinto.")],
        "ticks": [
            ("Yksi selvä teko toimii.", "yes"),
            ("Iltapäivä ei toimi.", "no"),
            ("268 htp kääntäisi.", "maybe"),
        ],
        "crumbs": [("Keinot", "#content"), ("Komponentit", "")],
    }


def context() -> dict[str, Any]:
    """Everything the gallery's template names."""
    return {
        "colours": COLOURS,
        "icons": ICONS,
        "table": _table(),
        "empty_table": Table("", "", [], [], empty=_("Nothing here yet")),
        "today": clock.today(),
        "charts": pictures.every_kind(),
        **samples.whole_and_wrong(),
        **_lists(),
    }
