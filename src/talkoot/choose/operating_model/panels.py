"""What this room shows on pages of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.choose.methods.models import Method
    from talkoot.choose.selection.models import Run
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked


def adopt_url(request: Request, run: Run) -> str | None:
    """Where a finished run becomes a draft, for those who prepare the model."""
    if not run.chosen or not request.user.has_perm("operating_model.prepare", run):
        return None
    return reverse("operating_model:adopt", kwargs={"city": run.city.slug, "run": run.pk})


def used_by(request: Request, method: Method) -> dict[str, Any] | None:  # noqa: ARG001 -- the shape of every panel
    """The cities that have the method in the model they work by today."""
    return {"items": list(_items(method=method.pk))}


@worded(("model__city__slug", "person_days", "example"), ("model__city__name", "owner_unit__name"))
def _items(method: Asked) -> QuerySet[ModelMethod]:
    items = ModelMethod.objects.filter(method=method, model__state__in=OperatingModel.NOW)
    return items.order_by("model__city__code")


def in_force(city: Municipality) -> dict[str, int | None] | None:
    """Person-days of each method of the model in force by its code; None where no model is in force."""
    if not OperatingModel.objects.filter(city=city, state__in=OperatingModel.NOW).exists():
        return None
    items = ModelMethod.objects.filter(model__city=city, model__state__in=OperatingModel.NOW)
    return dict(items.order_by("method__code").values_list("method__code", "person_days"))
