from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.kit.crud.table import Column, Table

if TYPE_CHECKING:
    from talkoot.city.roadmap.models import Roadmap


def _shown(roadmap: Roadmap) -> str:
    return gettext("Everyone") if roadmap.published else gettext("Only the city")


class RoadmapTable(Table):
    caption = _("Roadmaps")
    empty = _("No roadmap yet. Add your city’s roadmap or climate programme.")
    columns = (
        Column(key="name", label=_("Name"), value=str, link=lambda r: r.get_absolute_url()),
        Column(key="version", label=_("Version"), value=lambda r: r.version_name or "–"),
        Column(key="themes", label=_("Themes"), value=lambda r: r.theme_count, numeric=True),
        Column(key="goals", label=_("Goals"), value=lambda r: r.goal_count, numeric=True),
        Column(key="indicators", label=_("Indicators"), value=lambda r: r.indicator_count, numeric=True),
        Column(key="published", label=_("Who can see this"), value=_shown),
    )
