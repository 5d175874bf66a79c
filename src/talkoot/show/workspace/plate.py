from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import NavItem

OFFERS = [
    NavItem(
        label=_("Overview"),
        url_name="workspace:overview",
        audience="workspace",
        order=0,
        permission="organisations.work",
    ),
]
