from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.plate import FileUse, offers, resolve

if TYPE_CHECKING:
    from django.core.files.base import File

    from talkoot.kit.access.request import AnyUser


class StoredFileQuerySet(VisibleQuerySet["StoredFile"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public files for all; the others for whom their room lets see them, and for those who added them."""
        sight = models.Q(publicity=StoredFile.Publicity.PUBLIC)
        if user.is_authenticated and user.is_active:
            sight |= models.Q(created_by=user)
            for use in offers(FileUse):
                sight |= models.Q(use=use.use) & resolve(use.visible_to)(user)
        return self.filter(sight)


class StoredFile(models.Model):
    """A file that a room keeps; `use` names what for ("operating_model.pdf"), `scope` is the slug of a city."""

    class Publicity(models.TextChoices):
        PUBLIC = "public", _("Public")
        INTERNAL = "internal", _("Internal")
        SECRET = "secret", _("Secret")

    use = models.CharField(_("use"), max_length=60)
    scope = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    publicity = models.CharField(
        _("publicity"), max_length=10, choices=Publicity.choices, default=Publicity.INTERNAL
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    created_at = models.DateTimeField(_("added"), default=clock.now)

    objects: ClassVar[models.Manager[StoredFile]] = models.Manager.from_queryset(StoredFileQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = (
            models.Index(fields=("use", "scope"), name="files_use"),
            models.Index(fields=("path",), name="files_path"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:serve", kwargs={"pk": self.pk, "name": self.name})

    def open(self) -> File[bytes]:
        """The content, opened for reading; close it."""
        return default_storage.open(self.path)
