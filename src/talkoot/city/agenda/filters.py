from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.city.agenda.models import Task
from talkoot.city.organisations.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

MINE, UNITS, ALL = "mine", "units", "all"
WHOSE = [(MINE, _("Mine")), (UNITS, _("My unit’s")), (ALL, _("All"))]
STATES = [*((state.value, state.label) for state in Task.State), (ALL, _("All"))]


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    city = getattr(request, "city", None)
    return Unit.objects.filter(city=city)


class TaskFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Open ones unless another state is asked for."""

    whose = django_filters.ChoiceFilter(label=_("Whose"), choices=WHOSE, method="by_person", empty_label=None)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state", empty_label=None)
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=_units, empty_label=_("All"))
    q = django_filters.CharFilter(
        label=_("Words in the title"),
        field_name="title",
        lookup_expr="icontains",
        widget=forms.TextInput({"type": "search"}),
    )

    class Meta:
        model = Task
        fields = ()

    def by_person(self, rows: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        user = self.request.user
        if value == MINE:
            return rows.of(user)  # type: ignore[attr-defined, no-any-return]  # our queryset
        return rows.of_units(user) if value == UNITS else rows  # type: ignore[attr-defined]  # our queryset

    def by_state(self, rows: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        return rows if value == ALL else rows.filter(state=value)
