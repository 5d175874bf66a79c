"""How every form looks: label, hint, control, error, in that order, and a summary of errors on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.ui import controls

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

WIDGETS = "django/forms/widgets/"
CONTROLS = {
    **dict.fromkeys(
        ("text", "number", "email", "url", "password", "date", "datetime", "time", "search"), "input"
    ),
    **dict.fromkeys(("file", "clearable_file_input"), "input file"),
    "select": "select",
    "textarea": "textarea",
}


class Renderer(TemplatesSetting):
    """``FORM_RENDERER``. It dresses Django's widgets, so that forms name no classes."""

    form_template_name = "ui/form/form.html"
    formset_template_name = "ui/form/formset.html"
    field_template_name = "ui/form/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        name = template_name.removeprefix(WIDGETS).removesuffix(".html")
        if dress := CONTROLS.get(name):
            attrs = context["widget"]["attrs"]
            attrs["class"] = f"{dress} {attrs['class']}" if "class" in attrs else dress
        if name == "clearable_file_input":
            template_name = "ui/form/file.html"
        if write := controls.WRITTEN.get(name):
            return write(context["widget"])
        return super().render(template_name, context, request)


class Segment(forms.RadioSelect):
    """Two to four short modes as one strip of radios."""

    template_name = "ui/form/segment.html"


class DateInput(forms.DateInput):
    """The browser's own calendar; it sends and wants ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NumberInput(forms.TextInput):
    """A number typed as people type it; the keyboard of a telephone shows digits and a comma."""

    def __init__(self, attrs: dict[str, Any] | None = None, unit: str | _StrPromise = "") -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})
        self.unit = unit


class DecimalField(forms.DecimalField):
    """Takes ``1 200,5``, ``1200.5`` and ``−3`` alike, with any kind of space, and in English ``1,200.5``."""

    widget = NumberInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = typography.plain(value)
        return super().to_python(value)


class WeightWidget(forms.MultiWidget):
    """An interval on 0–100: two ranges on one rail and, for all, two number fields."""

    def __init__(self, attrs: dict[str, Any] | None = None, step: int = 5) -> None:
        bounds = {"min": 0, "max": 100, "step": step}
        super().__init__({"low": forms.NumberInput(bounds), "high": forms.NumberInput(bounds)}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else [0, 100]


class WeightField(forms.MultiValueField):
    """Cleans to ``(low, high)``, whole per cent; refuses a lower limit above the upper one."""

    widget = WeightWidget
    default_error_messages = {"order": _("The lower limit is above the upper limit.")}

    def __init__(self, **kwargs: Any) -> None:
        fields = tuple(forms.IntegerField(min_value=0, max_value=100) for _end in range(2))
        super().__init__(fields, require_all_fields=True, **kwargs)

    def compress(self, data_list: list[int]) -> tuple[int, int] | None:
        if not data_list:
            return None
        low, high = data_list
        if low > high:
            raise forms.ValidationError(self.default_error_messages["order"], code="order")
        return low, high
