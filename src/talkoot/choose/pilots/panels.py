"""What pilots add to the page of a method."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from talkoot.choose.pilots import evidence, shown
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.tables import TriedTable

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.kit.access.request import Request

SHOWN_MOST = 20


def method_panel(request: Request, method: Method) -> dict[str, Any] | None:
    """Published pilots of the method with their lessons, and what they say together; nothing without any."""
    city = request.city
    public = city is None
    shown_rows = Q(state=Pilot.State.PUBLISHED) if public else Q(state=Pilot.State.PUBLISHED) | Q(city=city)
    rows = Pilot.objects.visible_to(request.user).filter(shown_rows, method=method)  # type: ignore[attr-defined]  # our queryset
    pilots = list(rows.brief())
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
