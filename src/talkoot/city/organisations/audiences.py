"""The three audiences as view mixins: public, portal and workspace."""

from __future__ import annotations

from django.http import Http404

from talkoot.city.organisations.permissions import has_company, works_in_city
from talkoot.kit.access.views import GuardedView


class PublicView(GuardedView):
    """Open to all, in the city's own look."""

    public = True
    layout = "ui/public.html"


class PortalView(GuardedView):
    """For people of companies; an officer without a company has nothing to see here."""

    layout = "ui/portal.html"

    def enter(self) -> None:
        if self.request.user.is_authenticated and not has_company(self.request.user):
            raise Http404


class WorkspaceView(GuardedView):
    """For the staff of the city in the address; for all others it does not exist."""

    layout = "ui/workspace.html"

    def enter(self) -> None:
        if self.request.user.is_authenticated and not works_in_city(self.request.user, self.request.city):
            raise Http404
