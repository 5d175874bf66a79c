from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, CITY_ROLES, Role
from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import Establishment, Membership, Organisation, SizeClass

if TYPE_CHECKING:
    from django.db.models import QuerySet

UNKNOWN = "unknown"
SIZES = [(value or UNKNOWN, label) for value, label in SizeClass.choices]


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(
        label=_("Name or business ID"), method="by_text", widget=forms.TextInput({"type": "search"})
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Organisation.Kind.choices, empty_label=_("All")
    )
    size = django_filters.ChoiceFilter(
        label=_("Company size"), choices=SIZES, method="by_size", empty_label=_("All")
    )
    section = django_filters.ChoiceFilter(
        label=_("Sector"),
        field_name="industry",
        lookup_expr="startswith",
        choices=[(letter, name) for letter, name in SECTIONS.items()],
        empty_label=_("All"),
    )
    active = django_filters.BooleanFilter(
        label=_("Also companies that have ceased"), method="with_ceased", widget=forms.CheckboxInput
    )

    class Meta:
        model = Organisation
        fields = ()

    def by_text(self, rows: QuerySet[Organisation], _name: str, value: str) -> QuerySet[Organisation]:
        return rows.named(value)  # type: ignore[attr-defined, no-any-return]  # our queryset

    def by_size(self, rows: QuerySet[Organisation], _name: str, value: str) -> QuerySet[Organisation]:
        size = "" if value == UNKNOWN else value
        here = Establishment.objects.filter(city=self.request.city, size_class=size)
        return rows.filter(pk__in=here.values("organisation"))

    def with_ceased(
        self,
        rows: QuerySet[Organisation],
        _name: str,
        value: bool | None,  # noqa: FBT001 -- as a filter calls its method
    ) -> QuerySet[Organisation]:
        return rows if value else rows.filter(ceased_on=None)


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(
        label=_("Name or email address"), method="by_text", widget=forms.TextInput({"type": "search"})
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[(str(role), ABOUT[role].title) for role in Role if role in CITY_ROLES],
        method="by_role",
        empty_label=_("All"),
    )

    class Meta:
        model = User
        fields = ()

    def by_text(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        bare = value.strip()
        found = Q(email__icontains=bare.lower())
        for spelling in {bare, bare.lower(), bare.upper(), bare.capitalize(), bare.title()}:
            found |= Q(name__icontains=spelling)
        return rows.filter(found)

    def by_role(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        held = Membership.objects.filter(organisation=self.request.city.organisation, role=value)
        return rows.filter(pk__in=held.values("user"))
