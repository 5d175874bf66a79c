from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.base import TemplateResponseMixin

from talkoot.kit.access.views import GuardedView
from talkoot.kit.mail import kinds, suppression

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(TemplateResponseMixin, GuardedView):  # type: ignore[misc]  # our request knows more
    """Asks on GET, so that a mail filter that opens links ends nothing; ends on POST, with one click (RFC 8058).

    The signed token is the proof; no cookie is needed, since the POST comes from a mail program too.
    """

    permission = "mail.unsubscribe"
    public = True
    layout = "ui/bare.html"
    template_name = "mail/unsubscribe.html"

    def get(self, request: Request, token: str) -> HttpResponse:
        return self._page(token, done=False)

    def post(self, request: Request, token: str) -> HttpResponse:
        suppression.suppress(*_meant(token))
        return self._page(token, done=True)

    def _page(self, token: str, *, done: bool) -> HttpResponse:
        address, kind = _meant(token)
        heading = _("You have unsubscribed") if done else _("Unsubscribe")
        context = {"address": address, "label": _label(kind), "done": done, "heading": heading}
        return self.render_to_response(self.get_context_data(**context))


def _meant(token: str) -> tuple[str, str]:
    try:
        return suppression.meant_by(token)
    except BadSignature as error:
        raise Http404 from error


def _label(kind: str) -> Any:
    try:
        return kinds.named(kind).label
    except kinds.UnknownKind:
        return kind
