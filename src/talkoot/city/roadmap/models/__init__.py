from talkoot.city.roadmap.models.indicator import Indicator, Value
from talkoot.city.roadmap.models.roadmap import Goal, Roadmap, Theme

__all__ = ["Goal", "Indicator", "Roadmap", "Theme", "Value"]
