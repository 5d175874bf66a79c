"""The invented pilots come in whole, once, and are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from talkoot.choose.methods import demo as library
from talkoot.choose.methods.models import Method
from talkoot.choose.pilots import demo, evidence
from talkoot.choose.pilots.models import Pilot

if TYPE_CHECKING:
    from tests.cast import Cast


def test_the_pilots_of_known_cities_come_in_once_and_are_marked_as_examples(cast: Cast) -> None:
    library.load(settings.TALKOOT_DEMO_FOLDER)
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    count = Pilot.objects.count()
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    assert Pilot.objects.count() == count > 0
    assert not Pilot.objects.filter(example=False).exists()
    assert set(Pilot.objects.values_list("city", flat=True)) == {cast.jarvenpaa.pk, cast.kerava.pk}
    webinars = Method.objects.get(code="M05")
    assert evidence.findings(cast.kerava, [webinars])[webinars.pk]["D"].k == 1
