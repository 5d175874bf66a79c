from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.analysis.decision.errors import CaseError
from talkoot.choose.selection import actions, cases
from talkoot.choose.selection.forms import PlanForm
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result
from talkoot.choose.selection.sentences import refusal
from talkoot.choose.selection.tables import RunTable
from talkoot.choose.selection.weighing_page import WeighingPage
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud import once
from talkoot.kit.crud.views import DetailPage, ListPage
from talkoot.kit.crud.views.reading import ObjectMixin
from talkoot.kit.plate import NextStep, offers, resolve

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request


HEAVY = ("case", "facts", "reasons")
"""Long, and read only by the pages of one run."""


class RunList(WorkspaceView, ListPage):
    model = Run
    table_class = RunTable
    template_name = "selection/list.html"
    permission = "selection.see"
    export_name = "selections"

    def get_queryset(self) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset().select_related("city", "created_by")
        return rows.defer(*HEAVY)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_run = self.request.user.has_perm("selection.run", self.request.city)
        return super().get_context_data(may_run=may_run, **kwargs) | {"heading": _("Selection")}


class RunCreate(WorkspaceView, WeighingPage):
    """A new run; it begins from the plan of the latest one, or of the one named by `?from=`."""

    model = Run
    form_class = PlanForm
    template_name = "selection/form.html"
    permission = "selection.run"
    heading = gettext_lazy("New selection")
    submit_label = gettext_lazy("Calculate")
    saved_notice = gettext_lazy("The calculation has started.")

    def get_form_kwargs(self) -> dict[str, Any]:
        city = self.request.city
        return {"city": city, "scenarios": cases.scenarios(city), "plan": self.earlier_plan()}

    def earlier_plan(self) -> Plan | None:
        runs = self.get_queryset().only("plan")
        wanted = self.request.GET.get("from", "")
        run = runs.filter(pk=wanted).first() if wanted.isdecimal() else runs.first()
        return Plan.from_json({k: v for k, v in run.plan.items() if k != "labels"}) if run else None

    def save(self, form: PlanForm) -> Run:
        name, plan = form.cleaned_data["name"], form.plan()
        return actions.start(city=self.request.city, name=name, plan=plan, by=self.request.user)

    def saved(self, form: PlanForm) -> HttpResponse:
        try:
            return super().saved(form)
        except CaseError as error:
            refusal(form, error)
            return self.again(form)


class RunDetail(WorkspaceView, DetailPage):
    model = Run
    template_name = "selection/detail.html"
    permission = "selection.see"
    shows_timeline = True

    def get_queryset(self) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset()
        return rows.defer("case")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: Run = self.object
        kwargs["may_run"] = self.request.user.has_perm("selection.run", run)
        if run.state == Run.State.DONE:
            kwargs["result"] = Result(run, self.request.GET.get("scenario", ""))
            kwargs["next_steps"] = [
                (step.label, url)
                for step in offers(NextStep)
                if step.slot == "selection:detail" and (url := resolve(step.url)(self.request, run))
            ]
        return super().get_context_data(**kwargs)


class RunCase(WorkspaceView, ObjectMixin):
    """The file that `talkoot decide` reads, and the result it gave."""

    model = Run
    permission = "selection.see"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        run: Run = self.object
        part = {"case": run.case, "result": run.result, "facts": run.facts}.get(self.kwargs["part"])
        if part is None:
            raise Http404
        answer = HttpResponse(json.dumps(part, ensure_ascii=False, indent=1), content_type="application/json")
        name = f"{run.city.slug}-{run.pk}-{self.kwargs['part']}.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class RunCancel(WorkspaceView, ObjectMixin):
    """Stops a run that is still being calculated."""

    model = Run
    permission = "selection.run"

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        def act() -> str:
            actions.cancel(self.object, by=request.user)
            return str(self.object.get_absolute_url())

        return once.once(request, act)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404
