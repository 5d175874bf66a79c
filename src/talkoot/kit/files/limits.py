"""No upload fills the memory or the disk: what goes over the limit is swallowed, the rest of the form is kept."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

SWALLOWED_MOST = 50
"""A request of more than so many limits is refused unread: swallowing it would only cost time."""


class TooLarge(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """What is left of a file over the limit: its name and its size in bytes. `UploadField` refuses it."""

    def __init__(self, name: str | None, size: int) -> None:
        super().__init__(None, name, "application/octet-stream", size)


class LimitHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: passes on what fits into TALKOOT_UPLOAD_LIMIT (bytes a request)."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left: int = settings.TALKOOT_UPLOAD_LIMIT
        self.received = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 -- Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that is beyond all reason before its first byte; Django answers 400."""
        if content_length > settings.TALKOOT_UPLOAD_LIMIT * SWALLOWED_MOST:
            message = f"{content_length} bytes"
            raise RequestDataTooBig(message)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the handlers after this one, or None once the limit is passed."""
        self.received += len(raw_data)
        self.left -= len(raw_data)
        return raw_data if self.left >= 0 else None

    def file_complete(self, file_size: int) -> TooLarge | None:
        """Nothing (the next handler has the file), or what is left of one that did not fit."""
        if self.left >= 0:
            return None
        self._let_go()
        return TooLarge(self.file_name, self.received)

    def _let_go(self) -> None:
        """Close, and so delete, what the handlers after this one have kept of the file so far."""
        for handler in getattr(self.request, "upload_handlers", ()):
            if handler is not self and getattr(handler, "file", None) is not None:
                handler.file.close()
