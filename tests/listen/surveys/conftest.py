from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from talkoot.city.organisations.models import Municipality, Organisation
from talkoot.listen.surveys import demo
from talkoot.listen.surveys.models import Round
from tests.listen.surveys.rounds import companies

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def joint(cast: Cast) -> Round:
    """The round of 2021 in three cities, with the number of companies known in each."""
    body = Organisation.objects.create(name="Vantaa (kaupunki)", kind=Organisation.Kind.AUTHORITY)
    vantaa = Municipality.objects.create(
        code="092", slug="vantaa", name_fi="Vantaa", name_sv="Vanda", organisation=body
    )
    for city in (vantaa, cast.jarvenpaa, cast.kerava):
        companies(city)
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    return Round.objects.get(code="company-climate-2021")
