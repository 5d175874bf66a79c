"""The one table of roles, each with the sentence that a person reads before giving it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Role(StrEnum):
    COORDINATOR = "coordinator"
    APPROVER = "approver"
    METHOD_EDITOR = "method_editor"
    REVIEWER = "reviewer"
    SURVEY_MANAGER = "survey_manager"
    ADVISER = "adviser"
    PROCUREMENT_OFFICER = "procurement_officer"
    COMMUNICATOR = "communicator"
    CITY_ADMIN = "city_admin"
    DPO = "dpo"
    READER = "reader"
    COMPANY_ADMIN = "company_admin"
    COMPANY_MEMBER = "company_member"


@dataclass(frozen=True)
class About:
    title: str | _StrPromise
    sentence: str | _StrPromise
    where: Literal["city", "organisation"]


ABOUT: dict[Role, About] = {
    Role.COORDINATOR: About(
        _("Climate cooperation coordinator"),
        _("Prepares the city’s operating model and keeps it on schedule."),
        "city",
    ),
    Role.APPROVER: About(
        _("Approver"), _("Approves what someone else has prepared; never their own work."), "city"
    ),
    Role.METHOD_EDITOR: About(
        _("Library editor"), _("Writes and updates methods in the shared library."), "city"
    ),
    Role.REVIEWER: About(_("Reviewer"), _("Reads another city’s proposal before it is published."), "city"),
    Role.SURVEY_MANAGER: About(
        _("Survey manager"), _("Builds the survey, invites companies and publishes the results."), "city"
    ),
    Role.ADVISER: About(
        _("Business adviser"), _("Meets companies and sees that what was agreed gets done."), "city"
    ),
    Role.PROCUREMENT_OFFICER: About(
        _("Procurement specialist"),
        _("Plans purchases, runs market dialogues and follows the criteria."),
        "city",
    ),
    Role.COMMUNICATOR: About(
        _("Communications officer"), _("Plans messages and sends them to those who asked for them."), "city"
    ),
    Role.CITY_ADMIN: About(
        _("City administrator"),
        _("Invites staff, gives roles and sets the city’s look and languages."),
        "city",
    ),
    Role.DPO: About(
        _("Data protection officer"),
        _("Answers questions about personal data and sees who has looked at it."),
        "city",
    ),
    Role.READER: About(
        _("Reader"), _("Sees everything in the city’s workspace and changes nothing."), "city"
    ),
    Role.COMPANY_ADMIN: About(
        _("Company administrator"),
        _("Invites colleagues and decides what the company shows in public."),
        "organisation",
    ),
    Role.COMPANY_MEMBER: About(
        _("Company user"), _("Fills in the company’s figures and follows its commitments."), "organisation"
    ),
}
CHOICES = [(role.value, about.title) for role, about in ABOUT.items()]
CITY_ROLES = frozenset(role for role, about in ABOUT.items() if about.where == "city")
COMPANY_ROLES = frozenset(Role) - CITY_ROLES
KEEPS_THE_LOG = frozenset({Role.CITY_ADMIN, Role.DPO})
