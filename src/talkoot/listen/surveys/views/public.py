from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import DetailPage, ObjectMixin
from talkoot.kit.crud.views.reading import Rows
from talkoot.listen.surveys import opendata
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.views.rounds import OfCity, ShowsResults

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request


class _Published(OfCity):
    """In public only published rounds, also to those who may see more."""

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().in_city(rows).filter(state=Round.State.PUBLISHED)

    def permission_object(self) -> object:
        return self.request.city


class RoundList(_Published, PublicView, Rows):
    permission = "organisations.see_public"
    template_name = "surveys/public_list.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.get_queryset().order_by("-closed_on", "-pk")
        context = self.get_context_data(rounds=rows, heading=_("What companies have answered"))
        return self.render_to_response(context)


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


class Codebook(_File):
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        content = opendata.codebook(self.object, self.results())
        answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name()}-codebook.json"'
        return answer
