"""Parts of a page that other rooms add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from talkoot.kit.plate import Panel, offers, resolve

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


def rendered(slot: str, request: Any, obj: Any) -> list[SafeString]:
    """The panels of a slot, in their order; a room without anything to say adds nothing."""
    found = []
    for panel in (offer for offer in offers(Panel) if offer.slot == slot):
        context = resolve(panel.context)(request, obj)
        if context is not None:
            found.append(render_to_string(panel.template, {"object": obj, **context}, request))
    return found
