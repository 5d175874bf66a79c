from __future__ import annotations

from django.urls import path

from talkoot.show.workspace import views

app_name = "workspace"
urlpatterns = [
    path("<city:city>/tyotila/", views.Overview.as_view(), name="overview"),
    path("<city:city>/tyotila/haku/", views.Search.as_view(), name="search"),
]
