from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import EFFORTS, Plan
from talkoot.choose.selection.weighing_fields import WeighingFields
from talkoot.kit import clock, typography

if TYPE_CHECKING:
    from django.forms import BoundField

    from talkoot.choose.selection.plan import Scenario
    from talkoot.city.organisations.models import Municipality


class PlanForm(WeighingFields, forms.Form):
    """What a person asks of a run: limits of weights, budgets, scenarios. Nothing heavy is loaded to check it."""

    name = forms.CharField(label=gettext_lazy("Name of the run"), max_length=120)
    effort = forms.ChoiceField(
        label=gettext_lazy("Effort counted"),
        choices=EFFORTS,
        initial="high",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A method’s effort is a range. The upper end is the careful choice."),
    )
    scenario = forms.ChoiceField(
        label=gettext_lazy("Role of the municipality"), widget=forms.RadioSelect, required=False
    )
    euros = forms.IntegerField(
        label=gettext_lazy("Euros a year"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text=gettext_lazy("Leave empty to leave money out of the choice."),
    )

    def __init__(
        self, *args: Any, city: Municipality, scenarios: list[Scenario], plan: Plan | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.city, self.scenarios = city, scenarios
        self.units = [unit for unit in city.units.all() if unit.person_days is not None]
        today = _("Selection {day}").format(day=typography.date(clock.today()))
        self.fields["name"].initial = Run.objects.free_name(city, today)
        self.ask_limits(plan.weights if plan else {})
        self.ask_groups(city.preferences.all(), [group.id for group in plan.people] if plan else ())
        self._add_budgets(plan)
        self._add_scenarios(plan)

    def _add_budgets(self, plan: Plan | None) -> None:
        kept = plan.days if plan else {}
        for unit in self.units:
            self.fields[f"days_{unit.code}"] = forms.IntegerField(
                label=unit.name, min_value=0, max_value=10_000, initial=kept.get(unit.code, unit.person_days)
            )
        if plan:
            self.fields["euros"].initial = plan.euros
            self.fields["effort"].initial = plan.effort

    def _add_scenarios(self, plan: Plan | None) -> None:
        choices = [("now", _("Now"))]
        choices += [(scenario.key, str(scenario.label)) for scenario in self.scenarios]
        if self.scenarios:
            choices.append(("all", _("Compare all")))
        self.fields["scenario"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["scenario"].initial = (plan.scenario if plan else "") or choices[-1][0]

    def day_fields(self) -> list[BoundField]:
        return [self[f"days_{unit.code}"] for unit in self.units]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.check_weighing()
        return data

    def plan(self) -> Plan:
        """The valid form as a plan."""
        data = self.cleaned_data
        return Plan(
            weights={code: data[f"weight_{code}"] for code in CODES},
            days={unit.code: data[f"days_{unit.code}"] for unit in self.units},
            euros=data["euros"],
            effort=data["effort"],
            scenario=data["scenario"] or "now",
            people=tuple(group.frozen for group in data.get("groups", ())),
        )
