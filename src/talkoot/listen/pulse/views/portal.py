"""What a company has said to its cities, with the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.audiences import PortalView
from talkoot.city.organisations.models import Organisation
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.crud.views import DetailPage, FormPage, ListPage, Rows
from talkoot.listen.pulse import actions
from talkoot.listen.pulse.forms import CompanyForm
from talkoot.listen.pulse.models import Heard, Outcome
from talkoot.listen.pulse.tables import OwnTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models


class _Own(PortalView, Rows):
    permission = "pulse.own"
    model: ClassVar[type[models.Model]] = Heard

    def permission_object(self) -> object:
        return None

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().get_queryset().of_companies(self.request.user)  # type: ignore[attr-defined]  # our queryset
        return rows.select_related("city", "organisation", "owner", "unit")


class OwnList(_Own, ListPage):
    table_class = OwnTable
    template_name = "pulse/own_list.html"
    export_name = "viestit"

    def dress(self, rows: Iterable[Any]) -> Iterable[Any]:
        for heard in rows:
            heard.url = reverse("pulse:own_detail", kwargs={"pk": heard.pk})
            yield heard

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": _("Messages to the city")}


class OwnDetail(_Own, DetailPage):
    """What was said, who answers and by when, the answer, and what all were told."""

    template_name = "pulse/own_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heard = self.object
        told = Outcome.objects.published().filter(pk=heard.outcome_id).select_related("city").first()  # type: ignore[attr-defined]  # our queryset
        return super().get_context_data(
            told=told,
            methods=list(heard.methods.brief().order_by("code")),
            crumbs=[(_("Messages to the city"), reverse("pulse:own_list")), (str(heard), None)],
            **kwargs,
        )


class OwnCreate(_Own, FormPage):
    form_class = CompanyForm
    heading = gettext_lazy("Write to the city")
    submit_label = gettext_lazy("Send")
    saved_notice = gettext_lazy("Sent. The answer comes to this page.")
    makes_new = True

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Organisation.objects.filter(pk__in=cities_of(self.request.user, COMPANY_ROLES))
        return {"companies": own}

    def save(self, form: Any) -> str:
        data = form.cleaned_data
        heard = actions.receive(
            city=data["city"],
            message=data["message"],
            kind=data["kind"],
            methods=[data["method"]] if data["method"] else [],
            organisation=data["organisation"],
            language=get_language() or "fi",
            by=self.request.user,
        )
        return reverse("pulse:own_detail", kwargs={"pk": heard.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("pulse:own_list"), **kwargs)
