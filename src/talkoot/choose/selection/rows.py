"""Rows of the table of methods as HTML: a page has more than fifty, too many for templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.choose.selection.capacity import EFFORT
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from talkoot.choose.selection.results import Result, Row

MARK = "ui/components/mark.html"
REASONS = ("not_available", "exceeds_budget", "worth_nothing", "short_of", "displaced", "")


@dataclass(frozen=True)
class Part:
    """Some rows of the table under a heading."""

    heading: str
    body: SafeString


@dataclass(frozen=True)
class Labels:
    """Words and signs that every row repeats, escaped."""

    often: str
    guarantee: str
    effort: str
    portfolio: str
    why: str
    why_not: str
    rests: str
    grounds: str
    signs: dict[str, str]


class Methods:
    """The methods of a result: those chosen at least sometimes, and the rest by reason."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.columns = 5 if result.guarantees else 4

    @cached_property
    def labels(self) -> Labels:
        signs = {row.guarantee for row in self.result.rows} | {"yes", "no"}
        return Labels(
            often=escaped(_("How often chosen")),
            guarantee=escaped(_("Guarantee")),
            effort=escaped(_("Effort, person-days a year")),
            portfolio=escaped(_("In the portfolio")),
            why=escaped(_("Why included?")),
            why_not=escaped(_("Why not?")),
            rests=escaped(_("What it rests on")),
            grounds=escaped(self.result.grounds_url),
            signs={sign: render_to_string(MARK, {"sign": sign}).strip() for sign in signs},
        )

    @property
    def shown(self) -> list[Part]:
        """What is chosen at least sometimes; all when nothing is."""
        core, edge = self.result.core, self.result.edge
        parts = [self._part(_core(len(core)), core, "picked", "spruce")] if core else []
        parts += [self._part(_edge(len(edge)), edge, "edge", "ochre")] if edge else []
        return parts or self.rest

    @cached_property
    def rest(self) -> list[Part]:
        """What is chosen in no situation, by the kind of reason."""
        parts = []
        for reason in REASONS:
            rows = [row for row in self.result.never if row.reason == reason]
            if rows:
                parts.append(self._part(_out(reason, len(rows)), rows, "out", "line"))
        return parts

    @property
    def named(self) -> list[tuple[str, str]]:
        """The rest as headings and names, for a document."""
        by_reason = [(why, [row for row in self.result.never if row.reason == why]) for why in REASONS]
        return [
            (_out(why, len(rows)), ", ".join(row.name for row in rows)) for why, rows in by_reason if rows
        ]

    @property
    def folded(self) -> bool:
        """Whether the rest is apart from the table."""
        return bool(self.result.never) and len(self.result.never) < len(self.result.rows)

    @property
    def rest_heading(self) -> str:
        n = len(self.result.never)
        return ngettext(
            "In none of the situations: {n} method", "In none of the situations: {n} methods", n
        ).format(n=n)

    def _part(self, heading: str, rows: Sequence[Row], css: str, pigment: str) -> Part:
        return Part(heading, written(*(self._row(row, css, pigment) for row in rows)))

    def _row(self, row: Row, css: str, pigment: str) -> str:
        words, name = self.labels, escaped(row.name)
        proved = words.signs[row.guarantee]
        guarantee = f'<td data-l="{words.guarantee}">{proved}</td>' if self.result.guarantees else ""
        return (
            f'<tr class="{css}"><th scope="row"><a href="{escaped(row.url)}">{name}</a>{self._why(row, name)}</th>'
            f'<td data-l="{words.often}">{share(row, pigment)}</td>{guarantee}'
            f'<td data-l="{words.effort}" class="num"><a href="{escaped(row.url)}{EFFORT}">{escaped(row.days)}</a></td>'
            f'<td data-l="{words.portfolio}">{words.signs["yes" if row.recommended else "no"]}</td></tr>'
        )

    def _why(self, row: Row, name: str) -> str:
        if not row.sentences:
            return ""
        asks = self.labels.why if row.recommended else self.labels.why_not
        said = escaped(" ".join(row.sentences))
        rests = f'<a href="{self.labels.grounds}#{escaped(row.code)}">{self.labels.rests}</a>'
        return f' <details><summary>{asks}<span class="vh"> {name}</span></summary><p>{said} {rests}</p></details>'


def share(row: Row, pigment: str) -> str:
    """A bar and its figure, as `ui/components/acceptability.html` writes it."""
    error = f' <span class="muted small">±{row.error}</span>' if row.error else ""
    return (
        f'<span class="nowrap"><svg class="spark p-{pigment}" viewBox="0 0 100 18" preserveAspectRatio="none" '
        f'aria-hidden="true"><rect class="bar-track" y="3" width="100" height="12"/><rect class="bar-fill" y="3" '
        f'width="{row.share:.2f}" height="12"/></svg> <b>{escaped(row.share_text)}</b>{error}</span>'
    )


def _core(n: int) -> str:
    return ngettext(
        "In all situations calculated: {n} method", "In all situations calculated: {n} methods", n
    ).format(n=n)


def _edge(n: int) -> str:
    return ngettext(
        "Borderline, decided by weights or estimates: {n} method",
        "Borderline, decided by weights or estimates: {n} methods",
        n,
    ).format(n=n)


def _out(reason: str, n: int) -> str:
    texts = {
        "not_available": ngettext("Cannot be used: {n} method", "Cannot be used: {n} methods", n),
        "exceeds_budget": ngettext(
            "Needs more than there is: {n} method", "Need more than there is: {n} methods", n
        ),
        "worth_nothing": ngettext("No benefit expected: {n} method", "No benefit expected: {n} methods", n),
        "short_of": ngettext(
            "Does not fit beside better ones: {n} method", "Do not fit beside better ones: {n} methods", n
        ),
        "displaced": ngettext(
            "Others bring more benefit: {n} method", "Others bring more benefit: {n} methods", n
        ),
        "": ngettext("Out in this situation: {n} method", "Out in this situation: {n} methods", n),
    }
    return texts[reason].format(n=n)
