"""A person acts for a company only after an officer's reason or a code sent to the registered address."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from talkoot.city.organisations import actions
from talkoot.city.organisations.models import Membership, Organisation, Representation
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail.models import Message
from talkoot.kit.states import NotAllowedNow, ReasonNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality


@pytest.fixture
def request_(jarvenpaa: Municipality, person: Callable[[str], User]) -> Representation:
    return actions.ask_to_represent(
        organisation=Organisation.objects.get(business_id="9000115-3"),
        city=jarvenpaa,
        role="company_admin",
        position="Leipuri",
        message="",
        by=person("company"),
    )


def acts_for_it(request: Representation) -> bool:
    return Membership.objects.filter(user=request.user, organisation=request.organisation).exists()


def test_approval_takes_a_reason_and_gives_the_role(
    request_: Representation, person: Callable[[str], User]
) -> None:
    with pytest.raises(ReasonNeeded):
        actions.decide(request_, "approved", by=person("adviser"), reason=" ")
    assert not acts_for_it(request_)
    request_.refresh_from_db()
    actions.decide(request_, "approved", by=person("adviser"), reason="Soitettiin vaihteeseen.")
    assert acts_for_it(request_)
    assert log.timeline(request_)[0].reason == "Soitettiin vaihteeseen."
    assert "Soitettiin vaihteeseen." in Message.objects.latest("pk").body


def test_nobody_decides_on_their_own_request(request_: Representation, person: Callable[[str], User]) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide(request_, "approved", by=person("company"), reason="Minä se olen.")
    assert not acts_for_it(request_)


def test_an_officer_of_another_city_does_not_decide(
    request_: Representation, person: Callable[[str], User]
) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide(request_, "approved", by=person("other_city"), reason="Tuttu mies.")


def test_the_code_of_the_letter_gives_the_role(
    request_: Representation, person: Callable[[str], User]
) -> None:
    code = actions.send_code(request_, by=person("adviser"))
    assert code not in Representation.objects.get().code_hash
    actions.confirm_with_code(request_, f"{code[:4]} {code[4:]}", by=person("company"))
    assert acts_for_it(request_)


def test_five_wrong_codes_and_the_door_is_shut(
    request_: Representation, person: Callable[[str], User]
) -> None:
    code = actions.send_code(request_, by=person("adviser"))
    wrong = "00000000" if code != "00000000" else "11111111"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(actions.CodeWrong) as said:
            actions.confirm_with_code(request_, wrong, by=person("company"))
        assert said.value.left == left
    with pytest.raises(NotAllowedNow):
        actions.confirm_with_code(request_, code, by=person("company"))
    assert not acts_for_it(request_)


def test_an_old_code_does_not_work(request_: Representation, person: Callable[[str], User]) -> None:
    code = actions.send_code(request_, by=person("adviser"))
    with clock.frozen(clock.now() + dt.timedelta(days=31)), pytest.raises(NotAllowedNow):
        actions.confirm_with_code(request_, code, by=person("company"))


def test_asking_twice_is_one_request(
    request_: Representation, jarvenpaa: Municipality, person: Callable[[str], User]
) -> None:
    again = actions.ask_to_represent(
        organisation=request_.organisation,
        city=jarvenpaa,
        role="company_admin",
        position="",
        message="",
        by=person("company"),
    )
    assert again.pk == request_.pk
