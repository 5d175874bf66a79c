from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.methods import words
from talkoot.choose.methods.fields import coded
from talkoot.choose.methods.forms import EffortForm, ScoreForm
from talkoot.choose.methods.models import CityEffort, CityScore, Criterion, Method
from talkoot.choose.methods.tables import CityMethodTable, workspace_url
from talkoot.choose.methods.views import shown
from talkoot.choose.methods.views.public import Library, MethodPage
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.audit import log
from talkoot.kit.crud.views import DeletePage, EditPage, Rows
from talkoot.kit.prepared import Prepared
from talkoot.kit.ui import translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from talkoot.kit.crud.forms import VersionedForm
    from talkoot.kit.prepared import Asked


class CityLibrary(WorkspaceView, Library):
    """The library beside what the city itself says of effort and benefit."""

    public = False
    permission = "methods.see"
    table_class = CityMethodTable

    def get_queryset(self) -> QuerySet[Any]:
        city = self.request.city
        efforts = Count("city_efforts", filter=Q(city_efforts__city=city), distinct=True)
        scores = Count("city_scores", filter=Q(city_scores__city=city), distinct=True)
        rows: QuerySet[Any] = super().get_queryset().annotate(own_count=efforts + scores)
        return rows

    def dress(self, rows: Iterable[Any]) -> list[Any]:
        city = self.request.city
        return shown.dress_list(rows, city, lambda method: workspace_url(method, city.slug))


@Prepared
def _efforts(city: Asked, method: Asked) -> QuerySet[CityEffort]:
    return CityEffort.objects.filter(city=city, method=method).order_by()


@Prepared
def _scores(city: Asked, method: Asked) -> QuerySet[CityScore]:
    return CityScore.objects.filter(city=city, method=method).order_by("criterion")


class CityMethodPage(WorkspaceView, MethodPage):
    """A method with the city's own judgements and the state of each translation."""

    public = False
    permission = "methods.see"
    template_name = "methods/workspace_detail.html"

    def permission_object(self) -> object:
        return self.request.city

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        method, city = self.object, self.request.city
        efforts = _efforts(city=city.pk, method=method.pk)
        scores = _scores(city=city.pk, method=method.pk)
        events = [log.timeline(row) for row in (*efforts, *scores)]
        return super().get_context_data(
            own_effort=next(iter(efforts), None),
            may_judge=self.request.user.has_perm("methods.judge", city),
            translations=words.translations(method) if method.is_described else [],
            timeline=sorted((e for found in events for e in found[:20]), key=lambda e: e.at, reverse=True),
            **kwargs,
        )

    def crumbs(self) -> list[tuple[str, str]]:
        url = reverse("methods:workspace_list", kwargs={"city": self.request.city.slug})
        return [(_("Methods"), url), (translated.html(self.object, "name", note=False), "")]


class OwnRow(WorkspaceView, Rows):
    """The city's own row of a method, found or about to be made."""

    permission = "methods.judge"
    model: ClassVar[type[CityEffort | CityScore]]

    def permission_object(self) -> object:
        return self.request.city

    @cached_property
    def method(self) -> Method:
        methods = Method.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        found: Method = get_object_or_404(methods, code=self.kwargs["code"])
        return found

    def key(self) -> dict[str, Any]:
        """What the row is known by."""
        return {"city": self.request.city, "method": self.method}

    @cached_property
    def object(self) -> Any:
        return self.model.objects.filter(**self.key()).first() or self.model(**self.key())

    def back(self) -> str:
        return workspace_url(self.method, self.request.city.slug)


class JudgementPage(OwnRow, EditPage):
    """States or changes the city's own word; the first statement is a new row."""

    heading_text: ClassVar[Any]

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        instance = self.model.objects.filter(**self.key()).first() or self.model(**self.key())
        return self.form_class(data=data, files=files, instance=instance)

    def refused(self, form: VersionedForm) -> HttpResponse | None:
        return super().refused(form) if self.object.pk else None

    def save(self, form: VersionedForm) -> Any:
        if self.object.pk:
            return super().save(form)
        with log.recording(form.instance, by=self.request.user, verb="created", reason=form.instance.reason):
            return form.save()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cancel_url=self.back(), **kwargs)
        return context | {"heading": self.heading_text, "lead": coded(self.method)}


class EffortPage(JudgementPage):
    model = CityEffort
    form_class = EffortForm
    heading_text = gettext_lazy("The city’s own estimate of the work")


class ScorePage(JudgementPage):
    model = CityScore
    form_class = ScoreForm
    heading_text = gettext_lazy("The city’s own estimate of the benefit")

    def key(self) -> dict[str, Any]:
        if self.kwargs["criterion"] not in Criterion.values:
            raise Http404
        return super().key() | {"criterion": self.kwargs["criterion"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"lead": f"{coded(self.method)} · {Criterion(self.kwargs['criterion']).label}"}


class WithdrawPage(OwnRow, DeletePage):
    """Takes the city's own word back; the library's holds again."""

    heading = gettext_lazy("Withdraw the city’s own estimate")
    submit_label = gettext_lazy("Withdraw")
    saved_notice = gettext_lazy("Withdrawn. The library’s estimate holds again.")

    def permission_object(self) -> object:
        if not self.object.pk:
            raise Http404
        return super().permission_object()

    def after(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.back(), **kwargs)


class WithdrawEffort(WithdrawPage):
    model = CityEffort


class WithdrawScore(WithdrawPage):
    model = CityScore

    def key(self) -> dict[str, Any]:
        return super().key() | {"criterion": self.kwargs["criterion"]}
