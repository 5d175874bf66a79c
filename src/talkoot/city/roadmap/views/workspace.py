from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.roadmap.forms import GoalForm, IndicatorForm, RoadmapForm, ThemeForm, ValueForm
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value
from talkoot.city.roadmap.path import newest, path_of
from talkoot.city.roadmap.tables import RoadmapTable
from talkoot.kit.audit import log
from talkoot.kit.crud.views import CreatePage, DeletePage, DetailPage, EditPage, FormPage, ListPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

_SEE, _EDIT = "roadmap.work", "roadmap.edit"


class RoadmapList(WorkspaceView, ListPage):
    model = Roadmap
    permission = _SEE
    template_name = "roadmap/list.html"
    table_class = RoadmapTable
    export_name = "tiekartat"

    def get_queryset(self) -> QuerySet[Roadmap]:
        counts = {
            f"{name}_count": Count(f"{name}s", distinct=True) for name in ("theme", "goal", "indicator")
        }
        rows: QuerySet[Roadmap] = super().get_queryset().select_related("city")
        return rows.annotate(**counts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.request.city)
        return super().get_context_data(may_edit=may, **kwargs)


class RoadmapDetail(WorkspaceView, DetailPage):
    model = Roadmap
    permission = _SEE
    template_name = "roadmap/detail.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        indicators = self.object.indicators.prefetch_related("values").select_related("goal")
        rows = [(one, path_of(one, newest(one.values.all())).latest) for one in indicators]
        return super().get_context_data(
            may_edit=self.request.user.has_perm(_EDIT, self.object),
            themes=self.object.themes.all(),
            goals=self.object.goals.select_related("theme"),
            indicators=rows,
            **kwargs,
        )


class RoadmapCreate(WorkspaceView, CreatePage):
    model = Roadmap
    permission = _EDIT
    form_class = RoadmapForm
    heading = _("Add a roadmap")


class RoadmapEdit(WorkspaceView, EditPage):
    model = Roadmap
    permission = _EDIT
    form_class = RoadmapForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"cancel_url": self.object.get_absolute_url(), "delete_url": _delete_url("delete", self.object)}
        return super().get_context_data(**own, **kwargs)


def _delete_url(name: str, obj: Any) -> str:
    return reverse(f"roadmap:{name}", kwargs={"city": obj.city.slug, "pk": obj.pk})


class RoadmapDelete(WorkspaceView, DeletePage):
    """An empty roadmap only: its parts are deleted one by one, so that nothing goes unseen."""

    model = Roadmap
    permission = _EDIT
    heading = _("Delete the roadmap")
    protected = True

    def after(self) -> str:
        return reverse("roadmap:workspace", kwargs={"city": self.request.city.slug})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.object.get_absolute_url()
        return super().get_context_data(cancel_url=url, **kwargs) | {"heading": self.heading}


class _PartCreate(WorkspaceView, FormPage):
    """A part of a roadmap that is in the address."""

    permission = _EDIT
    form_class: ClassVar[Any]
    makes_new = True

    @cached_property
    def roadmap(self) -> Roadmap:
        rows = Roadmap.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        found: Roadmap = get_object_or_404(rows, city=self.request.city, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> object:
        return self.roadmap

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.model(roadmap=self.roadmap)}

    def save(self, form: Any) -> Roadmap:
        with log.recording(form.instance, by=self.request.user, verb="created"):
            form.save()
        return self.roadmap

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.roadmap.get_absolute_url(), **kwargs)


class ThemeCreate(_PartCreate):
    model = Theme
    form_class = ThemeForm
    heading = _("Add a theme")


class GoalCreate(_PartCreate):
    model = Goal
    form_class = GoalForm
    heading = _("Add a goal")


class IndicatorCreate(_PartCreate):
    model = Indicator
    form_class = IndicatorForm
    heading = _("Add an indicator")


class _PartEdit(WorkspaceView, EditPage):
    permission = _EDIT

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(roadmap__city=self.request.city).select_related("roadmap__city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = f"{self.model._meta.model_name}_delete"
        own = {"cancel_url": self.object.get_absolute_url(), "delete_url": _delete_url(name, self.object)}
        return super().get_context_data(**own, **kwargs)


class ThemeEdit(_PartEdit):
    model = Theme
    form_class = ThemeForm


class GoalEdit(_PartEdit):
    model = Goal
    form_class = GoalForm


class IndicatorEdit(_PartEdit):
    model = Indicator
    form_class = IndicatorForm


class _PartDelete(WorkspaceView, DeletePage):
    """A part that nothing uses any more; what it held back is said with its number."""

    permission = _EDIT
    protected = True

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(roadmap__city=self.request.city).select_related("roadmap__city")

    def after(self) -> str:
        return str(self.object.roadmap.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.object.get_absolute_url()
        return super().get_context_data(cancel_url=url, **kwargs) | {"heading": self.heading}


class ThemeDelete(_PartDelete):
    model = Theme
    heading = _("Delete the theme")


class GoalDelete(_PartDelete):
    model = Goal
    heading = _("Delete the goal")


class IndicatorDelete(_PartDelete):
    model = Indicator
    heading = _("Delete the indicator")


class IndicatorDetail(WorkspaceView, DetailPage):
    """An indicator with every figure that it has had."""

    model = Indicator
    permission = _SEE
    template_name = "roadmap/indicator.html"
    shows_timeline = True

    def get_queryset(self) -> QuerySet[Indicator]:
        return (
            super()
            .get_queryset()
            .filter(roadmap__city=self.request.city)
            .select_related("roadmap__city", "goal")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = list(self.object.values.order_by("-year", "-published_on", "-pk"))
        current = {value.pk for value in newest(values)}
        return super().get_context_data(
            may_edit=self.request.user.has_perm(_EDIT, self.object),
            values=[(value, value.pk in current) for value in values],
            **kwargs,
        )


class ValueCreate(WorkspaceView, FormPage):
    model = Value
    permission = _EDIT
    form_class = ValueForm
    heading = _("Add a figure")
    makes_new = True

    @cached_property
    def indicator(self) -> Indicator:
        rows = Indicator.objects.visible_to(self.request.user).select_related("roadmap__city")  # type: ignore[attr-defined]  # our queryset
        found: Indicator = get_object_or_404(rows, roadmap__city=self.request.city, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> object:
        return self.indicator

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": Value(indicator=self.indicator)}

    def save(self, form: ValueForm) -> Indicator:
        with log.recording(form.instance, by=self.request.user, verb="created"):
            form.save()
        return self.indicator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.indicator.get_absolute_url(), **kwargs)


class ValueDelete(WorkspaceView, DeletePage):
    """A figure typed by mistake. A figure that its source has corrected is not deleted: the new one is added."""

    model = Value
    permission = _EDIT
    heading = _("Delete the figure")

    def get_queryset(self) -> QuerySet[Value]:
        rows: QuerySet[Value] = super().get_queryset().select_related("indicator__roadmap__city")
        return rows.filter(indicator__roadmap__city=self.request.city)

    def after(self) -> str:
        return self.object.indicator.get_absolute_url()  # type: ignore[no-any-return]  # of a Value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.after(), **kwargs) | {"heading": self.heading}
