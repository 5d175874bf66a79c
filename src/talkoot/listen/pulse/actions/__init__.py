"""What happens to what a city hears: it arrives, someone answers for it, it is answered, and all may read what was done."""

from talkoot.listen.pulse.actions.answering import answer, close, hand_over
from talkoot.listen.pulse.actions.checks import close_check, open_check, tap
from talkoot.listen.pulse.actions.outcomes import draft, join, publish, withdraw
from talkoot.listen.pulse.actions.owning import assign, escalate, owner_of, tag, take
from talkoot.listen.pulse.actions.receiving import note, receive, take_contact

__all__ = [
    "answer",
    "assign",
    "close",
    "close_check",
    "draft",
    "escalate",
    "hand_over",
    "join",
    "note",
    "open_check",
    "owner_of",
    "publish",
    "receive",
    "tag",
    "take",
    "take_contact",
    "tap",
    "withdraw",
]
