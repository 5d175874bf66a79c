"""Facts of the analysis as sentences, for and against each method."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from talkoot.choose.selection.criteria import CRITERIA
from talkoot.kit import typography

if TYPE_CHECKING:
    from django.forms import Form

    from talkoot.analysis.decision.errors import CaseError
    from talkoot.choose.selection.results import Result

LEFT_OUT = {
    "effort_unknown": gettext_noop(
        "The effort is not known. Fill in the city’s own estimate to have it counted."
    ),
    "euros_unknown": gettext_noop(
        "The yearly cost is not known, and money was to be counted. Fill in the city’s own estimate."
    ),
    "no_unit": gettext_noop("A leading unit has not said how much working time it has."),
}
TEMPLATES = {
    "chosen_always": gettext_noop("In the best portfolio in all {samples} situations."),
    "chosen_never": gettext_noop("In none of the best portfolios in {samples} situations."),
    "chosen_sometimes": gettext_noop("In the best portfolio in {share} % of the situations (± {se})."),
    "exceeds_budget": gettext_noop("Needs {need} ({name}), and {limit} is available in all."),
    "short_of": gettext_noop("Needs {need} ({name}), and {left} is left of {limit}."),
    "displaced_by": gettext_noop(
        "To make room for it these would have to leave: {methods}. That would lose {loss} points."
    ),
    "better_on_average": gettext_noop(
        "On average it would gain {gain} points in place of: {methods}. The recommendation guards against a greater loss."
    ),
    "worth_nothing": gettext_noop("Its expected benefit is not above zero with these weights."),
    "enters_at_budget": gettext_noop("Would enter if there were {budget} instead of {limit} ({name})."),
    "strongest_criterion": gettext_noop("Strongest in: {name} ({share} % of its benefit)."),
    "replaced_by": gettext_noop(
        "Without it, its place would go to: {methods}. That would lose {loss} points."
    ),
    "weight_matters": gettext_noop(
        "Chosen when this weighs {direction}: {name} ({mean_in} % on average when chosen, {mean_out} % when not)."
    ),
    "scenario_matters": gettext_noop(
        "{name}: chosen in {share} % of the situations, otherwise in {base_share} %."
    ),
}
_PER_CENT = {"share", "se", "base_share", "mean_in", "mean_out", "mean_all"}
ENOUGH = 4


def left_out(code: str) -> str:
    """Why a method was not counted."""
    return _(LEFT_OUT[code])


REASONS = {
    "not_available": "not_available",
    "exceeds_budget": "exceeds_budget",
    "worth_nothing": "worth_nothing",
    "short_of": "short_of",
    "displaced_by": "displaced",
    "better_on_average": "displaced",
}
"""What a fact about a method that is out comes to; the first that is said of it decides."""


class Sentences:
    """Words the facts of one result; names of methods, units and scenarios in the reader's language.

    A page has hundreds of sentences: each template and name is looked up once.
    """

    def __init__(self, result: Result) -> None:
        self.result = result
        self.template = cache(lambda code: _(TEMPLATES[code]))
        self.named = cache(self._named)
        self.explained: dict[str, Any] = {item["method"]: item for item in result.run.reasons["methods"]}
        self.units = {f"days:{code}": name for code, name in result.unit_names.items()}
        self.criteria = {criterion.code: str(criterion.label) for criterion in CRITERIA}
        self.scenarios = result.scenario_names

    def of(self, code: str) -> list[str]:
        """Up to four sentences about one method, the most telling first."""
        facts = self.explained.get(code, {}).get("facts", [])
        found = (self.say(fact) for fact in facts if fact["code"] in TEMPLATES)
        return list(islice(filter(None, found), ENOUGH))

    def reason(self, code: str) -> str:
        """The kind of reason for which a method is out; none where the present has no such reason."""
        facts = self.explained.get(code, {}).get("facts", [])
        return next((REASONS[fact["code"]] for fact in facts if fact["code"] in REASONS), "")

    def say(self, fact: dict[str, Any]) -> str:
        """One fact as a sentence, or nothing when it would say nothing."""
        if self.says_nothing(fact):
            return ""
        words = {name: self.number(name, value) for name, value in fact["numbers"].items()}
        words["name"] = self.name(fact)
        words["methods"] = ", ".join(self.result.name(code) for code in fact["methods"])
        if fact["code"] == "weight_matters":
            more = fact["numbers"]["mean_in"] > fact["numbers"]["mean_out"]
            words["direction"] = _("more") if more else _("less")
        return self.template(fact["code"]).format(**words)

    def says_nothing(self, fact: dict[str, Any]) -> bool:
        """A change that moves no method, or a loss that is a gain at average weights."""
        moving = {"displaced_by", "better_on_average", "replaced_by"}
        return fact["code"] in moving and (not fact["methods"] or fact["numbers"].get("loss", 0) < 0)

    def name(self, fact: dict[str, Any]) -> str:
        """The resource, criterion or scenario that a fact speaks of."""
        return self.named(fact["name"])

    def _named(self, name: str) -> str:
        if name == "euros":
            return _("euros a year")
        if name in self.units:
            return _("{unit}, person-days a year").format(unit=self.units[name])
        return self.criteria.get(name) or self.scenarios.get(name, name)

    def number(self, name: str, value: float) -> str:
        if name in _PER_CENT:
            share = round(value * 100)
            return typography.number(max(share, 1) if name == "se" else share, 0, self.result.language)
        digits = 0 if name == "samples" or value == round(value) else 1
        return typography.number(value, digits, self.result.language)


def refusal(form: Form, error: CaseError) -> None:
    """Say at the form why a case cannot be calculated, and what to change."""
    if error.code == "budget_admits_nothing":
        text = _("No method fits this budget: {limit} is available, the smallest need is {need}. Raise it.")
        field = str(error.params["budget"]).replace("days:", "days_")
        limit, need = (number_format(float(error.params[name]), 0) for name in ("limit", "need"))
        form.add_error(field if field in form.fields else None, text.format(limit=limit, need=need))
    elif error.code == "empty_list":
        form.add_error(None, _("No method can be counted: fill in the effort of at least one method."))
    else:
        form.add_error(None, error.message)
