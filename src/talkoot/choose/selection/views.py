from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from talkoot.analysis.decision.errors import CaseError
from talkoot.choose.selection import actions, asked, cases, grounds, memos
from talkoot.choose.selection.comparison import Comparison
from talkoot.choose.selection.criteria import CRITERIA
from talkoot.choose.selection.forms import PlanForm
from talkoot.choose.selection.jobs import make_memo
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result
from talkoot.choose.selection.rows import Methods
from talkoot.choose.selection.sentences import refusal
from talkoot.choose.selection.tables import RunTable
from talkoot.choose.selection.weighing_page import WeighingPage
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import typography
from talkoot.kit.crud import once
from talkoot.kit.crud.views import DetailPage, ListPage
from talkoot.kit.crud.views.reading import ObjectMixin
from talkoot.kit.plate import NextStep, offers, resolve

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request


HEAVY = ("case", "facts", "reasons", "answer", "result")
"""Long, and read only by the pages of one run."""
ONLY_FILES = ("case", "result")
"""Of these, what no page reads."""


FILES = ("case", "result", "facts", "reasons")
"""What of a run can be taken along as JSON."""


class RunList(WorkspaceView, ListPage):
    model = Run
    table_class = RunTable
    template_name = "selection/list.html"
    permission = "selection.see"
    export_name = "selections"

    def get_queryset(self) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset().select_related("city", "created_by")
        return rows.annotate(recommended=F("answer__recommended__methods")).defer(*HEAVY)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_run = self.request.user.has_perm("selection.run", self.request.city)
        done = (
            self.get_queryset()
            .filter(city=self.request.city, state=Run.State.DONE)
            .values_list("pk", flat=True)[:2]
        )
        compared = list(done) if len(done) > 1 else None
        context = super().get_context_data(may_run=may_run, compared=compared, **kwargs)
        return context | {"heading": _("Selection")}


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
        return Plan.from_json(run.plan) if run else None

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
        return rows.select_related("city", "created_by").defer(*ONLY_FILES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: Run = self.object
        kwargs["may_run"] = self.request.user.has_perm("selection.run", run)
        if run.state == Run.State.DONE:
            result = Result(run, self.request.GET.get("scenario", ""))
            kwargs |= {"result": result, "methods": Methods(result), "asked": self._asked(run)}
            kwargs["memos"] = memos.of(run, get_language() or "fi")
            kwargs["next_steps"] = [
                (step.label, url)
                for step in offers(NextStep)
                if step.slot == "selection:detail" and (url := resolve(step.url)(self.request, run))
            ]
        return super().get_context_data(**kwargs)

    def _asked(self, run: Run) -> dict[str, Any]:
        plan = Plan.from_json(run.plan)
        return {
            "weights": asked.weights(plan),
            "groups": asked.groups(plan),
        }


class RunCompare(WorkspaceView, DetailPage):
    """The run beside another of the city, `?with=` its number."""

    model = Run
    template_name = "selection/compare.html"
    permission = "selection.see"

    def get_queryset(self) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset().filter(state=Run.State.DONE)
        return rows.select_related("city").defer(*ONLY_FILES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: Run = self.object
        others = self.get_queryset().filter(city=run.city).exclude(pk=run.pk)
        other = self._other(others)
        context = super().get_context_data(**kwargs)
        crumbs = [
            (_("Selection"), reverse("selection:list", kwargs={"city": run.city.slug})),
            (str(run), run.get_absolute_url()),
            (_("Compare"), ""),
        ]
        return context | {
            "heading": _("Two runs side by side"),
            "crumbs": crumbs,
            "others": others.only("name", "created_at", "city"),
            "other": other,
            "comparison": Comparison(*sorted((run, other), key=lambda each: each.pk)) if other else None,
        }

    def _other(self, others: QuerySet[Run]) -> Run | None:
        wanted = self.request.GET.get("with", "")
        return get_object_or_404(others, pk=wanted) if wanted.isdecimal() else None


class RunGrounds(WorkspaceView, DetailPage):
    """What the scores of the run rest on: each with what was thought before, what was measured and when."""

    model = Run
    template_name = "selection/grounds.html"
    permission = "selection.see"

    def get_queryset(self) -> QuerySet[Run]:
        rows: QuerySet[Run] = super().get_queryset().filter(state=Run.State.DONE)
        return rows.select_related("city").defer(*ONLY_FILES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: Run = self.object
        result = Result(run)
        crumbs = [
            (_("Selection"), reverse("selection:list", kwargs={"city": run.city.slug})),
            (str(run), run.get_absolute_url()),
            (_("Evidence"), ""),
        ]
        return super().get_context_data(**kwargs) | {
            "heading": _("What the choice rests on"),
            "crumbs": crumbs,
            "result": result,
            "known": _("Evidence as it was known on {day}.").format(day=typography.date(run.created_at)),
            "counted": grounds.counted(run),
            "grounds": grounds.Grounds(result),
            "criteria": CRITERIA,
        }


class RunMemo(WorkspaceView, ObjectMixin):
    """Asks for the memo of a run in the reader's language; a worker makes it."""

    model = Run
    permission = "selection.see"

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        run: Run = self.object
        if run.state != Run.State.DONE:
            raise Http404

        def act() -> str:
            make_memo.enqueue(run.pk, get_language() or "fi")
            messages.success(request, _("The memo is being made. It will be on this page in a moment."))
            return run.get_absolute_url()

        return once.once(request, act)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class RunCase(WorkspaceView, ObjectMixin):
    """The file that `talkoot decide` reads, and the result it gave."""

    model = Run
    permission = "selection.see"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        run: Run = self.object
        part = getattr(run, self.kwargs["part"]) if self.kwargs["part"] in FILES else None
        if not part:
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
