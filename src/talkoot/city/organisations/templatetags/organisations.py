from __future__ import annotations

from django import template

from talkoot.city.organisations.industries import name_of

register = template.Library()
register.filter("industry_name", name_of)
