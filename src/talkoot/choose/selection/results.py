"""A stored result as the page reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.choose.selection import asked, shown
from talkoot.choose.selection.asked import in_language
from talkoot.choose.selection.capacity import Capacity
from talkoot.choose.selection.flips import Flips
from talkoot.choose.selection.groups import Groups
from talkoot.choose.selection.portfolios import Portfolios
from talkoot.choose.selection.sentences import Sentences, left_out
from talkoot.kit import typography

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.choose.selection.models import Run


GUARANTEES = {
    "always": "always",
    "never": "never",
    "open": "some",
    "not proved": "open",
}  # the signs of the page
DAYS = "days:"
METHOD = "METHOD"  # in an address, where the code of a method or the name of a file goes


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    url: str
    share: float
    error: int | None
    days: str
    recommended: bool
    sentences: list[str]
    guarantee: str
    reason: str

    @property
    def share_text(self) -> str:
        return shown.share_text(self.share)


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
        self.whole: dict[str, Any] = run.answer
        self.by_scenario: dict[str, dict[str, Any]] = self.whole["by_scenario"]
        self.scenario = scenario if scenario in self.by_scenario else ""
        self.part: dict[str, Any] = self.by_scenario[self.scenario] if self.scenario else self.whole
        self.turns: dict[str, Any] = run.reasons["turns"][self.scenario]
        self.samples: int = self.whole["samples"]
        self.recommended: list[str] = self.part["recommended"]["methods"]
        self.max_regret: float = self.part["recommended"]["max_regret"]
        self.value_low, self.value_high = self.part["recommended"]["value_range"]
        self.runner_up: dict[str, Any] | None = self.part["runner_up"]

    @cached_property
    def language(self) -> str:
        """The reader's: a result is read in one language."""
        return typography.language()

    @cached_property
    def _names(self) -> dict[str, str]:
        language = self.language
        return {code: in_language(fact["names"], language) for code, fact in self.run.facts.items()}

    def name(self, code: str) -> str:
        return self._names[code]

    def names(self, codes: Iterable[str]) -> str:
        """Names of methods after each other, or a dash when there are none."""
        return ", ".join(self.name(code) for code in codes) or typography.DASH

    @cached_property
    def _address(self) -> str:
        return reverse("methods:workspace_detail", kwargs={"city": self.run.city.slug, "code": METHOD})

    def url(self, code: str) -> str:
        return self._address.replace(METHOD, code)

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self)

    @cached_property
    def rows(self) -> list[Row]:
        shares: dict[str, float] = self.part["acceptability"]
        order = sorted(shares, key=lambda code: (-shares[code], code not in self.recommended, code))
        return [self._row(code) for code in order]

    def _row(self, code: str) -> Row:
        share = self.part["acceptability"][code] * 100
        return Row(
            code=code,
            name=self.name(code),
            url=self.url(code),
            share=share,
            error=shown.error(share, self.part["acceptability_se"][code] * 100),
            days=span(self.run.facts[code]["days"], self.language),
            recommended=code in self.recommended,
            sentences=[*self.sentences.of(code), self._benefit(code)],
            guarantee=GUARANTEES.get(self.guarantees.get(code, ""), ""),
            reason=self.sentences.reason(code),
        )

    def _benefit(self, code: str) -> str:
        low, high = self.turns["benefit"][code]
        return self._benefit_text.format(range=typography.span(low, high, 0, self.language))

    @cached_property
    def _benefit_text(self) -> str:
        return _("Benefit {range} (0–100).")

    @cached_property
    def guarantees(self) -> dict[str, str]:
        """What has been proved of each method; empty when it was not calculated."""
        return self.part.get("guarantees") or {}

    @cached_property
    def not_proved(self) -> str:
        """What it means that some guarantees are not proved, and where the search for a proof ended; else empty."""
        count = list(self.guarantees.values()).count("not proved")
        if not count:
            return ""
        text = ngettext(
            "Not proved: of {n} method nothing could be proved within the limit of the search: {rounds} rounds of rivals and {beginnings} beginnings. It may be in every, in some or in none of the best portfolios.",
            "Not proved: of {n} methods nothing could be proved within the limit of the search: {rounds} rounds of rivals and {beginnings} beginnings for each. They may be in every, in some or in none of the best portfolios.",
            count,
        )
        return text.format(n=typography.number(count), **self.run.reasons["proof"])

    @property
    def portfolio(self) -> list[Row]:
        """The recommended methods, the most often chosen first."""
        return [row for row in self.rows if row.recommended]

    @cached_property
    def core(self) -> list[Row]:
        return [row for row in self.rows if row.share == 100]  # noqa: PLR2004 -- in every situation

    @cached_property
    def edge(self) -> list[Row]:
        return [row for row in self.rows if 0 < row.share < 100]  # noqa: PLR2004 -- in some

    @cached_property
    def never(self) -> list[Row]:
        return [row for row in self.rows if row.share == 0]

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """What could not be counted, by reason."""
        facts = [(code, fact["left_out"]) for code, fact in self.run.facts.items() if fact["left_out"]]
        facts.sort(key=lambda item: (item[1], item[0]))
        return [LeftOut(self.name(code), self.url(code), left_out(why)) for code, why in facts]

    @cached_property
    def portfolios(self) -> Portfolios:
        return Portfolios(self)

    @cached_property
    def flips(self) -> Flips:
        return Flips(self)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self)

    @property
    def days_used(self) -> float:
        return float(self.turns["portfolios"][0]["days"])

    @property
    def days_limit(self) -> float:
        """Person-days of all units together in this situation."""
        limits: dict[str, float] = self.turns["limits"]
        return sum(limit for name, limit in limits.items() if name.startswith(DAYS))

    @property
    def runner_up_sentence(self) -> str:
        """What the second most robust portfolio has and lacks, and what it could lose."""
        other = set(self.runner_up["methods"]) if self.runner_up else set()
        more = self.names(sorted(other - set(self.recommended)))
        less = self.names(sorted(set(self.recommended) - other))
        regret = typography.number(self.runner_up["max_regret"] if self.runner_up else 0, 1)
        return _(
            "It has in addition: {more}. It lacks: {less}. It could lose {regret} points at most."
        ).format(more=more, less=less, regret=regret)

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """By code, as they were when the run was made."""
        return asked.unit_names(self.run, self.language)

    @cached_property
    def capacity(self) -> Capacity:
        return Capacity(self)

    @cached_property
    def scenario_names(self) -> dict[str, str]:
        return {key: in_language(names, self.language) for key, names in self.run.plan["labels"].items()}

    @property
    def scenario_name(self) -> str:
        return self.scenario_names[self.scenario] if self.scenario else _("Now")

    @property
    def scenario_choices(self) -> list[Choice]:
        """The present and the scenarios of the run; nothing to choose from when there is only the present."""
        names = {"": _("Now")} | {key: self.scenario_names[key] for key in self.by_scenario}
        chosen = [Choice(name, f"?scenario={key}", key == self.scenario) for key, name in names.items()]
        return chosen if self.by_scenario else []

    @cached_property
    def _file(self) -> str:
        kept = {"city": self.run.city.slug, "pk": self.run.pk, "part": METHOD}
        return reverse("selection:file", kwargs=kept)

    def file(self, part: str) -> str:
        """Where a file of the run is: case, result, facts or reasons."""
        return self._file.replace(METHOD, part)

    @property
    def case_url(self) -> str:
        return self.file("case")

    @property
    def result_url(self) -> str:
        return self.file("result")

    @property
    def facts_url(self) -> str:
        return self.file("facts")

    @property
    def reasons_url(self) -> str:
        return self.file("reasons")

    @property
    def grounds_url(self) -> str:
        """The page of what the scores rest on; a method's row is named by its code."""
        return reverse("selection:grounds", kwargs={"city": self.run.city.slug, "pk": self.run.pk})

    @property
    def citation(self) -> str:
        """How to refer to the run: all that it takes to find it and to calculate it again."""
        text = _(
            "{city}: {run}. Calculated on {day} with {method} {version}, seed {seed}, {samples} situations. {url}"
        )
        return text.format(
            city=self.run.city.name,
            run=self.run.name,
            day=typography.date(self.run.finished_at or self.run.created_at),
            method=self.whole["method"]["name"],
            version=self.whole["method"]["version"],
            seed=self.whole["seed"],
            samples=typography.number(self.samples),
            url=f"{settings.TALKOOT_ORIGIN}{self.run.get_absolute_url()}",
        )

    @property
    def file_name(self) -> str:
        return f"{self.run.city.slug}-{self.run.pk}-case.json"


def span(days: list[float] | None, language: str = "") -> str:
    """A range of person-days as people write it."""
    if days is None:
        return "–"
    return typography.span(round(days[0]), round(days[1]), code=language)
