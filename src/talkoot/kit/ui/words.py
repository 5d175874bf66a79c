"""Words of the audit log as people read them: acts of the house, and states that a thing was taken to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DEEDS: dict[str, _StrPromise] = {
    "created": _("Created"),
    "edited": _("Edited"),
    "deleted": _("Deleted"),
    "imported": _("Imported"),
    "draft": _("Draft"),
    "proposed": _("Proposed"),
    "in_review": _("Being reviewed"),
    "sent_back": _("Sent back for changes"),
    "approved": _("Approved"),
    "in_force": _("In force"),
    "under_revision": _("Being revised"),
    "superseded": _("Replaced by a newer version"),
    "scheduled": _("Scheduled"),
    "published": _("Published"),
    "unpublished": _("Not published"),
    "retired": _("No longer in use"),
    "frozen": _("Frozen"),
    "planned": _("Planned"),
    "not_started": _("Not started"),
    "started": _("Started"),
    "under_way": _("Under way"),
    "running": _("Under way"),
    "paused": _("Paused"),
    "done": _("Done"),
    "dropped": _("Dropped"),
    "closed": _("Ended"),
    "stopped": _("Stopped early"),
    "added": _("Added"),
    "removed": _("Removed"),
    "invited": _("Invited"),
    "joined": _("Joined"),
    "requested": _("Requested"),
    "code_sent": _("Code sent by post"),
    "confirmed": _("Confirmed with a code"),
    "declined": _("Not approved"),
    "withdrawn": _("Withdrawn"),
    "cancelled": _("Cancelled"),
    "failed": _("Could not be calculated"),
    "expired": _("Expired"),
    "open": _("Opened"),
    "calculated": _("Calculated"),
    "received": _("Received"),
    "answered": _("Answered"),
    "handed_over": _("Handed over"),
    "in_hand": _("In hand"),
    "assigned": _("Given to someone"),
    "moved": _("Moved"),
    "sent": _("Sent by mail"),
    "reminded": _("Reminded"),
    "downloaded": _("Single answers downloaded"),
    "recorded": _("Answer recorded by an officer"),
    "escalated": _("Told to the lead"),
}


def deed(verb: str) -> str:
    """A verb of the log in words; one that is not known yet stays as it is, and the page sweep finds it."""
    return str(DEEDS.get(verb, verb))
