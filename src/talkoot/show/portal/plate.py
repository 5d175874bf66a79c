from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import NavItem, Permission

OFFERS = [
    Permission(
        name="portal.enter",
        sentence=_("See one’s own company’s pages."),
        predicate="talkoot.city.organisations.permissions.has_company",
    ),
    NavItem(label=_("My company"), url_name="portal:home", audience="portal", order=0),
]
