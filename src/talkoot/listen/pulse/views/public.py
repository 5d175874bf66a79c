from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import FormPage
from talkoot.kit.crud.views.reading import Rows
from talkoot.listen.pulse import actions, limits
from talkoot.listen.pulse.forms import CommentForm, ContactForm, FeedbackForm, SuggestionForm
from talkoot.listen.pulse.models import OWN_PATH, Check, Heard
from talkoot.listen.pulse.promises import ANSWERED_WITHIN, contact_day, due_day

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

SALT = "pulse.thanks"
SHOWN_FOR = 3600
"""Seconds for which the page of thanks says who answers and by when."""
TOO_MANY = _(
    "Many messages have come from this address within an hour. Send this one later. Your text is still here."
)


def own_page(text: str) -> str:
    """The address if it is a page of ours, else nothing."""
    try:
        OWN_PATH(text)
    except ValidationError:
        return ""
    return text[:300]


class _FromAnyone(PublicView, FormPage):
    """Something that anyone says without signing in."""

    permission = "pulse.send"
    template_name = "pulse/give.html"
    saved_notice = _("Sent.")

    kind: ClassVar[str]
    page: ClassVar[str]
    """The last part of the route's name, for the links between the forms."""

    @cached_property
    def method(self) -> Method | None:
        """The method that the link named (?keino=M05)."""
        code = self.request.GET.get("keino", "")
        found: Method | None = Method.objects.published().filter(code=code).first() if code else None  # type: ignore[attr-defined]  # our queryset
        return found

    def initial(self) -> dict[str, Any]:
        return {"method": self.method}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"initial": self.initial(), "city": self.request.city}

    def address(self, name: str) -> str:
        return reverse(
            f"pulse:{name}", kwargs={"city": self.request.city.slug} if self.request.city else None
        )

    def refused(self, form: Any) -> HttpResponse | None:
        if form.is_from_a_program:
            return HttpResponseRedirect(self.address("thanks"))
        if limits.too_many(self.request):
            form.add_error(None, TOO_MANY)
            return self.again(form, status=429)
        return None

    def methods(self, form: Any) -> list[Method]:
        found: list[Method] = form.methods()
        return found

    def save(self, form: Any) -> str:
        heard = actions.receive(
            city=self.request.city or form.cleaned_data.get("city"),
            kind=self.kind,
            methods=self.methods(form),
            language=get_language() or "fi",
            by=self.request.user,
            **form.told(),
        )
        return f"{self.address('thanks')}?n={signing.dumps(heard.pk, salt=SALT)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due_on = contact_day() if self.kind == Heard.Kind.CONTACT else due_day()
        return super().get_context_data(
            due_on=due_on, days=ANSWERED_WITHIN.days, kind=self.kind, ways=self.ways(), **kwargs
        )

    def ways(self) -> list[dict[str, Any]]:
        """The other forms, a tap away."""
        return [
            {"label": view.heading, "url": self.address(view.page), "is_here": view.kind == self.kind}
            for view in (Give, Suggest, Contact)
        ]


class Give(_FromAnyone):
    """Feedback about a page or about the cooperation."""

    kind, page = Heard.Kind.FEEDBACK, "feedback"
    form_class = FeedbackForm
    heading = _("Give feedback")
    submit_label = _("Send feedback")
    saved_notice = _("Sent. Thank you for the feedback.")

    def initial(self) -> dict[str, Any]:
        return {"page": own_page(self.request.GET.get("sivu", ""))}


class Suggest(_FromAnyone):
    """A suggestion of a method, or of a change to one."""

    kind, page = Heard.Kind.SUGGESTION, "suggest"
    form_class = SuggestionForm
    heading = _("Make a suggestion")
    submit_label = _("Send the suggestion")


class Contact(_FromAnyone):
    """Someone wants to be contacted, and is told who does it and by when."""

    kind, page = Heard.Kind.CONTACT, "contact"
    form_class = ContactForm
    heading = _("Ask us to contact you")
    submit_label = _("Send the request")


class Comment(_FromAnyone):
    """After a tap: thanks, and a word about why if one likes."""

    kind, page = Heard.Kind.COMMENT, "comment"
    template_name = "pulse/comment.html"
    form_class = CommentForm
    heading = _("Thank you for the answer")
    submit_label = _("Send the comment")

    @cached_property
    def check(self) -> Check:
        found: Check | None = Check.objects.visible_to(self.request.user).filter(pk=self.kwargs["pk"]).first()  # type: ignore[attr-defined]  # our queryset
        if found is None:
            raise Http404
        return found

    def permission_object(self) -> Check:
        return self.check

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.check.city}

    def save(self, form: Any) -> str:
        if self.check.city and not self.request.city:
            form.cleaned_data["city"] = self.check.city
        return super().save(form)

    def methods(self, form: Any) -> list[Method]:
        return [self.method] if self.method else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(check=self.check, method=self.method, back_url=self.back(), **kwargs)

    def back(self) -> str:
        """Where the question was."""
        if self.method:
            return self.method.get_absolute_url()
        return self.check.city.get_absolute_url() if self.check.city else reverse("methods:list")


class Thanks(PublicView, Rows):
    """What happens next, who does it and by when."""

    permission = "pulse.send"
    template_name = "pulse/thanks.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        heard = self.just_sent()
        is_contact = heard is not None and heard.kind == Heard.Kind.CONTACT
        headings = {
            True: _("Thank you, we will contact you"),
            False: _("Thank you for the feedback")
            if heard is None
            else _("Thank you, your message has arrived"),
        }
        due_on = heard.due_on if heard else due_day()
        context = self.get_context_data(
            heading=headings[is_contact], heard=heard, is_contact=is_contact, due_on=due_on
        )
        return self.render_to_response(context)

    def just_sent(self) -> Heard | None:
        """What the sender sent a moment ago: the address holds a signed number that grows old in an hour."""
        try:
            pk = signing.loads(self.request.GET.get("n", ""), salt=SALT, max_age=SHOWN_FOR)
        except signing.BadSignature:
            return None
        return Heard.objects.filter(pk=pk).select_related("owner", "city", "unit").first()
