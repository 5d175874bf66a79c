"""Results as people see them: charts with a table beside each, and the words that say how far they hold."""

from __future__ import annotations

from dataclasses import dataclass
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
from talkoot.listen.surveys import asked, sizes
from talkoot.listen.surveys.models import Question

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
    "Post-stratification by size class": gettext_lazy("Post-stratification by size class"),
    "Weighted share with logit interval": gettext_lazy("Weighted share with an interval on the logit scale"),
}
PIGMENTS = ("", "lake", "lingon", "spruce", "ochre")


@dataclass(frozen=True)
class BySize:
    """Options as rows, groups as columns: `heads` are its label and how many answered. Without heads every group is hidden."""

    heads: list[SafeString]
    rows: list[Row]
    hides: bool


@dataclass(frozen=True)
class Section:
    chart: Bars
    by_size: BySize | None = None
    pigment: str = ""


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
    sections = [
        _section(survey, q, number, content["questions"][q.code])
        for number, q in enumerate((q for q in shown if not q.method_code), 1)
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
        apart=_apart(content["counts"]),
        method_notes=_method_notes(survey, content),
        caveat=str(CAVEATS[survey.frame]),
        hides=any(part.by_size and part.by_size.hides for part in parts),
    )


def _section(survey: Round, question: Asked, number: int, found: dict[str, Any]) -> Section:
    chart = chart_of(survey, question, found, f"{number}. ")
    return Section(chart, _by_size(question.choices, found), PIGMENTS[(number - 1) % len(PIGMENTS)])


def chart_of(
    survey: Round, question: Asked, found: dict[str, Any], number: str = "", most: int | None = None
) -> Bars:
    """The answers to a question, `most` of them at most; where several may be chosen, the commonest first."""
    options: Sequence[Choice] = question.choices
    if question.kind == Question.Kind.MULTIPLE and found["options"]:
        options = sorted(options, key=lambda option: -found["options"][option.code]["share"])
    return Bars(
        caption=f"{number}{question.text}",
        note=_note(survey, question, found["n"]),
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


def _note(survey: Round, question: Asked, n: int | None) -> str:
    parts = []
    if question.kind == Question.Kind.MULTIPLE:
        most = question.max_choices
        parts.append(_("At most %(most)s choices.") % {"most": most} if most else _("Several choices."))
    else:
        parts.append(_("One choice."))
    if n is not None:
        parts.append(_("Share of companies that answered, n = %(n)s.") % {"n": typography.number(n)})
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
        return BySize([], [], hides=True) if hidden else None
    columns = [Column(key="", label=_("Answer"), value=attrgetter("text"))]
    columns += [
        Column(key=str(group["key"]), label=sizes.label(group["key"]), value=partial(_in_group, group, code))
        for group in groups
    ]
    heads = [_head(column.label, group["n"], code) for column, group in zip(columns[1:], groups, strict=True)]
    rows = [Row(option, [Cell(column, option) for column in columns]) for option in options]
    return BySize(heads, rows, hides=bool(hidden))


def _head(label: object, n: int | None, code: str) -> SafeString:
    counted = "" if n is None else f" <small>n = {typography.number(n, code=code)}</small>"
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
    return Section(chart)


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
    if view is None:
        figures.append({"value": typography.number(counts["answered"]), "label": _("answers in all")})
    counted = counts["counted"]
    if counted is not None:
        label = (
            _("companies in the figures")
            if view is None
            else _("companies in the figures: %(city)s") % {"city": view.name}
        )
        figures.append({"value": typography.number(counted), "label": label})
    if weighting:
        label = _("effect of weighting on uncertainty (1 = none)")
        figures.append({"value": typography.number(weighting["deff"], 2), "label": label})
        figures.append(
            {
                "value": typography.number(weighting["effective_n"], 0),
                "label": _("effective number of answers"),
            }
        )
    return figures


def _apart(counts: dict[str, int | None]) -> list[str]:
    """Those who answered and are not in the figures, each kind in a sentence."""
    sentences = {
        "others": gettext_lazy("Bodies that are not companies, counted apart: %(n)s."),
        "elsewhere": gettext_lazy("Companies in other municipalities, counted apart: %(n)s."),
        "size_unknown": gettext_lazy(
            "Companies whose size is not known: %(n)s. They stay unknown and weigh as the average."
        ),
        "by_officer": gettext_lazy("Answers recorded by an officer: %(n)s."),
    }
    return [
        sentence % {"n": _("fewer than 5") if counts[key] is None else typography.number(counts[key])}
        for key, sentence in sentences.items()
        if key in counts and counts[key] != 0
    ]


def _method_notes(survey: Round, content: dict[str, Any]) -> list[str]:
    weighting = content["weighting"]
    notes = []
    if weighting:
        notes.append(
            _(
                "Answers are weighted so that they match the companies of the area by size. Size classes with fewer than 5 answers are weighted together with their neighbour."
            )
        )
        notes.append(_population(weighting))
        notes.append(
            _("After weighting, %(n)s answers carry as much information as %(m)s unweighted ones.")
            % {"n": typography.number(weighting["n"]), "m": typography.number(weighting["effective_n"], 0)}
        )
    else:
        notes.append(_("Answers are not weighted, because the number of companies by size is not known."))
    notes.append(
        _(
            "Intervals are 95% confidence intervals, calculated on the logit scale. If the survey were repeated many times, about 95 of 100 intervals calculated like this would contain the true share."
        )
    )
    if survey.frame != "random":
        notes.append(
            _(
                "The answers are not a random sample, so the intervals are not made narrower by the share of companies that answered (no finite population correction)."
            )
        )
    notes.append(_("We hide small groups so that no company or person can be recognised."))
    return notes


def _population(weighting: dict[str, Any]) -> str:
    companies = sum(cell["companies"] for cell in weighting["cells"])
    words = {"n": typography.number(companies), "year": weighting["year"]}
    if weighting["estimate"]:
        return _("Companies of the area in %(year)s: %(n)s. The split by size is an estimate.") % words
    return _("Companies of the area in %(year)s: %(n)s. Source: %(source)s.") % {
        **words,
        "source": ", ".join(weighting["sources"]),
    }


def names(cities: Iterable[Municipality]) -> str:
    return ", ".join(city.name for city in cities)
