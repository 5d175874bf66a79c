from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.audit.models import Event
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.crud.views import ListPage
from talkoot.kit.ui import words

if TYPE_CHECKING:
    from django.db.models import QuerySet


def fields_of(event: Event) -> list[str]:
    """Names of the fields that changed, as people read them; what a later release no longer has is left out."""
    try:
        options = apps.get_model(event.model)._meta
    except LookupError:
        return []
    known = {name: field for field in options.concrete_fields for name in (field.name, field.attname)}
    return [str(known[name].verbose_name) for name in event.changes if name in known]


class EventTable(Table):
    caption = gettext_lazy("What has been done in the city’s workspace, newest first")
    empty = gettext_lazy("Nothing has happened yet.")
    default_order = ("-at", "-id")
    columns = (
        Column(
            key="at",
            label=gettext_lazy("Time"),
            value=lambda event: date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT"),
            raw=lambda event: event.at,
            order_by=("at",),
        ),
        Column(
            key="who",
            label=gettext_lazy("Who"),
            value=lambda event: event.actor_name or "–",
            order_by=("actor_name",),
        ),
        Column(
            key="what",
            label=gettext_lazy("What"),
            value=lambda event: words.deed(event.verb),
            order_by=("verb",),
        ),
        Column(key="object", label=gettext_lazy("Object"), value=lambda event: event.object_name),
        Column(key="why", label=gettext_lazy("Reason"), value=lambda event: event.reason or "–"),
        Column(
            key="fields",
            label=gettext_lazy("Fields changed"),
            value=lambda event: ", ".join(fields_of(event)) or "–",
            raw=lambda event: str(event.changes),
        ),
    )


class EventFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    who = django_filters.CharFilter(
        field_name="actor_name", lookup_expr="icontains", label=gettext_lazy("Who")
    )
    what = django_filters.CharFilter(
        field_name="object_name", lookup_expr="icontains", label=gettext_lazy("Object")
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()


class Log(WorkspaceView, ListPage):
    """The city's log, for those who keep its affairs in order."""

    model = Event
    table_class = EventTable
    filterset_class = EventFilter
    permission = "organisations.read_log"
    export_name = "log"
    per_page = 50

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(scope=self.request.city.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": _("Log of events")}
