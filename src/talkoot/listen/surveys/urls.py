from __future__ import annotations

from django.urls import path

from talkoot.listen.surveys.views import public, workspace

app_name = "surveys"
urlpatterns = [
    path("<city:city>/kysely/", public.RoundList.as_view(), name="public_list"),
    path("<city:city>/kysely/<int:pk>/", public.RoundResults.as_view(), name="results"),
    path("<city:city>/kysely/<int:pk>/vastaukset.csv", public.OpenData.as_view(), name="open_data"),
    path("<city:city>/kysely/<int:pk>/muuttujat.json", public.Codebook.as_view(), name="codebook"),
    path("<city:city>/tyotila/kyselyt/", workspace.RoundList.as_view(), name="workspace_list"),
    path("<city:city>/tyotila/kyselyt/<int:pk>/", workspace.RoundResults.as_view(), name="workspace_results"),
    path("<city:city>/tyotila/kyselyt/<int:pk>/tuo/", workspace.Import.as_view(), name="import"),
    path("<city:city>/tyotila/kyselyt/<int:pk>/laske/", workspace.Calculate.as_view(), name="calculate"),
    path("<city:city>/tyotila/kyselyt/<int:pk>/tila/<slug:to>/", workspace.Step.as_view(), name="step"),
]
