from __future__ import annotations

from django.urls import path

from talkoot.show.public import views

app_name = "public"
_STATEMENTS = (
    ("saavutettavuus/", views.Accessibility, "accessibility"),
    ("tietosuoja/", views.Privacy, "privacy"),
    ("selkokieli/", views.Plain, "plain"),
)
urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("<city:city>/", views.Home.as_view(), name="home"),
    *(path(address, view.as_view(), name=name) for address, view, name in _STATEMENTS),
    *(path(f"<city:city>/{address}", view.as_view(), name=name) for address, view, name in _STATEMENTS),
]
