"""The search finds what a reader may see, in the reader's language, and says what to do when it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import Membership, Municipality, Organisation, Unit
from talkoot.kit.plate import SearchDocument
from talkoot.kit.search import finding, indexing
from talkoot.kit.search.jobs import refresh
from talkoot.kit.search.models import SearchEntry, Stale

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
DOCUMENT = SearchDocument(
    model="organisations.Unit",
    label="Units",
    url="tests.kit.search.sample.url",
    text="tests.kit.search.sample.text",
    audience="public",
)
NOBODY = AnonymousUser()


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "offers", lambda _kind: [DOCUMENT])


def city(code: str, slug: str) -> Municipality:
    body = Organisation.objects.create(name=slug, kind="authority")
    return Municipality.objects.create(code=code, slug=slug, name_fi=slug.title(), organisation=body)


@pytest.fixture
def kerava() -> Municipality:
    return city("245", "kerava")


def unit(place: Municipality, name: str, code: str = "a", **more: str) -> Unit:
    made = Unit.objects.create(city=place, code=code, name_fi=name, **more)
    indexing.mark_stale(Unit, made)
    return made


def names(query: str, place: Municipality | None = None, language: str = "fi", **more: Any) -> list[str]:
    found = finding.find(query, user=NOBODY, city=place, language=language, **more)
    return [hit.name for hit in found.hits]


def test_an_inflected_word_finds_name_and_text(kerava: Municipality) -> None:
    unit(kerava, "Ilmastotekojen tiimi")
    unit(kerava, "Elinvoima", "b")
    indexing.refresh()
    assert names("ilmastoteko", kerava) == ["Ilmastotekojen tiimi"]
    assert len(names("hankinta", kerava)) == 2


def test_every_word_must_be_there(kerava: Municipality) -> None:
    unit(kerava, "Kumppanuus ja hankinta")
    indexing.refresh()
    assert names("kumppanuudet hankinnat", kerava)
    assert not names("kumppanuudet autot", kerava)


def test_what_stands_in_the_name_comes_first(kerava: Municipality) -> None:
    unit(kerava, "Elinvoima")
    unit(kerava, "Hankinnat", "b")
    indexing.refresh()
    assert names("hankinta", kerava) == ["Hankinnat", "Elinvoima"]


def test_a_hit_leads_to_its_page_in_the_readers_language(kerava: Municipality) -> None:
    made = unit(kerava, "Hankinta", name_sv="Upphandling")
    indexing.refresh()
    (hit,) = finding.find("upphandlingen", user=NOBODY, city=kerava, language="sv").hits
    assert (hit.name, hit.url, hit.kind) == ("Upphandling", f"/sv/kerava/{made.pk}/", "Units")


def test_a_city_does_not_find_anothers(kerava: Municipality) -> None:
    unit(city("186", "jarvenpaa"), "Hankinta")
    indexing.refresh()
    assert names("hankinta", kerava) == []
    assert names("hankinta") == ["Hankinta"]


def test_only_who_may_see_a_thing_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    company = SearchDocument(
        model="organisations.Organisation", label="Companies", url="builtins.str", audience="workspace"
    )
    monkeypatch.setattr(indexing, "offers", lambda _kind: [company])
    bakery = Organisation.objects.create(name="Leipomo")
    owner = User.objects.create_user("aino@example.org")
    Membership.objects.create(user=owner, organisation=bakery, role=Role.COMPANY_MEMBER)
    indexing.rebuild()
    assert names("leipomoiden") == []
    assert [hit.name for hit in finding.find("leipomot", user=owner, city=None, language="fi").hits] == [
        "Leipomo"
    ]


def test_a_changed_object_is_found_by_its_new_words_only(kerava: Municipality) -> None:
    made = unit(kerava, "Hankinta")
    indexing.refresh()
    made.name_fi = "Liikkuminen"
    made.save()
    indexing.mark_stale(Unit, made)
    assert refresh.enqueue().return_value == 1
    assert names("liikkumisen", kerava) == ["Liikkuminen"]
    assert not Stale.objects.exists()


def test_a_deleted_object_is_found_no_more(kerava: Municipality) -> None:
    made = unit(kerava, "Liikkuminen")
    indexing.refresh()
    indexing.mark_stale(Unit, made)
    made.delete()
    indexing.refresh()
    assert not SearchEntry.objects.exists()


def test_marking_twice_is_marking_once(kerava: Municipality) -> None:
    made = unit(kerava, "Liikkuminen")
    indexing.mark_stale(Unit, made)
    assert Stale.objects.count() == 1


def test_a_rebuild_reads_everything_and_forgets_the_rest(kerava: Municipality) -> None:
    Unit.objects.bulk_create([Unit(city=kerava, code=str(n), name_fi=f"Hankinta {n}") for n in range(5)])
    SearchEntry.objects.create(
        model="gone.Model", object_id="1", language="fi", name="x", url="/", title="hankinta"
    )
    assert indexing.rebuild() == 15
    assert indexing.rebuild() == 15
    assert len(names("hankinta", kerava)) == 5


def test_the_number_of_queries_does_not_grow(kerava: Municipality, queries: Callable[[], Any]) -> None:
    counts = []
    for number in (1, 20):
        Unit.objects.bulk_create(
            [Unit(city=kerava, code=f"{number}-{n}", name_fi="Hankinta") for n in range(number)]
        )
        indexing.rebuild()
        names("hankinta", kerava)
        with queries() as asked:
            names("hankinta", kerava)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_no_more_than_asked_for(kerava: Municipality) -> None:
    Unit.objects.bulk_create([Unit(city=kerava, code=str(n), name_fi="Hankinta") for n in range(9)])
    indexing.rebuild()
    assert len(names("hankinta", kerava, limit=4)) == 4


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Write what you are looking for"),
        ("  \n ", "Write what"),
        ("a", "at least two letters"),
        ("!?", "at least two"),
        ("auto", "Nothing was found: auto"),
    ],
)
def test_an_empty_answer_says_what_to_try(query: str, sentence: str) -> None:
    with override("en"):
        assert sentence in finding.find(query, user=NOBODY, city=None, language="en").message


@pytest.mark.parametrize(
    "query", ['"', "a OR b", "NEAR(x y)", "*", "title:x", "'; DROP TABLE x; --", "x" * 5000, "\x00ab"]
)
def test_no_query_breaks_the_search(query: str) -> None:
    assert finding.find(query, user=NOBODY, city=None, language="fi").hits == []


def test_an_excerpt_shows_the_place_of_the_word() -> None:
    text = f"{'alku ' * 60}Hankinnoissa kysytään ympäristöstä. {'loppu ' * 60}"
    assert "Hankinnoissa kysytään" in finding.excerpt(text, [("hankinta", "hankinnoissa")])
    assert finding.excerpt("Lyhyt teksti", [("x",)]) == "Lyhyt teksti"


def test_one_rooms_fault_stops_no_other(kerava: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = SearchDocument(
        model="organisations.Organisation", label="x", url="builtins.no_such", audience="public"
    )
    monkeypatch.setattr(indexing, "offers", lambda _kind: [broken, DOCUMENT])
    unit(kerava, "Hankinta")
    with pytest.raises(ImportError):
        indexing.rebuild()
    assert names("hankinta", kerava) == ["Hankinta"]
