from __future__ import annotations

from django.urls import path

from talkoot.choose.pilots.views import evidence, portal, public, workspace

app_name = "pilots"
_WORK = "<city:city>/tyotila/pilotit/"

urlpatterns = [
    path("<city:city>/pilotit/", public.PublicList.as_view(), name="public_list"),
    path("<city:city>/pilotit/<int:pk>/", public.PublicDetail.as_view(), name="public_detail"),
    path("oma/pilotit/", portal.OwnList.as_view(), name="portal_list"),
    path("oma/pilotit/<int:pk>/", portal.OwnDetail.as_view(), name="portal_detail"),
    path("<city:city>/tyotila/naytto/", evidence.EvidencePage.as_view(), name="evidence"),
    path(_WORK, workspace.PilotList.as_view(), name="list"),
    path(f"{_WORK}uusi/", workspace.PilotCreate.as_view(), name="create"),
    path(f"{_WORK}tuo/", workspace.PilotImport.as_view(), name="import"),
    path(f"{_WORK}<int:pk>/", workspace.PilotDetail.as_view(), name="detail"),
    path(f"{_WORK}<int:pk>/muokkaa/", workspace.PilotEdit.as_view(), name="edit"),
    path(f"{_WORK}<int:pk>/poista/", workspace.PilotDelete.as_view(), name="delete"),
    path(f"{_WORK}<int:pk>/paata/", workspace.PilotEnd.as_view(), name="end"),
    path(f"{_WORK}<int:pk>/vaihe/<slug:to>/", workspace.PilotStep.as_view(), name="step"),
    path(f"{_WORK}<int:pk>/osallistujat/uusi/", workspace.ParticipantAdd.as_view(), name="participant_add"),
    path(
        f"{_WORK}<int:pilot>/osallistujat/<int:pk>/poista/",
        workspace.ParticipantRemove.as_view(),
        name="participant_remove",
    ),
]
