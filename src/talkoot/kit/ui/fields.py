"""A field of a form as HTML: label, hint, control, error, in that order; `{% form_field field %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from talkoot.kit.ui.forms import WeightWidget
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from typing import Literal

    from django.forms import BoundField
    from django.utils.safestring import SafeString

    Kind = Literal["checkbox", "radio", "group", "weight", "control"]


def field(bound: BoundField) -> SafeString:
    """One field; boxes and radios stand in a fieldset, whose legend is their label."""
    kind = _kind(bound)
    if kind == "weight":
        return render_to_string("ui/components/weight.html", {"field": bound})
    label, control = _label(bound), bound.as_widget()
    hint = f'<p class="hint" id="{bound.auto_id}_helptext">{bound.help_text}</p>' if bound.help_text else ""
    error = render_to_string("ui/form/error.html", {"field": bound}) if bound.errors else ""
    if kind in {"group", "radio"}:
        head = f"<fieldset{_of_group(bound, kind)}><legend>{label}</legend>"
        return written(head, hint, control, error, "</fieldset>")
    if kind == "checkbox":
        box = f'<label class="choice"{_for(bound)}>{control}<span>{label}</span></label>'
        return written('<div class="field">', box, hint, error, "</div>")
    if unit := getattr(bound.field.widget, "unit", ""):
        control = written('<div class="suffix">', control, f"<span>{escaped(unit)}</span></div>")
    return written(f'<div class="field"><label{_for(bound)}>{label}</label>', hint, control, error, "</div>")


def _kind(bound: BoundField) -> Kind:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, WeightWidget):
        return "weight"
    if isinstance(widget, RadioSelect) and not isinstance(widget, CheckboxSelectMultiple):
        return "radio"
    return "group" if bound.use_fieldset else "control"


def _label(bound: BoundField) -> str:
    """The name of a field, and the word for the rarer kind."""
    word = _necessity(bound)
    return escaped(bound.label) + (f' <span class="muted">({escaped(word)})</span>' if word else "")


def _necessity(bound: BoundField) -> str:
    """Required, optional or nothing: only the rarer kind of a form's fields is marked."""
    shown = bound.form.visible_fields()
    required = sum(other.field.required for other in shown)
    if required == 0 or getattr(bound.form, "plain_labels", False):
        return ""
    if 2 * required >= len(shown):
        return "" if bound.field.required else _("optional")
    return _("required") if bound.field.required else ""


def _of_group(bound: BoundField, kind: Kind) -> str:
    """Attributes of a fieldset; radios are answered or wrong as one."""
    parts = [' class="field wrong"' if bound.errors else ' class="field"']
    if kind == "radio":
        parts.append(' role="radiogroup"')
        parts.append(' aria-invalid="true"' if bound.errors else "")
        parts.append(' aria-required="true"' if bound.field.required else "")
    if described := bound.aria_describedby:
        parts.append(f' aria-describedby="{escaped(described)}"')
    return "".join(parts)


def _for(bound: BoundField) -> str:
    return f' for="{escaped(bound.id_for_label)}"'
