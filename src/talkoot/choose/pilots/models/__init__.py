from talkoot.choose.pilots.models.participant import Participant
from talkoot.choose.pilots.models.pilot import Pilot

__all__ = ["Participant", "Pilot"]
