from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import Page
from talkoot.kit.plate import DataRecord, NextStep, offers, resolve
from talkoot.show.public.front import FrontPage
from talkoot.show.public.home import HomePage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import Request

HOME = "public:home"


class JoinedPage(PublicView, Page):
    """A page that joins what several rooms know."""

    permission = "organisations.see_public"
    heading: ClassVar[str | _StrPromise] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)


class Front(JoinedPage):
    """The shared front door: the cities, what they have learned and the library."""

    template_name = "public/front.html"
    heading = gettext_lazy("Climate work is a shared job.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(front=FrontPage(), **kwargs)


class Home(JoinedPage):
    """A city's front page."""

    template_name = "public/home.html"
    heading = gettext_lazy("Climate work is a shared job.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [
            (step.label, resolve(step.url)(self.request)) for step in offers(NextStep) if step.slot == HOME
        ]
        steps = [(label, url) for label, url in found if url]
        return super().get_context_data(home=HomePage(self.request.city), next_steps=steps, **kwargs)


class Accessibility(JoinedPage):
    template_name = "public/accessibility.html"
    heading = gettext_lazy("Accessibility statement")


class Privacy(JoinedPage):
    """Made from the privacy records of the models, so that it cannot fall behind them."""

    template_name = "public/privacy.html"
    heading = gettext_lazy("Privacy")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records = [record for record in offers(DataRecord) if record.personal]
        named = [(apps.get_model(r.model)._meta, r) for r in records]
        rows = [
            (meta.verbose_name_plural, [meta.get_field(n).verbose_name for n in r.personal], r)
            for meta, r in named
        ]
        return super().get_context_data(records=sorted(rows, key=lambda row: str(row[0])), **kwargs)


def privacy_address(_request: Request) -> str:
    """For whoever reads their own data."""
    return reverse("public:privacy")


class Plain(JoinedPage):
    template_name = "public/plain.html"
    heading = gettext_lazy("In plain language")
