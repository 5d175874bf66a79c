"""A company sees what its cities offer to one like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model import actions
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from tests.choose.library import four

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def test_what_is_offered_is_for_companies_of_its_size(client: Client, cast: Cast) -> None:
    model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    for method in four()[:3]:
        ModelMethod.objects.create(model=model, method=method, owner_unit=cast.unit("ELI"), person_days=5)
    OperatingModel.objects.filter(pk=model.pk).update(state=OperatingModel.State.IN_FORCE)
    Method.objects.filter(code="M01").update(sizes=["micro", "small"])
    Method.objects.filter(code="M02").update(sizes=["large"])
    Method.objects.filter(code="M03").update(target="city_staff")
    page = cast.signed_in(client, "oskari").get("/en/oma/").content.decode()
    assert ["/kirjasto/M01/" in page, "/kirjasto/M02/" in page, "/kirjasto/M03/" in page] == [
        True,
        False,
        False,
    ]
