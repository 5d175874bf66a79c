from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.text import capfirst
from django.views.generic.base import TemplateResponseMixin

from talkoot.kit.access.views import GuardedView
from talkoot.kit.audit import log
from talkoot.kit.crud import export

if TYPE_CHECKING:
    from collections.abc import Iterable

    import django_filters
    from django.core.paginator import Page as PaginatorPage
    from django.db import models
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request
    from talkoot.kit.crud.table import Table


class Page(TemplateResponseMixin, GuardedView):
    """A page that is only read."""

    request: Request

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data())


class Rows(Page):
    """Rows of `model` that the reader may see, within the city where the model has one."""

    model: ClassVar[type[models.Model]]

    def get_queryset(self) -> models.QuerySet[Any]:
        """Visible rows; narrow further in a subclass, never widen."""
        rows = self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        return self.in_city(rows)

    def in_city(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Rows of the city in the address; a model without `city` is shared by all."""
        has_city = any(field.name == "city" for field in self.model._meta.get_fields())
        return rows.filter(city=self.request.city) if has_city and self.request.city else rows


MANY = 500
"""From so many rows on, the order is found from keys alone and only the rows of one page are read whole."""


class Pages(Paginator[Any]):
    """Pages of a list that stay quick when the list is long: a database sorts keys faster than whole rows."""

    def page(self, number: Any) -> PaginatorPage[Any]:
        found = super().page(number)
        if self.count > MANY:
            rows: Any = self.object_list
            first = found.start_index() - 1
            keys = rows.values_list("pk", flat=True)[first : first + self.per_page]
            found.object_list = rows.filter(pk__in=list(keys))
        return found


class ListPage(Rows):
    """Filter, sort, search, page, export: `table_class` and, if wanted, `filterset_class`."""

    template_name = "crud/list.html"
    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[django_filters.FilterSet] | None] = None
    per_page: ClassVar[int] = 20
    export_name: ClassVar[str] = ""

    @cached_property
    def filterset(self) -> django_filters.FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(
            self.request.GET or None, queryset=self.get_queryset(), request=self.request
        )

    def get_rows(self) -> models.QuerySet[Any]:
        """What the filter leaves, in the order asked for."""
        rows = self.filterset.qs if self.filterset else self.get_queryset()
        return rows.order_by(*self.table_class.ordering(self.request.GET))

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        """The rows with what the table shows beside them, read once for all of them."""
        return rows

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("format", "")
        if kind in export.TYPES and self.export_name:
            return self.download(kind)
        answer = self.render_to_response(self.get_context_data())
        patch_vary_headers(answer, ("HX-Request",))
        return answer

    def download(self, kind: str) -> HttpResponseBase:
        """Every row that the filter leaves; back to the list with a sentence when they are too many for a workbook."""
        found, limit = self.get_rows(), export.LIMITS.get(kind)
        if limit is not None and found.count() > limit:
            messages.warning(self.request, export.too_many(limit))
            query = self.request.GET.copy()
            del query["format"]
            return HttpResponseRedirect(f"{self.request.path}?{query.urlencode()}")
        rows = export.in_parts(found.iterator(chunk_size=export.TOGETHER), self.dress)
        return export.response(self.table_class.columns, rows, self.export_name, kind)

    def get_template_names(self) -> list[str]:
        """The list alone when htmx asks for it."""
        names = super().get_template_names()
        return [f"{name}#results" for name in names] if self.request.htmx else names

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page()
        return super().get_context_data(
            table=self.table_class(self.dress(page.object_list), self.request.GET),
            page=page,
            filterset=self.filterset,
            **self.exports(page.paginator.count),
            heading=capfirst(self.model._meta.verbose_name_plural),
            **kwargs,
        )

    def exports(self, count: int) -> dict[str, Any]:
        """The files that a list of so many rows can be taken along as, and why one is missing."""
        if not self.export_name:
            return {"exports": []}
        kinds = [kind for kind in export.TYPES if count <= export.LIMITS.get(kind, count)]
        short = export.too_many(export.LIMITS["xlsx"]) if "xlsx" not in kinds else ""
        return {"exports": kinds, "export_short": short}

    def page(self) -> PaginatorPage[Any]:
        """The page asked for; a number beyond the last is the last."""
        return Pages(self.get_rows(), self.per_page).get_page(self.request.GET.get("page"))


class ObjectMixin(Rows):
    """One row, found among the visible ones; the permission is asked about it."""

    lookup: ClassVar[str] = "pk"

    @cached_property
    def object(self) -> Any:
        found, city = self.found(), self.request.city
        if city is not None and getattr(found, "city_id", None) == city.pk:
            found.city = city
        return found

    def found(self) -> Any:
        """The row in the address; raises Http404 where the reader may see none."""
        try:
            return get_object_or_404(self.get_queryset(), **{self.lookup: self.kwargs[self.lookup]})
        except ValueError as error:
            raise Http404 from error

    def permission_object(self) -> Any:
        return self.object

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(object=self.object, heading=str(self.object), **kwargs)


class DetailPage(ObjectMixin):
    """One object with its steps and, in the workspace, its timeline."""

    template_name = "crud/detail.html"
    shows_timeline: ClassVar[bool] = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.shows_timeline:
            kwargs["timeline"] = log.timeline(self.object)[:50]
        if hasattr(self.object, "next_states"):
            kwargs["next_states"] = self.object.next_states(self.request.user)
        return super().get_context_data(**kwargs)
