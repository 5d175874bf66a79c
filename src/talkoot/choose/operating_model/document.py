"""The model as data and as a tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.choose.operating_model.models import Document
from talkoot.choose.operating_model.reading import Reading
from talkoot.kit import charts, typography
from talkoot.kit.documents import render
from talkoot.kit.files.actions import store
from talkoot.kit.ui import translated

if TYPE_CHECKING:
    from talkoot.choose.operating_model.models import ModelMethod, OperatingModel

FORMAT = "talkoot-operating-model/1"
LANGUAGES = ("fi", "sv", "en")
TEMPLATE = Path(__file__).with_name("document.typ")


def as_json(model: OperatingModel) -> dict[str, Any]:
    """The published model as open data; texts in the languages they exist in."""
    return {
        "format": FORMAT,
        "licence": "CC BY 4.0",
        "city": {"code": model.city.code, "name": _texts(model.city, "name")},
        "number": model.number,
        "state": model.state,
        "example": model.example,
        "in_force_from": model.starts_on,
        "next_review": model.review_on,
        "decision": {"body": model.deciding_body, "date": model.decided_on, "section": model.section},
        "published_at": model.published_at,
        "introduction": _texts(model, "intro"),
        "methods": [_item(item) for item in Reading(model).items],
    }


def _item(item: ModelMethod) -> dict[str, Any]:
    indicator = {"name": _texts(item, "indicator"), "unit": _texts(item, "indicator_unit")}
    return {
        "code": item.method.code,
        "name": _texts(item.method, "name"),
        "why": _texts(item, "why"),
        "responsible_unit": _texts(item.owner_unit, "name") if item.owner_unit else None,
        "partner_units": [_texts(unit, "name") for unit in item.partners],
        "person_days_a_year": item.person_days,
        "euros_a_year": item.euros,
        "start": item.starts_on,
        "months": item.months,
        "indicator": indicator | {"target": float(item.target) if item.target is not None else None},
        "roadmap_goal": _texts(item.goal, "name") if item.goal else None,
        "source": {"text": _texts(item, "source"), "url": item.source_url},
        "example": item.example,
    }


def _texts(obj: Any, field: str) -> dict[str, str]:
    found = ((code, getattr(obj, f"{field}_{code}", "")) for code in LANGUAGES)
    return {code: text for code, text in found if text}


def make(model: OperatingModel) -> list[Document]:
    """A PDF in each language, kept as public files; a file that exists is left as it was published."""
    return [_in_language(model, language) for language in LANGUAGES]


def _in_language(model: OperatingModel, language: str) -> Document:
    existing = Document.objects.filter(model=model, language=language).first()
    if existing:
        return existing
    with override(language):
        content = render(TEMPLATE, contents(model), language)
        name = _("Operating model {city} {number}").format(city=model.city.name, number=model.number) + ".pdf"
    file = store(
        content, name=name, use="operating_model.pdf", by=None, scope=model.city.slug, publicity="public"
    )
    return Document.objects.create(model=model, file=file, language=language)


def contents(model: OperatingModel) -> dict[str, Any]:
    """What the document says, in the language in force."""
    reading = Reading(model)
    days = typography.number(reading.days, 0)
    return {
        "title": _("Operating model of climate cooperation, {city}").format(city=model.city.name),
        "subtitle": translated.for_document(model, "intro"),
        "city": model.city.name,
        "hue": model.city.hue,
        "chroma": model.city.chroma,
        "facts": _facts(model),
        "methods_heading": _("Methods"),
        "methods_caption": _("{n} methods, {days} person-days a year").format(
            n=len(reading.items), days=days
        ),
        "heads": [
            _("Method"),
            _("Responsible unit"),
            _("Person-days a year"),
            _("When"),
            _("Indicator and target"),
        ],
        "rows": [_row(item) for item in reading.items],
        "why_heading": _("Why these?"),
        "why": [
            (translated.for_document(item.method, "name"), translated.for_document(item, "why"))
            for item in reading.items
            if item.why
        ],
        "clock_heading": str(reading.ring.caption),
        "clock_alt": reading.ring.drawing.label,
        "images": {"clock.svg": charts.render_svg(reading.ring).encode()},
        "clock_note": str(reading.ring.note),
        "clock_heads": [str(label) for label, _numeric in reading.ring.table.heads],
        "clock_rows": [[str(cell) for cell in row] for row in reading.ring.table.rows],
    }


def _row(item: ModelMethod) -> list[Any]:
    """The words of the page: what is missing is said as it is said there."""
    return [
        translated.for_document(item.method, "name", f" ({_('example')})" if item.example else ""),
        item.unit_names,
        typography.number(item.person_days, 0) if item.person_days is not None else _("Not known"),
        _when(item),
        translated.for_document(item, "indicator", _target(item)) if item.indicator else _("Not named yet"),
    ]


def _when(item: ModelMethod) -> str:
    if item.starts_on is None:
        return item.month_names
    text = _("{months}, from {day}")
    return text.format(months=item.month_names, day=typography.date(item.starts_on))


def _facts(model: OperatingModel) -> list[tuple[str, str]]:
    decision = " ".join(
        part
        for part in (model.deciding_body, typography.date(model.decided_on) if model.decided_on else "")
        if part
    )
    if model.section:
        decision += f" § {model.section}"
    return [
        (_("State"), str(model.get_state_display())),
        (_("Version"), str(model.number)),
        (_("In force from"), typography.date(model.starts_on) if model.starts_on else _("Not set")),
        (_("Decision"), decision or _("Not decided yet")),
        (_("Next review"), typography.date(model.review_on) if model.review_on else _("Not set")),
    ]


def _target(item: ModelMethod) -> str:
    return f" {typography.number(item.target)} {item.indicator_unit or ''}" if item.target is not None else ""
