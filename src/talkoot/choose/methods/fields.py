"""Choosing a method where officers speak in codes: "M05 Webinar series"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms

from talkoot.choose.methods.models import Method

if TYPE_CHECKING:
    from django.db.models import QuerySet


def coded(method: Method) -> str:
    """A method with its code, as lists of options show it."""
    return f"{method.code} {method.name}"


class MethodField(forms.ModelChoiceField[Method]):
    """One of the methods that may be chosen today, by code."""

    def __init__(self, queryset: QuerySet[Method] | None = None, **kwargs: Any) -> None:
        rows = Method.objects.published() if queryset is None else queryset  # type: ignore[attr-defined]  # our queryset
        super().__init__(rows.order_by("code"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return coded(obj)


class _Coded(filters.fields.ModelChoiceField):  # type: ignore[misc]  # django_filters carries no types
    def label_from_instance(self, obj: Any) -> str:
        return coded(obj)


class MethodChoice(filters.ModelChoiceFilter):  # type: ignore[misc]  # the same
    """The same in the filters of a list."""

    field_class = _Coded
