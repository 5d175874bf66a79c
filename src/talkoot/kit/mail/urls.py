from __future__ import annotations

from django.urls import path

from talkoot.kit.mail.pages import Unsubscribe

app_name = "mail"
urlpatterns = [path("tili/tilaus/<str:token>/", Unsubscribe.as_view(), name="unsubscribe")]
