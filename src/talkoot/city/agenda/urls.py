from __future__ import annotations

from django.urls import path

from talkoot.city.agenda.views import clock, tasks

app_name = "agenda"
_W = "<city:city>/tyotila"
urlpatterns = [
    path(f"{_W}/tehtavat/", tasks.TaskList.as_view(), name="list"),
    path(f"{_W}/tehtavat/uusi/", tasks.TaskCreate.as_view(), name="create"),
    path(f"{_W}/tehtavat/kalenteri/", clock.MyFeed.as_view(), name="feed"),
    path(f"{_W}/tehtavat/<int:pk>/", tasks.TaskDetail.as_view(), name="detail"),
    path(f"{_W}/tehtavat/<int:pk>/muokkaa/", tasks.TaskEdit.as_view(), name="edit"),
    path(f"{_W}/tehtavat/<int:pk>/valmis/", tasks.TaskDone.as_view(), name="done"),
    path(f"{_W}/tehtavat/<int:pk>/luovu/", tasks.TaskDrop.as_view(), name="drop"),
    path(f"{_W}/tehtavat/vaiheet/<int:pk>/", tasks.ItemTick.as_view(), name="tick"),
    path(f"{_W}/vuosikello/", clock.AnnualClock.as_view(), name="clock"),
]
