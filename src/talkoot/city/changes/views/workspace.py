from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from talkoot.city.changes.forms import EffectForm, RoleChangeForm
from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.changes.tables import RoleChangeTable
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.audit import log
from talkoot.kit.crud.views import CreatePage, DeletePage, DetailPage, EditPage, FormPage, ListPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

_SEE, _EDIT = "changes.see", "changes.edit"


class RoleChangeList(WorkspaceView, ListPage):
    model = RoleChange
    permission = _SEE
    template_name = "changes/list.html"
    table_class = RoleChangeTable
    export_name = "roolimuutokset"

    def get_queryset(self) -> QuerySet[RoleChange]:
        rows: QuerySet[RoleChange] = super().get_queryset().select_related("city")
        return rows.annotate(effect_count=Count("effects"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.request.city)
        return super().get_context_data(may_edit=may, **kwargs)


class RoleChangeDetail(WorkspaceView, DetailPage):
    model = RoleChange
    permission = _SEE
    template_name = "changes/detail.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.object)
        return super().get_context_data(
            may_edit=may, effects=self.object.effects.select_related("unit"), **kwargs
        )


class RoleChangeCreate(WorkspaceView, CreatePage):
    model = RoleChange
    permission = _EDIT
    form_class = RoleChangeForm
    heading = _("Add a change")


class RoleChangeEdit(WorkspaceView, EditPage):
    model = RoleChange
    permission = _EDIT
    form_class = RoleChangeForm


class EffectCreate(WorkspaceView, FormPage):
    model = Effect
    permission = _EDIT
    form_class = EffectForm
    heading = _("Add an effect")
    makes_new = True

    @cached_property
    def change(self) -> RoleChange:
        rows = RoleChange.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        found: RoleChange = get_object_or_404(rows, city=self.request.city, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> object:
        return self.change

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city, "instance": Effect(change=self.change)}

    def save(self, form: EffectForm) -> RoleChange:
        with log.recording(form.instance, by=self.request.user, verb="created"):
            form.save()
        return self.change

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.change.get_absolute_url(), **kwargs)


class EffectDelete(WorkspaceView, DeletePage):
    model = Effect
    permission = _EDIT
    heading = _("Remove the effect")
    lookup = "pk"

    def get_queryset(self) -> QuerySet[Effect]:
        if not self.request.city:
            raise Http404
        return super().get_queryset().filter(change__city=self.request.city).select_related("change__city")

    def after(self) -> str:
        return str(self.object.change.get_absolute_url())
