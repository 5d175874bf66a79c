from __future__ import annotations

from django.urls import path

from talkoot.city.changes.views import workspace

app_name = "changes"
_W = "<city:city>/tyotila/roolimuutokset"
urlpatterns = [
    path(f"{_W}/", workspace.RoleChangeList.as_view(), name="list"),
    path(f"{_W}/uusi/", workspace.RoleChangeCreate.as_view(), name="create"),
    path(f"{_W}/<int:pk>/", workspace.RoleChangeDetail.as_view(), name="detail"),
    path(f"{_W}/<int:pk>/muokkaa/", workspace.RoleChangeEdit.as_view(), name="edit"),
    path(f"{_W}/<int:pk>/vaikutukset/uusi/", workspace.EffectCreate.as_view(), name="effect_create"),
    path(f"{_W}/vaikutukset/<int:pk>/poista/", workspace.EffectDelete.as_view(), name="effect_delete"),
]
