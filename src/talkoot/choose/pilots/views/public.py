from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.pilots import words
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.tables import PublishedTable, named
from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import DetailPage, ListPage, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class Published(PublicView, Rows):
    """Only what is published, also for those who may see more elsewhere."""

    permission = "pilots.read"
    model = Pilot

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(state=Pilot.State.PUBLISHED).select_related("method", "city")


class PublicList(Published, ListPage):
    table_class = PublishedTable
    template_name = "pilots/public_list.html"
    export_name = "pilotit"

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for pilot in rows:
            pilot.shown_url = pilot.public_url()
            yield pilot


class PublicDetail(Published, DetailPage):
    template_name = "pilots/public_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("pilots:public_list", kwargs={"city": self.request.city.slug})
        return super().get_context_data(
            crumbs=[(_("Pilots"), url), (named(self.object), "")],
            **words.facts(self.object),
            **kwargs,
        )
