from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import PublicView
from talkoot.city.organisations.models import Municipality
from talkoot.kit.crud.views import DetailPage, ObjectMixin, Page
from talkoot.kit.prepared import Prepared
from talkoot.listen.surveys import opendata
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.views.rounds import OfCity, ShowsResults

if TYPE_CHECKING:
    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked


@Prepared
def _published(city: Asked, pk: Asked | None = None) -> Any:
    """What everyone sees, also those who may see more."""
    rows = Round.objects.visible_to(AnonymousUser()).in_city(city).order_by("-closed_on", "-pk")  # type: ignore[attr-defined]  # our queryset
    rows = rows.prefetch_related(Prefetch("cities", Municipality.objects.brief()))  # type: ignore[attr-defined]  # our queryset
    return rows if pk is None else rows.filter(pk=pk)


class _Published(OfCity):
    kwargs: dict[str, Any]

    def found(self) -> Round:
        for survey in _published(city=self.request.city.pk, pk=self.kwargs["pk"]):
            found: Round = survey
            return found
        raise Http404

    def permission_object(self) -> object:
        return self.request.city


class RoundList(PublicView, Page):
    permission = "organisations.see_public"
    template_name = "surveys/public_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rounds = _published(city=self.request.city.pk)
        return super().get_context_data(rounds=rounds, heading=_("What companies have answered"), **kwargs)


class RoundResults(_Published, ShowsResults, PublicView, DetailPage):
    permission = "organisations.see_public"
    template_name = "surveys/public_results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.results_context(), **kwargs)


class _File(_Published, PublicView, ObjectMixin):
    """A download about all cities of the round; nothing in it says which city an answer came from."""

    permission = "organisations.see_public"

    def results(self) -> Results:
        found = Results.objects.filter(round=self.object, city=None).first()
        if found is None or found.content["counts"]["counted"] is None:
            raise Http404
        return found

    def file_name(self) -> str:
        return f"{self.object.code}-simulated" if self.object.simulated else str(self.object.code)


class OpenData(_File):
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        text = opendata.as_csv(self.object, self.results())
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name()}.csv"'
        return answer


class Reproduction(_File):
    """The answers with what calculates the published shares from them again."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = HttpResponse(opendata.as_zip(self.object, self.results()), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name()}.zip"'
        return answer


class Codebook(_File):
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        content = opendata.codebook(self.object, self.results())
        answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name()}-codebook.json"'
        return answer
