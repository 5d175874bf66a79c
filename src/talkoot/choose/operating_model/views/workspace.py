from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model import actions, forms
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.choose.operating_model.tables import ModelTable
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.results import Result
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.audit import log
from talkoot.kit.crud.views import DeletePage, DetailPage, EditPage, FormPage, ListPage, ObjectMixin, StepPage
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.kit.states import NotAllowedNow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request

State = OperatingModel.State


class ModelList(WorkspaceView, ListPage):
    model = OperatingModel
    table_class = ModelTable
    template_name = "operating_model/list.html"
    permission = "operating_model.see"
    export_name = "operating-models"

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = (
            super()
            .get_queryset()
            .select_related("city")
            .annotate(item_count=Count("items"), days=Sum("items__person_days"))
        )
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm("operating_model.prepare", self.request.city)
        open_one = self.get_queryset().filter(state__in=OperatingModel.OPEN).first()
        context = super().get_context_data(may_begin=may and not open_one, **kwargs)
        return context | {"heading": _("Operating model")}


def finish_first(request: Request, draft: OperatingModel) -> HttpResponse:
    """A city prepares one version at a time: lead to the one that is open."""
    messages.warning(request, _("The city is already preparing a version. Finish it first."))
    return HttpResponseRedirect(draft.get_absolute_url())


class ModelBegin(WorkspaceView, FormPage):
    """An empty draft, for a city that knows its methods already."""

    model = OperatingModel
    form_class = Confirmation
    permission = "operating_model.prepare"
    heading = gettext_lazy("New draft of the operating model")
    submit_label = gettext_lazy("Begin the draft")

    @property
    def run(self) -> Run | None:
        """The run that the draft is made from, if any."""
        return None

    def save(self, form: Any) -> OperatingModel:
        return actions.begin(city=self.request.city, by=self.request.user, run=self.run)

    def saved(self, form: Any) -> HttpResponse:
        try:
            return super().saved(form)
        except actions.DraftExists as error:
            return finish_first(self.request, error.draft)


class ModelAdopt(ModelBegin):
    """A draft from the recommended portfolio of a run."""

    template_name = "operating_model/adopt.html"
    heading = gettext_lazy("Adopt into the operating model")

    @cached_property
    def run(self) -> Run:
        runs = Run.objects.visible_to(self.request.user)
        run: Run = get_object_or_404(
            runs, city=self.request.city, pk=self.kwargs["run"], state=Run.State.DONE
        )
        return run

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [Result(self.run).name(code) for code in self.run.chosen]
        return super().get_context_data(run=self.run, names=names, **kwargs)


class ModelDetail(WorkspaceView, DetailPage):
    model = OperatingModel
    template_name = "operating_model/detail.html"
    permission = "operating_model.see"
    shows_timeline = True

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("city", "run", "prepared_by", "approved_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(reading=Reading(self.object), **kwargs)
        may = self.request.user.has_perm("operating_model.prepare", self.object)
        steps = [step for step in context["next_states"] if step != State.SUPERSEDED]
        own = self.object.prepared_by_id == self.request.user.pk
        return context | {
            "may_edit": may and self.object.is_open,
            "next_states": [s for s in steps if not (s == State.APPROVED and own)],
            "waits_for_second": State.APPROVED in steps and own,
        }


class ModelEdit(WorkspaceView, EditPage):
    model = OperatingModel
    form_class = forms.ModelForm
    permission = "operating_model.prepare"
    heading = gettext_lazy("Edit the operating model")

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        only_drafts(self.object)
        return super().get_form(data, files)


def only_drafts(model: OperatingModel) -> None:
    """What has been proposed is not changed under the eyes of those who decide. Raises NotAllowedNow."""
    if not model.is_open:
        raise NotAllowedNow(model, State.DRAFT)


class ItemAdd(WorkspaceView, FormPage):
    model = OperatingModel
    form_class = forms.AddForm
    permission = "operating_model.prepare"
    heading = gettext_lazy("Add a method")
    submit_label = gettext_lazy("Add")

    @cached_property
    def object(self) -> OperatingModel:
        model: OperatingModel = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return model

    def permission_object(self) -> OperatingModel:
        return self.object

    def get_form_kwargs(self) -> dict[str, Any]:
        only_drafts(self.object)
        return {"model": self.object}

    def save(self, form: forms.AddForm) -> str:
        item: ModelMethod = form.instance
        item.starts_on, item.example = self.object.starts_on, self.object.example
        with log.recording(item, by=self.request.user, verb="created"):
            form.save()
        return reverse("operating_model:item_edit", kwargs={"city": self.request.city.slug, "pk": item.pk})


class ItemMixin(WorkspaceView, ObjectMixin, FormPage):
    """A method of a draft; its city is the model's."""

    model = ModelMethod
    permission = "operating_model.prepare"

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        methods = Method.objects.brief()  # type: ignore[attr-defined]  # our queryset
        found = rows.filter(model__city=self.request.city).select_related("model")
        return found.prefetch_related(Prefetch("method", methods))

    @cached_property
    def object(self) -> ModelMethod:
        item: ModelMethod = super().object
        item.model.city = self.request.city
        return item

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        only_drafts(self.object.model)
        return super().get_form(data, files)


class ItemEdit(ItemMixin, EditPage):
    form_class = forms.ItemForm
    template_name = "operating_model/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"heading": str(self.object), "cancel_url": self.object.get_absolute_url()}
        return super().get_context_data(**kwargs) | page


class ItemRemove(ItemMixin, DeletePage):
    heading = gettext_lazy("Remove from the model")

    def after(self) -> str:
        return str(self.object.get_absolute_url())


class ModelStep(WorkspaceView, StepPage):
    """Propose, send back, publish, open for revision."""

    model = OperatingModel
    permission = "operating_model.see"
    template_name = "operating_model/step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publishes = self.object.state == State.APPROVED
        label = {
            State.PROPOSED: _("Propose"),
            State.APPROVED: _("Approve"),
            State.DRAFT: _("Send back"),
            State.IN_FORCE: _("Publish") if publishes else _("Stop revising"),
            State.UNDER_REVISION: _("Revise"),
        }.get(self.kwargs["to"], self.heading)
        return super().get_context_data(**kwargs) | {"heading": label, "submit_label": label}

    def step(self, form: Any) -> None:
        by, reason = self.request.user, form.cleaned_data["reason"]
        match self.kwargs["to"]:
            case State.IN_FORCE if self.object.state == State.APPROVED:
                actions.publish(self.object, by=by, reason=reason)
            case State.UNDER_REVISION:
                actions.revise(self.object, by=by, reason=reason)
            case _:
                super().step(form)

    def saved(self, form: Any) -> HttpResponse:
        try:
            return super().saved(form)
        except actions.DraftExists as error:
            return finish_first(self.request, error.draft)


class ModelDecide(ModelStep):
    """The approval of a second person, with the decision that it rests on."""

    form_class = forms.DecisionForm

    def step(self, form: Any) -> None:
        data = dict(form.cleaned_data)
        reason = data.pop("reason")
        actions.decide(self.object, by=self.request.user, decision=data, reason=reason)
