"""States are a dict of allowed transitions on the model; `transition` is the only way from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from talkoot.kit.audit import log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from talkoot.kit.access.request import AnyUser

S = TypeVar("S", bound="Stateful")


class NotAllowedNow(Exception):
    """The object is not in a state from which the step can be taken; nothing was changed."""

    def __init__(self, obj: Stateful, to: str) -> None:
        super().__init__(f"{obj._meta.label}: {obj.state} to {to}")
        self.obj, self.to = obj, to


class ReasonNeeded(Exception):
    """This step is explained to those it concerns, so it needs a reason."""


class Stateful(models.Model):
    """A model with a `state` field of its own and `TRANSITIONS`: {from: {to: permission}}."""

    TRANSITIONS: Mapping[str, Mapping[str, str]] = {}
    REASON_NEEDED: frozenset[str] = frozenset()
    state: Any

    class Meta:
        abstract = True

    def next_states(self, user: AnyUser) -> list[str]:
        """States that `user` may take the object to, now."""
        steps = self.TRANSITIONS.get(self.state, {})
        return [to for to, permission in steps.items() if user.has_perm(permission, self)]

    def before_transition(self, to: str, by: AnyUser) -> None:
        """Raise what a state rule forbids to anyone (a four-eyes rule, a missing part)."""


def transition(obj: S, to: str, *, by: AnyUser, reason: str = "", **stamps: Any) -> S:
    """Take `obj` to state `to`, with `stamps` saved beside it and one audit event.

    Raises:
        NotAllowedNow: the present state does not lead there (someone may have been quicker).
        PermissionDenied: the person may not take this step.
        ReasonNeeded: the step needs a reason and none was given.
    """
    with transaction.atomic():
        current = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        steps = type(obj).TRANSITIONS.get(current.state, {})
        if to not in steps:
            raise NotAllowedNow(current, to)
        if not by.has_perm(steps[to], current):
            raise PermissionDenied
        if to in type(obj).REASON_NEEDED and not reason.strip():
            raise ReasonNeeded
        current.before_transition(to, by)
        before = log.snapshot(current)
        for name, value in {"state": to, **stamps}.items():
            setattr(current, name, value)
            setattr(obj, name, value)
        if hasattr(current, "version"):
            current.version += 1
            obj.version = current.version  # type: ignore[attr-defined]  # Versioned models only
        current.save()
        log.record(
            current, by=by, verb=to, reason=reason, changes=log.difference(before, log.snapshot(current))
        )
    return obj


def diagram(model: type[Stateful]) -> str:
    """The state diagram of a model in Mermaid, for docs/reference/states.md."""
    lines = ["stateDiagram-v2"]
    for start, steps in model.TRANSITIONS.items():
        lines += [f"    {start} --> {to}: {permission}" for to, permission in steps.items()]
    return "\n".join(lines)
