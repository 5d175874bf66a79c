"""What we heard, what we did: the page of a city that all may read, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import ListPage
from talkoot.kit.crud.views.reading import Rows
from talkoot.kit.ui import translated
from talkoot.kit.ui.translated import columns
from talkoot.listen.pulse import counting
from talkoot.listen.pulse.filters import ToldFilter
from talkoot.listen.pulse.models import Outcome, Theme
from talkoot.listen.pulse.tables import BRIEFLY, ToldTable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request

IN_FEED = 50
LANGUAGES = ("fi", "sv", "en")
PLAIN = ("id", "theme", "done_on", "example")
TEXTS = ("said", "done")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class _Told(PublicView, Rows):
    """Only what is published, also for those who may see more elsewhere."""

    permission = "pulse.read"
    model = Outcome

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.in_city(Outcome.objects.published())  # type: ignore[attr-defined]  # our queryset
        return rows.prefetch_related(BRIEFLY).order_by("-done_on", "-pk")

    def address(self, name: str) -> str:
        return reverse(f"pulse:{name}", kwargs={"city": self.request.city.slug})

    def title(self) -> str:
        return _("What we heard, what we did: {city}").format(city=self.request.city.name)


class ToldPage(_Told, ListPage):
    table_class = ToldTable
    filterset_class = ToldFilter
    template_name = "pulse/told.html"
    export_name = "kuultua"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        themes = {value: str(label) for value, label in Theme.choices}
        return context | {
            "rows": [(row, themes[row.theme]) for row in context["page"].object_list],
            "heading": _("What we heard, what we did"),
            "kept": counting.promise_kept(self.request.city),
            "feed_url": self.address("told_feed"),
            "json_url": self.address("told_json"),
        }


class ToldJson(_Told):
    """Every entry in every language in which it has been written."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = list(self.get_queryset().prefetch_related(None).values(*PLAIN, *columns(*TEXTS)))
        codes = self.codes()
        body = {
            "city": request.city.code,
            "licence": LICENCE,
            "example": any(row["example"] for row in rows),
            "entries": [_plain(row, codes.get(row["id"], [])) for row in rows],
        }
        return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})

    def codes(self) -> dict[int, list[str]]:
        """Codes of the methods of each entry, read at once."""
        found: dict[int, list[str]] = {}
        tags = Outcome.methods.through.objects.filter(outcome__city=self.request.city)
        for outcome, code in tags.order_by("method__code").values_list("outcome", "method__code"):
            found.setdefault(outcome, []).append(code)
        return found


def _plain(row: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    texts = {
        name: {code: row[f"{name}_{code}"] for code in LANGUAGES if row[f"{name}_{code}"]} for name in TEXTS
    }
    plain = {name: row[name] for name in PLAIN} | {"methods": codes, "done_on": row["done_on"].isoformat()}
    return plain | texts


class ToldFeed(_Told):
    """The newest entries as an Atom feed, in the reader's language."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        page = request.build_absolute_uri(self.address("told"))
        feed = Atom1Feed(
            self.title(),
            page,
            None,
            language=get_language(),
            feed_url=request.build_absolute_uri(request.path),
        )
        for row in self.get_queryset()[:IN_FEED]:
            feed.add_item(
                title=_marked(row, translated.said(row, "said").text),
                link=f"{page}#t{row.pk}",
                description=translated.said(row, "done").text,
                unique_id=f"{page}#t{row.pk}",
                pubdate=row.published_at,
                updateddate=row.published_at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _marked(row: Outcome, text: str) -> str:
    return f"{text} ({_('example')})" if row.example else text
