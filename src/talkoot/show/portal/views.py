from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.audiences import PortalView
from talkoot.city.organisations.models import Organisation
from talkoot.kit.crud.views import Page


class Home(PortalView, Page):
    """A company's front page: who we are here, what the cities offer to a company like ours."""

    permission = "portal.enter"
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Organisation.objects.filter(
            memberships__user=self.request.user.pk, memberships__role__in=COMPANY_ROLES
        ).distinct()
        companies = [Company(organisation) for organisation in own.prefetch_related("establishments__city")]
        return super().get_context_data(heading=_("My company"), companies=companies, **kwargs)


class Company:
    """An organisation with its places and the methods that its cities have for one of its size."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.places = list(organisation.establishments.all())

    @property
    def offers(self) -> list[ModelMethod]:
        """Methods in force in the company's cities that suit its size; a size that is not known suits all."""
        items = ModelMethod.objects.filter(
            model__state__in=OperatingModel.NOW, model__city__in={place.city for place in self.places}
        )
        sizes = {place.size_class for place in self.places if place.size_class}
        found = items.select_related("method", "model__city", "owner_unit").order_by(
            "model__city__code", "method__code"
        )
        return [
            item for item in found if not sizes or not item.method.sizes or sizes & set(item.method.sizes)
        ]
