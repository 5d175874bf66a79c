"""What pilots add to the page of a method."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from talkoot.choose.pilots import evidence, shown
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.tables import TriedTable
from talkoot.kit.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.choose.methods.models import Method
    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked

SHOWN_MOST = 20


@Prepared
def _tried(method: Asked, city: Asked | None = None) -> QuerySet[Pilot]:
    """Published pilots, and in a workspace all of its city, which every reader of it may see."""
    shown_rows = Q(state=Pilot.State.PUBLISHED)
    if city is not None:
        shown_rows |= Q(city=city)
    rows: QuerySet[Pilot] = Pilot.objects.filter(shown_rows, method=method).brief()  # type: ignore[attr-defined]  # our queryset
    return rows


def method_panel(request: Request, method: Method) -> dict[str, Any] | None:
    """Published pilots of the method with their lessons, and what they say together; nothing without any."""
    city = request.city
    public = city is None
    pilots = _tried(method=method.pk, city=city and city.pk)
    if not pilots:
        return None
    listed = pilots[:SHOWN_MOST]
    for pilot in listed:
        own = not public and pilot.city_id == city.pk
        pilot.shown_url = pilot.get_absolute_url() if own else pilot.public_url()
    table = TriedTable(listed, request.GET)
    table.note = shown.when_agreed(listed)
    weighing = sorted((pilot for pilot in pilots if pilot.is_counted), key=attrgetter("closed_on", "pk"))
    found = evidence.said_by(weighing, city, [method]).get(method.pk, {})
    return {
        "table": table,
        "pictures": [shown.picture(c, finding, city, public=public) for c, finding in sorted(found.items())],
    }
