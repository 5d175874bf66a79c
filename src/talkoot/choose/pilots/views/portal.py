from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.pilots import words
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.tables import OwnTable, named, portal_url
from talkoot.city.organisations.audiences import PortalView
from talkoot.kit.crud.views import DetailPage, ListPage, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class OwnPilots(PortalView, Rows):
    """Pilots in which the reader's own companies take part."""

    permission = "pilots.take_part"
    model = Pilot

    def permission_object(self) -> object:
        return None

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().taken_part_in(self.request.user)  # type: ignore[attr-defined]  # our queryset
        return rows.select_related("method", "city")


class OwnList(OwnPilots, ListPage):
    table_class = OwnTable

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for pilot in rows:
            pilot.shown_url, pilot.sign = portal_url(pilot), words.SIGNS[pilot.state]
            yield pilot


class OwnDetail(OwnPilots, DetailPage):
    """The plan, and the result and lessons once they are published."""

    template_name = "pilots/portal_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            crumbs=[(_("Pilots"), reverse("pilots:portal_list")), (named(self.object), "")],
            **words.facts(self.object),
            is_published=self.object.state == Pilot.State.PUBLISHED,
            **kwargs,
        )
