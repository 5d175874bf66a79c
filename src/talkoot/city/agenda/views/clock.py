from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic.base import TemplateResponseMixin

from talkoot.city.agenda import actions
from talkoot.city.agenda import clock as annual
from talkoot.city.agenda.models import CalendarFeed
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import charts, clock
from talkoot.kit.access.views import GuardedView
from talkoot.kit.calendar import answer, feed
from talkoot.kit.crud.views import FormPage
from talkoot.kit.crud.views.changes import StepForm
from talkoot.kit.plate import Verb

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse, HttpResponseBase

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import Request
    from talkoot.kit.calendar import Entry

VERBS = {verb: place for place, verb in enumerate(get_args(Verb), 1)}
YEARS = range(2020, 2101)


def chart_of(city: Municipality, year: int) -> charts.Clock:
    """The annual clock of a city as the chart draws it."""
    today = clock.today()
    return charts.Clock(
        caption=_("Annual clock %(year)s") % {"year": year},
        note=_("From the outer ring inwards: listen, choose, act, show."),
        year=year,
        entries=[_drawn(entry) for entry in annual.entries(city, year)],
        today=today if today.year == year else None,
    )


def _drawn(entry: Entry) -> charts.Entry:
    place: Any = VERBS[entry.verb or "act"]
    end = entry.end or entry.start
    last = end.date() if hasattr(end, "date") else end
    return charts.Entry(entry.title, place, entry.day, last, entry.url)


class AnnualClock(TemplateResponseMixin, WorkspaceView):
    """The year as a ring, with the list beside it."""

    request: Any
    permission = "agenda.see"
    template_name = "agenda/clock.html"

    def get(self, request: Request, **_kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("vuosi", "") or str(clock.today().year)
        if not wanted.isdigit() or int(wanted) not in YEARS:
            raise Http404
        year = int(wanted)
        context = self.get_context_data(
            heading=_("Annual clock"),
            chart=chart_of(request.city, year),
            year=year,
            before=year - 1,
            after=year + 1,
        )
        return self.render_to_response(context)


class MyFeed(WorkspaceView, FormPage):
    """The address of one's own calendar, and a new one when the old has leaked."""

    request: Any
    model = CalendarFeed
    permission = "agenda.see"
    template_name = "agenda/feed.html"
    form_class = StepForm
    heading = gettext_lazy("Your tasks in your calendar")
    submit_label = gettext_lazy("Make a new address")
    saved_notice = gettext_lazy("New address made. The old one no longer works.")

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form = StepForm(data)
        del form.fields["reason"]
        return form

    def save(self, form: Any) -> str:
        actions.renew_feed(self.request.user)
        return reverse("agenda:feed", kwargs={"city": self.request.city.slug})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = CalendarFeed.objects.filter(user=self.request.user.pk).first()
        url = f"{settings.TALKOOT_ORIGIN}{reverse('task_feed', kwargs={'token': own.token})}" if own else ""
        label = self.submit_label if own else _("Make an address")
        return super().get_context_data(feed_url=url, **kwargs) | {"submit_label": label}


class TaskFeed(GuardedView):
    """A person's open tasks for the calendar that holds the secret address."""

    permission = "agenda.feed"
    public = True

    def get(self, request: Request, token: str) -> HttpResponseBase:
        own = CalendarFeed.objects.all().by_token(token)  # type: ignore[attr-defined]  # our queryset
        if own is None:
            raise Http404
        with override(own.user.language):
            content = feed(annual.tasks_of(own.user), _("Talkoot: my tasks"), own.user.language)
        return answer(request, content, "talkoot")
