from talkoot.choose.methods.models.city import CityEffort, CityScore
from talkoot.choose.methods.models.method import Basis, Cadence, Category, Criterion, Goal, Method, Target

__all__ = ["Basis", "Cadence", "Category", "CityEffort", "CityScore", "Criterion", "Goal", "Method", "Target"]
