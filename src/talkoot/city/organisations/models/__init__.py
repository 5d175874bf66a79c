from talkoot.city.organisations.models.invitation import Invitation
from talkoot.city.organisations.models.municipality import Municipality, Unit
from talkoot.city.organisations.models.organisation import Establishment, Organisation, SizeClass
from talkoot.city.organisations.models.people import Membership
from talkoot.city.organisations.models.population import PopulationTotal
from talkoot.city.organisations.models.representation import Representation

__all__ = [
    "Establishment",
    "Invitation",
    "Membership",
    "Municipality",
    "Organisation",
    "PopulationTotal",
    "Representation",
    "SizeClass",
    "Unit",
]
