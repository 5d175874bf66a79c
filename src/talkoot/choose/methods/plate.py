from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Import, NavItem, Permission, SearchDocument, Seed

_RULES = "talkoot.choose.methods.permissions"
_NO_PERSONAL_DATA = _("No personal data")
_FOR_EVER = _("As long as the city uses the service")

OFFERS = [
    Permission(
        name="methods.read",
        sentence=_("Read the library of methods."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="methods.see",
        sentence=_("See what the city itself says of the effort and the benefit of methods."),
        predicate=f"{_RULES}.sees",
    ),
    Permission(
        name="methods.judge",
        sentence=_("State the city’s own effort and scores, with a reason."),
        predicate=f"{_RULES}.judges",
    ),
    Permission(
        name="methods.edit",
        sentence=_("Write and update methods in the shared library."),
        predicate=f"{_RULES}.edits",
    ),
    Permission(
        name="methods.review",
        sentence=_("Decide on the publication of a method."),
        predicate=f"{_RULES}.reviews",
    ),
    NavItem(
        label=_("Library of methods"),
        url_name="methods:list",
        audience="shared",
        order=30,
        permission="methods.read",
    ),
    NavItem(
        label=_("Methods"),
        url_name="methods:workspace_list",
        audience="workspace",
        verb="choose",
        order=10,
        permission="methods.see",
    ),
    SearchDocument(
        model="methods.Method",
        label=_("Methods"),
        url="talkoot.choose.methods.search.url",
        text="talkoot.choose.methods.search.text",
        audience="public",
    ),
    Import(name="library", take="talkoot.choose.methods.command.take_library", file="[FILE]"),
    Seed(order=40, load="talkoot.choose.methods.demo.load"),
    DataRecord(
        model="methods.Method",
        personal=[],
        purpose=_("To describe the means of cooperation that all cities may choose from."),
        legal_basis=_NO_PERSONAL_DATA,
        retention=_FOR_EVER,
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="methods.Goal",
        personal=[],
        purpose=_("To say which goals a method furthers and on what basis."),
        legal_basis=_NO_PERSONAL_DATA,
        retention=_FOR_EVER,
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="methods.CityEffort",
        personal=[],
        purpose=_("To keep what a method takes in one city, in that city’s own judgement."),
        legal_basis=_NO_PERSONAL_DATA,
        retention=_FOR_EVER,
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="methods.CityScore",
        personal=[],
        purpose=_("To keep a city’s own estimate of the benefit of a method, with its reason."),
        legal_basis=_NO_PERSONAL_DATA,
        retention=_FOR_EVER,
        publicity="internal",
        export=True,
    ),
]
