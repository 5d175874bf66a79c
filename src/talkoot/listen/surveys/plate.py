from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import (
    DataRecord,
    Evidence,
    FileUse,
    MailKind,
    NavItem,
    NextStep,
    Panel,
    Permission,
    Recurring,
    Seed,
)

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
        sentence=_("Build surveys, invite companies, import answers, calculate results and publish them."),
        predicate=f"{_RULES}.manages",
    ),
    Permission(
        name="surveys.answer",
        sentence=_("Answer a survey with its link."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    MailKind(kind="surveys.invitation", label=_("Invitations to surveys of the city"), subscription=True),
    MailKind(kind="surveys.link", label=_("A link to your own unfinished answer")),
    FileUse(use="surveys.letters", visible_to="talkoot.listen.surveys.letters.visible_to"),
    FileUse(use="surveys.answer", visible_to="talkoot.listen.surveys.letters.visible_to"),
    Recurring(name="surveys.forget_drafts", every=24 * 60, job="talkoot.listen.surveys.jobs.forget_drafts"),
    NextStep(
        slot="public:home",
        label=_("Answer the survey that is open"),
        url="talkoot.listen.surveys.answering.offered.open_url",
        order=10,
    ),
    NextStep(
        slot="surveys:thanks",
        label=_("See what companies have answered before"),
        url="talkoot.listen.surveys.contacts.results_url",
        order=20,
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
    NavItem(
        label=_("Questionnaires"),
        url_name="surveys:questionnaires",
        audience="workspace",
        verb="listen",
        order=12,
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
    _public("surveys.MatrixRow", _("To ask about several things at once.")),
    _public("surveys.Option", _("To give answers that can be counted.")),
    _public("surveys.Round", _("To say when, from whom and how answers were asked.")),
    _public("surveys.Results", _("To publish what companies answered so that nobody can be recognised.")),
    DataRecord(
        model="surveys.Response",
        personal=["answers"],
        purpose=_(
            "To choose methods on what companies answer. Names are not stored; few answers may still point at one company. Own words are read by the survey manager only."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_("10 years after the round has closed; own words 2 years"),
        publicity="secret",
        export=False,
    ),
    DataRecord(
        model="surveys.Draft",
        personal=["answers", "token"],
        purpose=_("To let people go on with their answer later. Sending the answer empties it."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Until the answer is sent, at most 30 days after the round has closed"),
        publicity="secret",
        export=False,
    ),
    DataRecord(
        model="surveys.Invitation",
        personal=["organisation", "email", "token"],
        purpose=_(
            "To invite companies and to remind those who have not answered. It does not say what anyone answered."
        ),
        legal_basis=_PUBLIC_TASK,
        retention=_("30 days after the round has closed; e-mail addresses until it closes"),
        publicity="secret",
        export=False,
    ),
]
