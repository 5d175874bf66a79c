"""The register of companies and other bodies, in the workspace of one city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.organisations.filters import OrganisationFilter
from talkoot.city.organisations.forms import OrganisationForm
from talkoot.city.organisations.imports import companies, comparing, plain, population
from talkoot.city.organisations.models import Establishment, Organisation, PopulationTotal
from talkoot.city.organisations.tables import OrganisationTable
from talkoot.kit.crud.views import CreatePage, DetailPage, EditPage, ListPage
from talkoot.kit.exchange.pages import ImportPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

    from talkoot.kit.exchange import Record, Sheet, Standing

_SEE, _EDIT = "organisations.see_register", "organisations.edit_register"


class _OfCity(WorkspaceView):
    """Organisations of the city in the address; the permission is asked about the city."""

    model: ClassVar[type[Model]] = Organisation
    request: Any

    def get_queryset(self) -> QuerySet[Organisation]:
        places = Establishment.objects.filter(city=self.request.city).prefetch_related("city")
        here = places.order_by("organisation_id", "pk")
        city, user = self.request.city, self.request.user
        rows: QuerySet[Organisation] = Organisation.objects.seen_in(city, user)  # type: ignore[attr-defined]  # our queryset
        return rows.prefetch_related(Prefetch("establishments", here, to_attr="here"))

    def permission_object(self) -> object:
        if "pk" in self.kwargs:
            _found = self.object  # type: ignore[attr-defined]  # 404 before 403
        return self.request.city


class OrganisationList(_OfCity, ListPage):
    permission = _SEE
    template_name = "organisations/list.html"
    table_class = OrganisationTable
    filterset_class = OrganisationFilter
    export_name = "yritykset"

    def get_rows(self) -> QuerySet[Organisation]:
        rows = super().get_rows()
        return rows if self.request.GET.get("active") else rows.filter(ceased_on=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.request.city)
        return super().get_context_data(may_edit=may, **kwargs) | {"heading": _("Companies")}


class OrganisationDetail(_OfCity, DetailPage):
    permission = _SEE
    template_name = "organisations/detail.html"
    shows_timeline = True

    def get_queryset(self) -> QuerySet[Organisation]:
        return super().get_queryset().select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.request.city)
        company = self.object
        return super().get_context_data(
            may_edit=may,
            places=company.establishments.select_related("city"),
            people=company.memberships.select_related("user"),
            invitations=company.invitations.waiting() if may else [],
            **kwargs,
        )


class OrganisationCreate(_OfCity, CreatePage):
    permission = _EDIT
    form_class = OrganisationForm
    heading = _("Add a company")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        super().save(form)
        return reverse(
            "organisations:detail", kwargs={"city": self.request.city.slug, "pk": form.instance.pk}
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("organisations:list", kwargs={"city": self.request.city.slug})
        return super().get_context_data(cancel_url=url, **kwargs)


class OrganisationEdit(_OfCity, EditPage):
    permission = _EDIT
    form_class = OrganisationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        super().save(form)
        return self._address()

    def _address(self) -> str:
        return reverse("organisations:detail", kwargs={"city": self.request.city.slug, "pk": self.object.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self._address(), **kwargs)


class CompanyImport(_OfCity, ImportPage):
    permission = _EDIT
    template_name = "organisations/import.html"
    heading = _("Import companies")

    @property
    def sheet(self) -> Sheet:  # type: ignore[override]  # of the city in the address
        return plain.sheet(self.request.city)

    def compare(self, records: Sequence[Record]) -> list[Standing]:
        return comparing.compare(records)

    def take_in(self, records: list[Record]) -> str:
        source = self.pending.name if self.pending else plain.SOURCE
        companies.commit(map(plain.company, records), by=self.request.user, source=source)
        return reverse("organisations:list", kwargs={"city": self.request.city.slug})


class PopulationImport(WorkspaceView, ImportPage):
    model = PopulationTotal
    permission = _EDIT
    heading = _("Import numbers of companies")

    @property
    def sheet(self) -> Sheet:  # type: ignore[override]  # of the city in the address
        return population.sheet(self.request.city)

    def compare(self, records: Sequence[Record]) -> list[Standing]:
        return population.compare(records)

    def take_in(self, records: list[Record]) -> str:
        population.commit(records, by=self.request.user)
        return reverse("organisations:list", kwargs={"city": self.request.city.slug})
