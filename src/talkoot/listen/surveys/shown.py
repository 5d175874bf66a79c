"""Results as people see them: charts with a table beside each, and the words that say how far they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.methods.models import Method
from talkoot.kit import typography
from talkoot.kit.charts import Bar, Bars
from talkoot.kit.crud.table import Cell, Column, Row
from talkoot.kit.ui import navigation
from talkoot.kit.ui.chart_rows import suppressed
from talkoot.kit.ui.writing import escaped, written
from talkoot.kit.worded import worded
from talkoot.listen.surveys import asked, notes, sizes, telling
from talkoot.listen.surveys.models import Question
from talkoot.listen.surveys.telling import Behind, Table, behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.asked import Asked, Choice
    from talkoot.listen.surveys.models import Results, Round

CAVEATS: dict[str, _StrPromise] = {
    "open_link": gettext_lazy(
        "The survey was an open link, so respondents chose to answer. The intervals hold if those who answered resemble the others of their size and sector."
    ),
    "census": gettext_lazy(
        "All companies that could be reached were invited, and respondents chose to answer. The intervals hold if those who answered resemble the others of their size and sector."
    ),
    "random": gettext_lazy(
        "A random sample was invited. The intervals hold if those who answered resemble the others of their size and sector."
    ),
}
METHODS: dict[str, _StrPromise] = {
    "Post-stratification by collapsed cells": gettext_lazy("Post-stratification, small classes merged"),
    "Design-based estimation with calibration residuals": gettext_lazy(
        "Weighted estimates with the error of the residuals"
    ),
}
PIGMENTS = ("", "lake", "lingon", "spruce", "ochre")


@dataclass(frozen=True)
class BySize:
    """Options as rows, groups as columns: `heads` are its label and how many answered. Without heads every group is hidden."""

    heads: list[SafeString]
    rows: list[Row]
    hides: bool
    why: str = ""


@dataclass(frozen=True)
class Section:
    """A question with a chart, or one that is told in `words` under its `title`."""

    chart: Bars | None
    by_size: BySize | None = None
    pigment: str = ""
    behind: Behind = field(default_factory=Behind)
    title: str = ""
    words: str = ""


@dataclass(frozen=True)
class Page:
    """What `surveys/_results.html` shows."""

    survey: Round
    results: Results
    view: Municipality | None
    sections: list[Section]
    demand: Section | None
    figures: list[dict[str, str]]
    apart: list[str]
    method_notes: list[str]
    caveat: str
    hides: bool

    @property
    def method(self) -> str:
        """The calculation and its versions in words; a name that is not known stays as it was kept."""
        parts = (part.rpartition(" ") for part in self.results.method.split("; "))
        return "; ".join(f"{METHODS.get(name, name)} {version}" for name, _space, version in parts)

    @property
    def left_out(self) -> int:
        """Questions that are not in the files, of those that are shown."""
        return len(self.results.content.get("left_out", ()))

    @property
    def left(self) -> list[Section]:
        """The first half, so that a narrow screen reads the questions in order."""
        return self.sections[: (len(self.sections) + 1) // 2]

    @property
    def right(self) -> list[Section]:
        return self.sections[(len(self.sections) + 1) // 2 :]


def page(survey: Round, results: Results, view: Municipality | None) -> Page:
    """The results of a round in one view; `view` None means all cities of the round."""
    content = results.content
    shown = asked.of(results)
    weighted = bool(content["weighting"])
    sections = [
        _section(survey, q, number, content["questions"][q.code], weighted=weighted)
        for number, q in enumerate((q for q in shown if _is_told(q, content["questions"][q.code])), 1)
    ]
    demand = _demand(survey, [q for q in shown if q.method_code], content["questions"], len(sections) + 1)
    parts = [*sections, *([demand] if demand else [])]
    return Page(
        survey=survey,
        results=results,
        view=view,
        sections=sections,
        demand=demand,
        figures=_figures(content, view),
        apart=notes.apart(content["counts"]),
        method_notes=notes.of_method(survey, content),
        caveat=str(CAVEATS[survey.frame]),
        hides=any(part.by_size and part.by_size.hides for part in parts),
    )


def _is_told(question: Asked, found: dict[str, Any]) -> bool:
    """Methods have a section of their own, and own words that nobody wrote need none."""
    return not question.method_code and (bool(question.choices) or found["n"] != 0)


def _section(
    survey: Round, question: Asked, number: int, found: dict[str, Any], *, weighted: bool
) -> Section:
    pigment = PIGMENTS[(number - 1) % len(PIGMENTS)]
    title = f"{number}. {question.text}"
    if not question.choices:
        return Section(None, pigment=pigment, title=title, words=_told(question, found))
    chart = chart_of(survey, question, found, f"{number}. ")
    details = behind(question, found, weighted=weighted)
    return Section(chart, _by_size(question.choices, found), pigment, details, title)


def _told(question: Asked, found: dict[str, Any]) -> str:
    """How many answered, and the mean of a number; own words are never shown."""
    if found["hidden"]:
        return _("Fewer than 5 answered, not shown.")
    answered = _("Answers: %(n)s.") % {"n": typography.number(found["n"])}
    if question.kind == Question.Kind.NUMBER:
        return f"{answered} {telling.mean(found, question.unit)}".strip()
    closed = _("Own words are read by the survey manager and are not published.")
    return f"{answered} {closed}"


def chart_of(
    survey: Round, question: Asked, found: dict[str, Any], number: str = "", most: int | None = None
) -> Bars:
    """The answers to a question, `most` of them at most; where several may be chosen, the commonest first."""
    options: Sequence[Choice] = question.choices
    if question.kind == Question.Kind.MULTIPLE and found["options"]:
        options = sorted(options, key=lambda option: -found["options"][option.code]["share"])
    return Bars(
        caption=f"{number}{question.text}",
        note=_note(survey, question, found),
        label_head=_("Answer"),
        n_head="n" if _has_n(found) else "",
        items=[_answer(one, found) for one in options[:most]],
    )


def _answer(option: Choice, found: dict[str, Any]) -> Bar:
    share = found["options"].get(option.code)
    return _bar(option.text, share, found["hidden"], n=share["n"] if share else None)


def _has_n(found: dict[str, Any]) -> bool:
    return any(option["n"] is not None for option in found["options"].values())


def _bar(label: str, share: dict[str, Any] | None, hidden: str, **more: Any) -> Bar:
    if share is None:
        missing = hidden if hidden in {"few", "secondary"} else "not_known"
        return Bar(label, missing=missing, **more)  # type: ignore[arg-type]  # one of Missing
    return Bar(label, 100 * share["share"], 100 * share["low"], 100 * share["high"], **more)


def _note(survey: Round, question: Asked, found: dict[str, Any]) -> str:
    parts, n = [], found["n"]
    if question.kind == Question.Kind.MULTIPLE:
        most = question.max_choices
        parts.append(_("At most %(most)s choices.") % {"most": most} if most else _("Several choices."))
    elif question.kind == Question.Kind.RANKING:
        parts.append(_("Share of companies that put it first."))
    elif question.kind in {Question.Kind.SINGLE, Question.Kind.SCALE}:
        parts.append(_("One choice."))
    if n is not None:
        parts.append(_("Share of companies that answered, n = %(n)s.") % {"n": typography.number(n)})
    if found.get("weighted") is False:
        parts.append(_("Not weighted by size."))
    if survey.simulated:
        followed = question.code in survey.followed
        parts.append(
            _("Simulated data: shares as published.") if followed else _("Simulated data: invented answers.")
        )
    return " ".join(parts)


def _by_size(options: Sequence[Choice], found: dict[str, Any]) -> BySize | None:
    groups, code = found["groups"], typography.language()
    hidden = next((group["hidden"] for group in groups if group["hidden"]), "")
    if not any(group["options"] for group in groups):
        return BySize([], [], hides=True, why=hidden) if hidden else None
    if len(groups) == 1:
        return None
    columns = [Column(key="", label=_("Answer"), value=attrgetter("text"))]
    columns += [
        Column(key=str(group["key"]), label=sizes.label(group["key"]), value=partial(_in_group, group, code))
        for group in groups
    ]
    heads = [_head(column.label, group["n"], code) for column, group in zip(columns[1:], groups, strict=True)]
    rows = [Row(option, [Cell(column, option) for column in columns]) for option in options]
    return BySize(heads, rows, hides=bool(hidden))


def _head(label: object, n: int | None, code: str) -> SafeString:
    counted = "" if n is None else f" <small>n\u00a0=\u00a0{typography.number(n, code=code)}</small>"
    return written(escaped(label), counted)


def _in_group(group: dict[str, Any], code: str, option: Choice) -> SafeString:
    """The share of an option in one group with its interval, or why there is none; `code`: of the language."""
    if group["hidden"]:
        return suppressed(group["hidden"])
    share = group["options"].get(option.code)
    if share is None:
        return written('<span class="muted">', escaped(_("No answers")), "</span>")
    words, interval = typography.estimate_parts(
        100 * share["share"], 100 * share["low"], 100 * share["high"], code=code
    )
    return written(f'<b>{words}</b> <span class="muted small">{interval}</span>')


def _demand(survey: Round, questions: Sequence[Asked], found: dict[str, Any], number: int) -> Section | None:
    """One row a method: the share that says it would benefit."""
    if not questions:
        return None
    names = dict(_methods())
    bars = [_demand_bar(q, found[q.code], names.get(q.method_code, "")) for q in questions]
    bars.sort(key=lambda bar: -(bar.value if bar.value is not None else -1))
    note = _("Share of companies that say they would benefit from the method, of those that answered.")
    if survey.simulated:
        note = f"{note} {_('Simulated data: invented answers.')}"
    caption = _("Which methods would companies benefit from?")
    chart = Bars(caption=f"{number}. {caption}", note=note, label_head=_("Method"), n_head="n", items=bars)
    return Section(chart, behind=_behind_demand(questions, found, names), title=f"{number}. {caption}")


def _behind_demand(questions: Sequence[Asked], found: dict[str, Any], names: dict[str, str]) -> Behind:
    shares = [
        (names.get(q.method_code) or q.text, share) for q in questions if (share := benefit(q, found[q.code]))
    ]
    changed = [[name, telling.points(share["change"])] for name, share in shares if "change" in share]
    tables = [
        Table(
            _("Change from the round before, percentage points"),
            [_("Method"), _("Change and interval")],
            changed,
        ),
        telling.modelled(shares),
    ]
    plain = [names.get(q.method_code) or q.text for q in questions if found[q.code].get("weighted") is False]
    sentences = []
    if plain:
        sentences.append(_("Not weighted by size: %(methods)s.") % {"methods": ", ".join(plain)})
    if tables[1].rows:
        sentences.append(
            _(
                "With few answers a share is uncertain. The modelled estimate is drawn towards the mean of the cities, the more the fewer answered; the direct one is what the companies of this city said."
            )
        )
    return Behind(sentences, [table for table in tables if table.rows])


@worded(("code",), ("name",))
def _methods() -> Any:
    return Method.objects.order_by()


def benefit(question: Asked, found: dict[str, Any]) -> dict[str, Any] | None:
    """The share that says the company would benefit; only one option of a question says so."""
    codes = [option.code for option in question.choices if option.benefits]
    return next((found["options"][code] for code in codes if code in found["options"]), None)


def _demand_bar(question: Asked, found: dict[str, Any], name: str) -> Bar:
    """`name`: of the method, unless the library no longer has it."""
    share = benefit(question, found)
    href = navigation.address("methods:detail", code=question.method_code) if name else ""
    return _bar(name or question.text, share, found["hidden"], n=found["n"], href=href)


def _figures(content: dict[str, Any], view: Municipality | None) -> list[dict[str, str]]:
    counts, weighting = content["counts"], content["weighting"]
    figures = []
    if view is None and counts["answered"] is not None:
        figures.append({"value": typography.number(counts["answered"]), "label": _("answers in all")})
    counted = counts["counted"]
    if counted is not None:
        label = (
            _("companies in the figures")
            if view is None
            else _("companies in the figures: %(city)s") % {"city": view.name}
        )
        figures.append({"value": typography.number(counted), "label": label})
    if weighting and "deff" in weighting:
        label = _("effect of weighting on uncertainty (1 = none)")
        figures.append({"value": typography.number(weighting["deff"], 2), "label": label})
        figures.append(
            {
                "value": typography.number(weighting["effective_n"], 0),
                "label": _("effective number of answers"),
            }
        )
    return figures


def names(cities: Iterable[Municipality]) -> str:
    return ", ".join(city.name for city in cities)
