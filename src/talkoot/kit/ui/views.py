"""The stylesheet of a city and the gallery of components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.views.generic.base import TemplateResponseMixin, View

from talkoot.kit.access.views import GuardedView
from talkoot.kit.ui import showcase
from talkoot.kit.ui.theme import theme_response

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request


class Theme(GuardedView):
    """A city's colours, the same for all readers, so the person is not even looked at."""

    public = True
    permission = "ui.see_look"

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # our request is narrower
        return View.dispatch(self, request, *args, **kwargs)

    def get(self, request: Request, city: str) -> HttpResponseBase:
        return theme_response(request, request.city)


class Gallery(TemplateResponseMixin, GuardedView):  # type: ignore[misc]  # our request is narrower
    """Every component in every state; there while developing and in the demo. ``?scheme=dark`` forces a scheme."""

    public = True
    permission = "ui.see_look"
    layout = "ui/workspace.html"
    template_name = "ui/gallery.html"

    def enter(self) -> None:
        if not (settings.DEBUG or settings.TALKOOT_DEMO):
            raise Http404

    def get(self, request: Request) -> HttpResponse:
        wanted = request.GET.get("scheme", "")
        scheme = wanted if wanted in {"light", "dark"} else ""
        return self.render_to_response(self.get_context_data(scheme=scheme, **showcase.context()))
