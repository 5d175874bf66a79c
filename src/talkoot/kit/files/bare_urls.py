from __future__ import annotations

from django.urls import path

from talkoot.kit.files.pages import ServeFile

app_name = "files"
urlpatterns = [path("tiedostot/<int:pk>/<str:name>", ServeFile.as_view(), name="serve")]
