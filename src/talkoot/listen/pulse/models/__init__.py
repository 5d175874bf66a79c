from talkoot.listen.pulse.models.check import Check, Tap
from talkoot.listen.pulse.models.heard import OWN_PATH, Heard
from talkoot.listen.pulse.models.outcome import Outcome, Theme

__all__ = ["OWN_PATH", "Check", "Heard", "Outcome", "Tap", "Theme"]
