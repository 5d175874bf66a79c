from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talkoot.choose.operating_model import clock, compare
from talkoot.choose.operating_model.document import as_json
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.choose.operating_model.reading import Reading
from talkoot.city.organisations.audiences import PublicView
from talkoot.city.organisations.models import Municipality
from talkoot.kit import calendar
from talkoot.kit import clock as time
from talkoot.kit.crud.views import Page
from talkoot.kit.prepared import Prepared
from talkoot.kit.ui import panels

if TYPE_CHECKING:
    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked


@Prepared
def _versions(city: Asked) -> Any:
    """What everyone sees, whoever asks."""
    return OperatingModel.objects.visible_to(AnonymousUser()).filter(city=city).order_by("-number")  # type: ignore[attr-defined]  # our queryset


class OneModel(PublicView, Page):
    """The version in the address, or the one in force; a city without one says so."""

    permission = "operating_model.read"

    @cached_property
    def found(self) -> OperatingModel | None:
        number = self.kwargs.get("number")
        for model in self.versions:
            if model.number == number if number is not None else model.state in OperatingModel.NOW:
                return model
        if number is not None:
            raise Http404
        return None

    @cached_property
    def versions(self) -> list[OperatingModel]:
        """All that have been in force, newest first."""
        found: list[OperatingModel] = _versions(city=self.request.city.pk)
        for model in found:
            model.city = self.request.city
        return found

    def needed(self) -> OperatingModel:
        if self.found is None:
            raise Http404
        return self.found


class ModelPage(OneModel):
    template_name = "operating_model/public.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        city = self.request.city
        context = super().get_context_data(**kwargs)
        context["heading"] = _("Operating model of climate cooperation, {city}").format(city=city.name)
        if self.found:
            context |= {
                "object": self.found,
                "reading": Reading(self.found, versions=self.versions),
                "pdf_url": self.pdf_url(self.found),
                "panels": panels.rendered("operating_model:public", self.request, self.found),
            }
        return context

    def pdf_url(self, model: OperatingModel) -> str:
        """The document in the reader's language, once the worker has made it."""
        made = model.pdfs.filter(language=get_language() or "fi").exists()
        return (
            reverse("operating_model:pdf", kwargs={"city": model.city.slug, "number": model.number})
            if made
            else ""
        )


class ModelPdf(OneModel):
    """The document as it was published, in the reader's language."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        pdf = self.needed().pdfs.filter(language=get_language() or "fi").select_related("file").first()
        if pdf is None:
            raise Http404
        return HttpResponseRedirect(pdf.file.get_absolute_url())


class ModelJson(OneModel):
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse(as_json(self.needed()), json_dumps_params={"ensure_ascii": False, "indent": 1})


class ModelCalendar(OneModel):
    """The annual clock of this year and the next as a calendar."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        city, year = request.city, time.today().year
        entries = [entry for each in (year, year + 1) for entry in clock.entries(city, each)]
        name = _("Climate cooperation, {city}").format(city=city.name)
        body = calendar.feed(entries, name, get_language() or "fi")
        return HttpResponse(body, content_type="text/calendar; charset=utf-8")


class Compare(PublicView, Page):
    """All cities side by side: shared and own methods, and the working time they take."""

    permission = "operating_model.read"
    template_name = "operating_model/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cities = list(Municipality.objects.brief())  # type: ignore[attr-defined]  # our queryset
        context = super().get_context_data(comparison=compare.Comparison(cities), **kwargs)
        return context | {
            "heading": _("Operating models side by side"),
            "library_url": reverse("methods:list"),
        }
