from __future__ import annotations

from django.urls import path

from talkoot.city.roadmap.views import public, workspace

app_name = "roadmap"
_W = "<city:city>/tyotila/tiekartta"
urlpatterns = [
    path("<city:city>/tavoitteet/", public.Targets.as_view(), name="public"),
    path(f"{_W}/", workspace.RoadmapList.as_view(), name="workspace"),
    path(f"{_W}/uusi/", workspace.RoadmapCreate.as_view(), name="create"),
    path(f"{_W}/<int:pk>/", workspace.RoadmapDetail.as_view(), name="detail"),
    path(f"{_W}/<int:pk>/muokkaa/", workspace.RoadmapEdit.as_view(), name="edit"),
    path(f"{_W}/<int:pk>/poista/", workspace.RoadmapDelete.as_view(), name="delete"),
    path(f"{_W}/<int:pk>/teemat/uusi/", workspace.ThemeCreate.as_view(), name="theme_create"),
    path(f"{_W}/<int:pk>/paamaarat/uusi/", workspace.GoalCreate.as_view(), name="goal_create"),
    path(f"{_W}/<int:pk>/mittarit/uusi/", workspace.IndicatorCreate.as_view(), name="indicator_create"),
    path(f"{_W}/teemat/<int:pk>/", workspace.ThemeEdit.as_view(), name="theme"),
    path(f"{_W}/paamaarat/<int:pk>/", workspace.GoalEdit.as_view(), name="goal"),
    path(f"{_W}/mittarit/<int:pk>/", workspace.IndicatorDetail.as_view(), name="indicator"),
    path(f"{_W}/mittarit/<int:pk>/muokkaa/", workspace.IndicatorEdit.as_view(), name="indicator_edit"),
    path(f"{_W}/mittarit/<int:pk>/luvut/uusi/", workspace.ValueCreate.as_view(), name="value_create"),
    path(f"{_W}/teemat/<int:pk>/poista/", workspace.ThemeDelete.as_view(), name="theme_delete"),
    path(f"{_W}/paamaarat/<int:pk>/poista/", workspace.GoalDelete.as_view(), name="goal_delete"),
    path(f"{_W}/mittarit/<int:pk>/poista/", workspace.IndicatorDelete.as_view(), name="indicator_delete"),
    path(f"{_W}/luvut/<int:pk>/poista/", workspace.ValueDelete.as_view(), name="value_delete"),
]
