from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodChoice
from talkoot.choose.methods.models import Criterion, Method
from talkoot.choose.pilots.models import Pilot

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEARCHED = ("name", "hypothesis", "measure", "lesson_worked", "lesson_did_not")


def tried_methods(request: Any) -> QuerySet[Method]:
    """Methods of which the city in the address has a pilot."""
    rows = Method.objects.all() if request is None else Method.objects.filter(pilots__city=request.city)
    return rows.distinct().order_by("code")


class PilotFilter(filters.FilterSet):  # type: ignore[misc]  # django_filters carries no types
    q = filters.CharFilter(label=_("Search pilots"), method="with_words")
    state = filters.ChoiceFilter(label=_("State"), choices=Pilot.State.choices, empty_label=_("All"))
    method = MethodChoice(label=_("Method"), queryset=tried_methods, empty_label=_("All"))
    criterion = filters.ChoiceFilter(label=_("Aim"), choices=Criterion.choices, empty_label=_("All"))

    class Meta:
        model = Pilot
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Pilot], _name: str, words: str) -> QuerySet[Pilot]:
        """Each word somewhere in the texts or the name of the method, in any language."""
        columns = [f"{field}_{code}" for field in SEARCHED for code in ("fi", "sv", "en")]
        columns += [f"method__name_{code}" for code in ("fi", "sv", "en")]
        for word in words.split():
            found = Q(method__code__iexact=word)
            for column in columns:
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows
