"""What the public and the workspace pages of a round share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.cache import cache
from django.db.models import Prefetch
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from talkoot.city.organisations.models import Municipality
from talkoot.listen.surveys import shown
from talkoot.listen.surveys.models import Results, Round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db import models
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

VIEW = "alue"
KEPT = 600
"""Seconds that rendered results are kept; a method renamed meanwhile shows its old name so long."""


class OfCity:
    """Rounds of the city in the address, alone or together with others."""

    model: ClassVar[type[models.Model]] = Round
    request: Any
    object: Any

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.in_city(self.request.city)  # type: ignore[attr-defined]  # a RoundQuerySet
        cities = Municipality.objects.brief()  # type: ignore[attr-defined]  # our queryset
        return found.prefetch_related(Prefetch("cities", cities))


class ShowsResults(OfCity):
    """Adds the page of results in the view that is asked for: one city, or all of them."""

    def results(self) -> Results | None:
        """Of the view in the address; 404 for a city that is not in the round."""
        rows = Results.objects.filter(round=self.object, city=self.view())
        found: Results | None = rows.sole()  # type: ignore[attr-defined]  # our queryset
        return found

    def view(self) -> Municipality | None:
        slug = self.request.GET.get(VIEW, "")
        if not slug:
            return None
        for city in self.cities():
            if city.slug == slug:
                return city
        raise Http404

    def cities(self) -> Sequence[Municipality]:
        """Cities to choose among; none in a round of one city."""
        return [] if self.object.city_id else self.object.municipalities()

    def results_context(self) -> dict[str, Any]:
        results = self.results()
        return {
            "asked_by": shown.names(self.object.municipalities()),
            "shown": self.rendered(results) if results else "",
        }

    def rendered(self, results: Results) -> SafeString:
        """The results as HTML. They are frozen until calculated again, so they are kept for a while."""
        survey, city = self.object, self.request.city
        parts = (
            results.pk,
            results.calculated_at.timestamp(),
            survey.version,
            survey.state,
            city.slug,
            get_language(),
        )
        key = "surveys:" + ":".join(map(str, parts))
        kept: SafeString | None = cache.get(key)
        if kept is None:
            kept = render_to_string("surveys/_results.html", self._to_render(results))
            cache.set(key, kept, KEPT)
        return kept

    def _to_render(self, results: Results) -> dict[str, Any]:
        view, kwargs = self.view(), {"city": self.request.city.slug, "pk": self.object.pk}
        public = self.object.state == Round.State.PUBLISHED
        return {
            "csv_url": reverse("surveys:open_data", kwargs=kwargs) if public else "",
            "zip_url": reverse("surveys:reproduce", kwargs=kwargs) if public else "",
            "codebook_url": reverse("surveys:codebook", kwargs=kwargs) if public else "",
            "view": view,
            "views": self.cities(),
            "shown": shown.page(self.object, results, view),
        }
