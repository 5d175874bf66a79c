from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class SearchEntryQuerySet(VisibleQuerySet["SearchEntry"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Nobody reads the index itself: `finding.find` asks the objects who sees them."""
        return self.none()


class SearchEntry(index.Indexed, models.Model):  # type: ignore[misc]  # the library has no types
    """One object in one language: `name` and `text` as shown, `title` and `body` as words to be compared."""

    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    scope = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(max_length=500)
    title = models.TextField(_("words of the name"))
    body = models.TextField(_("words of the text"), blank=True)

    objects: ClassVar[models.Manager[SearchEntry]] = models.Manager.from_queryset(SearchEntryQuerySet)()

    search_auto_update = False
    search_fields = (
        index.SearchField("title", boost=3),
        index.SearchField("body"),
        index.FilterField("language"),
        index.FilterField("scope"),
        index.FilterField("model"),
    )

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints = (
            models.UniqueConstraint(fields=("model", "object_id", "language"), name="search_entry_once"),
        )

    def __str__(self) -> str:
        return self.name


class StaleQuerySet(VisibleQuerySet["Stale"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Nobody browses these."""
        return self.none()


class Stale(models.Model):
    """An object that was saved or deleted since the index last looked at it."""

    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Stale]] = models.Manager.from_queryset(StaleQuerySet)()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "object_id"), name="search_stale_once"),)

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
