from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods import words
from talkoot.choose.methods.models import Category, Method
from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import Municipality
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

SEARCHED = ("name", "purpose", "what", "how")


class MethodFilter(filters.FilterSet):  # type: ignore[misc]  # django_filters carries no types
    """Browsing the library: words, group, goal, size, sector, city, and whether the work needed is known."""

    q = filters.CharFilter(label=_("Search methods"), method="with_words")
    category = filters.MultipleChoiceFilter(
        label=_("Group"), choices=lambda: Category.choices, widget=forms.CheckboxSelectMultiple
    )
    goal = filters.MultipleChoiceFilter(
        label=_("Furthers the goal"),
        choices=words.GOALS.items,
        widget=forms.CheckboxSelectMultiple,
        method="with_goals",
    )
    size = filters.MultipleChoiceFilter(
        label=_("Suits a company of"),
        choices=words.SIZES.items,
        widget=forms.CheckboxSelectMultiple,
        method="with_sizes",
    )
    industry = filters.ChoiceFilter(
        label=_("Sector of the company"),
        choices=lambda: [(code, name) for code, name in SECTIONS.items() if code != "X"],
        empty_label=_("All"),
        method="with_industry",
    )
    city = filters.ModelChoiceFilter(
        label=_("Considered or used in"),
        queryset=Municipality.objects.only("slug", *columns("name")),
        to_field_name="slug",
        empty_label=_("All cities"),
        method="with_city",
    )
    effort_known = filters.BooleanFilter(
        label=_("Only methods whose work is known"), widget=forms.CheckboxInput, method="with_known_effort"
    )

    class Meta:
        model = Method
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Method], _name: str, typed: str) -> QuerySet[Method]:
        """Each word somewhere in the texts, in any language: what is shown may be a fallback."""
        for word in typed.split():
            found = Q(code__iexact=word)
            for column in columns(*SEARCHED):
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows

    def with_goals(self, rows: QuerySet[Method], _name: str, wanted: list[str]) -> QuerySet[Method]:
        for criterion in wanted:
            rows = rows.filter(goals__criterion=criterion, goals__marked=True)
        return rows

    def with_sizes(self, rows: QuerySet[Method], _name: str, wanted: list[str]) -> QuerySet[Method]:
        return _listing(rows, "sizes", wanted) if wanted else rows

    def with_industry(self, rows: QuerySet[Method], _name: str, wanted: str) -> QuerySet[Method]:
        return _listing(rows, "industries", [wanted], or_all=True)

    def with_city(self, rows: QuerySet[Method], _name: str, wanted: Municipality) -> QuerySet[Method]:
        return _listing(rows, "cities_seen", [wanted.code])

    def with_known_effort(self, rows: QuerySet[Method], _name: str, wanted: Any) -> QuerySet[Method]:
        return rows.filter(person_days_high__isnull=False) if wanted else rows


def _listing(
    rows: QuerySet[Method], field: str, wanted: Iterable[str], *, or_all: bool = False
) -> QuerySet[Method]:
    """Rows whose JSON list holds one of `wanted`; SQLite has no `contains` for JSON, so it is read as text."""
    rows = rows.annotate(**{f"{field}_text": Cast(field, TextField())})
    found = Q(**{f"{field}_text": "[]"}) if or_all else Q()
    for code in wanted:
        found |= Q(**{f"{field}_text__contains": f'"{code}"'})
    return rows.filter(found)
