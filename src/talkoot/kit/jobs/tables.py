from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus

from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.kit.jobs.queue import Result

STATES: dict[str, str | _StrPromise] = {
    TaskResultStatus.READY: _("Waiting"),
    TaskResultStatus.RUNNING: _("Running"),
    TaskResultStatus.SUCCESSFUL: _("Finished"),
    TaskResultStatus.FAILED: _("Did not finish"),
}


def _name(result: Result) -> str:
    path: str = result.task_path
    room, _dot, work = path.removeprefix("talkoot.").rpartition(".")
    return f"{room.removesuffix('.jobs')}: {work.replace('_', ' ')}"


def _moment(result: Result) -> str:
    when = result.finished_at or result.started_at or result.enqueued_at
    return f"{typography.date(when)} {typography.time(when)}"


def _fault(result: Result) -> str:
    lines = result.traceback.strip().splitlines()
    return lines[-1][:200] if lines else ""


def _page(result: Any) -> str:
    return reverse("jobs:retry", kwargs={"pk": result.pk}) if result.status == TaskResultStatus.FAILED else ""


class JobTable(Table):
    caption = _("Work of the machine")
    empty = _("Nothing has run yet.")
    default_order = ("-enqueued_at",)
    columns = (
        Column(key="name", label=_("Work"), value=_name, order_by=("task_path",), link=_page),
        Column(
            key="state", label=_("State"), value=lambda result: STATES[result.status], order_by=("status",)
        ),
        Column(key="when", label=_("Time"), value=_moment, order_by=("enqueued_at",)),
        Column(key="tries", label=_("Tries"), value=lambda result: len(result.worker_ids), numeric=True),
        Column(key="fault", label=_("What went wrong"), value=_fault),
    )
