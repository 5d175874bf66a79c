"""The gate of every view: sight first (404), then the act (403)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.views.generic.base import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from talkoot.kit.access.request import Request


class GuardedView(View):
    """A view that declares what it takes to enter.

    `permission` is asked of `permission_object()`, which is the city unless the view says otherwise.
    `public` views may be asked by anyone, signed in or not; the permission is asked all the same.
    """

    permission: ClassVar[str]
    public: ClassVar[bool] = False
    layout: ClassVar[str] = "ui/public.html"
    request: Request

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """As Django's, and closed: a class without `permission` does not start."""
        if not getattr(cls, "permission", None):
            message = f"{cls.__module__}.{cls.__qualname__} declares no permission"
            raise ImproperlyConfigured(message)
        view = super().as_view(**initkwargs)
        view.login_required = not cls.public  # type: ignore[attr-defined]  # read by LoginRequiredMiddleware
        return view

    def permission_object(self) -> Any:
        """What the permission is asked about; raises Http404 without sight."""
        return self.request.city

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # our request is narrower
        """Ask, then go on."""
        self.enter()
        if not request.user.has_perm(self.permission, self.permission_object()):
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def enter(self) -> None:
        """Raise Http404 where even the door must not be seen."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The layout that the shared templates extend."""
        parent = getattr(super(), "get_context_data", None)
        context: dict[str, Any] = parent(**kwargs) if parent else kwargs
        context.setdefault("layout", self.layout)
        return context
