from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from talkoot.choose.operating_model import actions
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.city.agenda.models import Task
from talkoot.kit import states
from tests.choose.library import four

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

State = OperatingModel.State
DECISION: dict[str, Any] = {
    "deciding_body_fi": "Kaupunginhallitus",
    "deciding_body_sv": "Stadsstyrelsen",
    "deciding_body_en": "City Board",
    "decided_on": dt.date(2026, 11, 23),
    "section": "12",
}


@pytest.fixture
def draft(cast: Cast) -> OperatingModel:
    methods = four()
    model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    for method in methods[:2]:
        ModelMethod.objects.create(
            model=model, method=method, owner_unit=cast.unit("ELI"), person_days=20, months=[1, 2, 9]
        )
    return model


def proposed(model: OperatingModel, cast: Cast) -> OperatingModel:
    return states.transition(model, State.PROPOSED, by=cast.aino)


def in_force(model: OperatingModel, cast: Cast) -> OperatingModel:
    actions.decide(proposed(model, cast), by=cast.mikael, decision=DECISION)
    return actions.publish(model, by=cast.aino)


def test_a_second_person_approves_and_never_the_one_who_prepared(cast: Cast, draft: OperatingModel) -> None:
    from talkoot.city.accounts.roles import Role
    from talkoot.city.organisations.models import Membership

    Membership.objects.create(user=cast.aino, organisation=cast.jarvenpaa.organisation, role=Role.APPROVER)
    waiting = proposed(draft, cast)
    with pytest.raises(ValidationError):
        actions.decide(waiting, by=cast.aino, decision=DECISION)
    actions.decide(waiting, by=cast.mikael, decision=DECISION)
    assert OperatingModel.objects.get().approved_by == cast.mikael


def test_the_database_itself_holds_the_four_eyes(cast: Cast, draft: OperatingModel) -> None:
    with pytest.raises(IntegrityError):
        OperatingModel.objects.filter(pk=draft.pk).update(approved_by=cast.aino)


def test_those_who_only_read_cannot_decide(cast: Cast, draft: OperatingModel) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide(proposed(draft, cast), by=cast.riitta, decision=DECISION)


def test_nothing_half_done_is_proposed(cast: Cast, draft: OperatingModel) -> None:
    draft.items.update(owner_unit=None)
    with pytest.raises(ValidationError, match="M01"):
        proposed(draft, cast)
    draft.items.all().delete()
    with pytest.raises(ValidationError):
        proposed(draft, cast)


def test_publishing_gives_tasks_to_the_units_and_documents_in_three_languages(
    cast: Cast, draft: OperatingModel, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        model = in_force(draft, cast)
    assert Task.objects.filter(city=cast.jarvenpaa, unit=cast.unit("ELI")).count() == 2
    assert sorted(model.pdfs.values_list("language", flat=True)) == ["en", "fi", "sv"]
    with model.pdfs.all()[0].file.open() as content:
        assert content.read(5) == b"%PDF-"


def test_a_new_version_replaces_the_old_one_which_stays_readable(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first = in_force(draft, cast)
    second = actions.revise(first, by=cast.aino, reason="Uusi näyttö")
    assert [item.method.code for item in second.items.all()] == ["M01", "M02"]
    in_force(second, cast)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.IN_FORCE)
    for number in (1, 2):
        assert client.get(f"/jarvenpaa/toimintamalli/{number}/").status_code == 200


def test_one_version_is_prepared_at_a_time(cast: Cast, draft: OperatingModel) -> None:
    with pytest.raises(actions.DraftExists):
        actions.begin(city=cast.jarvenpaa, by=cast.aino)
    assert actions.begin(city=cast.kerava, by=cast.kaisa).number == 1


def test_a_draft_does_not_leak_to_the_public(cast: Cast, draft: OperatingModel, client: Client) -> None:
    assert client.get("/jarvenpaa/toimintamalli/1/").status_code == 404
    assert "Keino M01" not in client.get("/jarvenpaa/toimintamalli/").content.decode()
    assert "Keino M01" not in client.get("/vertailu/").content.decode()
    in_force(draft, cast)
    for address in (
        "/jarvenpaa/toimintamalli/",
        "/sv/jarvenpaa/toimintamalli/",
        "/en/jarvenpaa/toimintamalli/",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert "M01" in page.content.decode()


def test_the_open_data_and_the_calendar_say_what_the_page_says(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    in_force(draft, cast)
    data = client.get("/jarvenpaa/toimintamalli/1/toimintamalli.json").json()
    assert [method["code"] for method in data["methods"]] == ["M01", "M02"]
    assert data["decision"] == {"body": "Kaupunginhallitus", "date": "2026-11-23", "section": "12"}
    calendar = client.get("/jarvenpaa/toimintamalli/vuosikello.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.decode().count("BEGIN:VEVENT") >= 6


def test_units_that_do_a_method_together_share_its_days_as_the_selection_shares_them(
    cast: Cast, draft: OperatingModel
) -> None:
    for item in draft.items.all():
        item.partner_units.set([cast.unit("YMP")])
    assert [days for _, days, _ in Reading(draft).units] == [20, 20]


def test_a_second_writer_sees_units_and_months_by_name(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    item = draft.items.all()[0]
    cast.signed_in(client, "aino")
    url = f"/en/jarvenpaa/tyotila/toimintamalli/keino/{item.pk}/"
    ours = {"version": "1", "owner_unit": cast.unit("ELI").pk, "person_days": "20"}
    first = client.post(url, ours | {"idempotency_key": str(uuid.uuid4()), "months": ["1"]})
    assert first.status_code == 302
    second = ours | {"months": ["2"], "partner_units": [cast.unit("YMP").pk]}
    answer = client.post(url, second | {"idempotency_key": str(uuid.uuid4())})
    assert answer.status_code == 409
    differences = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert str(cast.unit("YMP")) in differences
    assert {"January", "February"} <= set(differences.replace("<", ">").split(">"))
    assert "QuerySet" not in differences


@pytest.mark.parametrize(
    ("state", "to", "words"), [(State.DRAFT, "proposed", "Propose"), (State.APPROVED, "in_force", "Publish")]
)
def test_a_step_is_named_on_its_page_and_its_button(
    cast: Cast, draft: OperatingModel, client: Client, state: str, to: str, words: str
) -> None:
    OperatingModel.objects.filter(pk=draft.pk).update(state=state, approved_by=cast.mikael, **DECISION)
    page = cast.signed_in(client, "aino").get(f"/en/jarvenpaa/tyotila/toimintamalli/{draft.pk}/tila/{to}/")
    assert f"<h1>{words}</h1>" in page.content.decode()
    assert f">{words}</button>" in page.content.decode()
