from __future__ import annotations

from django.urls import path

from talkoot.city.agenda.views import clock

urlpatterns = [path("kalenteri/<str:token>.ics", clock.TaskFeed.as_view(), name="task_feed")]
