"""A prepared query answers as Django's own would, whatever it is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from talkoot.city.organisations.models import Municipality, Unit
from talkoot.kit.prepared import Prepared
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from talkoot.kit.prepared import Asked
    from tests.cast import Cast


@Prepared
def cities(slug: Asked | None = None) -> Any:
    rows = Municipality.objects.order_by("code")
    return rows if slug is None else rows.filter(slug=slug)


@Prepared
def units(city: Asked) -> Any:
    return Unit.objects.filter(city=city).select_related("city").order_by("code")


@Prepared
def with_units(city: Asked) -> Any:
    return Municipality.objects.filter(pk=city).prefetch_related("units")


@worded(("code", "chroma"), ("name",))
def named() -> Any:
    return Municipality.objects.order_by("code")


def test_the_same_query_is_asked_with_other_values(cast: Cast) -> None:
    assert cities(slug=cast.kerava.slug) == [cast.kerava]
    assert cities(slug=cast.jarvenpaa.slug) == [cast.jarvenpaa]
    assert cities(slug="nowhere") == []


def test_a_part_that_is_not_asked_is_left_out(cast: Cast) -> None:
    assert cities() == cities(slug=None) == list(Municipality.objects.order_by("code"))


def test_objects_are_whole_and_can_be_saved(cast: Cast) -> None:
    (city,) = cities(slug=cast.kerava.slug)
    assert not city.get_deferred_fields()
    city.population = 5
    city.save()
    assert Municipality.objects.get(pk=cast.kerava.pk).population == 5


def test_what_is_joined_and_what_is_read_beside_costs_no_query_more(cast: Cast, queries: Any) -> None:
    with queries() as asked:
        found = units(city=cast.kerava.pk)
        assert {unit.city.slug for unit in found} == {cast.kerava.slug}
    assert len(asked) == 1
    with queries() as asked:
        (city,) = with_units(city=cast.kerava.pk)
        assert set(city.units.all()) == set(found)
    assert len(asked) == 2


def test_words_are_in_the_readers_language_or_in_finnish(cast: Cast) -> None:
    Municipality.objects.filter(pk=cast.kerava.pk).update(name_fi="Kerava", name_sv="Kervo", name_en="")
    found: dict[str, list[Any]] = {"fi": [], "sv": [], "en": []}
    for language, rows in found.items():
        with override(language):
            rows.extend(name for code, _chroma, name in named() if code == cast.kerava.code)
    assert found == {"fi": ["Kerava"], "sv": ["Kervo"], "en": ["Kerava"]}
