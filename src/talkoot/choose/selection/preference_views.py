"""Who weighs how: the weights of groups, and whether limits can hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.choose.selection.criteria import CRITERIA
from talkoot.choose.selection.models import Preference
from talkoot.choose.selection.preference_form import PreferenceForm
from talkoot.choose.selection.tables import PreferenceTable
from talkoot.choose.selection.weighing_fields import CheckForm
from talkoot.choose.selection.weighing_page import WeighingPage
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import typography
from talkoot.kit.charts import Step, Waterfall
from talkoot.kit.crud.views import (
    CreatePage,
    DeletePage,
    DetailPage,
    EditPage,
    ListPage,
    Page,
    Rows,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


class PreferenceRoom(WorkspaceView, Rows):
    """Weights of groups in the city in the address."""

    model = Preference

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("city", "stated_by")

    def list_url(self) -> str:
        return reverse("selection:preferences", kwargs={"city": self.request.city.slug})

    def crumbs(self, *here: tuple[str, str]) -> list[tuple[str, str]]:
        """The way here from the selection."""
        top = reverse("selection:list", kwargs={"city": self.request.city.slug})
        return [(_("Selection"), top), (_("Weights of groups"), self.list_url()), *here]


class PreferenceList(PreferenceRoom, ListPage):
    permission = "selection.see"
    table_class = PreferenceTable
    template_name = "selection/preferences.html"
    export_name = "painot"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_state = self.request.user.has_perm("selection.state", self.request.city)
        crumbs = [*self.crumbs()[:-1], (_("Weights of groups"), "")]
        return super().get_context_data(may_state=may_state, crumbs=crumbs, **kwargs)


class PreferenceDetail(PreferenceRoom, DetailPage):
    permission = "selection.see"
    template_name = "selection/preference.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        preference = self.object
        return super().get_context_data(
            crumbs=self.crumbs((str(preference), "")),
            may_restate=self.request.user.has_perm("selection.restate", preference),
            ranges=_ranges(preference),
            grounds=_grounds(preference),
            orders=[claim.words for claim in preference.weighing.claims if claim.kind == "order"],
            **kwargs,
        )


def _ranges(preference: Preference) -> Waterfall:
    """The limits as bars on one scale."""
    limits = preference.weighing.limits
    bars = [Step(c.named, *limits[c.code], typography.percent_span(*limits[c.code])) for c in CRITERIA]
    return Waterfall(
        _("Limits of the weights"),
        note=_("How much each goal may weigh, of 100 in all."),
        label_head=_("Criterion"),
        figure_head=_("Weight"),
        items=bars,
    )


def _grounds(preference: Preference) -> list[tuple[str, str]]:
    """Whose weights they are, since when and on what grounds."""
    by = preference.stated_by
    return [
        (_("How many people it speaks for"), typography.number(preference.people)),
        (_("Basis"), preference.get_basis_display()),
        (_("Stated on"), typography.date(preference.stated_on)),
        *([(_("Recorded by"), by.get_short_name())] if by else []),
    ]


class PreferenceCreate(WeighingPage, PreferenceRoom, CreatePage):
    permission = "selection.state"
    form_class = PreferenceForm
    template_name = "selection/preference_form.html"
    heading = gettext_lazy("State the weights of a group")

    def prepare(self, instance: Preference) -> None:
        super().prepare(instance)
        instance.stated_by = self.request.user  # type: ignore[assignment]  # signed in, or the gate had closed
        instance.example = settings.TALKOOT_DEMO

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = self.crumbs((str(self.heading), ""))
        return super().get_context_data(crumbs=crumbs, cancel_url=self.list_url(), **kwargs)


class PreferenceEdit(WeighingPage, PreferenceRoom, EditPage):
    permission = "selection.restate"
    form_class = PreferenceForm
    template_name = "selection/preference_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.object.get_absolute_url()
        crumbs = self.crumbs((str(self.object), url), (_("Edit"), ""))
        return super().get_context_data(crumbs=crumbs, cancel_url=url, **kwargs)


class PreferenceDelete(PreferenceRoom, DeletePage):
    """Runs have copies of their own and stay as they were."""

    permission = "selection.restate"

    def after(self) -> str:
        return self.list_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)


class WeightsCheck(WorkspaceView, Page):
    """Whether the limits sent can hold together: a notice for htmx, a page of its own for others. Saves nothing."""

    permission = "selection.see"
    template_name = "selection/check.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(request.GET)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(request.POST)

    def answer(self, sent: Any) -> HttpResponse:
        groups = Preference.objects.visible_to(self.request.user).filter(city=self.request.city)  # type: ignore[attr-defined]  # our queryset
        form = CheckForm(sent if any(name.startswith("weight_") for name in sent) else None, groups=groups)
        context = self.get_context_data(form=form, heading=_("Do the limits fit together?"))
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        return ["selection/_check.html"] if self.request.htmx else super().get_template_names()
