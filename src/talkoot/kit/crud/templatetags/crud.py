from __future__ import annotations

import uuid

from django import template
from django.utils.html import format_html

from talkoot.kit.crud.once import FIELD

register = template.Library()


@register.simple_tag
def idempotency_key() -> str:
    """A fresh key for one form; sent twice, it counts once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())
