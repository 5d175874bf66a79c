from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_+-]*$", _("Use letters a–z, digits, hyphens and underscores, such as stage_2.")
)
