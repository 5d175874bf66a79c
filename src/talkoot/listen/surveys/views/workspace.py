from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import DetailPage, FormPage, ListPage, ObjectMixin, StepPage
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.listen.surveys import actions, jobs
from talkoot.listen.surveys.errors import NothingAsked, ResultsMissing
from talkoot.listen.surveys.models import Round
from talkoot.listen.surveys.tables import RoundTable
from talkoot.listen.surveys.views.rounds import OfCity, ShowsResults

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpResponse


STEPS = {
    (Round.State.DRAFT, Round.State.OPEN): gettext_lazy("Open the survey"),
    (Round.State.OPEN, Round.State.CLOSED): gettext_lazy("Close the survey"),
    (Round.State.CLOSED, Round.State.PUBLISHED): gettext_lazy("Publish the results"),
    (Round.State.PUBLISHED, Round.State.CLOSED): gettext_lazy("Take the results back"),
}


class _Workspace(OfCity, WorkspaceView):
    def address(self, name: str, survey: Round, **more: str) -> str:
        return reverse(f"surveys:{name}", kwargs={"city": self.request.city.slug, "pk": survey.pk, **more})


class RoundList(_Workspace, ListPage):
    permission = "surveys.see"
    table_class = RoundTable
    template_name = "surveys/workspace_list.html"
    export_name = "kyselyt"

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().annotate(answers=Count("responses", distinct=True))
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for survey in context["page"].object_list:
            survey.url = self.address("workspace_results", survey)
        return context | {"may_ask": self.request.user.has_perm("surveys.manage", self.request.city)}


class RoundResults(ShowsResults, _Workspace, DetailPage):
    permission = "surveys.see"
    template_name = "surveys/workspace_results.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.results_context(), **kwargs)
        state = self.object.state
        context["steps"] = [
            (STEPS[state, to], self.address("step", self.object, to=to)) for to in context["next_states"]
        ]
        if self.request.user.has_perm("surveys.manage", self.object):
            context["calculate_url"] = self.address("calculate", self.object)
            context["raw_url"] = self.address("raw", self.object)
            context["invitations_url"] = self.address("invitations", self.object)
            if self.object.state != Round.State.PUBLISHED:
                context["import_url"] = self.address("import", self.object)
            if self.object.state in {Round.State.DRAFT, Round.State.OPEN}:
                context["edit_url"] = self.address("round_edit", self.object)
        context["crumbs"] = [
            (_("Surveys"), reverse("surveys:workspace_list", kwargs={"city": self.request.city.slug})),
            (self.object.name, None),
        ]
        return context


class Calculate(_Workspace, ObjectMixin, FormPage):
    """Results again, for example when the number of companies has been corrected."""

    permission = "surveys.manage"
    template_name = "surveys/calculate.html"
    form_class = Confirmation
    heading = gettext_lazy("Calculate the results")
    submit_label = gettext_lazy("Calculate")
    saved_notice = gettext_lazy("The results are being calculated. They appear here within a minute.")

    def save(self, form: forms.Form) -> str:
        jobs.calculate.enqueue(self.object.pk, self.request.user.pk)
        return self.address("workspace_results", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["cancel_url"] = self.address("workspace_results", self.object)
        return super().get_context_data(**kwargs) | {"heading": self.heading}


class Step(_Workspace, StepPage):
    permission = "surveys.manage"

    def step(self, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.step(survey=self.object, to=self.kwargs["to"], by=self.request.user, reason=reason)
        if self.object.state == Round.State.CLOSED:
            jobs.calculate.enqueue(self.object.pk, self.request.user.pk)

    def save(self, form: Any) -> str:
        super().save(form)
        return self.address("workspace_results", self.object)

    def saved(self, form: Any) -> HttpResponse:
        try:
            return super().saved(form)
        except ResultsMissing:
            form.add_error(None, _("The results have not been calculated yet. Calculate them first."))
        except NothingAsked:
            form.add_error(None, _("The questionnaire has no questions yet. Add them first."))
        return self.again(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = STEPS.get((self.object.state, self.kwargs["to"]), self.heading)
        return super().get_context_data(**kwargs) | {"heading": heading}
