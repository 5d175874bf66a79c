from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.methods import words
from talkoot.choose.methods.filters import MethodFilter
from talkoot.choose.methods.models import Basis, Method
from talkoot.choose.methods.tables import MethodTable, public_url
from talkoot.choose.methods.views import shown
from talkoot.city.organisations.audiences import PublicView
from talkoot.kit.crud.views import DetailPage, ListPage
from talkoot.kit.prepared import Prepared
from talkoot.kit.ui import panels, translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.paginator import Page as PaginatorPage
    from django.db.models import QuerySet

    from talkoot.kit.prepared import Asked


class Library(PublicView, ListPage):
    """The shared library, without a city in the address."""

    permission = "methods.read"
    model = Method
    template_name = "methods/list.html"
    table_class: ClassVar[type[MethodTable]] = MethodTable
    filterset_class = MethodFilter
    export_name = "keinot"
    per_page = 12

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().published().named()  # type: ignore[attr-defined]  # our queryset
        return rows

    def dress(self, rows: Iterable[Any]) -> list[Any]:
        return shown.dress_list(rows, None, public_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found: int = context["page"].paginator.count
        total = self.get_queryset().count() if self.request.GET else found
        if not total:
            context["table"].empty = self.table_class.empty_library
        return context | {"heading": _("Library of methods"), "total": total}

    def page(self) -> PaginatorPage[Any]:
        """A method has seventy columns, and the list shows a few of them."""
        found = super().page()
        rows: Any = found.object_list
        found.object_list = rows.only(*self.table_class.read)
        return found


@Prepared
def _required(method: Asked) -> QuerySet[Method]:
    rows: QuerySet[Method] = Method.objects.brief().filter(method=method)  # type: ignore[attr-defined]  # our queryset
    return rows


class MethodPage(PublicView, DetailPage):
    """One method: what it is, what it takes, what is known of it, and what other rooms add."""

    permission = "methods.read"
    model = Method
    template_name = "methods/detail.html"
    lookup = "code"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        method, city = self.object, self.request.city
        shown.dress([method], city)
        goals = shown.goal_lines(method, city)
        return super().get_context_data(
            texts=shown.texts(method),
            goals=goals,
            marked=sum(goal.prior.marked for goal in goals),
            sizes=words.sizes(method),
            industries=words.industries(method),
            evidence_basis=[Basis(code).label for code in method.evidence_basis],
            requires=_required(method=method.pk),
            translation_note=words.translation_note(method),
            panels=panels.rendered("methods:detail", self.request, method),
            crumbs=self.crumbs(),
            **kwargs,
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Library of methods"), reverse("methods:list")),
            (translated.html(self.object, "name", note=False), ""),
        ]
