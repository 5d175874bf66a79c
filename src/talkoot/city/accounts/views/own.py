"""After signing in, and a person's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin

from talkoot.city.accounts import own_data
from talkoot.city.accounts.forms import OwnDetails
from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.kit.access.views import GuardedView
from talkoot.kit.audit import log
from talkoot.kit.crud.views import FormPage
from talkoot.kit.plate import NextStep, Panel, offers, resolve
from talkoot.kit.ui import panels

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request

SLOT, OWN = "accounts.home", "accounts.me"


def places(request: Request) -> list[dict[str, Any]]:
    """Where this person works: {label, url, sentence} from every room that offers a place."""
    found = (resolve(panel.context)(request, request.user) for panel in offers(Panel) if panel.slot == SLOT)
    return [place for context in found if context for place in context["places"]]


class Home(TemplateResponseMixin, GuardedView):
    """Straight to the one place where a person works, or a choice between several."""

    request: Any
    permission = "accounts.home"
    layout = "ui/bare.html"
    template_name = "accounts/home.html"

    def get(self, request: Any) -> HttpResponseBase:
        with translation.override(request.user.language):
            found = places(request)
        if len(found) == 1:
            return redirect(found[0]["url"])
        return self.render_to_response(self.get_context_data(places=found, heading=_("Where to?")))


class Me(FormPage):
    """Name and language, one's roles in words, and what else belongs to the account."""

    request: Any
    permission = "accounts.home"
    layout = "ui/bare.html"
    template_name = "accounts/me.html"
    model = User
    form_class = OwnDetails
    heading = _("My account")

    def get_form(self, data: Any = None, files: Any = None) -> OwnDetails:
        return OwnDetails(data=data, files=files, instance=User.objects.get(pk=self.request.user.pk))

    def save(self, form: OwnDetails) -> str:
        with log.recording(form.instance, by=self.request.user, verb="edited"):
            user = form.save()
        with translation.override(user.language):
            return reverse("accounts:me")

    def saved(self, form: OwnDetails) -> HttpResponse:
        with translation.override(form.instance.language):
            return super().saved(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            roles=_roles(self.request.user),
            places=places(self.request),
            panels=panels.rendered(OWN, self.request, self.request.user),
            steps=_steps(self.request),
            **kwargs,
        )


def _roles(user: User) -> dict[Any, list[dict[str, Any]]]:
    """{organisation: its roles with what they allow}, each organisation once."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for held in user.memberships.select_related("organisation", "unit").order_by(
        "organisation__name", "role"
    ):
        about = ABOUT[Role(held.role)]
        found.setdefault(held.organisation, []).append({"about": about, "unit": held.unit})
    return found


def _steps(request: Request) -> list[tuple[Any, str]]:
    """(label, address) of what the rooms offer beside the person's data."""
    steps = [(step.label, resolve(step.url)(request)) for step in offers(NextStep) if step.slot == OWN]
    return [(label, url) for label, url in steps if url]


class OwnData(GuardedView):
    """All that the house holds about the reader, as one file."""

    request: Any
    permission = "accounts.home"

    def get(self, request: Any) -> HttpResponse:
        answer = JsonResponse(
            own_data.collect(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        answer["Content-Disposition"] = 'attachment; filename="talkoot.json"'
        return answer
