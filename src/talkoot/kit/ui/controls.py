"""Django's commonest widgets as HTML, mark for mark as its templates write them.

The filters of a list hold some eighty options; a template for each of them took a third of the time of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Widget = dict[str, Any]


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """`` name="value"`` for each; True is the name alone, False is nothing."""
    return mark_safe("".join(_attribute(name, value) for name, value in attrs.items() if value is not False))  # noqa: S308 -- escaped below


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'


def control(widget: Widget) -> SafeString:
    """An ``<input>``."""
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return _input(widget, value | widget["attrs"])


def _input(widget: Widget, attrs: Mapping[str, Any]) -> SafeString:
    return format_html('<input type="{}" name="{}"{}>', widget["type"], widget["name"], attributes(attrs))


def textarea(widget: Widget) -> SafeString:
    """A ``<textarea>``; the line break after its tag keeps one that the text begins with."""
    name, attrs = widget["name"], attributes(widget["attrs"])
    return format_html('<textarea name="{}"{}>\n{}</textarea>', name, attrs, widget["value"] or "")


def select(widget: Widget) -> SafeString:
    """A ``<select>`` with its options, in groups where they have any."""
    inside = _joined(_group(name, options) for name, options, _index in widget["optgroups"])
    name, attrs = widget["name"], attributes(widget["attrs"])
    return format_html('<select name="{}"{}>{}</select>', name, attrs, inside)


def _group(name: Any, options: Iterable[Widget]) -> SafeString:
    inside = _joined(map(_option, options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _option(option: Widget) -> SafeString:
    attrs = attributes({"value": option["value"]} | option["attrs"])
    return format_html("<option{}>{}</option>", attrs, option["label"])


def choices(widget: Widget) -> SafeString:
    """Radios or checkboxes with a label around each."""
    inside = _joined(_choices(name, options) for name, options, _index in widget["optgroups"])
    return format_html('<div class="choices">{}</div>', inside)


def _choices(name: Any, options: Iterable[Widget]) -> SafeString:
    head = format_html('<p class="label">{}</p>', name) if name else ""
    return format_html("{}{}", head, _joined(map(_choice, options)))


def _choice(option: Widget) -> SafeString:
    attrs = {name: value for name, value in option["attrs"].items() if _belongs(option, name)}
    value = "" if option["value"] is None else option["value"]
    whose = attributes({"for": option["attrs"]["id"]} if option["attrs"].get("id") else {})
    inside = _input(option, {"value": value} | attrs)
    return format_html('<label class="choice"{}>{}<span>{}</span></label>', whose, inside, option["label"])


def _belongs(option: Widget, name: str) -> bool:
    """What is said of the group is said once, by its fieldset; a wrong checkbox says so itself."""
    return not name.startswith("aria-") or (name == "aria-invalid" and option["type"] == "checkbox")


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 -- each part is escaped


_INPUTS = "text number email url password date datetime time search hidden checkbox"
WRITTEN: dict[str, Callable[[Widget], SafeString]] = {
    **dict.fromkeys(_INPUTS.split(), control),
    **dict.fromkeys(("radio", "checkbox_select"), choices),
    "select": select,
    "textarea": textarea,
}
