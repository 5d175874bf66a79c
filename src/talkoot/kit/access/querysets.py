"""Every list and every look-up starts from `visible_to(user)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

M = TypeVar("M", bound=models.Model)


class VisibleQuerySet(models.QuerySet[M]):
    """Closed by default: a model that says nothing shows nothing."""

    def visible_to(self, user: AnyUser) -> Self:
        """Rows that `user` may know of; without sight the answer is 404."""
        return self.none()

    def sole(self) -> M | None:
        """The one row that there can be, or None; unlike `first` it does not sort."""
        return next(iter(self.order_by()[:1]), None)
