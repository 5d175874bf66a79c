from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import clock
from talkoot.kit.crud.views import DetailPage, FormPage, ListPage, ObjectMixin
from talkoot.listen.pulse.filters import HeardFilter
from talkoot.listen.pulse.models import Heard
from talkoot.listen.pulse.tables import BRIEFLY, HeardTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

STEPS = {  # state: (page, what its button says)
    Heard.State.ANSWERED: ("answer", gettext_lazy("Answer the message")),
    Heard.State.IN_HAND: ("take", gettext_lazy("Take in hand")),
    Heard.State.HANDED_OVER: ("hand_over", gettext_lazy("Hand over")),
    Heard.State.CLOSED: ("close", gettext_lazy("Close without an answer")),
}


class InCity(WorkspaceView):
    """What this city has heard, and what was said to no city."""

    request: Any
    model: ClassVar[type[models.Model]] = Heard

    def in_city(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(Q(city=self.request.city) | Q(city=None))

    def address(self, name: str, heard: Heard | None = None) -> str:
        kwargs = {"city": self.request.city.slug} | ({"pk": heard.pk} if heard else {})
        return reverse(f"pulse:{name}", kwargs=kwargs)


class HeardList(InCity, ListPage):
    permission = "pulse.see"
    table_class = HeardTable
    filterset_class = HeardFilter
    template_name = "pulse/list.html"
    export_name = "kuultua"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: Any = self.in_city(Heard.objects.visible_to(self.request.user))  # type: ignore[attr-defined]  # our queryset
        near = rows.select_related("owner", "unit", "organisation").prefetch_related(BRIEFLY)
        found: models.QuerySet[Any] = near.urgent_first()
        return found

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for heard in rows:
            heard.url = self.address("detail", heard)
            yield heard

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: Any = self.in_city(Heard.objects.all())
        due = Count("pk", filter=Q(due_on__lt=clock.today()))
        return super().get_context_data(
            **rows.order_by().waiting().aggregate(waiting=Count("pk"), late=due),
            late_url=f"{self.address('list')}?state=late",
            may_note=self.request.user.has_perm("pulse.note", self.request.city),
            **kwargs,
        ) | {"heading": _("What we have heard")}


class HeardDetail(InCity, DetailPage):
    permission = "pulse.see"
    template_name = "pulse/detail.html"
    shows_timeline = True

    def get_queryset(self) -> models.QuerySet[Any]:
        near = ("owner", "unit", "organisation", "answered_by", "sent_by", "outcome")
        return super().get_queryset().select_related(*near)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        heard, user = self.object, self.request.user
        nexts = context["next_states"]
        steps = [
            (self.address(page, heard), label) for state, (page, label) in STEPS.items() if state in nexts
        ]
        may_answer = user.has_perm("pulse.answer", heard)
        return context | {
            "steps": steps,
            "methods": list(heard.methods.brief().order_by("code")),
            "assign_url": self.address("assign", heard) if may_answer else "",
            "tag_url": self.address("tag", heard) if may_answer else "",
            "tell_urls": self.tell_urls(heard),
            "crumbs": [(_("What we have heard"), self.address("list")), (str(heard), None)],
        }

    def tell_urls(self, heard: Heard) -> dict[str, str]:
        """Ways to tell all what was heard and done, for those who may."""
        may = heard.city is not None and self.request.user.has_perm("pulse.publish", heard.city)
        if not may or heard.outcome:
            return {}
        return {"new": self.address("tell", heard), "join": self.address("join", heard)}


class ActPage(InCity, ObjectMixin, FormPage):
    """A form about one message; a subclass does what it says in `act`."""

    permission = "pulse.answer"
    template_name = "pulse/step.html"

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def save(self, form: Any) -> str:
        self.act(form)
        return self.address("detail", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["cancel_url"] = self.address("detail", self.object)
        return super().get_context_data(**kwargs) | {"heading": self.heading}


class StatePage(ActPage):
    """A form that moves a message on; the second one to send it is told so."""

    target: ClassVar[Heard.State]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target not in Heard.TRANSITIONS.get(self.object.state, {}):
            return self.told(self.object, status=200)
        return super().get(request, *args, **kwargs)

    def not_now(self, obj: Heard) -> HttpResponse:
        """Someone was quicker: what was answered, and whether what was typed was sent."""
        return self.told(obj, status=409)

    def told(self, heard: Heard, status: int) -> HttpResponse:
        context = {
            "object": heard,
            "layout": self.layout,
            "heading": _("This message has been answered") if heard.answer else _("Already changed"),
            "back_url": self.address("detail", heard),
            "sent": status == HTTPStatus.CONFLICT,
        }
        return render(self.request, "pulse/not_now.html", context, status=status)
