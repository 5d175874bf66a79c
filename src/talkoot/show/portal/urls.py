from __future__ import annotations

from django.urls import path

from talkoot.show.portal import views

app_name = "portal"
urlpatterns = [path("oma/", views.Home.as_view(), name="home")]
