"""Those who answered and want to be contacted: a request apart from the answers, with an owner and a promised day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from talkoot.city.accounts.roles import Role
from talkoot.city.agenda import actions as agenda
from talkoot.city.organisations.models import Membership
from talkoot.kit import clock, workdays
from talkoot.kit.audit import log
from talkoot.listen.surveys.models import ContactRequest, Round

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from talkoot.city.accounts.models import User
    from talkoot.city.agenda.models import Task
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import Request

PROMISED = 5
"""Working days within which we contact those who ask."""
OWNERS = (Role.SURVEY_MANAGER, Role.ADVISER, Role.COORDINATOR, Role.CITY_ADMIN)


def promised_day(start: dt.date) -> dt.date:
    """The last of the PROMISED working days after `start`."""
    return workdays.after(start, PROMISED)


@transaction.atomic
def ask(*, survey: Round, city: Municipality, values: Mapping[str, str], language: str) -> ContactRequest:
    """Keep the request and give its owner a task with the promised day. It names no answer."""
    request = ContactRequest(
        round=survey,
        city=city,
        language=language or settings.LANGUAGE_CODE,
        due_on=promised_day(clock.today()),
        **values,
    )
    request.full_clean()
    request.save()
    log.record(request, by=None, verb="received")
    with override(settings.LANGUAGE_CODE):
        title = gettext("Contact the company that asked for it: %(survey)s") % {"survey": survey.name}
    agenda.create_task(
        city=city,
        title=title,
        owner=owner_of(city),
        unit=None,
        due=request.due_on,
        verb="listen",
        by=None,
        subject=request,
    )
    return request


def owner_of(city: Municipality) -> User | None:
    """The survey manager of the city, or who comes nearest."""
    people = Membership.objects.filter(organisation_id=city.organisation_id, user__is_active=True)
    for role in OWNERS:
        found = people.filter(role=role).select_related("user").order_by("pk").first()
        if found:
            return found.user
    return None


def task_url(task: Task) -> str:
    """The request that a task is about."""
    return reverse("surveys:contact", kwargs={"city": task.city.slug, "pk": task.subject_id})


def results_url(request: Request) -> str | None:
    """Earlier results of the city, where it has published any."""
    city = request.city
    if city is None or not Round.objects.in_city(city).filter(state=Round.State.PUBLISHED).exists():  # type: ignore[attr-defined]  # our queryset
        return None
    return reverse("surveys:public_list", kwargs={"city": city.slug})
