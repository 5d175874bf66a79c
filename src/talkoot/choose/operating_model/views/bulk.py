from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext_lazy, ngettext

from talkoot.choose.operating_model.bulk import Sheet
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.choose.operating_model.views.workspace import only_drafts
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import FormPage, ObjectMixin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse


class ItemsEdit(WorkspaceView, ObjectMixin, FormPage):
    """All methods of a draft on one sheet, saved together."""

    model = OperatingModel
    permission = "operating_model.prepare"
    template_name = "operating_model/items.html"
    heading = gettext_lazy("Edit all methods")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("city")

    def get_form(self, data: Any = None, files: Any = None) -> Sheet:
        only_drafts(self.object)
        return Sheet(self.object, data)

    def refused(self, form: Sheet) -> HttpResponse | None:
        only_drafts(OperatingModel.objects.select_for_update().get(pk=self.object.pk))
        asked = form.clashes()
        return self.again(asked, status=409) if asked else None

    def save(self, form: Sheet) -> OperatingModel:
        if form.gone:
            text = ngettext(
                "{n} method is in the model no longer. Its row was not saved.",
                "{n} methods are in the model no longer. Their rows were not saved.",
                form.gone,
            )
            messages.warning(self.request, text.format(n=form.gone))
        return form.save(by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"heading": self.heading, "cancel_url": self.object.get_absolute_url()}
