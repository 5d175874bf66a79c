"""A page with a form that states weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.kit.crud.views import FormPage

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


class WeighingPage(FormPage):
    """A button of its own says whether the weights hold together; it saves nothing."""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if "check" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form(request.POST)
        form.keep_only_weights()
        return self.render_to_response(self.get_context_data(form=form))
