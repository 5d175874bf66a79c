"""Units of a city and their working time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.organisations.forms import UnitForm
from talkoot.city.organisations.models import Unit
from talkoot.city.organisations.tables import UnitTable
from talkoot.kit.crud.views import CreatePage, DeletePage, EditPage, ListPage

if TYPE_CHECKING:
    from django.db.models import QuerySet


class UnitList(WorkspaceView, ListPage):
    model = Unit
    permission = "organisations.work"
    template_name = "organisations/units.html"
    table_class = UnitTable
    export_name = "yksikot"

    def get_queryset(self) -> QuerySet[Unit]:
        rows: QuerySet[Unit] = super().get_queryset().select_related("city")
        return rows.annotate(people=Count("memberships"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm("organisations.edit_units", self.request.city)
        return super().get_context_data(may_edit=may, **kwargs)


def _units_url(city: str) -> str:
    return reverse("organisations:units", kwargs={"city": city})


class UnitCreate(WorkspaceView, CreatePage):
    model = Unit
    permission = "organisations.edit_units"
    form_class = UnitForm
    heading = _("Add a unit")

    def save(self, form: Any) -> str:
        super().save(form)
        return _units_url(self.request.city.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=_units_url(self.request.city.slug), **kwargs)


class UnitEdit(WorkspaceView, EditPage):
    model = Unit
    permission = "organisations.edit_units"
    form_class = UnitForm

    def save(self, form: Any) -> str:
        super().save(form)
        return _units_url(self.request.city.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug = self.request.city.slug
        delete = reverse("organisations:unit_delete", kwargs={"city": slug, "pk": self.object.pk})
        return super().get_context_data(cancel_url=_units_url(slug), delete_url=delete, **kwargs)


class UnitDelete(WorkspaceView, DeletePage):
    """A unit with people, tasks or methods stays until they are moved; old invitations are no bar."""

    model = Unit
    permission = "organisations.edit_units"
    heading = _("Delete the unit")
    protected = True
    not_counted = frozenset({"organisations.Invitation"})

    def after(self) -> str:
        return _units_url(self.request.city.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.after(), **kwargs) | {"heading": self.heading}
