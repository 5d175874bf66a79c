from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table


class RoundTable(Table):
    caption = _("Surveys, the newest on top")
    empty = _("No surveys yet")
    default_order = ("-closed_on", "-pk")
    columns = (
        Column(
            key="name",
            label=_("Survey"),
            value=lambda o: o.name,
            link=lambda o: o.url,
            template="surveys/_name.html",
        ),
        Column(
            key="closed",
            label=_("Answers were asked"),
            value=lambda o: o.period or "–",
            raw=lambda o: o.closed_on,
            order_by=("closed_on",),
        ),
        Column(key="frame", label=_("How companies were reached"), value=lambda o: o.get_frame_display()),
        Column(
            key="answers",
            label=_("Answers"),
            value=lambda o: typography.number(o.answers),
            raw=lambda o: o.answers,
            numeric=True,
        ),
        Column(
            key="simulated",
            label=_("Simulated data"),
            value=lambda o: _("Yes") if o.simulated else _("No"),
            only_export=True,
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda o: o.get_state_display(),
            order_by=("state",),
            template="surveys/_state.html",
        ),
    )


class QuestionnaireTable(Table):
    caption = _("Questionnaires")
    empty = _("No questionnaires yet")
    default_order = ("code", "-edition")
    columns = (
        Column(key="name", label=_("Questionnaire"), value=lambda o: o.name, link=lambda o: o.url),
        Column(
            key="edition", label=_("Edition"), value=lambda o: o.edition, numeric=True, order_by=("edition",)
        ),
        Column(key="questions", label=_("Questions"), value=lambda o: o.asked, numeric=True),
        Column(key="rounds", label=_("Rounds"), value=lambda o: o.times, numeric=True),
        Column(key="city", label=_("City"), value=lambda o: o.city.name if o.city else _("All cities")),
    )


class InvitationTable(Table):
    """Whether an answer came, never which one."""

    caption = _("Invited companies")
    empty = _("Nobody has been invited yet")
    default_order = ("organisation__name", "pk")
    columns = (
        Column(
            key="company",
            label=_("Company"),
            value=lambda o: o.organisation.name,
            order_by=("organisation__name",),
        ),
        Column(
            key="language",
            label=_("Language"),
            value=lambda o: o.get_language_display(),
            order_by=("language",),
        ),
        Column(key="way", label=_("Reached by"), value=lambda o: _("mail") if o.email else _("letter")),
        Column(
            key="mailed",
            label=_("Sent by mail"),
            value=lambda o: typography.date(o.mailed_on) if o.mailed_on else "–",
            order_by=("mailed_on",),
        ),
        Column(
            key="reminded",
            label=_("Reminded"),
            value=lambda o: typography.date(o.reminded_on) if o.reminded_on else "–",
            order_by=("reminded_on",),
        ),
        Column(
            key="answered",
            label=_("Answer"),
            value=lambda o: _("Has answered") if o.answered else _("Not yet"),
            order_by=("answered",),
        ),
    )
