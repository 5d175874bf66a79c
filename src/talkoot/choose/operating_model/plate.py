from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import (
    ClockEntry,
    DataRecord,
    Dataset,
    InForce,
    NavItem,
    NextStep,
    Panel,
    Permission,
    Seed,
    TaskSource,
)

_HERE = "talkoot.choose.operating_model"
_NONE = _("No personal data")
_KEPT = _("Permanent, as a decision of the city")

OFFERS = [
    Permission(
        name="operating_model.read",
        sentence=_("Read the operating models that have been in force."),
        predicate=f"{_HERE}.permissions.can_read",
    ),
    Permission(
        name="operating_model.see",
        sentence=_("See the operating models that a city is preparing."),
        predicate=f"{_HERE}.permissions.can_see",
    ),
    Permission(
        name="operating_model.prepare",
        sentence=_("Prepare, propose and publish the operating model."),
        predicate=f"{_HERE}.permissions.can_prepare",
    ),
    Permission(
        name="operating_model.approve",
        sentence=_("Approve an operating model that someone else has prepared."),
        predicate=f"{_HERE}.permissions.can_approve",
    ),
    NavItem(label=_("Operating model"), url_name="operating_model:public", audience="public", order=20),
    NavItem(label=_("Cities side by side"), url_name="operating_model:compare", audience="shared", order=20),
    NavItem(
        label=_("Operating model"),
        url_name="operating_model:list",
        audience="workspace",
        verb="choose",
        order=40,
        permission="operating_model.see",
    ),
    ClockEntry(verb="act", entries=f"{_HERE}.clock.entries"),
    TaskSource(model="operating_model.OperatingModel", url=f"{_HERE}.clock.task_url"),
    NextStep(
        slot="selection:detail", label=_("Adopt into the operating model"), url=f"{_HERE}.panels.adopt_url"
    ),
    InForce(methods=f"{_HERE}.panels.in_force"),
    Panel(
        slot="methods:detail",
        template="operating_model/_used_by.html",
        context=f"{_HERE}.panels.used_by",
        order=30,
    ),
    Dataset(key="operating-model", label=_("Operating model"), url_name="operating_model:json"),
    DataRecord(
        model="operating_model.OperatingModel",
        personal=["prepared_by", "approved_by"],
        purpose=_("To keep what a city has decided to do, who prepared it and who approved it."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_KEPT,
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="operating_model.ModelMethod",
        personal=[],
        purpose=_("To know who is responsible for a method, what it takes and how it is followed."),
        legal_basis=_NONE,
        retention=_KEPT,
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="operating_model.Document",
        personal=[],
        purpose=_("To keep the document of a decision as it was published."),
        legal_basis=_NONE,
        retention=_KEPT,
        publicity="public",
        export=True,
    ),
    Seed(order=70, load=f"{_HERE}.demo.load"),
]
