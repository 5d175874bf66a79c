"""Quick questions in the workspace: written, asked, ended, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.methods.models import Method
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import CreatePage, DetailPage, EditPage, ListPage, StepPage
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.kit.ui import translated
from talkoot.listen.pulse import actions, counting
from talkoot.listen.pulse.forms import CheckForm
from talkoot.listen.pulse.models import Check
from talkoot.listen.pulse.tables import CheckTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models


class _Checks(WorkspaceView):
    """Those of this city, and those on the pages that all cities share."""

    request: Any
    model: ClassVar[type[models.Model]] = Check

    def in_city(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(Q(city=self.request.city) | Q(city=None))

    def address(self, name: str, check: Check | None = None, **more: str) -> str:
        kwargs = {"city": self.request.city.slug, **more} | ({"pk": check.pk} if check else {})
        return reverse(f"pulse:{name}", kwargs=kwargs)


class CheckList(_Checks, ListPage):
    permission = "pulse.see"
    table_class = CheckTable
    template_name = "pulse/checks.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().get_queryset()
        found: models.QuerySet[Any] = rows.annotate(answers=Count("taps"))
        return found

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for check in rows:
            check.url = self.address("check", check)
            few = 0 < check.answers < counting.FEWEST
            check.answers_shown = _("Fewer than 5") if few else check.answers
            yield check

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm("pulse.ask", self.request.city)
        context = super().get_context_data(may_ask=may, **kwargs)
        return context | {"heading": _("Quick questions")}


class CheckDetail(_Checks, DetailPage):
    permission = "pulse.see"
    template_name = "pulse/check.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        check = self.object
        methods = {method.pk: method for method in Method.objects.brief()}  # type: ignore[attr-defined]  # our queryset
        labels = {Check.State.OPEN: _("Ask now"), Check.State.CLOSED: _("Ask no more")}
        steps = [
            (self.address("check_step", check, to=to), labels[Check.State(to)])
            for to in context["next_states"]
        ]
        may_edit = check.state == Check.State.DRAFT and self.request.user.has_perm("pulse.ask", check)
        return context | {
            "steps": steps,
            "edit_url": self.address("check_edit", check) if may_edit else "",
            "tallies": counting.by_method(check, methods),
            "not_a_survey": counting.NOT_A_SURVEY,
            "crumbs": [
                (_("Quick questions"), self.address("checks")),
                (translated.html(check, "question", note=False), None),
            ],
        }


class CheckCreate(_Checks, CreatePage):
    permission = "pulse.ask"
    form_class = CheckForm
    heading = gettext_lazy("New quick question")

    def prepare(self, instance: Check) -> None:
        """The city follows from the place."""

    def save(self, form: CheckForm) -> str:
        shared = form.cleaned_data["place"] == Check.Place.METHOD
        form.instance.city = None if shared else self.request.city
        return self.address("check", super().save(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.address("checks"), **kwargs)


class CheckEdit(_Checks, EditPage):
    """The words of a question that has not been asked yet; its place stays."""

    permission = "pulse.ask"
    form_class = CheckForm

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(state=Check.State.DRAFT)

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        form = super().get_form(data, files)
        del form.fields["place"]
        return form

    def save(self, form: Any) -> str:
        return self.address("check", super().save(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.address("check", self.object), **kwargs)


class CheckStep(_Checks, StepPage):
    permission = "pulse.ask"
    form_class: ClassVar[Any] = Confirmation
    template_name = "pulse/check_step.html"
    heading = gettext_lazy("Change the question")

    def step(self, form: Any) -> None:
        act = actions.open_check if self.kwargs["to"] == Check.State.OPEN else actions.close_check
        act(check=self.object, by=self.request.user)

    def save(self, form: Any) -> str:
        super().save(form)
        return self.address("check", self.object)

    def not_now(self, obj: Check) -> Any:
        obj.city = obj.city or self.request.city  # a shared one is shown in the reader's city
        return super().not_now(obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back_url=self.address("check", self.object), **kwargs)
