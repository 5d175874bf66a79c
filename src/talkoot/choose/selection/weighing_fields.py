"""The part of a form in which weights are stated: limits, orders, and at once what contradicts what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from talkoot.choose.selection.criteria import CODES, CRITERIA, EQUAL_LIMITS
from talkoot.choose.selection.weighing import Weighing, clash
from talkoot.kit import typography
from talkoot.kit.ui.forms import WeightField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.forms import BoundField

    from talkoot.choose.selection.models import Preference
    from talkoot.choose.selection.weighing import Claim, Clash, Orders

PAIRS = range(1, 6)  # five orders rank six criteria
AT_LEAST_AS_MUCH = gettext_noop("{n}. Weighs at least as much")
AS_THIS = gettext_noop("as this")


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when run
    """Groups of people by name and size."""

    def __init__(self, groups: QuerySet[Preference], **kwargs: Any) -> None:
        kwargs |= {
            "label": _("Groups of people"),
            "help_text": _(
                "You see what all of them agree on and what depends on whom. The limits above hold for every group."
            ),
        }
        super().__init__(groups, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({typography.number(obj.people)})"


class WeighingFields(forms.BaseForm):
    """Call `ask_limits`, and `ask_orders` and `ask_groups` where they are asked, when the form is made.

    `clean` calls `check_weighing`.
    """

    weights_error = ""

    def ask_limits(self, limits: Mapping[str, tuple[int, int]]) -> None:
        for criterion in CRITERIA:
            initial = limits.get(criterion.code, EQUAL_LIMITS)
            self.fields[f"weight_{criterion.code}"] = WeightField(label=criterion.named, initial=initial)

    def ask_orders(self, orders: Orders = ()) -> None:
        choices = [("", "–"), *((criterion.code, criterion.named) for criterion in CRITERIA)]
        for place, n in enumerate(PAIRS):
            pair = orders[place] if place < len(orders) else ("", "")
            labels = (_(AT_LEAST_AS_MUCH).format(n=n), _(AS_THIS))
            for name, label, chosen in zip(_pair_names(n), labels, pair, strict=True):
                field = forms.ChoiceField(label=label, choices=choices, initial=chosen, required=False)
                self.fields[name] = field

    def ask_groups(self, groups: QuerySet[Preference], chosen: Sequence[int] = ()) -> None:
        """Whose weights come on top of the limits; not asked where no group has stated any."""
        if groups:
            self.fields["groups"] = GroupsField(groups, initial=list(chosen))

    @property
    def groups_field(self) -> BoundField | None:
        return self["groups"] if "groups" in self.fields else None

    def weight_fields(self) -> list[BoundField]:
        return [self[f"weight_{code}"] for code in CODES]

    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The pairs of fields in which orders are stated; none where they are not asked."""
        pairs = (_pair_names(n) for n in PAIRS)
        return [(self[more], self[less]) for more, less in pairs if more in self.fields]

    @property
    def has_orders(self) -> bool:
        return any(field.value() for pair in self.pairs() for field in pair)

    @property
    def weights_faults(self) -> list[str]:
        """Every sentence of what is wrong with the weights, a field's with its name; those of the start when unbound."""
        if not self.is_bound:
            found = clash(self._initial)
            return [found.sentence] if found else []
        named = [(str(self[name].label), told) for name, told in self.errors.items() if _is_weight(name)]
        said = [f"{label}: {text}" for label, texts in named for text in texts]
        return [self.weights_error, *said] if self.weights_error else said

    @property
    def _initial(self) -> Weighing:
        pairs = ((more.initial, less.initial) for more, less in self.pairs())
        orders = tuple((more, less) for more, less in pairs if more and less)
        return Weighing({code: self.fields[f"weight_{code}"].initial for code in CODES}, orders)

    def keep_only_weights(self) -> None:
        """Judge the weights alone: nothing is to be saved yet, so the rest may be unfinished."""
        for name in [name for name in self.errors if not (_is_weight(name) or name == NON_FIELD_ERRORS)]:
            del self.errors[name]

    @property
    def weighing(self) -> Weighing:
        """What a form with sound fields states."""
        data = self.cleaned_data
        pairs = ((data.get(more), data.get(less)) for more, less in map(_pair_names, PAIRS))
        orders = dict.fromkeys((more, less) for more, less in pairs if more and less)
        return Weighing({code: data[f"weight_{code}"] for code in CODES}, tuple(orders))

    def check_weighing(self) -> None:
        """Say once what contradicts what, with links to the smallest set of fields that no weights meet."""
        self._check_pairs()
        if any(map(_is_weight, self.errors)):
            return
        found = clash(self.weighing)
        if found:
            self.weights_error = found.sentence
            self.add_error(None, format_html("{} {}", found.sentence, self._links(found)))
        else:
            self._check_groups()

    def _check_groups(self) -> None:
        """Each group must be able to hold its own weights within the limits."""
        for group in self.cleaned_data.get("groups") or ():
            found = clash(self.weighing, group.weighing)
            if found:
                self.add_error("groups", f"{group}: {found.sentence}")

    def _check_pairs(self) -> None:
        for more, less in self.pairs():
            chosen = self.cleaned_data.get(more.name), self.cleaned_data.get(less.name)
            if all(chosen) and chosen[0] == chosen[1]:
                self.add_error(less.name, _("Choose two different goals."))
            elif any(chosen) and not all(chosen):
                empty = less if chosen[0] else more
                self.add_error(empty.name, _("Choose a goal here too, or leave both empty."))

    def _links(self, found: Clash) -> str:
        fields = list(dict.fromkeys(self._field_of(claim) for claim in found.culprits))
        for name in fields:
            self.fields[name].clashes = "weights_error"  # type: ignore[attr-defined]  # where the field says what is wrong
        anchors = (
            (self[name].id_for_label or f"{self[name].auto_id}_0", self[name].label) for name in fields
        )
        return format_html_join(", ", '<a href="#{}">{}</a>', anchors)

    def _field_of(self, claim: Claim) -> str:
        """The name of the field that makes the claim."""
        if claim.kind != "order":
            return f"weight_{claim.codes[0]}"
        data = self.cleaned_data
        pairs = (pair for pair in map(_pair_names, PAIRS) if tuple(data.get(n) for n in pair) == claim.codes)
        return next(pairs)[0]


def _is_weight(name: str) -> bool:
    return name.startswith(("weight_", "order_")) or name == "groups"


def _pair_names(n: int) -> tuple[str, str]:
    return f"order_{n}_more", f"order_{n}_less"


class CheckForm(WeighingFields, forms.Form):
    """Nothing but the weights, to see whether they can hold together."""

    def __init__(self, *args: Any, groups: QuerySet[Preference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_limits({})
        self.ask_orders()
        self.ask_groups(groups)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.check_weighing()
        return data
