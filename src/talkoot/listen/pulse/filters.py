from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodChoice
from talkoot.choose.methods.models import Method
from talkoot.city.accounts.models import User
from talkoot.listen.pulse.models import Heard, Outcome, Theme

if TYPE_CHECKING:
    from django.db.models import QuerySet

WAITING, LATE = "waiting", "late"
_NONE = Method.objects.none()
SEARCH = forms.TextInput({"type": "search"})


def _staff(request: Any) -> QuerySet[User]:
    if request is None:
        return User.objects.none()
    here = User.objects.filter(memberships__organisation=request.city.organisation_id)
    return here.distinct().order_by("name", "pk")


def _methods(request: Any) -> QuerySet[Method]:
    """Methods about which the city has heard something."""
    heard = Heard.methods.through.objects.filter(method=OuterRef("pk"))
    return _tagged(heard.filter(heard__city=request.city)) if request else _NONE


def _told_methods(request: Any) -> QuerySet[Method]:
    """Methods about which the city has told something."""
    told = Outcome.methods.through.objects.filter(method=OuterRef("pk"))
    told = told.filter(outcome__state=Outcome.State.PUBLISHED)
    return _tagged(told.filter(outcome__city=request.city)) if request else _NONE


def _tagged(tags: Any) -> QuerySet[Method]:
    """Methods that have one of these tags; the first tag of each is enough."""
    rows: QuerySet[Method] = Method.objects.brief()  # type: ignore[attr-defined]  # our queryset
    return rows.filter(Exists(tags)).order_by("code")


class HeardFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    q = filters.CharFilter(label=_("Words of the message or the company"), method="with_words", widget=SEARCH)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Heard.Kind.choices, empty_label=_("All"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(WAITING, _("Waits for an answer")), (LATE, _("Late")), *Heard.State.choices],
        method="in_state",
        empty_label=_("All"),
    )
    owner = filters.ModelChoiceFilter(
        label=_("Responsible person"), queryset=_staff, empty_label=_("All"), null_label=_("Nobody yet")
    )
    method = MethodChoice(label=_("Method"), field_name="methods", queryset=_methods, empty_label=_("All"))

    class Meta:
        model = Heard
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Heard], _name: str, value: str) -> QuerySet[Heard]:
        if value == WAITING:
            return rows.waiting()  # type: ignore[attr-defined, no-any-return]  # our queryset
        return rows.late() if value == LATE else rows.filter(state=value)  # type: ignore[attr-defined]  # our queryset

    def with_words(self, rows: QuerySet[Heard], _name: str, words: str) -> QuerySet[Heard]:
        """Each word somewhere in what was said, who said it or what was answered."""
        for word in words.split():
            found = Q()
            for column in ("message", "answer", "sender", "organisation__name"):
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows


class ToldFilter(filters.FilterSet):  # type: ignore[misc]  # the same
    theme = filters.ChoiceFilter(label=_("Theme"), choices=Theme.choices, empty_label=_("All"))
    method = MethodChoice(
        label=_("Method"), field_name="methods", queryset=_told_methods, empty_label=_("All")
    )

    class Meta:
        model = Outcome
        fields: tuple[str, ...] = ()
