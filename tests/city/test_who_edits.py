"""Only the coordinator edits the roadmap and the changes in the municipality's role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from talkoot.city.changes import demo as changes
from talkoot.city.changes.models import RoleChange
from talkoot.city.roadmap import demo as roadmaps
from talkoot.city.roadmap.models import Roadmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.organisations.models import Municipality


def roadmap(city: Municipality) -> str:
    roadmaps.load(settings.TALKOOT_DEMO_FOLDER)
    return reverse("roadmap:edit", kwargs={"city": city.slug, "pk": Roadmap.objects.get(city=city).pk})


def role_change(city: Municipality) -> str:
    changes.load(settings.TALKOOT_DEMO_FOLDER)
    return f"{RoleChange.objects.filter(city=city)[0].get_absolute_url()}muokkaa/"


@pytest.mark.parametrize("address_of", [roadmap, role_change])
def test_only_the_coordinator_edits(
    address_of: Callable[[Municipality], str], jarvenpaa: Municipality, signed_in: Callable[[str], Client]
) -> None:
    address = address_of(jarvenpaa)
    people = ("coordinator", "adviser", "other_city", "company", "nobody")
    assert [signed_in(name).get(address).status_code for name in people] == [200, 403, 404, 404, 302]
