from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from talkoot.kit.access.views import GuardedView
from talkoot.kit.files import kinds
from talkoot.kit.files.models import StoredFile

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from talkoot.kit.access.request import Request

_INLINE = {kind.content_type for kind in kinds.ALL if kind.inline}


class ServeFile(GuardedView):
    """A stored file for whom may see it; for all others it does not exist."""

    permission = "files.read"
    public = True

    def get(self, request: Request, pk: int, name: str, **_: Any) -> HttpResponseBase:
        file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
        etag = quote_etag(file.sha256)
        answer = get_conditional_response(request, etag=etag) or self._whole(file)
        answer["ETag"] = etag
        answer["Cache-Control"] = (
            "public, max-age=3600" if file.publicity == "public" else "private, no-store"
        )
        return answer

    def _whole(self, file: StoredFile) -> HttpResponse | FileResponse:
        return FileResponse(
            file.open(),
            as_attachment=file.content_type not in _INLINE,
            filename=file.name,
            content_type=file.content_type,
        )
