"""Who weighs how: stated by a group, checked at once, copied into a run."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from talkoot.choose.selection import cases
from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.forms import PlanForm
from talkoot.choose.selection.models import Preference
from talkoot.choose.selection.plan import Plan
from talkoot.kit.audit import log
from tests.choose.library import four
from tests.choose.selection.test_forms import data as plan_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.cast import Cast

ROOM = "/en/jarvenpaa/tyotila/valinta/ryhmat/"
CHECK = "/en/jarvenpaa/tyotila/valinta/rajat/"
FIT = "The limits fit together"


def limits(**changes: int) -> dict[str, Any]:
    sent = {f"weight_{code}_low": 5 for code in CODES} | {f"weight_{code}_high": 40 for code in CODES}
    return sent | changes


def sent(**changes: Any) -> dict[str, Any]:
    stated = {
        "name_fi": "Johtoryhmä",
        "people": "4",
        "basis": "agreed",
        "stated_on": "2026-11-20",
        "note": "",
    }
    return {"idempotency_key": str(uuid.uuid4())} | stated | limits() | changes


def preference(cast: Cast, **values: Any) -> Preference:
    stated = {key: [5, 40] for key in CODES}
    given = {"city": cast.jarvenpaa, "name_fi": "Johtoryhmä", "people": 4, "limits": stated} | values
    return Preference.objects.create(**given)


def post(client: Client, url: str, values: dict[str, Any]) -> Any:
    return client.post(url, values)


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "aino")


def test_a_group_states_its_weights_they_are_edited_and_deleted_and_the_log_keeps_all(
    aino: Client, cast: Cast
) -> None:
    url = post(aino, f"{ROOM}uusi/", sent(weight_A_low=20, order_1_more="A", order_1_less="B")).url
    stated = Preference.objects.get()
    assert stated.limits["A"] == [20, 40]
    assert stated.orders == [["A", "B"]]
    assert (stated.city, stated.stated_by, stated.people) == (cast.jarvenpaa, cast.aino, 4)
    page = aino.get(url).content.decode()
    assert "20–40%" in page
    assert "“A Cutting emissions” weighs at least as much as “B " in page
    assert post(aino, f"{url}muokkaa/", sent(weight_A_low=25, version="1")).status_code == 302
    stated.refresh_from_db()
    assert (stated.limits["A"], stated.orders, stated.version) == ([25, 40], [], 2)
    assert post(aino, f"{url}poista/", {"idempotency_key": str(uuid.uuid4())}).url == ROOM
    assert not Preference.objects.exists()
    assert [event.verb for event in log.timeline(stated)] == ["deleted", "edited", "created"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({f"weight_{code}_low": 30 for code in CODES}, "The lower limits add up to 180%"),
        ({f"weight_{code}_high": 10 for code in CODES}, "The upper limits add up to 60%"),
        (
            {"weight_A_high": 20, "weight_C_low": 30, "order_1_more": "A", "order_1_less": "C"},
            (
                "“A Cutting emissions” at most 20%; “C Other environmental goals of the area” at least 30%; "
                "“A Cutting emissions” weighs at least as much as “C Other environmental goals of the area”"
            ),
        ),
        ({"weight_A_low": 50}, "The lower limit is above the upper limit."),
        ({"order_1_more": "A", "order_1_less": "A"}, "Choose two different goals."),
        ({"order_2_more": "A"}, "Choose a goal here too, or leave both empty."),
        ({"people": "0"}, "1"),
        ({"name_fi": ""}, ""),
    ],
)
def test_what_cannot_hold_is_refused_with_its_culprits_and_what_was_typed_is_kept(
    aino: Client, changes: dict[str, Any], sentence: str
) -> None:
    answer = post(aino, f"{ROOM}uusi/", sent(note="Säilyykö tämä", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Säilyykö tämä" in page
    assert 'aria-invalid="true"' in page
    assert not Preference.objects.exists()


def test_the_same_group_twice_is_said_in_the_form(aino: Client, cast: Cast) -> None:
    preference(cast)
    answer = post(aino, f"{ROOM}uusi/", sent())
    assert answer.status_code == 422
    assert "already has the weights of a group with this name" in answer.content.decode()


def test_a_double_click_states_once(aino: Client) -> None:
    once = sent()
    assert post(aino, f"{ROOM}uusi/", once).url == post(aino, f"{ROOM}uusi/", once).url
    assert Preference.objects.count() == 1


def test_two_writers_see_each_other(aino: Client, cast: Cast) -> None:
    stated = preference(cast, version=2)
    answer = post(aino, f"{ROOM}{stated.pk}/muokkaa/", sent(weight_B_low=10, version="1"))
    assert answer.status_code == 409
    assert "10–40" in answer.content.decode()


def test_the_button_checks_without_saving_and_needs_no_javascript(aino: Client) -> None:
    answer = post(aino, f"{ROOM}uusi/", sent(name_fi="", people="", note="Kesken", check="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert FIT in page
    assert "Kesken" in page
    assert 'aria-invalid="true"' not in page
    assert not Preference.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_check_answers_htmx_with_a_notice_alone(aino: Client, method: str) -> None:
    ask = getattr(aino, method)
    fits = ask(CHECK, limits(), headers={"HX-Request": "true"}).content.decode()
    assert 'role="status"' in fits
    assert FIT in fits
    assert "<html" not in fits
    clash = ask(CHECK, limits(weight_A_low=90, weight_A_high=95), headers={"HX-Request": "true"})
    assert "The lower limits add up to 115%" in clash.content.decode()


def test_the_check_names_the_group_that_cannot_hold_its_weights_within_the_limits(
    aino: Client, cast: Cast
) -> None:
    heavy = preference(cast, name_en="Leaders", limits={key: [0, 100] for key in CODES} | {"A": [60, 100]})
    page = aino.get(CHECK, limits() | {"groups": [heavy.pk]}).content.decode()
    assert "Leaders: These limits contradict" in page


def test_weights_of_another_city_cannot_be_chosen(cast: Cast) -> None:
    foreign = preference(cast, city=cast.kerava)
    preference(cast)
    form = PlanForm(plan_data() | {"groups": [foreign.pk]}, city=cast.jarvenpaa, scenarios=[], plan=None)
    assert list(form.errors) == ["groups"]
    assert str(foreign.pk) in form.errors["groups"][0]


def test_a_run_takes_a_copy_along_that_stays_when_the_group_changes_its_mind(cast: Cast) -> None:
    four()
    group = preference(cast, orders=[["A", "B"]], name_sv="Ledningsgruppen")
    form = PlanForm(plan_data() | {"groups": [group.pk]}, city=cast.jarvenpaa, scenarios=[], plan=None)
    assert form.is_valid(), form.errors
    kept = Plan.from_json(form.plan().to_json())
    Preference.objects.update(limits={key: [0, 100] for key in CODES}, orders=[])
    (copy,) = kept.people
    assert (copy.limits["A"], copy.orders) == ((5, 40), (("A", "B"),))
    assert copy.names == {"fi": "Johtoryhmä", "sv": "Ledningsgruppen", "en": "Johtoryhmä"}
    people: Any = cases.build(cast.jarvenpaa, kept).case.to_json()["people"]
    assert [person["id"] for person in people] == [f"group-{group.pk}"]
    assert people[0]["weights"][0] == {"coef": {"A": 1}, "op": ">=", "rhs": 0.05}
    assert people[0]["weights"][-1] == {"coef": {"A": 1, "B": -1}, "op": ">=", "rhs": 0}


def test_a_plan_made_before_groups_were_asked_is_read(cast: Cast) -> None:
    old = {"weights": {code: [5, 40] for code in CODES}, "days": {}, "euros": None}
    assert Plan.from_json(old).people == ()


def test_a_group_whose_weights_cannot_hold_is_not_kept_by_the_model(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        Preference(
            city=cast.jarvenpaa, name_fi="x", people=1, limits={key: [0, 5] for key in CODES}
        ).full_clean()


def test_the_staff_see_and_only_those_who_may_state(cast: Cast, client: Client) -> None:
    stated = preference(cast, stated_by=cast.mikael)
    own, other = f"{ROOM}{stated.pk}/muokkaa/", f"{ROOM}{preference(cast, name_fi='Muu').pk}/muokkaa/"
    for name, expected in {
        "aino": (200, 200, 200, 200),
        "mikael": (200, 200, 200, 403),
        "riitta": (200, 403, 403, 403),
        "kaisa": (404, 404, 404, 404),
        "oskari": (404, 404, 404, 404),
    }.items():
        cast.signed_in(client, name)
        found = tuple(client.get(url).status_code for url in (ROOM, f"{ROOM}uusi/", own, other))
        assert found == expected, name


def test_the_list_asks_as_much_for_many_groups_as_for_one(
    aino: Client, cast: Cast, queries: Callable[[], CaptureQueriesContext]
) -> None:
    preference(cast)
    aino.get(ROOM)
    with queries() as one:
        aino.get(ROOM)
    for n in range(12):
        preference(cast, name_fi=f"Ryhmä {n}")
    with queries() as many:
        aino.get(ROOM)
    assert len(many) == len(one)


def test_the_workbook_has_an_end_a_column(aino: Client, cast: Cast) -> None:
    preference(cast, limits={key: [5, 40] for key in CODES} | {"A": [20, 35]})
    rows = aino.get(f"{ROOM}?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert "A Cutting emissions, lowest weight" in rows[0]
    assert "20" in rows[1]
    assert "35" in rows[1]
