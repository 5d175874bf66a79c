from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from talkoot.kit.files import images, kinds
from talkoot.kit.files.limits import TooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File

    from talkoot.kit.files.kinds import Kind

MEGABYTE = 1_000_000


class UploadField(forms.FileField):
    """One file of one of `kinds`, by its content, within TALKOOT_UPLOAD_LIMIT; cleans to an UploadedFile."""

    widget = forms.FileInput
    default_error_messages = {
        "too_large": _("The file is %(size)s MB. The limit is %(limit)s MB. Make it smaller or split it."),
        "together": _("The files are more than %(limit)s MB together. Send them one at a time."),
        "type": _("We cannot read this type of file. Use %(types)s."),
        "broken": _("The file is broken or incomplete. Nothing was saved. Try sending it again."),
    }

    def __init__(self, *, kinds: Sequence[Kind], **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(**{"max_length": 200, **kwargs})
        self.widget.attrs["accept"] = ",".join(end for kind in kinds for end in kind.extensions)

    def to_python(self, data: Any) -> Any:
        if isinstance(data, TooLarge):
            raise self._too_large(data)
        file = super().to_python(data)
        if file is not None:
            self._check(file)
        return file

    def _too_large(self, file: TooLarge) -> ValidationError:
        limit = settings.TALKOOT_UPLOAD_LIMIT
        size = file.size or 0
        code = "too_large" if size > limit else "together"
        params = {"size": max(-(-size // MEGABYTE), limit // MEGABYTE + 1), "limit": limit // MEGABYTE}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def _check(self, file: File[Any]) -> None:
        content = file.read()
        file.seek(0)
        kind = kinds.of(content)
        if kind not in self.kinds:
            raise ValidationError(
                self.error_messages["type"], code="type", params={"types": kinds.named(self.kinds)}
            )
        if kind in kinds.IMAGES:
            try:
                images.redrawn(content, kind)
            except images.BrokenImage as error:
                raise ValidationError(self.error_messages["broken"], code="broken") from error
