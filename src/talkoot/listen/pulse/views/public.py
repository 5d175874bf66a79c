from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import FormPage
from talkoot.kit.crud.views.reading import Rows
from talkoot.listen.pulse import actions, limits
from talkoot.listen.pulse.forms import FeedbackForm
from talkoot.listen.pulse.models import ANSWERED_WITHIN, OWN_PATH, due_day

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


def own_page(text: str) -> str:
    """The address if it is a page of ours, else nothing."""
    try:
        OWN_PATH(text)
    except ValidationError:
        return ""
    return text[:300]


class Give(PublicView, FormPage):
    """Feedback about a page or about the cooperation, from anyone, without signing in."""

    permission = "pulse.send"
    template_name = "pulse/give.html"
    form_class = FeedbackForm
    heading = _("Give feedback")
    submit_label = _("Send feedback")
    saved_notice = _("Sent. Thank you for the feedback.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"page": own_page(self.request.GET.get("sivu", ""))}}

    def thanks(self) -> str:
        kwargs = {"city": self.request.city.slug} if self.request.city else None
        return reverse("pulse:thanks", kwargs=kwargs)

    def refused(self, form: FeedbackForm) -> HttpResponse | None:
        if form.is_from_a_program:
            return HttpResponseRedirect(self.thanks())
        if limits.too_many(self.request):
            form.add_error(
                None,
                _(
                    "Many messages have come from this address within an hour. Send this one later. Your text is still here."
                ),
            )
            return self.again(form, status=429)
        return None

    def save(self, form: FeedbackForm) -> str:
        told = {name: form.cleaned_data[name] for name in ("message", "page", "email")}
        actions.receive(city=self.request.city, language=get_language() or "fi", by=self.request.user, **told)
        return self.thanks()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(due_on=due_day(), days=ANSWERED_WITHIN.days, **kwargs)


class Thanks(PublicView, Rows):
    """What happens next."""

    permission = "pulse.send"
    template_name = "pulse/thanks.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(heading=_("Thank you for the feedback"), due_on=due_day())
        return self.render_to_response(context)
