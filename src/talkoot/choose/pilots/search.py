"""What the search reads of a pilot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.choose.pilots.models import Pilot

if TYPE_CHECKING:
    from collections.abc import Iterable


def url(pilot: Pilot) -> str:
    """The public page of a published pilot, otherwise its page in the workspace."""
    return pilot.public_url() if pilot.state == Pilot.State.PUBLISHED else pilot.get_absolute_url()


def text(pilot: Pilot) -> str:
    lessons: Iterable[str | None] = (pilot.lesson_worked, pilot.lesson_for_whom, pilot.lesson_did_not)
    parts = (
        pilot.method.code,
        pilot.method.name,
        pilot.hypothesis,
        pilot.measure,
        *lessons,
        pilot.lesson_again,
    )
    return "\n".join(part for part in parts if part)
