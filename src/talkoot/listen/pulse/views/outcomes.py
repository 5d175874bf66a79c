"""What we heard, what we did, in the workspace: written, corrected, published, withdrawn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import clock
from talkoot.kit.crud.views import CreatePage, DetailPage, EditPage, ListPage, StepPage
from talkoot.kit.crud.views.changes import StepForm
from talkoot.kit.ui import translated
from talkoot.listen.pulse import actions
from talkoot.listen.pulse.forms import JoinForm, OutcomeForm
from talkoot.listen.pulse.models import Heard, Outcome, Theme
from talkoot.listen.pulse.tables import BRIEFLY, OutcomeTable
from talkoot.listen.pulse.views.workspace import ActPage

if TYPE_CHECKING:
    from django.db import models

NEAR = 200
"""As many of the newest entries are offered to join a message to."""
SOURCES = 20
"""As many of the newest messages are listed behind what was done."""


class _Outcomes(WorkspaceView):
    request: Any
    model: ClassVar[type[models.Model]] = Outcome

    def address(self, name: str) -> str:
        return reverse(f"pulse:{name}", kwargs={"city": self.request.city.slug})

    def may_publish(self) -> bool:
        may: bool = self.request.user.has_perm("pulse.publish", self.request.city)
        return may


class OutcomeList(_Outcomes, ListPage):
    permission = "pulse.see"
    table_class = OutcomeTable
    template_name = "pulse/outcomes.html"
    export_name = "kuultua"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("city").prefetch_related(BRIEFLY)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_publish=self.may_publish(), **kwargs)
        return context | {"heading": _("What we heard, what we did"), "public_url": self.address("told")}


def _sources(outcome: Outcome) -> dict[str, Any]:
    """The newest messages behind it, and how many more there are."""
    newest = list(outcome.heard.select_related("organisation").order_by("-pk")[: SOURCES + 1])
    more = outcome.heard.count() - SOURCES if len(newest) > SOURCES else 0
    return {"sources": newest[:SOURCES], "more": more}


class OutcomeDetail(_Outcomes, DetailPage):
    permission = "pulse.see"
    template_name = "pulse/outcome.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        outcome = self.object
        labels = {
            Outcome.State.PUBLISHED: _("Publish"),
            Outcome.State.WITHDRAWN: _("Withdraw from publication"),
        }
        kwargs = {"city": self.request.city.slug, "pk": outcome.pk}
        steps = [
            (reverse("pulse:outcome_step", kwargs={**kwargs, "to": to}), labels[Outcome.State(to)])
            for to in context["next_states"]
        ]
        return context | {
            "steps": steps,
            "edit_url": reverse("pulse:outcome_edit", kwargs=kwargs) if self.may_publish() else "",
            "methods": list(outcome.methods.brief().order_by("code")),
            **_sources(outcome),
            "versions": [
                (language, [getattr(outcome, f"{name}_{code}") for name in ("said", "done")])
                for code, language in (("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English")))
            ],
            "crumbs": [
                (_("What we heard, what we did"), self.address("outcomes")),
                (translated.html(outcome, "said", note=False), None),
            ],
        }


class OutcomeCreate(_Outcomes, CreatePage):
    """About one message, or about none in particular."""

    permission = "pulse.publish"
    form_class = OutcomeForm
    heading = gettext_lazy("Tell what we heard and did")
    template_name = "pulse/tell.html"

    @cached_property
    def heard(self) -> Heard | None:
        """The message in the address."""
        if "pk" not in self.kwargs:
            return None
        rows = Heard.objects.visible_to(self.request.user).filter(city=self.request.city)  # type: ignore[attr-defined]  # our queryset
        found: Heard | None = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def permission_object(self) -> Any:
        return self.heard or self.request.city

    def get_form_kwargs(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"done_on": clock.today()}
        if self.heard is None:
            return {"initial": initial}
        methods = list(self.heard.methods.all())
        initial |= {"methods": methods, "theme": methods[0].category if methods else Theme.OTHER}
        return {"initial": initial, "messages": (self.heard.message,)}

    def save(self, form: OutcomeForm) -> Outcome:
        outcome = form.save(commit=False)
        actions.draft(outcome=outcome, heard=self.heard, by=self.request.user)
        form.save_m2m()
        return outcome  # type: ignore[no-any-return]  # the form's model

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.heard.get_absolute_url() if self.heard else self.address("outcomes")
        return super().get_context_data(heard=self.heard, cancel_url=back, **kwargs)


class OutcomeEdit(_Outcomes, EditPage):
    permission = "pulse.publish"
    form_class = OutcomeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"messages": tuple(self.object.heard.values_list("message", flat=True))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)


class OutcomeStep(_Outcomes, StepPage):
    """Publish, or withdraw."""

    permission = "pulse.publish"
    heading = gettext_lazy("Change what all may read")

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        form = StepForm(data)
        if self.kwargs["to"] == Outcome.State.PUBLISHED:
            del form.fields["reason"]
        return form

    def step(self, form: Any) -> None:
        by = self.request.user
        if self.kwargs["to"] == Outcome.State.PUBLISHED:
            actions.publish(outcome=self.object, by=by)
        else:
            actions.withdraw(outcome=self.object, by=by, reason=form.cleaned_data["reason"])


class Join(ActPage):
    """One more message that an entry is about."""

    permission = "pulse.publish"
    form_class = JoinForm
    heading = gettext_lazy("Join to what has been told")
    submit_label = gettext_lazy("Join")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Outcome.objects.filter(city=self.request.city).order_by("-pk")
        return {"outcomes": own.filter(pk__in=list(own.values_list("pk", flat=True)[:NEAR]))}

    def permission_object(self) -> Any:
        if self.object.city is None:
            raise Http404
        return self.object

    def act(self, form: Any) -> None:
        actions.join(heard=self.object, outcome=form.cleaned_data["outcome"], by=self.request.user)
