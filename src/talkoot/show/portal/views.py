from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.choose.methods.models import Target
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.audiences import PortalView
from talkoot.city.organisations.models import Organisation
from talkoot.kit.crud.views import Page
from talkoot.listen.surveys.sizes import BY_TARGET

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Home(PortalView, Page):
    """A company's front page: who we are here, what the cities offer to a company like ours."""

    permission = "portal.enter"
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Organisation.objects.filter(
            memberships__user=self.request.user.pk, memberships__role__in=COMPANY_ROLES
        ).distinct()
        offered = list(in_force())
        companies = [Company(each, offered) for each in own.prefetch_related("establishments__city")]
        return super().get_context_data(heading=_("My company"), companies=companies, **kwargs)


def in_force() -> QuerySet[ModelMethod]:
    """Methods for companies in the models that cities work by today."""
    items = ModelMethod.objects.filter(model__state__in=OperatingModel.NOW, method__target=Target.COMPANIES)
    return items.select_related("method", "model__city", "owner_unit").order_by(
        "model__city__code", "method__code"
    )


class Company:
    """An organisation with its places and the methods that its cities have for one of its size."""

    def __init__(self, organisation: Organisation, offered: list[ModelMethod]) -> None:
        self.organisation, self.offered = organisation, offered
        self.places = list(organisation.establishments.all())

    @property
    def offers(self) -> list[ModelMethod]:
        """Of what is offered, that of its cities which suits their size; one that is not known suits all."""
        cities = {place.city_id for place in self.places}
        sizes = {place.size_class for place in self.places if place.size_class}
        return [
            item
            for item in self.offered
            if item.model.city_id in cities
            and (
                not sizes or not item.method.sizes or sizes & {BY_TARGET[size] for size in item.method.sizes}
            )
        ]
