from __future__ import annotations

from django.urls import path

from talkoot.city.accounts.views import own

app_name = "accounts"
urlpatterns = [
    path("tili/", own.Home.as_view(), name="home"),
    path("tili/omat-tiedot/", own.Me.as_view(), name="me"),
    path("tili/omat-tiedot/lataa/", own.OwnData.as_view(), name="own_data"),
]
