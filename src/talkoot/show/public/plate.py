from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import NavItem

OFFERS = [
    NavItem(label=_("Home"), url_name="public:home", audience="public", order=0),
]
