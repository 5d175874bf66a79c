from __future__ import annotations

from django.urls import path

from talkoot.kit.ui import views

urlpatterns = [path("teema/<city:city>.css", views.Theme.as_view(), name="theme")]
