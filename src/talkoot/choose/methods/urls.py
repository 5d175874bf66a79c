from __future__ import annotations

from django.urls import path

from talkoot.choose.methods.views import public, workspace

app_name = "methods"
_OWN = "<city:city>/tyotila/keinot/"

urlpatterns = [
    path("kirjasto/", public.Library.as_view(), name="list"),
    path("kirjasto/<slug:code>/", public.MethodPage.as_view(), name="detail"),
    path(_OWN, workspace.CityLibrary.as_view(), name="workspace_list"),
    path(f"{_OWN}<slug:code>/", workspace.CityMethodPage.as_view(), name="workspace_detail"),
    path(f"{_OWN}<slug:code>/tyomaara/", workspace.EffortPage.as_view(), name="effort"),
    path(f"{_OWN}<slug:code>/tyomaara/poista/", workspace.WithdrawEffort.as_view(), name="effort_withdraw"),
    path(f"{_OWN}<slug:code>/arvio/<str:criterion>/", workspace.ScorePage.as_view(), name="score"),
    path(
        f"{_OWN}<slug:code>/arvio/<str:criterion>/poista/",
        workspace.WithdrawScore.as_view(),
        name="score_withdraw",
    ),
]
