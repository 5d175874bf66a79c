"""What happens to feedback: it arrives, it is answered, or it goes to whom it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, override

from talkoot.city.accounts.roles import Role
from talkoot.city.agenda import actions as agenda
from talkoot.city.agenda.models import Task
from talkoot.city.organisations.models import Membership
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail import outbox
from talkoot.kit.states import transition
from talkoot.listen.pulse.models import Feedback

if TYPE_CHECKING:
    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

OWNERS = (Role.COORDINATOR, Role.COMMUNICATOR, Role.CITY_ADMIN)


def owner_of(city: Municipality) -> User | None:
    """Who sees to it that feedback is answered: the coordinator, or who comes nearest."""
    people = Membership.objects.filter(organisation_id=city.organisation_id, user__is_active=True)
    for role in OWNERS:
        found = people.filter(role=role).select_related("user").order_by("pk").first()
        if found:
            return found.user
    return None


@transaction.atomic
def receive(
    *,
    city: Municipality | None,
    message: str,
    page: str = "",
    email: str = "",
    language: str = "fi",
    by: AnyUser,
) -> Feedback:
    """Keep what was said; the city's owner of feedback gets a task with the same due day."""
    feedback = Feedback(city=city, message=message, page=page, email=email, language=language)
    feedback.full_clean()
    feedback.save()
    log.record(feedback, by=by, verb="received")
    if city is not None:
        _ask_owner(feedback, city)
    return feedback


def _ask_owner(feedback: Feedback, city: Municipality) -> None:
    with override(settings.LANGUAGE_CODE):
        title = gettext("Answer: %(feedback)s") % {"feedback": feedback}
        agenda.create_task(
            city=city,
            title=title,
            owner=owner_of(city),
            unit=None,
            due=feedback.due_on,
            verb="listen",
            by=None,
            subject=feedback,
        )


@transaction.atomic
def answer(*, feedback: Feedback, text: str, by: AnyUser) -> Feedback:
    """Answer, and mail the answer to the address if one was left.

    Raises:
        NotAllowedNow: someone has answered already.
        PermissionDenied: the person may not answer this city's feedback.
    """
    transition(feedback, Feedback.State.ANSWERED, by=by, answer=text, answered_at=clock.now(), answered_by=by)
    if feedback.email:
        _mail_answer(feedback)
    _finish_task(feedback, by)
    return feedback


def _mail_answer(feedback: Feedback) -> None:
    """Put the answer into the outbox and forget the address: it was left for this alone."""
    outbox.send(
        to=feedback.email,
        subject=gettext_lazy("Answer to your feedback"),
        template="pulse/mail/answer.txt",
        context={"feedback": feedback},
        language=feedback.language,
    )
    feedback.email, feedback.mailed_at = "", clock.now()
    feedback.save(update_fields=("email", "mailed_at"))


def _finish_task(feedback: Feedback, by: AnyUser) -> None:
    tasks = Task.objects.filter(subject_model=Feedback._meta.label, subject_id=str(feedback.pk))
    for task in tasks.filter(state=Task.State.OPEN):
        if by.has_perm("agenda.finish", task):
            agenda.finish(task, by=by)


@transaction.atomic
def hand_over(*, feedback: Feedback, to: str, by: AnyUser) -> Feedback:
    """Note to whom the matter belongs; raises as `answer`."""
    transition(feedback, Feedback.State.HANDED_OVER, by=by, handed_to=to)
    _finish_task(feedback, by)
    return feedback
