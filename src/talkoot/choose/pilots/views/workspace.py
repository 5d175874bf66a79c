from __future__ import annotations

from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.pilots import actions, words
from talkoot.choose.pilots.filters import PilotFilter
from talkoot.choose.pilots.forms import OPEN, EndForm, ParticipantForm, PilotForm
from talkoot.choose.pilots.imports import sheet_of
from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.choose.pilots.tables import PilotTable, named
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import (
    CreatePage,
    DeletePage,
    DetailPage,
    EditPage,
    FormPage,
    ListPage,
    ObjectMixin,
    Rows,
    StepPage,
)
from talkoot.kit.exchange.pages import ImportPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from talkoot.kit.exchange.sheet import Record, Sheet


class PilotRoom(WorkspaceView, Rows):
    """Pilots of the city in the address."""

    model = Pilot

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("method", "city")

    def list_url(self) -> str:
        return reverse("pilots:list", kwargs={"city": self.request.city.slug})

    def not_now(self, pilot: Pilot) -> HttpResponse:
        """The state of the pilot does not allow this to anyone."""
        context = {"object": pilot, "layout": self.layout, "heading": _("Not possible now")}
        return render(self.request, "crud/not_now.html", context, status=409)


class PilotList(PilotRoom, ListPage):
    permission = "pilots.see"
    table_class = PilotTable
    filterset_class = PilotFilter
    template_name = "pilots/list.html"
    export_name = "pilotit"

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for pilot in rows:
            pilot.shown_url, pilot.sign = pilot.get_absolute_url(), words.SIGNS[pilot.state]
            yield pilot

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_run = self.request.user.has_perm("pilots.run", self.request.city)
        return super().get_context_data(may_run=may_run, **kwargs)


class PilotDetail(PilotRoom, DetailPage):
    permission = "pilots.see"
    template_name = "pilots/detail.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pilot, user = self.object, self.request.user
        may_run = user.has_perm("pilots.run", pilot)
        return super().get_context_data(
            crumbs=[(_("Pilots"), self.list_url()), (named(pilot), "")],
            **words.facts(pilot),
            steps=words.steps(pilot, user),
            participants=self.participants(),
            may_run=may_run,
            may_edit=may_run and pilot.state in OPEN,
            may_delete=may_run and pilot.state == Pilot.State.PLANNED,
            **kwargs,
        )

    def participants(self) -> QuerySet[Participant]:
        rows: QuerySet[Participant] = Participant.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        return rows.filter(pilot=self.object).select_related("organisation")


class PilotCreate(PilotRoom, CreatePage):
    permission = "pilots.run"
    form_class = PilotForm
    heading = gettext_lazy("New pilot")

    def prepare(self, instance: Pilot) -> None:
        super().prepare(instance)
        instance.example = settings.TALKOOT_DEMO

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            crumbs=[(_("Pilots"), self.list_url()), (_("New pilot"), "")],
            cancel_url=self.list_url(),
            **kwargs,
        )


class PilotEdit(PilotRoom, EditPage):
    """What may still be changed; a published pilot is withdrawn first."""

    permission = "pilots.run"
    form_class = PilotForm
    template_name = "pilots/edit.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            super().get(request, *args, **kwargs) if self.object.state in OPEN else self.not_now(self.object)
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            super().post(request, *args, **kwargs) if self.object.state in OPEN else self.not_now(self.object)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pilot = self.object
        return super().get_context_data(
            crumbs=[
                (_("Pilots"), self.list_url()),
                (named(pilot), pilot.get_absolute_url()),
                (_("Edit"), ""),
            ],
            cancel_url=pilot.get_absolute_url(),
            **words.facts(pilot),
            **kwargs,
        )


class PilotDelete(PilotRoom, DeletePage):
    """A plan that came to nothing; what has started is stopped instead."""

    permission = "pilots.run"

    def refused(self, form: Any) -> HttpResponse | None:
        planned = (
            Pilot.objects.select_for_update().filter(pk=self.object.pk, state=Pilot.State.PLANNED).exists()
        )
        return None if planned else self.not_now(self.object)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        planned = self.object.state == Pilot.State.PLANNED
        return super().get(request, *args, **kwargs) if planned else self.not_now(self.object)

    def after(self) -> str:
        return self.list_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)


class PilotEnd(PilotRoom, EditPage):
    """Asks what came of the pilot, and ends it with that count."""

    permission = "pilots.run"
    form_class = EndForm
    template_name = "pilots/end.html"
    submit_label = gettext_lazy("End the pilot")
    saved_notice = gettext_lazy("The pilot has ended.")

    @property
    def runs(self) -> bool:
        return bool(self.object.state == Pilot.State.RUNNING)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.runs else self.not_now(self.object)

    def refused(self, form: Any) -> HttpResponse | None:
        return super().refused(form) if self.runs else self.not_now(self.object)

    def again(self, form: Any, status: int = 422) -> HttpResponse:
        return super().again(form, status) if self.runs else self.not_now(self.object)

    def save(self, form: Any) -> Pilot:
        return actions.end(pilot=form.instance, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pilot = self.object
        context = super().get_context_data(
            crumbs=[(_("Pilots"), self.list_url()), (named(pilot), pilot.get_absolute_url()), (_("End"), "")],
            cancel_url=pilot.get_absolute_url(),
            **words.facts(pilot),
            explained=words.EXPLAINED[Pilot.State.RUNNING, Pilot.State.CLOSED],
            **kwargs,
        )
        return context | {"heading": words.STEPS[Pilot.State.RUNNING, Pilot.State.CLOSED]}


class PilotStep(PilotRoom, StepPage):
    permission = "pilots.see"
    template_name = "pilots/step.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The end of a pilot has a page of its own, which asks the count."""
        answer = super().get(request, *args, **kwargs)
        ends = (self.object.state, kwargs["to"]) == (Pilot.State.RUNNING, Pilot.State.CLOSED)
        url = reverse("pilots:end", kwargs={"city": request.city.slug, "pk": self.object.pk})
        return redirect(url) if ends and answer.status_code == HTTPStatus.OK else answer

    def step(self, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        actions.take_step(self.object, self.kwargs["to"], by=self.request.user, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = (self.object.state, self.kwargs["to"])
        label = words.STEPS.get(pair, self.heading)
        context = super().get_context_data(**kwargs)
        starts_late = self.kwargs["to"] == Pilot.State.RUNNING and words.would_be_late(self.object)
        return context | {
            "heading": label,
            "submit_label": label,
            "explained": words.EXPLAINED.get(pair, ""),
            "starts_late": starts_late,
        }


class ParticipantAdd(PilotRoom, ObjectMixin, FormPage):
    permission = "pilots.run"
    form_class = ParticipantForm
    heading = gettext_lazy("Add a participant")
    submit_label = gettext_lazy("Add")
    saved_notice = gettext_lazy("Added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: Any) -> Pilot:
        actions.add_participant(
            pilot=self.object, organisation=form.cleaned_data["business_id"], by=self.request.user
        )
        return self.object  # type: ignore[no-any-return]  # the pilot in the address

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)
        return context | {"heading": self.heading, "lead": str(self.object)}


class ParticipantRemove(WorkspaceView, DeletePage):
    permission = "pilots.run"
    model = Participant
    heading = gettext_lazy("Remove a participant")
    submit_label = gettext_lazy("Remove")
    saved_notice = gettext_lazy("Removed.")

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset().filter(pilot=self.kwargs["pilot"], pilot__city=self.request.city)
        return rows.select_related("pilot__city", "organisation")

    @cached_property
    def pilot_url(self) -> str:
        return str(self.object.pilot.get_absolute_url())

    def save(self, form: Any) -> str:
        url = self.pilot_url
        actions.remove_participant(participant=self.object, by=self.request.user)
        return url

    def after(self) -> str:
        return self.pilot_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.pilot_url, **kwargs)


class PilotImport(WorkspaceView, ImportPage):
    permission = "pilots.run"
    heading = gettext_lazy("Import pilots")

    @cached_property
    def sheet(self) -> Sheet:  # type: ignore[override]  # what is there already differs from city to city
        return sheet_of(self.request.city)

    def take_in(self, records: list[Record]) -> str:
        rows = [record.values for record in records]
        actions.import_pilots(city=self.request.city, rows=rows, by=self.request.user)
        return reverse("pilots:list", kwargs={"city": self.request.city.slug})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("pilots:list", kwargs={"city": self.request.city.slug})
        return super().get_context_data(
            crumbs=[(_("Pilots"), url), (_("Import pilots"), "")], cancel_url=url, **kwargs
        )
