from talkoot.city.agenda.models.feed import CalendarFeed
from talkoot.city.agenda.models.task import ChecklistItem, Task

__all__ = ["CalendarFeed", "ChecklistItem", "Task"]
