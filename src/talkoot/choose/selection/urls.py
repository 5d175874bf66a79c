from __future__ import annotations

from django.urls import path

from talkoot.choose.selection import preference_views as preferences
from talkoot.choose.selection import views

app_name = "selection"
_GROUPS = "<city:city>/tyotila/valinta/ryhmat/"

urlpatterns = [
    path("<city:city>/tyotila/valinta/", views.RunList.as_view(), name="list"),
    path("<city:city>/tyotila/valinta/uusi/", views.RunCreate.as_view(), name="create"),
    path("<city:city>/tyotila/valinta/rajat/", preferences.WeightsCheck.as_view(), name="check"),
    path(_GROUPS, preferences.PreferenceList.as_view(), name="preferences"),
    path(f"{_GROUPS}uusi/", preferences.PreferenceCreate.as_view(), name="preference_create"),
    path(f"{_GROUPS}<int:pk>/", preferences.PreferenceDetail.as_view(), name="preference"),
    path(f"{_GROUPS}<int:pk>/muokkaa/", preferences.PreferenceEdit.as_view(), name="preference_edit"),
    path(f"{_GROUPS}<int:pk>/poista/", preferences.PreferenceDelete.as_view(), name="preference_delete"),
    path("<city:city>/tyotila/valinta/<int:pk>/", views.RunDetail.as_view(), name="detail"),
    path("<city:city>/tyotila/valinta/<int:pk>/vertaa/", views.RunCompare.as_view(), name="compare"),
    path("<city:city>/tyotila/valinta/<int:pk>/naytto/", views.RunGrounds.as_view(), name="grounds"),
    path("<city:city>/tyotila/valinta/<int:pk>/muistio/", views.RunMemo.as_view(), name="memo"),
    path("<city:city>/tyotila/valinta/<int:pk>/peru/", views.RunCancel.as_view(), name="cancel"),
    path("<city:city>/tyotila/valinta/<int:pk>/<slug:part>.json", views.RunCase.as_view(), name="file"),
]
