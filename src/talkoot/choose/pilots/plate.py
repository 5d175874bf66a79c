from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Evidence, NavItem, Panel, Permission, SearchDocument, Seed

_RULES = "talkoot.choose.pilots.permissions"

OFFERS = [
    Permission(
        name="pilots.read",
        sentence=_("Read the pilots that cities have published."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="pilots.take_part",
        sentence=_("Follow the pilots in which one’s own company takes part."),
        predicate=f"{_RULES}.takes_part",
    ),
    Permission(name="pilots.see", sentence=_("See all pilots of the city."), predicate=f"{_RULES}.sees"),
    Permission(
        name="pilots.run",
        sentence=_("Plan pilots, start and end them, and record their results."),
        predicate=f"{_RULES}.runs",
    ),
    Permission(
        name="pilots.publish",
        sentence=_("Publish the result and the lessons of a pilot."),
        predicate=f"{_RULES}.publishes",
    ),
    NavItem(
        label=_("Pilots"),
        url_name="pilots:public_list",
        audience="public",
        order=40,
        permission="pilots.read",
    ),
    NavItem(
        label=_("Pilots"),
        url_name="pilots:portal_list",
        audience="portal",
        order=40,
        permission="pilots.take_part",
    ),
    NavItem(
        label=_("Pilots"),
        url_name="pilots:list",
        audience="workspace",
        verb="choose",
        order=20,
        permission="pilots.see",
    ),
    NavItem(
        label=_("Evidence and pilots"),
        url_name="pilots:evidence",
        audience="workspace",
        verb="choose",
        order=25,
        permission="pilots.see",
    ),
    Evidence(kind="pilots", label=_("Pilots"), evidence="talkoot.choose.pilots.evidence.findings"),
    Panel(
        slot="methods:detail",
        template="pilots/_method_panel.html",
        context="talkoot.choose.pilots.panels.method_panel",
        order=20,
    ),
    SearchDocument(
        model="pilots.Pilot",
        label=_("Pilots"),
        url="talkoot.choose.pilots.search.url",
        text="talkoot.choose.pilots.search.text",
        audience="public",
    ),
    Seed(order=50, load="talkoot.choose.pilots.demo.load"),
    DataRecord(
        model="pilots.Pilot",
        personal=[],
        purpose=_("To plan, follow and learn from bounded tries of methods."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="pilots.Participant",
        personal=["organisation"],
        purpose=_("To know which companies take part in a pilot; a sole trader’s name is personal data."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("Two years after the company has ceased or the cooperation has ended"),
        publicity="internal",
        export=True,
    ),
]
