"""What the overview of a city's workspace shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.selection.models import Run
from talkoot.city.agenda.models import Task
from talkoot.city.roadmap.models import Indicator, Value
from talkoot.kit import charts, clock, typography
from talkoot.kit.ui.navigation import VERBS
from talkoot.listen.pulse.models import Heard
from talkoot.listen.surveys.models import Round

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.plate import Verb

SHOWN = 8


@dataclass(frozen=True)
class VerbPanel:
    """One verb with up to three facts: (label, text)."""

    number: int
    label: _StrPromise
    lead: _StrPromise
    url: str
    facts: list[tuple[str, str]]

    @property
    def icon(self) -> str:
        return f"v{self.number}"


class OverviewPage:
    def __init__(self, city: Municipality, user: AnyUser) -> None:
        self.city, self.user = city, user

    @cached_property
    def mine(self) -> QuerySet[Task]:
        """Open tasks of this person and of the person's units."""
        tasks = Task.objects.visible_to(self.user).filter(city=self.city, state=Task.State.OPEN)  # type: ignore[attr-defined]  # our queryset
        units = self.user.memberships.exclude(unit=None).values("unit")
        own = tasks.filter(Q(owner=self.user) | Q(owner=None, unit__in=units))
        shown = own.only("title", "due", "verb", "state", "city", "unit__name", "owner__name", "owner__email")
        found: QuerySet[Task] = shown.select_related("unit", "owner").order_by("due", "pk")
        return found

    @cached_property
    def this_week(self) -> list[Task]:
        """Late tasks, and those due within seven days."""
        return self._shown(self.mine.filter(due__lte=clock.today() + dt.timedelta(days=7))[:SHOWN])

    @cached_property
    def later(self) -> list[Task]:
        return self._shown(self.mine.filter(due__gt=clock.today() + dt.timedelta(days=7))[: SHOWN - 3])

    def _shown(self, tasks: QuerySet[Task]) -> list[Task]:
        found = list(tasks)
        for task in found:
            task.city = self.city
        return found

    @property
    def late_count(self) -> int:
        return sum(task.is_late for task in self.this_week)

    @cached_property
    def model(self) -> OperatingModel | None:
        now = OperatingModel.objects.in_force().filter(city=self.city)  # type: ignore[attr-defined]  # our queryset
        found: OperatingModel | None = now.only("starts_on").sole()
        return found

    @cached_property
    def reading(self) -> Reading | None:
        return Reading(self.model, briefly=True) if self.model else None

    @property
    def ring(self) -> charts.Clock | None:
        """The annual clock with this week's hand, for a narrow panel."""
        return replace(self.reading.ring, today=clock.today(), narrow=True) if self.reading else None

    @cached_property
    def waiting(self) -> OperatingModel | None:
        """A proposed version that waits for this person's approval."""
        if not self.user.has_perm("operating_model.approve", self.city):
            return None
        proposed = OperatingModel.objects.filter(city=self.city, state=OperatingModel.State.PROPOSED)
        return proposed.exclude(prepared_by=self.user).only("number").first()

    @property
    def panels(self) -> list[VerbPanel]:
        facts = {"listen": self._listen(), "choose": self._choose(), "act": self._act(), "show": self._show()}
        pages = {
            "listen": "surveys:workspace_list",
            "choose": "selection:list",
            "act": "agenda:list",
            "show": "roadmap:workspace",
        }
        return [self._panel(n, verb, facts[verb], pages[verb]) for n, verb in enumerate(VERBS, 1)]

    def _panel(self, number: int, verb: Verb, facts: list[tuple[str, str]], page: str) -> VerbPanel:
        label, lead = VERBS[verb]
        return VerbPanel(number, label, lead, reverse(page, kwargs={"city": self.city.slug}), facts)

    def _listen(self) -> list[tuple[str, str]]:
        latest = Round.objects.visible_to(self.user).in_city(self.city).only("name").first()  # type: ignore[attr-defined]  # our queryset
        answers = typography.number(latest.responses.count()) if latest else _("No survey yet")
        waiting = Heard.objects.waiting().filter(city=self.city)  # type: ignore[attr-defined]  # our queryset
        return [
            (str(latest) if latest else _("Survey"), answers),
            (_("Messages waiting for an answer"), typography.number(waiting.count())),
        ]

    def _choose(self) -> list[tuple[str, str]]:
        run = Run.objects.filter(city=self.city, state=Run.State.DONE).values_list("name", flat=True).first()
        pilots = Pilot.objects.filter(city=self.city)
        return [
            (_("Methods in the library"), typography.number(Method.objects.published().count())),  # type: ignore[attr-defined]  # our queryset
            (_("Pilots"), typography.number(pilots.count())),
            (_("Latest selection"), run or _("Not made yet")),
        ]

    def _act(self) -> list[tuple[str, str]]:
        if self.reading is None:
            return [(_("Operating model"), _("Not in force yet"))]
        return [
            (_("Methods in the model"), typography.number(len(self.reading.items))),
            (_("Working time"), typography.person_days(self.reading.days)),
        ]

    def _show(self) -> list[tuple[str, str]]:
        indicators = Indicator.objects.filter(roadmap__city=self.city)
        with_value = Count("pk", filter=Exists(Value.objects.filter(indicator=OuterRef("pk"))))
        found = indicators.aggregate(all=Count("pk"), with_value=with_value)
        return [
            (_("Indicators of the roadmap"), typography.number(found["all"])),
            (_("With a value"), typography.number(found["with_value"])),
        ]
