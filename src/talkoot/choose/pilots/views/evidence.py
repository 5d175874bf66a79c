from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from talkoot.choose.methods.models import Method
from talkoot.choose.pilots import evidence, shown
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.words import SIGNS
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

PER_PAGE = 8
LISTED_MOST = 20  # pilots of a method; the list of pilots has the rest


@dataclass(frozen=True)
class Line:
    """A pilot, and why it does or does not weigh for the city."""

    pilot: Pilot
    counts: bool
    why: str
    url: str
    sign: str


@dataclass(frozen=True)
class Section:
    method: Method
    pictures: Sequence[shown.Picture]
    lines: Sequence[Line]
    more: int = 0


class EvidencePage(WorkspaceView, Rows):
    """Per method: prior, pilots and combined estimate, and which pilots count for the city."""

    permission = "pilots.see"
    template_name = "pilots/evidence.html"
    model = Pilot

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        city = request.city
        near = Q(state=Pilot.State.PUBLISHED) | Q(city=city)
        pilots = Pilot.objects.visible_to(request.user).filter(near)  # type: ignore[attr-defined]  # our queryset
        methods = Method.objects.brief().filter(pk__in=pilots.values("method")).order_by("code")  # type: ignore[attr-defined]  # our queryset
        page = Paginator(methods, PER_PAGE).get_page(request.GET.get("page"))
        context = self.get_context_data(
            heading=_("Evidence and pilots"),
            page=page,
            sections=self.sections(list(page.object_list), pilots),
        )
        return self.render_to_response(context)

    def sections(self, methods: list[Method], pilots: Any) -> list[Section]:
        city = self.request.city
        found = evidence.findings(city, methods)
        counted = {pilot.pk for by in found.values() for each in by.values() for pilot in each.pilots}
        near: dict[int, list[Pilot]] = {method.pk: [] for method in methods}
        for pilot in pilots.filter(method__in=methods).brief():
            near[pilot.method_id].append(pilot)
        return [
            Section(
                method,
                [
                    shown.picture(c, f, city, public=False)
                    for c, f in sorted(found.get(method.pk, {}).items())
                ],
                [self.line(pilot, counts=pilot.pk in counted) for pilot in near[method.pk][:LISTED_MOST]],
                max(0, len(near[method.pk]) - LISTED_MOST),
            )
            for method in methods
        ]

    def line(self, pilot: Pilot, *, counts: bool) -> Line:
        own = pilot.city_id == self.request.city.pk
        url = pilot.get_absolute_url() if own else pilot.public_url()
        return Line(pilot, counts, _why(pilot, counts=counts, own=own), url, SIGNS[pilot.state])


def _why(pilot: Pilot, *, counts: bool, own: bool) -> str:
    if counts:
        why = _("Counts: the city’s own pilot.") if own else _("Counts: published by another city.")
        late = _("Its measure was not agreed before the start.")
        return why if pilot.is_agreed_in_time else f"{why} {late}"
    if pilot.state == Pilot.State.STOPPED:
        return _("Does not count: it was stopped early.")
    return _("Does not count yet: it has not ended.")
