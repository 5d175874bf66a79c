"""A stored result as the page reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from talkoot.choose.selection.criteria import CRITERIA
from talkoot.choose.selection.plan import EFFORTS
from talkoot.choose.selection.sentences import Sentences, left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.choose.selection.models import Run


GUARANTEES = {
    "always": "always",
    "never": "never",
    "open": "some",
    "not proved": "open",
}  # the signs of the page


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    url: str
    share: float
    error: float | None
    days: str
    recommended: bool
    sentences: list[str]
    guarantee: str

    @property
    def share_text(self) -> str:
        """Words for a share that would round to a certainty which it is not."""
        if 0 < self.share < 1:
            return _("under 1 %")
        return _("over 99 %") if 99 < self.share < 100 else ""  # noqa: PLR2004 -- per cent


@dataclass(frozen=True)
class Group:
    heading: str
    css: str
    pigment: str
    rows: list[Row]


@dataclass(frozen=True)
class LeftOut:
    name: str
    url: str
    reason: str


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    current: bool


class Result:
    """`scenario` names one of the run's scenarios; the present when it is empty or unknown."""

    def __init__(self, run: Run, scenario: str = "") -> None:
        self.run = run
        whole: dict[str, Any] = run.result or {}
        self.by_scenario = {key: v for key, v in whole["by_scenario"].items() if key != "expected"}
        self.scenario = scenario if scenario in self.by_scenario else ""
        self.part: dict[str, Any] = self.by_scenario[self.scenario] if self.scenario else whole
        self.samples: int = whole["samples"]
        self.recommended: list[str] = self.part["recommended"]["methods"]
        self.max_regret: float = self.part["recommended"]["max_regret"]
        self.value_low, self.value_high = self.part["recommended"]["value_range"]
        self.runner_up: dict[str, Any] | None = self.part["runner_up"]

    def name(self, code: str) -> str:
        return in_language(self.run.facts[code]["names"])

    def url(self, code: str) -> str:
        return reverse("methods:workspace_detail", kwargs={"city": self.run.city.slug, "code": code})

    @cached_property
    def rows(self) -> list[Row]:
        sentences = Sentences(self)
        shares: dict[str, float] = self.part["acceptability"]
        order = sorted(shares, key=lambda code: (-shares[code], code not in self.recommended, code))
        return [self._row(code, sentences) for code in order]

    def _row(self, code: str, sentences: Sentences) -> Row:
        share, error = self.part["acceptability"][code] * 100, self.part["acceptability_se"][code] * 100
        return Row(
            code=code,
            name=self.name(code),
            url=self.url(code),
            share=share,
            error=round(error) or 1 if error else None,
            days=span(self.run.facts[code]["days"]),
            recommended=code in self.recommended,
            sentences=sentences.of(code),
            guarantee=GUARANTEES.get(self.guarantees.get(code, ""), ""),
        )

    @cached_property
    def guarantees(self) -> dict[str, str]:
        """What has been proved of each method; empty when it was not calculated."""
        return self.part.get("guarantees") or {}

    @property
    def portfolio(self) -> list[Row]:
        """The recommended methods, the most often chosen first."""
        return [row for row in self.rows if row.recommended]

    @cached_property
    def core(self) -> list[Row]:
        return [row for row in self.rows if row.share == 100]  # noqa: PLR2004 -- in every situation

    @cached_property
    def groups(self) -> list[Group]:
        never = [row for row in self.rows if row.share == 0]
        edge = [row for row in self.rows if row not in self.core and row not in never]
        headings = (
            ngettext(
                "In all situations calculated: {n} method",
                "In all situations calculated: {n} methods",
                len(self.core),
            ),
            ngettext("In some situations: {n} method", "In some situations: {n} methods", len(edge)),
            ngettext(
                "In none of the situations: {n} method", "In none of the situations: {n} methods", len(never)
            ),
        )
        parts = zip(
            headings,
            ("picked", "edge", "out"),
            ("spruce", "ochre", "line"),
            (self.core, edge, never),
            strict=True,
        )
        return [Group(h.format(n=len(rows)), css, pigment, rows) for h, css, pigment, rows in parts if rows]

    @property
    def shown(self) -> list[Group]:
        """The groups of the table: what is chosen at least sometimes, or all when nothing is."""
        return [group for group in self.groups if group.css != "out"] or self.groups

    @property
    def never(self) -> list[Group]:
        """What is chosen in no situation, folded below the table."""
        return [group for group in self.groups if group not in self.shown]

    @cached_property
    def left_out(self) -> list[LeftOut]:
        facts = self.run.facts.items()
        return [
            LeftOut(self.name(code), self.url(code), left_out(fact["left_out"]))
            for code, fact in facts
            if fact["left_out"]
        ]

    @property
    def days_used(self) -> float:
        needs: dict[str, dict[str, float]] = {
            method["id"]: method["resources"] for method in self.run.case["methods"]
        }
        return sum(
            amount
            for code in self.recommended
            for name, amount in needs[code].items()
            if name.startswith("days:")
        )

    @property
    def days_limit(self) -> float:
        return float(sum(self.run.plan["days"].values()))

    @property
    def runner_up_sentence(self) -> str:
        """What the second most robust portfolio has and lacks, and what it could lose."""
        other = set(self.runner_up["methods"]) if self.runner_up else set()
        more = ", ".join(self.name(code) for code in sorted(other - set(self.recommended))) or "–"
        less = ", ".join(self.name(code) for code in sorted(set(self.recommended) - other)) or "–"
        regret = number_format(round(self.runner_up["max_regret"] if self.runner_up else 0, 1), 1)
        return _(
            "It has in addition: {more}. It lacks: {less}. It could lose {regret} points at most."
        ).format(more=more, less=less, regret=regret)

    @cached_property
    def scenario_names(self) -> dict[str, str]:
        return {key: in_language(names) for key, names in self.run.plan["labels"].items()}

    @property
    def scenario_choices(self) -> list[Choice]:
        """The present and the scenarios of the run; nothing to choose from when there is only the present."""
        names = {"": _("Now")} | {key: self.scenario_names[key] for key in self.by_scenario}
        chosen = [Choice(name, f"?scenario={key}", key == self.scenario) for key, name in names.items()]
        return chosen if self.by_scenario else []

    @property
    def asked(self) -> Iterator[tuple[str, str]]:
        """The plan in words."""
        plan = self.run.plan
        for criterion in CRITERIA:
            low, high = plan["weights"][criterion.code]
            yield str(criterion.label), _("weight {low}–{high} %").format(low=low, high=high)
        groups = [f"{in_language(group['names'])} ({group['people']})" for group in plan.get("people", ())]
        if groups:
            yield _("Groups of people"), ", ".join(groups)
        units = {unit.code: unit.name for unit in self.run.city.units.all()}
        for code, limit in plan["days"].items():
            yield units.get(code, code), _("{n} person-days a year").format(n=limit)
        euros = plan["euros"]
        yield (
            _("Euros a year"),
            number_format(euros, force_grouping=True) if euros is not None else _("not counted"),
        )
        yield _("Effort counted"), str(dict(EFFORTS)[plan["effort"]])

    def _file(self, part: str) -> str:
        return reverse("selection:file", kwargs={"city": self.run.city.slug, "pk": self.run.pk, "part": part})

    @property
    def case_url(self) -> str:
        return self._file("case")

    @property
    def result_url(self) -> str:
        return self._file("result")

    @property
    def facts_url(self) -> str:
        return self._file("facts")

    @property
    def file_name(self) -> str:
        return f"{self.run.city.slug}-{self.run.pk}-case.json"


def span(days: list[float] | None) -> str:
    """A range of person-days as people write it."""
    if days is None:
        return "–"
    low, high = (number_format(round(value)) for value in days)
    return low if low == high else f"{low}–{high}"


def in_language(texts: dict[str, str]) -> str:
    """The text in the reader's language, or in Finnish."""
    return texts.get(get_language() or "fi") or texts["fi"]
