from __future__ import annotations

from django.urls import path

from talkoot.kit.ui import views

app_name = "ui"
urlpatterns = [path("ui/", views.Gallery.as_view(), name="gallery")]
