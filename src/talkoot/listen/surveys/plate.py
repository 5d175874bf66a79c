from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Evidence, NavItem, Panel, Permission, Seed

_RULES = "talkoot.listen.surveys.permissions"
_PUBLIC_TASK = _("Task in the public interest (GDPR 6(1)(e))")
_NONE = _("No personal data")
_KEPT = _("As long as the results are used; the log keeps the event for 10 years")


def _public(model: str, purpose: object) -> DataRecord:
    return DataRecord(
        model=model,
        personal=[],
        purpose=purpose,  # type: ignore[arg-type]  # a lazy string
        legal_basis=_NONE,
        retention=_KEPT,
        publicity="public",
        export=True,
    )


OFFERS = [
    Permission(
        name="surveys.see",
        sentence=_("Read survey results in a city’s workspace."),
        predicate=f"{_RULES}.reads",
    ),
    Permission(
        name="surveys.manage",
        sentence=_("Import answers, calculate results and publish them."),
        predicate=f"{_RULES}.manages",
    ),
    NavItem(
        label=_("Surveys"),
        url_name="surveys:public_list",
        audience="public",
        order=50,
        permission="organisations.see_public",
    ),
    NavItem(
        label=_("Surveys"),
        url_name="surveys:workspace_list",
        audience="workspace",
        verb="listen",
        order=10,
        permission="surveys.see",
    ),
    Evidence(kind="demand", label=_("What companies say"), evidence="talkoot.listen.surveys.demand.evidence"),
    Panel(
        slot="methods:detail",
        template="surveys/_method_panel.html",
        context="talkoot.listen.surveys.panels.method_panel",
        order=10,
    ),
    Seed(
        order=60,
        load="talkoot.listen.surveys.demo.load",
        after_removal="talkoot.listen.surveys.demo.after_removal",
    ),
    _public("surveys.Questionnaire", _("To ask the same questions again, so that years can be compared.")),
    _public("surveys.Question", _("To ask companies what they need.")),
    _public("surveys.Option", _("To give answers that can be counted.")),
    _public("surveys.Round", _("To say when, from whom and how answers were asked.")),
    _public("surveys.Results", _("To publish what companies answered so that nobody can be recognised.")),
    DataRecord(
        model="surveys.Response",
        personal=[],
        purpose=_(
            "To choose methods on what companies answer. Names are not stored; few answers may still point at one company."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_("10 years after the round has closed"),
        publicity="secret",
        export=False,
    ),
    DataRecord(
        model="surveys.Answer",
        personal=["text"],
        purpose=_(
            "To choose methods on what companies answer. Own words are read by the survey manager only."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_("10 years after the round has closed; own words 2 years"),
        publicity="secret",
        export=False,
    ),
]
