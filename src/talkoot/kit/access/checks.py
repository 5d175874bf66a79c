"""The house does not start with an unguarded view, an unknown permission or a model in the open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.apps import apps
from django.core.checks import Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.access.views import GuardedView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def own_patterns(patterns: Iterable[Any] | None = None) -> Iterator[URLPattern]:
    """Every pattern whose view is ours."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from own_patterns(pattern.url_patterns)
        elif getattr(pattern.callback, "__module__", "").startswith("talkoot."):
            yield pattern


@register(Tags.urls)
def views_are_guarded(**_: Any) -> list[Error]:
    """Each of our routes leads to a GuardedView with a permission that exists."""
    errors = []
    for pattern in own_patterns():
        view = getattr(pattern.callback, "view_class", None)
        if view is None or not issubclass(view, GuardedView):
            errors.append(
                Error(f"{pattern.callback.__module__}: not a GuardedView", id="access.E001", obj=pattern)
            )
        elif not rules.perm_exists(view.permission):
            errors.append(Error(f"{view.__qualname__}: no permission {view.permission!r}", id="access.E002"))
    return errors


@register(Tags.models)
def models_have_sight(**_: Any) -> list[Error]:
    """Each of our models answers `visible_to` in its own words."""
    return [
        Error(f"{model._meta.label} has no visible_to of its own", id="access.E003", obj=model)
        for model in apps.get_models()
        if model.__module__.startswith("talkoot.")
        and getattr(type(model._default_manager.all()), "visible_to", None)
        in {None, VisibleQuerySet.visible_to}
    ]
