from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from talkoot.kit.access.views import GuardedView
from talkoot.kit.crud.views import FormPage, ListPage
from talkoot.kit.jobs import queue
from talkoot.kit.jobs.permissions import keeps_running
from talkoot.kit.jobs.tables import JobTable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import AnyUser, Request
    from talkoot.kit.jobs.queue import Result


class _Keepers(GuardedView):
    """For those who keep the service running; for all others it does not exist."""

    permission = "jobs.keep"
    layout = "ui/public.html"

    def enter(self) -> None:
        if self.request.user.is_authenticated and not self.request.user.has_perm(self.permission):
            raise Http404


class JobList(_Keepers, ListPage):
    """All jobs; ?state=FAILED those that did not finish."""

    model = DBTaskResult
    table_class = JobTable

    def get_queryset(self) -> QuerySet[Result]:
        state = self.request.GET.get("state")
        rows = DBTaskResult.objects.all()
        return rows.filter(status=state) if state in TaskResultStatus.values else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": _("Work of the machine")}


class RetryPage(_Keepers, FormPage):
    """What went wrong with a job, and a button that tries it again."""

    template_name = "jobs/retry.html"
    form_class = forms.Form
    heading = gettext_lazy("Did not finish")
    submit_label = gettext_lazy("Try again")
    saved_notice = gettext_lazy("The work has been put back into the queue.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = get_object_or_404(queue.failed(), pk=self.kwargs["pk"])
        return super().get_context_data(job=job, cancel_url=reverse("jobs:list"), **kwargs)

    def save(self, form: forms.Form) -> str:
        if not queue.retry(DBTaskResult(pk=self.kwargs["pk"])):
            messages.info(self.request, _("It had been tried again already."))
        return reverse("jobs:list")


def place(_request: Request, user: AnyUser) -> dict[str, Any] | None:
    """Where to go after signing in, for those who keep the service running."""
    if not keeps_running(user):
        return None
    sentence = _("See the work of the machine and try failed work again.")
    return {
        "places": [{"label": _("Work in the background"), "url": reverse("jobs:list"), "sentence": sentence}]
    }
