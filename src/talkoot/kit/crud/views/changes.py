from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.access import kept
from talkoot.kit.audit import log
from talkoot.kit.crud import once, usage, way_back
from talkoot.kit.crud.forms import VersionedForm, differences
from talkoot.kit.crud.views.reading import ObjectMixin, Rows
from talkoot.kit.states import NotAllowedNow, ReasonNeeded, transition

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import Request


ALREADY_SAVED = gettext_lazy(
    "Already saved: you sent the same form a moment ago, so nothing was added again. "
    "To add another one like it, change something in the form."
)
SAVED_BEFORE_THE_CHANGE = gettext_lazy(
    "This form was saved before you came back to it. What you changed after that was not saved: make the change here."
)


class FormPage(Rows):
    """A form that is saved once, and comes back whole when something is wrong.

    A subclass gives `form_class` and `save(form) -> object or address`; the reader goes to its `get_absolute_url()`.
    """

    template_name = "crud/form.html"
    form_class: ClassVar[Any]
    heading: ClassVar[str | _StrPromise]
    submit_label: ClassVar[str | _StrPromise] = gettext_lazy("Save")
    saved_notice: ClassVar[str | _StrPromise] = gettext_lazy("Saved.")
    makes_new: ClassVar[bool] = False
    """The form adds something each time it is sent, so the same one twice in a row is taken for a mistake."""

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # our request is narrower
        """As any view; what the object's state forbids is said on a page of its own."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotAllowedNow as error:
            return self.not_now(error.obj)

    def not_now(self, obj: Any) -> HttpResponse:
        """Someone was quicker, or the back button led here: say what the state is now."""
        context = {"object": obj, "layout": self.layout, "heading": _("Already changed")}
        return render(self.request, "crud/not_now.html", context, status=409)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Keyword arguments of the form beside data and files."""
        return {}

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        return self.form_class(data=data, files=files, **self.get_form_kwargs())

    def save(self, form: Any) -> Any:
        """Do what the form asks, inside the transaction; return an object or an address."""
        return form.save()

    def refused(self, form: Any) -> HttpResponse | None:
        """An answer that stops the saving of a valid form, or None."""
        return None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        data = kept.take(request)
        form = self.get_form(data) if data else self.get_form()
        return self.render_to_response(self.get_context_data(form=form, was_kept=bool(data)))

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if answer := once.earlier(request):
                return self.sent_before(answer)
        except once.KeyMissing:
            return self.incomplete()
        if answer := once.repeated(self.likeness):
            messages.info(request, ALREADY_SAVED)
            return answer
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form)
        with transaction.atomic():
            return self.refused(form) or self.saved(form)

    @cached_property
    def likeness(self) -> UUID | None:
        return once.likeness_of(self.request) if self.makes_new else None

    def sent_before(self, answer: HttpResponse) -> HttpResponse:
        """To the first result; what was typed after going back to the page is not lost without a word."""
        if self.makes_new and self.request.user.is_authenticated and not once.was_sent(self.likeness):
            messages.warning(self.request, SAVED_BEFORE_THE_CHANGE)
        return answer

    def saved(self, form: Any) -> HttpResponse:
        """Save once, say so, go on."""

        def act() -> str:
            result = self.save(form)
            return result if isinstance(result, str) else str(result.get_absolute_url())

        answer = once.once(self.request, act, self.likeness)
        messages.success(self.request, self.saved_notice)
        return answer

    def again(self, form: Any, status: int = 422) -> HttpResponse:
        """The same form with its errors and everything that was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def incomplete(self) -> HttpResponse:
        """The page was not sent whole: show what came, with a fresh key."""
        form = self.get_form(self.request.POST)
        messages.warning(self.request, _("The page was sent incomplete. Check it and save again."))
        return self.render_to_response(
            self.get_context_data(form=form), status=HttpResponseBadRequest.status_code
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("heading", self.heading)
        context = super().get_context_data(submit_label=self.submit_label, **kwargs)
        return {"cancel_url": way_back.of(self.request, context)} | context


class CreatePage(FormPage):
    """A new row; `prepare(instance)` fills what the form does not ask, such as the city."""

    makes_new = True

    def prepare(self, instance: Any) -> None:
        if hasattr(instance, "city_id") and not instance.city_id:
            instance.city = self.request.city

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        instance = self.model()
        self.prepare(instance)
        return self.form_class(data=data, files=files, instance=instance, **self.get_form_kwargs())

    def save(self, form: Any) -> Any:
        with log.recording(form.instance, by=self.request.user, verb="created"):
            return form.save()


class EditPage(ObjectMixin, FormPage):
    """A row changed by one writer at a time; the second one sees both versions."""

    heading = gettext_lazy("Edit")

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        instance = copy(self.object)  # the page still says what is saved when the form has been filled in
        return self.form_class(data=data, files=files, instance=instance, **self.get_form_kwargs())

    def refused(self, form: VersionedForm) -> HttpResponse | None:
        current = self.model._base_manager.select_for_update().get(pk=self.object.pk)
        if not form.is_outdated(current):  # type: ignore[arg-type]  # versioned, or the form would not be
            return None
        rows = differences(form, current)
        data = self.request.POST.copy()
        data["version"] = str(current.version)  # type: ignore[attr-defined]  # the same
        event = log.timeline(current).first()
        context = self.get_context_data(form=self.get_form(data), differences=rows, other=event)
        return self.render_to_response(context, status=409)

    def save(self, form: VersionedForm) -> Any:
        with log.recording(form.instance, by=self.request.user, verb="edited"):
            form.instance.version += 1
            return form.save()


class Confirmation(forms.Form):
    """Nothing to fill in: the button is the answer."""


class DeletePage(ObjectMixin, FormPage):
    """Asks once, deletes, keeps the event in the log.

    `protected`: what other rows name is not deleted; the page says what they are. Models in `not_counted` are no bar.
    """

    template_name = "crud/confirm.html"
    form_class = Confirmation
    heading = gettext_lazy("Delete")
    submit_label = gettext_lazy("Delete")
    saved_notice = gettext_lazy("Deleted.")
    protected: ClassVar[bool] = False
    not_counted: ClassVar[frozenset[str]] = frozenset()

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.in_use(200) or super().get(request, *args, **kwargs)

    def refused(self, form: Any) -> HttpResponse | None:
        return self.in_use(409)

    def in_use(self, status: int) -> HttpResponse | None:
        """What holds the object back, in place of the question."""
        found = usage.of(self.object, but=self.not_counted) if self.protected else []
        if not found:
            return None
        context = {"cancel_url": self.after()} | self.get_context_data(form=None, uses=found)
        return render(self.request, "crud/in_use.html", context, status=status)

    def after(self) -> str:
        """Where to go when the object is gone."""
        raise NotImplementedError

    def save(self, form: Any) -> str:
        obj = self.object
        log.record(
            obj,
            by=self.request.user,
            verb="deleted",
            changes={k: [v, None] for k, v in log.snapshot(obj).items()},
        )
        after, own = self.after(), getattr(obj, "get_absolute_url", str)()
        obj.delete()
        once.forget_likenesses(after, own)
        return after


class StepForm(forms.Form):
    """Why the step is taken; those whom it concerns can read it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )


class StepPage(ObjectMixin, FormPage):
    """Takes an object from one state to the next, with a confirmation page and a reason.

    The state comes from the address (`to`). Subclasses may override `step()` to call an action of their own.
    """

    template_name = "crud/step.html"
    form_class = StepForm
    heading = gettext_lazy("Change the state")
    submit_label = gettext_lazy("Confirm")

    def permission_object(self) -> object:
        if self.kwargs["to"] not in {to for steps in self.object.TRANSITIONS.values() for to in steps}:
            raise Http404
        return self.object

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        to = self.kwargs["to"]
        if to not in self.object.TRANSITIONS.get(self.object.state, {}):
            return self.not_now(self.object)
        if to not in self.object.next_states(request.user):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def step(self, form: Any) -> None:
        """Take the step; raises what `transition` raises."""
        reason = form.cleaned_data.get("reason", "")
        transition(self.object, self.kwargs["to"], by=self.request.user, reason=reason)

    def save(self, form: Any) -> Any:
        self.step(form)
        return self.object

    def saved(self, form: Any) -> HttpResponse:
        try:
            return super().saved(form)
        except ReasonNeeded:
            form.add_error("reason", _("Write a reason. It is kept with the decision."))
        except ValidationError as error:
            form.add_error(None, error)
        return self.again(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(to=self.kwargs["to"], **kwargs)
