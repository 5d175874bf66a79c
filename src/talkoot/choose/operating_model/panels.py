"""What this room shows on pages of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.choose.selection.models import Run
    from talkoot.kit.access.request import Request


def adopt_url(request: Request, run: Run) -> str | None:
    """Where a finished run becomes a draft, for those who prepare the model."""
    if not run.chosen or not request.user.has_perm("operating_model.prepare", run):
        return None
    return reverse("operating_model:adopt", kwargs={"city": run.city.slug, "run": run.pk})


def used_by(request: Request, method: Method) -> dict[str, Any] | None:  # noqa: ARG001 -- the shape of every panel
    """The cities that have the method in the model they work by today."""
    items = ModelMethod.objects.filter(method=method, model__state__in=OperatingModel.NOW)
    shown = items.only(
        *("person_days", "example", "owner_unit__name"),
        *("model__city__name", "model__city__slug"),
    )
    return {"items": list(shown.select_related("model__city", "owner_unit").order_by("model__city__code"))}
