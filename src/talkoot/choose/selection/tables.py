from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from talkoot.choose.selection.criteria import CRITERIA
from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.choose.selection.criteria import Criterion
    from talkoot.choose.selection.models import Preference


class RunTable(Table):
    caption = _("Runs of the selection, newest first")
    empty = _("Nothing has been selected yet. Start a new selection.")
    default_order = ("-created_at", "-pk")
    columns = (
        Column(
            key="name",
            label=_("Name"),
            value=lambda run: run.name,
            order_by=("name",),
            link=lambda run: run.get_absolute_url(),
        ),
        Column(
            key="made",
            label=_("Made at"),
            value=lambda run: f"{typography.date(run.created_at)} {typography.time(run.created_at)}",
            raw=lambda run: run.created_at,
            order_by=("created_at",),
        ),
        Column(key="state", label=_("State"), value=lambda run: run.get_state_display(), order_by=("state",)),
        Column(
            key="chosen",
            label=_("Methods recommended"),
            value=lambda run: "–" if run.recommended is None else len(run.recommended),
            raw=lambda run: None if run.recommended is None else len(run.recommended),
            numeric=True,
        ),
    )


def _limits(preference: Preference, code: str) -> str:
    return typography.percent_span(*preference.weighing.limits[code])


def _end(preference: Preference, code: str, end: int) -> int:
    return preference.weighing.limits[code][end]


def _columns(criterion: Criterion) -> Iterator[Column]:
    """The limits of one criterion: together on the page, an end a column in a workbook."""
    code, label = criterion.code, criterion.heading
    yield Column(
        key=code,
        label=label,
        value=partial(_limits, code=code),
        numeric=True,
    )
    for end, word in enumerate((_("lowest weight"), _("highest weight"))):
        yield Column(
            key=f"{code}{end}",
            label=format_lazy("{}, {}", label, word),
            value=partial(_end, code=code, end=end),
            only_export=True,
        )


def _orders(preference: Preference) -> str:
    return "; ".join(f"{more} ≥ {less}" for more, less in preference.orders)


class PreferenceTable(Table):
    caption = _("How groups of people weigh the goals")
    empty = _("No group has stated its weights yet. Begin with the management group.")
    default_order = ("pk",)
    columns = (
        Column(
            key="name",
            label=_("Group of people"),
            value=lambda preference: preference.name,
            order_by=("name_fi",),
            template="selection/cells/group.html",
        ),
        Column(
            key="people",
            label=_("People"),
            value=lambda preference: typography.number(preference.people),
            raw=lambda preference: preference.people,
            order_by=("people",),
            numeric=True,
        ),
        *(column for criterion in CRITERIA for column in _columns(criterion)),
        Column(
            key="stated_on",
            label=_("Stated on"),
            value=lambda preference: typography.date(preference.stated_on),
            raw=lambda preference: preference.stated_on,
            order_by=("stated_on",),
        ),
        Column(key="orders", label=_("Statements of importance"), value=_orders, only_export=True),
        Column(key="basis", label=_("Basis"), value=lambda row: row.get_basis_display(), only_export=True),
        Column(key="note", label=_("Note"), value=lambda preference: preference.note, only_export=True),
        Column(
            key="example",
            label=_("Example"),
            value=lambda preference: _("yes") if preference.example else "",
            only_export=True,
        ),
    )
