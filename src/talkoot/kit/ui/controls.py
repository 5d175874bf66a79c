"""Django's commonest widgets as HTML, mark for mark as its templates write them.

The filters of a list hold some eighty options; a template for each of them took a third of the time of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext as _

from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.utils.safestring import SafeString

Widget = dict[str, Any]
EMPTY = BLANK_CHOICE_DASH[0][1]
"""What Django writes for an empty choice: dashes, which a screen reader spells out."""


def attributes(attrs: Mapping[str, Any]) -> str:
    """`` name="value"`` for each; True is the name alone, False is nothing."""
    return "".join([_attribute(name, value) for name, value in attrs.items() if value is not False])


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def control(widget: Widget) -> SafeString:
    """An ``<input>``."""
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return written(_input(widget, value | widget["attrs"]))


def _input(widget: Widget, attrs: Mapping[str, Any]) -> str:
    return f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"{attributes(attrs)}>'


def textarea(widget: Widget) -> SafeString:
    """A ``<textarea>``; the line break after its tag keeps one that the text begins with."""
    name, attrs = escaped(widget["name"]), attributes(widget["attrs"])
    return written(f'<textarea name="{name}"{attrs}>\n{escaped(widget["value"] or "")}</textarea>')


def select(widget: Widget) -> SafeString:
    """A ``<select>`` with its options, in groups where they have any."""
    inside = [_group(name, options) for name, options, _index in widget["optgroups"]]
    head = f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
    return written(head, *inside, "</select>")


def _group(name: Any, options: Iterable[Widget]) -> str:
    inside = "".join(map(_option, options))
    return f'<optgroup label="{escaped(name)}">{inside}</optgroup>' if name else inside


def _option(option: Widget) -> str:
    label = str(option["label"])
    said = _("Not chosen") if label == EMPTY else escaped(label)
    return f'<option value="{escaped(str(option["value"]))}"{attributes(option["attrs"])}>{said}</option>'


def choices(widget: Widget) -> SafeString:
    """Radios or checkboxes with a label around each."""
    inside = [_choices(name, options) for name, options, _index in widget["optgroups"]]
    return written('<div class="choices">', *inside, "</div>")


def _choices(name: Any, options: Iterable[Widget]) -> str:
    head = f'<p class="label">{escaped(name)}</p>' if name else ""
    return head + "".join(map(_choice, options))


def _choice(option: Widget) -> str:
    # What is said of the group is said once, by its fieldset; a wrong checkbox says so itself.
    spoken = {"aria-invalid"} if option["type"] == "checkbox" else set()
    attrs = {name: v for name, v in option["attrs"].items() if name[:5] != "aria-" or name in spoken}
    value = "" if option["value"] is None else option["value"]
    whose = f' for="{escaped(attrs["id"])}"' if attrs.get("id") else ""
    inside = _input(option, {"value": value} | attrs)
    return f'<label class="choice"{whose}>{inside}<span>{escaped(option["label"])}</span></label>'


_INPUTS = "text number email url password date datetime time search hidden checkbox"
WRITTEN: dict[str, Callable[[Widget], SafeString]] = {
    **dict.fromkeys(_INPUTS.split(), control),
    **dict.fromkeys(("radio", "checkbox_select"), choices),
    "select": select,
    "textarea": textarea,
}
