from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from talkoot.choose.methods.models import Method
from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views.reading import Rows
from talkoot.listen.pulse import actions, limits
from talkoot.listen.pulse.models import Check, Tap

if TYPE_CHECKING:
    from talkoot.kit.access.request import Request


@method_decorator(csrf_exempt, name="dispatch")
class TapPage(PublicView, Rows):
    """One tap answers. The question stands on pages that are kept for all visitors, so its form carries no token of a
    visitor and sets no cookie; instead the browser's own word of where the form was sent from must be this house."""

    permission = "pulse.send"
    model = Check

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is counted by looking: back to where the question is asked."""
        check = self.found()
        return HttpResponseRedirect(check.city.get_absolute_url() if check.city else reverse("methods:list"))

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        check = self.found()
        method = self.method(check)
        answer = request.POST.get("vastaus", "")
        if answer not in Tap.Answer.values:
            raise Http404
        if not _from_here(request):
            return HttpResponse(_("The form was sent from another site."), status=403)
        if limits.too_many(request, "taps", limits.TAPS_AT_MOST):
            return HttpResponse(
                _(
                    "Many answers have come from this address within an hour. This one was not counted; answer again in an hour."
                ),
                status=HTTPStatus.TOO_MANY_REQUESTS,
            )
        about = f"{check.pk} {method.pk if method else ''}"
        row = actions.tap(
            check=check, method=method, answer=answer, instead_of=limits.earlier_tap(request, about)
        )
        limits.remember_tap(request, about, row.pk)
        query = f"?keino={method.code}" if method else ""
        return HttpResponseRedirect(reverse("pulse:comment", kwargs={"pk": check.pk}) + query)

    def found(self) -> Check:
        """The question, while it is asked."""
        open_now = Check.objects.filter(pk=self.kwargs["pk"], state=Check.State.OPEN).select_related("city")
        check = open_now.first()
        if check is None:
            raise Http404
        return check

    def method(self, check: Check) -> Method | None:
        """The method of the page, which a question on the pages of methods must name."""
        if check.place != Check.Place.METHOD:
            return None
        published: Any = Method.objects.published()  # type: ignore[attr-defined]  # our queryset
        found: Method | None = published.filter(code=self.request.POST.get("keino", "")).first()
        if found is None:
            raise Http404
        return found


def _from_here(request: Any) -> bool:
    """Browsers say with every form that is posted where it was; what says nothing is not a browser of these years."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    same_host = not origin or urlsplit(origin).netloc == request.get_host()
    return site == "same-origin" and same_host
