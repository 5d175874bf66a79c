from __future__ import annotations

from django.urls import path

from talkoot.choose.operating_model.views import bulk, public, workspace

app_name = "operating_model"
_PUBLIC = "<city:city>/toimintamalli/"
_WORK = "<city:city>/tyotila/toimintamalli/"
urlpatterns = [
    path("vertailu/", public.Compare.as_view(), name="compare"),
    path(_PUBLIC, public.ModelPage.as_view(), name="public"),
    path(f"{_PUBLIC}<int:number>/", public.ModelPage.as_view(), name="version"),
    path(f"{_PUBLIC}<int:number>/toimintamalli.pdf", public.ModelPdf.as_view(), name="pdf"),
    path(f"{_PUBLIC}<int:number>/toimintamalli.json", public.ModelJson.as_view(), name="json"),
    path(f"{_PUBLIC}vuosikello.ics", public.ModelCalendar.as_view(), name="ics"),
    path(_WORK, workspace.ModelList.as_view(), name="list"),
    path(f"{_WORK}uusi/", workspace.ModelBegin.as_view(), name="create"),
    path(f"{_WORK}valinnasta/<int:run>/", workspace.ModelAdopt.as_view(), name="adopt"),
    path(f"{_WORK}<int:pk>/", workspace.ModelDetail.as_view(), name="detail"),
    path(f"{_WORK}<int:pk>/muokkaa/", workspace.ModelEdit.as_view(), name="edit"),
    path(f"{_WORK}<int:pk>/keinot/", bulk.ItemsEdit.as_view(), name="items"),
    path(f"{_WORK}<int:pk>/keino/uusi/", workspace.ItemAdd.as_view(), name="item_add"),
    path(
        f"{_WORK}<int:pk>/tila/approved/", workspace.ModelDecide.as_view(), {"to": "approved"}, name="decide"
    ),
    path(f"{_WORK}<int:pk>/tila/<slug:to>/", workspace.ModelStep.as_view(), name="step"),
    path(f"{_WORK}keino/<int:pk>/", workspace.ItemEdit.as_view(), name="item_edit"),
    path(f"{_WORK}keino/<int:pk>/poista/", workspace.ItemRemove.as_view(), name="item_remove"),
]
