from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import NavItem, NextStep

OFFERS = [
    NavItem(label=_("Home"), url_name="public:home", audience="public", order=0),
    NextStep(
        slot="accounts.me",
        label=_("How we use personal data"),
        url="talkoot.show.public.views.privacy_address",
    ),
]
