from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db.models import Count
from django.utils.translation import gettext_lazy

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.city.organisations.audiences import PublicView
from talkoot.city.organisations.models import Municipality
from talkoot.kit.crud.views import Page
from talkoot.kit.plate import DataRecord, offers
from talkoot.show.public.home import HomePage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class JoinedPage(PublicView, Page):
    """A page that joins what several rooms know."""

    permission = "organisations.see_public"
    heading: ClassVar[str | _StrPromise] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)


class Front(JoinedPage):
    """The shared front door: the cities and the library."""

    template_name = "public/front.html"
    heading = gettext_lazy("Climate work is a shared job.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        models = OperatingModel.objects.in_force().annotate(n=Count("items"))  # type: ignore[attr-defined]  # our queryset
        counts = dict(models.values_list("city_id", "n"))
        cities = [(city, counts.get(city.pk)) for city in Municipality.objects.all()]
        methods = Method.objects.published().count()  # type: ignore[attr-defined]  # our queryset
        return super().get_context_data(cities=cities, method_count=methods, **kwargs)


class Home(JoinedPage):
    """A city's front page."""

    template_name = "public/home.html"
    heading = gettext_lazy("Climate work is a shared job.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(home=HomePage(self.request.city, self.request.user), **kwargs)


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


class Plain(JoinedPage):
    template_name = "public/plain.html"
    heading = gettext_lazy("In plain language")
