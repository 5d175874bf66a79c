"""The memo of grounds for a board: what was asked, what was known, what is recommended, why, and what would turn it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.choose.selection import asked, grounds
from talkoot.choose.selection.criteria import CRITERIA
from talkoot.choose.selection.grounds import Grounds
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result
from talkoot.choose.selection.rows import Methods
from talkoot.kit import typography
from talkoot.kit.documents import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from talkoot.choose.selection.groups import Groups
    from talkoot.choose.selection.models import Run
    from talkoot.choose.selection.results import Row

TEMPLATE = Path(__file__).with_name("memo.typ")
Block: TypeAlias = dict[str, Any]
MARKS = {
    "always": "Always included, proved",
    "never": "Never included, proved",
    "some": "Included in some, proved",
    "open": "Not proved",
    "": "Not calculated",
}  # the words of ui/components/mark.html


def pdf(run: Run, language: str) -> bytes:
    """A tagged PDF in `language`, which must be the active one; the same bytes whenever it is made."""
    return render(TEMPLATE, contents(run), language, made=_made(run))


def _made(run: Run) -> dt.datetime | None:
    """The second in which the result was calculated."""
    return run.finished_at.astimezone(dt.UTC).replace(microsecond=0) if run.finished_at else None


def contents(run: Run) -> dict[str, Any]:
    """What the memo says in the active language: sections of blocks (heading, text, list, facts, table)."""
    result = Result(run)
    return {
        "title": _("Reasons for the choice: {name}").format(name=run.name),
        "subtitle": _("Memo on how methods of climate cooperation with companies were chosen, {city}").format(
            city=run.city.name
        ),
        "city": run.city.name,
        "hue": run.city.hue,
        "chroma": run.city.chroma,
        "sections": [
            {"heading": _("Recommendation"), "blocks": list(_recommendation(result))},
            {"heading": _("What was asked"), "blocks": list(_question(run))},
            {"heading": _("What was known"), "blocks": list(_known(result))},
            {"heading": _("Why these?"), "blocks": list(_why(result))},
            {"heading": _("Why not the others?"), "blocks": list(_why_not(result))},
            {"heading": _("What would turn the answer?"), "blocks": list(_turning(result))},
            *_groups(result),
            {"heading": _("How to calculate it again"), "blocks": list(_again(result))},
        ],
    }


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _list(items: Iterable[str]) -> Block:
    return {"kind": "list", "items": list(items)}


def _facts(pairs: Iterable[tuple[str, str]]) -> Block:
    return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}


def _table(
    caption: str, head: list[str], rows: list[list[str]], widths: list[float], numeric: tuple[int, ...] = ()
) -> Block:
    table = {"caption": caption, "head": head, "rows": rows, "widths": widths, "numeric": list(numeric)}
    return {"kind": "table", **table}


def _recommendation(result: Result) -> Iterator[Block]:
    text = ngettext(
        "We recommend {n} method. It needs {days} of the {limit} available in a year.",
        "We recommend {n} methods. They need {days} of the {limit} available in a year.",
        len(result.recommended),
    )
    days, limit = typography.number(result.days_used, 0), typography.person_days(round(result.days_limit))
    yield _text(text.format(n=len(result.recommended), days=days, limit=limit))
    benefit = _(
        "Its benefit is {range} points over all weights and estimates allowed. It could lose {regret} points at most against the best alternative."
    )
    span = typography.span(result.value_low, result.value_high, 0)
    yield _text(benefit.format(range=span, regret=typography.number(result.max_regret, 0)))
    present = result.portfolios.present
    if present:
        now = _("Today’s model has {n} methods and needs {days}; its benefit is {range} points.")
        low, high = present.value
        yield _text(
            now.format(
                n=len(present.methods),
                days=typography.person_days(round(present.days)),
                range=typography.span(low, high, 0),
            )
        )
    yield _units(result)


def _units(result: Result) -> Block:
    """The recommended methods by unit, with what they take of its working time."""
    number = typography.number
    rows = [
        [
            line.unit,
            "; ".join(f"{part.name} {part.days}" for part in line.methods),
            f"{number(line.used, 0)} / {number(line.limit, 0)}",
            line.source,
        ]
        for line in result.capacity.lines
    ]
    head = [_("Unit"), _("Methods and their person-days a year"), _("Person-days a year"), _("Source")]
    return _table(_("What each unit does"), head, rows, [2.1, 4, 1.1, 1.2], (2,))


def _question(run: Run) -> Iterator[Block]:
    yield _text(
        _("Which methods should the city choose, when their weights are known only within these limits?")
    )
    made = [(_("Name of the run"), run.name), (_("Made at"), typography.date(run.created_at))]
    yield _facts([*made, *asked.asked(run)])
    rows = [
        [asked.named(group), typography.number(group.people), *_limits(group.limits)]
        for group in Plan.from_json(run.plan).people
    ]
    if rows:
        head = [_("Group of people"), _("People"), *(criterion.code for criterion in CRITERIA)]
        widths = [2.4, 1.1, *(1.2 for _criterion in CRITERIA)]
        numeric = tuple(range(1, len(head)))
        yield _table(_("Limits of the weights that each group stated, %"), head, rows, widths, numeric)


def _limits(limits: dict[str, tuple[int, int]]) -> list[str]:
    return [typography.span(*limits[criterion.code]) for criterion in CRITERIA]


def _known(result: Result) -> Iterator[Block]:
    day = typography.date(result.run.created_at)
    yield _text(_("Evidence as it was known on {day}.").format(day=day))
    yield _facts(grounds.counted(result.run))
    rows = [
        [
            f"{each.method}: {each.criterion}",
            f"{each.source}. {_('Ended')}: {each.day}" if each.day != typography.DASH else each.source,
            *(each.prior, each.data, each.weight, each.estimate),
        ]
        for each in Grounds(result).own
    ]
    if rows:
        head = [
            *(_("Method and goal"), _("Evidence"), _("Prior estimate"), _("Measured")),
            *(_("Weight of what was measured"), _("Estimate, 0–100 (95 %)")),
        ]
        widths = [2.1, 1.7, 1.7, 1.2, 1.3, 1.4]  # Förhandsuppskattning is one word
        yield _table(_("Estimates that rest on evidence of its own"), head, rows, widths, (2, 3, 4, 5))
    yield _text(
        _(
            "The estimates A–E rest on the national assessment of 2022. Compare only within one goal. It assumes that the method is established and has enough resources."
        )
    )


def _why(result: Result) -> Iterator[Block]:
    head = [
        _("Method"),
        _("How often chosen"),
        _("Guarantee"),
        _("Effort, person-days a year"),
        _("Why included?"),
    ]
    rows = [[*_cells(row), " ".join(row.sentences[1:3])] for row in result.portfolio]
    caption = _("Recommended methods by how often they were in the best portfolio of {n} situations")
    samples = typography.number(result.samples)
    yield _table(caption.format(n=samples), head, rows, [2.2, 1.1, 1.3, 1.1, 3.2], (1, 3))
    yield _text(
        _(
            "The share is counted from situations within the limits, with its standard error. The guarantee is another matter: it holds for every weight and estimate allowed."
        )
    )
    if result.not_proved:
        yield _text(result.not_proved)


def _cells(row: Row) -> list[str]:
    error = f" ±{row.error}" if row.error else ""
    return [row.name, f"{row.share_text}{error}", _(MARKS[row.guarantee]), row.days]


def _why_not(result: Result) -> Iterator[Block]:
    edge = [row for row in result.edge if not row.recommended]
    if edge:
        head = [_("Method"), _("How often chosen"), _("Guarantee"), _("Why not?")]
        rows = [[*_cells(row)[:3], " ".join(row.sentences[1:3])] for row in edge]
        yield _table(_("Borderline methods that are not recommended"), head, rows, [2.2, 1.1, 1.3, 3.6], (1,))
    for part, names in Methods(result).named:
        yield _facts([(part, names)])
    yield from (_facts([(reason, ", ".join(names))]) for reason, names in _left_out(result).items())


def _left_out(result: Result) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in result.left_out:
        found.setdefault(row.reason.rstrip("."), []).append(row.name)
    return found


def _turning(result: Result) -> Iterator[Block]:
    yield _text(_("Calculated at average weights and estimates; one thing changes at a time."))
    for part in result.flips.parts:
        yield {"kind": "heading", "text": part.heading}
        yield _list(part.sentences)
    yield _facts(result.flips.facts_list)


def _groups(result: Result) -> Iterator[Block]:
    groups = result.groups
    if not groups.all:
        return
    head = [
        _("Group of people"),
        _("Same methods as all together"),
        _("Would add"),
        _("Would leave out"),
    ]
    rows = [
        [each.label, str(each.same), _names(each.adds), _names(each.drops)]
        for each in groups.all
    ]  # fmt: skip
    blocks = [
        _table(_("The weights of each group side by side"), head, rows, [1.6, 1.2, 2.4, 2.4], (1,)),
        _facts([(_("All agree on these"), _names(groups.agreed))]),
    ]
    if groups.divided:
        blocks += [_divided(groups), _text(groups.reading)]
    blocks += [block for key in result.by_scenario for block in _groups_then(Result(result.run, key))]
    yield {"heading": _("Groups apart and together"), "blocks": blocks}


def _divided(groups: Groups) -> Block:
    """What each group holds of the methods that depend on it."""
    head = [_("Method"), *(each.name for each in groups.all), _("In the portfolio")]
    rows = [
        [row.method[0], *(view.text for view in row.views), _("Yes") if row.recommended else _("No")]
        for row in groups.divided
    ]
    return _table(
        _("These depend on whose weights count"), head, rows, [2.4, *(1.6 for _each in groups.all), 1.2]
    )


def _groups_then(result: Result) -> Iterator[Block]:
    """What the groups agree on, and what they do not, in another role of the municipality."""
    yield {"kind": "heading", "text": result.scenario_name}
    yield _facts([(_("All agree on these"), _names(result.groups.agreed))])
    if result.groups.divided:
        yield _divided(result.groups)


def _names(named: list[tuple[str, str]]) -> str:
    return ", ".join(name for name, _url in named) or typography.DASH


def _again(result: Result) -> Iterator[Block]:
    whole = result.whole
    yield _text(
        _("The case holds everything that the result was calculated from. The command gives the same digits:")
        + f" talkoot decide {result.file_name}"
    )
    yield _facts(
        [
            (_("How to refer to this run"), result.citation),
            (_("Case"), f"{settings.TALKOOT_ORIGIN}{result.case_url}"),
            (_("Seed"), str(whole["seed"])),
            (_("Situations"), typography.number(result.samples)),
            (_("Way of calculation"), f"{whole['method']['name']} {whole['method']['version']}"),
            (_("Source"), whole["method"]["citation"]),
        ]
    )
