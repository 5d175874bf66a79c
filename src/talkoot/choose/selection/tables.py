from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from talkoot.kit.crud.table import Column, Table


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
            value=lambda run: date_format(timezone.localtime(run.created_at), "SHORT_DATETIME_FORMAT"),
            raw=lambda run: run.created_at,
            order_by=("created_at",),
        ),
        Column(key="state", label=_("State"), value=lambda run: run.get_state_display(), order_by=("state",)),
        Column(
            key="chosen",
            label=_("Methods recommended"),
            value=lambda run: len(run.chosen) if run.result else "–",
            raw=lambda run: len(run.chosen) if run.result else None,
            numeric=True,
        ),
    )
