from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from talkoot.choose.operating_model.models import OperatingModel
from talkoot.kit import states
from talkoot.kit.audit import log

if TYPE_CHECKING:
    from tests.cast import Cast

State = OperatingModel.State


@pytest.fixture
def approved(cast: Cast) -> OperatingModel:
    return OperatingModel.objects.create(
        city=cast.jarvenpaa, number=1, state=State.APPROVED, prepared_by=cast.aino
    )


def test_a_step_is_kept_with_who_and_why_and_both_values(cast: Cast, approved: OperatingModel) -> None:
    states.transition(approved, State.IN_FORCE, by=cast.aino, reason="Decided")
    event = log.timeline(approved)[0]
    assert (event.actor, event.verb, event.reason, event.scope) == (
        cast.aino,
        "in_force",
        "Decided",
        "jarvenpaa",
    )
    assert event.changes["state"] == ["approved", "in_force"]


def test_a_step_that_the_state_does_not_allow_changes_nothing(cast: Cast, approved: OperatingModel) -> None:
    with pytest.raises(states.NotAllowedNow):
        states.transition(approved, State.PROPOSED, by=cast.aino)
    approved.refresh_from_db()
    assert approved.state == State.APPROVED
    assert not log.timeline(approved).exists()


def test_a_person_without_the_permission_is_refused(cast: Cast, approved: OperatingModel) -> None:
    for stranger in (cast.riitta, cast.kaisa, cast.oskari):
        with pytest.raises(PermissionDenied):
            states.transition(approved, State.IN_FORCE, by=stranger)


def test_the_slower_of_two_tabs_is_told_that_the_state_has_changed(
    cast: Cast, approved: OperatingModel
) -> None:
    other_tab = OperatingModel.objects.get(pk=approved.pk)
    states.transition(approved, State.IN_FORCE, by=cast.aino)
    with pytest.raises(states.NotAllowedNow):
        states.transition(other_tab, State.IN_FORCE, by=cast.aino)
    assert log.timeline(approved).count() == 1


def test_a_step_that_others_must_understand_needs_a_reason(cast: Cast, approved: OperatingModel) -> None:
    states.transition(approved, State.IN_FORCE, by=cast.aino)
    with pytest.raises(states.ReasonNeeded):
        states.transition(approved, State.UNDER_REVISION, by=cast.aino, reason="  ")


def test_the_diagram_names_each_step() -> None:
    text = states.diagram(OperatingModel)
    assert text.startswith("stateDiagram-v2")
    assert "draft --> proposed: operating_model.prepare" in text
