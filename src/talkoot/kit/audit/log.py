"""Writing the log: in the same transaction as the change, with the reason."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from talkoot.kit.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from talkoot.kit.access.request import AnyUser

Changes = dict[str, list[Any]]


def snapshot(obj: models.Model) -> dict[str, Any]:
    """Concrete values of `obj` as JSON knows them; secrets named in `audit_exclude` stay out."""
    hidden = {"id", "password", *getattr(obj, "audit_exclude", ())}
    values = {f.attname: f.value_from_object(obj) for f in obj._meta.concrete_fields if f.name not in hidden}
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder, default=str))
    return plain


def difference(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """{field: [old, new]} where they differ."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}


def record(
    obj: models.Model, *, by: AnyUser | None, verb: str, reason: str = "", changes: Changes | None = None
) -> Event:
    """Add one event; call it inside the transaction of the change."""
    return Event.objects.create(**_event(obj, by, verb, reason, changes or {}))


def record_many(
    objs: Iterable[models.Model],
    *,
    by: AnyUser | None,
    verb: str,
    reason: str = "",
    changes: Changes | None = None,
    changes_of: Mapping[Any, Changes] | None = None,
) -> None:
    """One event an object for bulk writes, which no signal sees; `changes_of` are those of each by its key."""
    own = changes_of or {}
    events = [Event(**_event(obj, by, verb, reason, own.get(obj.pk, changes or {}))) for obj in objs]
    Event.objects.bulk_create(events, batch_size=500)


@contextmanager
def recording(obj: models.Model, *, by: AnyUser | None, verb: str, reason: str = "") -> Iterator[None]:
    """Save what changes within the block as one event, or nothing if the block fails."""
    before = snapshot(type(obj)._base_manager.get(pk=obj.pk)) if obj.pk and not obj._state.adding else {}
    with transaction.atomic():
        yield
        record(obj, by=by, verb=verb, reason=reason, changes=difference(before, snapshot(obj)))


def timeline(obj: models.Model) -> models.QuerySet[Event]:
    """Events of one object, newest first, with their actors."""
    return Event.objects.filter(model=obj._meta.label, object_id=str(obj.pk))


def _event(obj: models.Model, by: AnyUser | None, verb: str, reason: str, changes: Changes) -> dict[str, Any]:
    person = by if by is not None and by.is_authenticated else None
    city = getattr(obj, "city", None)
    return {
        "actor": person,
        "actor_name": person.get_short_name() if person else "",
        "verb": verb,
        "model": obj._meta.label,
        "object_id": str(obj.pk),
        "object_name": str(obj)[:300],
        "scope": getattr(city, "slug", "") or "",
        "reason": reason,
        "changes": changes,
    }
