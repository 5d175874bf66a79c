from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Import, NavItem, Panel, Permission, Seed

_PUBLIC_TASK = _("Task in the public interest (GDPR 6(1)(e))")
_RULES = "talkoot.city.organisations.permissions"

OFFERS = [
    Seed(order=10, load="talkoot.city.organisations.demo.load"),
    Seed(order=20, load="talkoot.city.organisations.demo_people.load"),
    NavItem(
        label=_("Companies"),
        url_name="organisations:list",
        audience="workspace",
        verb="listen",
        order=30,
        permission="organisations.see_register",
    ),
    NavItem(
        label=_("People"),
        url_name="organisations:people",
        audience="workspace",
        order=90,
        permission="organisations.see_staff",
    ),
    NavItem(
        label=_("Units"),
        url_name="organisations:units",
        audience="workspace",
        order=91,
        permission="organisations.work",
    ),
    NavItem(
        label=_("Log of events"),
        url_name="organisations:log",
        audience="workspace",
        order=92,
        permission="organisations.read_log",
    ),
    Panel(
        slot="accounts.home",
        template="organisations/_places.html",
        context="talkoot.city.organisations.places.panel",
    ),
    Panel(
        slot="accounts.me",
        template="organisations/_own_requests.html",
        context="talkoot.city.organisations.places.own_requests",
        order=20,
    ),
    Import(name="companies", take="talkoot.city.organisations.command.take_companies"),
    Import(name="population", take="talkoot.city.organisations.command.take_population"),
    Permission(
        name="organisations.see_public",
        sentence=_("Read what a city publishes."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="organisations.work",
        sentence=_("Work in a city’s workspace."),
        predicate=f"{_RULES}.works_in_city",
    ),
    Permission(
        name="organisations.administer",
        sentence=_("Invite staff and give roles in a city."),
        predicate=f"{_RULES}.administers",
    ),
    Permission(
        name="organisations.read_log",
        sentence=_("Read what has been done in the city’s workspace."),
        predicate=f"{_RULES}.keeps_the_log",
    ),
    Permission(
        name="organisations.represent",
        sentence=_("Act for one’s own company."),
        predicate=f"{_RULES}.represents",
    ),
    Permission(
        name="organisations.see_register",
        sentence=_("See the companies of the city in the register."),
        predicate=f"{_RULES}.works_in_city",
    ),
    Permission(
        name="organisations.edit_register",
        sentence=_("Add, edit and import companies in the city’s register."),
        predicate=f"{_RULES}.keeps_register",
    ),
    Permission(
        name="organisations.see_staff",
        sentence=_("See who works in the city’s workspace and in which role."),
        predicate=f"{_RULES}.works_in_city",
    ),
    Permission(
        name="organisations.edit_units",
        sentence=_("Edit the city’s units and their person-days."),
        predicate=f"{_RULES}.edits_units",
    ),
    Permission(
        name="organisations.see_representations",
        sentence=_("See who asks to represent a company."),
        predicate=f"{_RULES}.works_in_city",
    ),
    Permission(
        name="organisations.decide_representation",
        sentence=_("Approve or decline a request to represent a company."),
        predicate=f"{_RULES}.decides_representations",
    ),
    Permission(
        name="organisations.ask_representation",
        sentence=_("Ask to represent a company."),
        predicate="talkoot.kit.access.permissions.signed_in",
    ),
    Permission(
        name="organisations.confirm_representation",
        sentence=_("Confirm one’s own request with the code that came by post."),
        predicate=f"{_RULES}.own_request",
    ),
    Permission(
        name="organisations.withdraw_representation",
        sentence=_("Withdraw one’s own request."),
        predicate=f"{_RULES}.own_request",
    ),
    Permission(
        name="organisations.accept_invitation",
        sentence=_("Accept an invitation that came by e-mail."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    DataRecord(
        model="organisations.Municipality",
        personal=[],
        purpose=_("To know the cities that use the model."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="organisations.Unit",
        personal=[],
        purpose=_("To know who is responsible and how much working time there is."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="organisations.Organisation",
        personal=["name"],
        purpose=_(
            "To know the companies and bodies that the city works with; a sole trader’s name is personal data."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_("Two years after the company has ceased or the cooperation has ended"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="organisations.Establishment",
        personal=["street"],
        purpose=_("To know in which city a company works and how large it is there."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Two years after the company has ceased or the cooperation has ended"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="organisations.Membership",
        personal=["user", "role", "unit"],
        purpose=_("To give each person the rights that the work needs."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Until the role ends; the log keeps the event for 10 years"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="organisations.Invitation",
        personal=["email", "role", "unit", "invited_by"],
        purpose=_("To invite a person to a role."),
        legal_basis=_PUBLIC_TASK,
        retention=_("One year after the invitation was sent"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="organisations.Representation",
        personal=["user", "position", "message", "decided_by", "answer"],
        purpose=_("To make sure that a person may act for a company."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Two years after the person no longer acts for the company"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="organisations.PopulationTotal",
        personal=[],
        purpose=_("To relate survey answers to all companies of a city."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
]
