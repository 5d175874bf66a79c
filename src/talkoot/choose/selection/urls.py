from __future__ import annotations

from django.urls import path

from talkoot.choose.selection import views

app_name = "selection"
urlpatterns = [
    path("<city:city>/tyotila/valinta/", views.RunList.as_view(), name="list"),
    path("<city:city>/tyotila/valinta/uusi/", views.RunCreate.as_view(), name="create"),
    path("<city:city>/tyotila/valinta/<int:pk>/", views.RunDetail.as_view(), name="detail"),
    path("<city:city>/tyotila/valinta/<int:pk>/peru/", views.RunCancel.as_view(), name="cancel"),
    path("<city:city>/tyotila/valinta/<int:pk>/<slug:part>.json", views.RunCase.as_view(), name="file"),
]
