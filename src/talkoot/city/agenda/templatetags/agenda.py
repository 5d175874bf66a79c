from __future__ import annotations

from django import template

from talkoot.city.agenda import tables

register = template.Library()
register.filter("status", tables.status)
register.filter("status_kind", tables.status_kind)
