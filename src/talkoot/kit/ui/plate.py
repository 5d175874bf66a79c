from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import Permission

OFFERS = [
    Permission(
        name="ui.see_look",
        sentence=_("See the colours of a city and, in the demo, the gallery of components."),
        predicate="talkoot.kit.ui.permissions.anyone",
    ),
]
