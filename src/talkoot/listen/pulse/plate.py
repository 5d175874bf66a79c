from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import (
    ContactTaken,
    DataRecord,
    NavItem,
    NextStep,
    Panel,
    Permission,
    Recurring,
    SearchDocument,
    Seed,
    TaskSource,
)

_HERE = "talkoot.listen.pulse"
_RULES = f"{_HERE}.permissions"
_PUBLIC_TASK = _("Task in the public interest (GDPR 6(1)(e))")
_NONE = _("No personal data")

OFFERS = [
    NavItem(
        label=_("What we heard"), url_name="pulse:told", audience="public", order=55, permission="pulse.read"
    ),
    NavItem(
        label=_("Messages"), url_name="pulse:own_list", audience="portal", order=50, permission="pulse.own"
    ),
    NavItem(
        label=_("What we have heard"),
        url_name="pulse:list",
        audience="workspace",
        verb="listen",
        order=20,
        permission="pulse.see",
    ),
    NavItem(
        label=_("What we heard, what we did"),
        url_name="pulse:outcomes",
        audience="workspace",
        verb="listen",
        order=25,
        permission="pulse.see",
    ),
    NavItem(
        label=_("Quick questions"),
        url_name="pulse:checks",
        audience="workspace",
        verb="listen",
        order=30,
        permission="pulse.see",
    ),
    NextStep(
        slot="surveys:thanks", label=_("Make a suggestion"), url=f"{_HERE}.panels.suggest_url", order=30
    ),
    NextStep(
        slot="surveys:thanks", label=_("What we heard, what we did"), url=f"{_HERE}.panels.told_url", order=40
    ),
    Panel(
        slot="methods:detail",
        template="pulse/_method_panel.html",
        context=f"{_HERE}.panels.method_panel",
        order=90,
    ),
    Panel(
        slot="operating_model:public",
        template="pulse/_method_panel.html",
        context=f"{_HERE}.panels.model_panel",
        order=90,
    ),
    SearchDocument(
        model="pulse.Outcome",
        label=_("What we heard, what we did"),
        url=f"{_HERE}.links.of_outcome",
        text=f"{_HERE}.links.text_of_outcome",
        audience="public",
    ),
    TaskSource(model="pulse.Heard", url=f"{_HERE}.links.of_task"),
    ContactTaken(take=f"{_HERE}.actions.take_contact", by=f"{_HERE}.promises.contact_day"),
    Recurring(name="pulse.escalate", every=60, job=f"{_HERE}.jobs.escalate"),
    Recurring(name="pulse.forget_old", every=24 * 60, job=f"{_HERE}.jobs.forget_old"),
    Seed(order=90, load=f"{_HERE}.demo.load"),
    Permission(
        name="pulse.send",
        sentence=_("Give feedback, make a suggestion, ask to be contacted and answer a quick question."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="pulse.read",
        sentence=_("Read what a city has heard and what it has done."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="pulse.own",
        sentence=_("Write to a city for one’s own company and read the answers."),
        predicate="talkoot.city.organisations.permissions.has_company",
    ),
    Permission(
        name="pulse.see", sentence=_("Read the messages that a city has heard."), predicate=f"{_RULES}.reads"
    ),
    Permission(
        name="pulse.answer",
        sentence=_("Answer messages, tag them, give them to someone, hand them over or close them."),
        predicate=f"{_RULES}.answers",
    ),
    Permission(
        name="pulse.note",
        sentence=_("Write down what was heard in a meeting or on the phone."),
        predicate=f"{_RULES}.notes",
    ),
    Permission(
        name="pulse.publish",
        sentence=_("Tell all what was heard and what was done."),
        predicate=f"{_RULES}.publishes",
    ),
    Permission(
        name="pulse.ask",
        sentence=_("Write quick questions, ask them on pages and end them."),
        predicate=f"{_RULES}.asks",
    ),
    DataRecord(
        model="pulse.Heard",
        personal=[
            "message",
            "sender",
            "phone",
            "email",
            "sent_by",
            "organisation",
            "owner",
            "answered_by",
        ],
        purpose=_(
            "To answer those who say something, to mend what is wrong and to learn what would help companies."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_(
            "2 years; name, phone and e-mail until the answer, at most 90 days after it was handed over"
        ),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="pulse.Outcome",
        personal=[],
        purpose=_("To tell all what the city has heard and what it has done."),
        legal_basis=_NONE,
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="pulse.Check",
        personal=[],
        purpose=_("To ask one question on a page."),
        legal_basis=_NONE,
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="pulse.Tap",
        personal=[],
        purpose=_("To count answers to a quick question; nothing tells who gave them."),
        legal_basis=_NONE,
        retention=_("As long as the city uses the service"),
        publicity="internal",
        export=True,
    ),
]
