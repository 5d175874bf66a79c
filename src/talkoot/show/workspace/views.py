from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import clock
from talkoot.kit.crud.views import Page
from talkoot.kit.search import finding
from talkoot.show.workspace.overview import OverviewPage


class Overview(WorkspaceView, Page):
    """This week, the four verbs and the annual clock."""

    permission = "organisations.work"
    template_name = "workspace/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        heading = _("Week {number}").format(number=today.isocalendar().week)
        page = OverviewPage(self.request.city, self.request.user)
        return super().get_context_data(heading=heading, today=today, overview=page, **kwargs)


class Search(WorkspaceView, Page):
    """What the person may see, found by any form of the word."""

    permission = "organisations.work"
    template_name = "workspace/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:200]
        user, city = self.request.user, self.request.city
        found = finding.find(query, user=user, city=city, language=get_language() or "fi") if query else None
        return super().get_context_data(heading=_("Search"), query=query, found=found, **kwargs)
