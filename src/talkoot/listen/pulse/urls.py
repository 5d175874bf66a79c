from __future__ import annotations

from django.urls import path

from talkoot.listen.pulse.views import checks, outcomes, portal, public, steps, tapping, told, workspace

app_name = "pulse"
_DESK = "<city:city>/tyotila/palaute/"
_TOLD = "<city:city>/tyotila/kuultua/"
_ASKED = "<city:city>/tyotila/pulssi/"
urlpatterns = [
    path("palaute/", public.Give.as_view(), name="feedback"),
    path("palaute/ehdotus/", public.Suggest.as_view(), name="suggest"),
    path("palaute/yhteydenotto/", public.Contact.as_view(), name="contact"),
    path("palaute/kiitos/", public.Thanks.as_view(), name="thanks"),
    path("palaute/pulssi/<int:pk>/", tapping.TapPage.as_view(), name="tap"),
    path("palaute/pulssi/<int:pk>/kiitos/", public.Comment.as_view(), name="comment"),
    path("<city:city>/palaute/", public.Give.as_view(), name="feedback"),
    path("<city:city>/palaute/ehdotus/", public.Suggest.as_view(), name="suggest"),
    path("<city:city>/palaute/yhteydenotto/", public.Contact.as_view(), name="contact"),
    path("<city:city>/palaute/kiitos/", public.Thanks.as_view(), name="thanks"),
    path("<city:city>/kuultua/", told.ToldPage.as_view(), name="told"),
    path("<city:city>/kuultua/kuultua.json", told.ToldJson.as_view(), name="told_json"),
    path("<city:city>/kuultua/syote.xml", told.ToldFeed.as_view(), name="told_feed"),
    path("oma/viestit/", portal.OwnList.as_view(), name="own_list"),
    path("oma/viestit/uusi/", portal.OwnCreate.as_view(), name="own_create"),
    path("oma/viestit/<int:pk>/", portal.OwnDetail.as_view(), name="own_detail"),
    path(_DESK, workspace.HeardList.as_view(), name="list"),
    path(f"{_DESK}muistio/", steps.Note.as_view(), name="note"),
    path(f"{_DESK}<int:pk>/", workspace.HeardDetail.as_view(), name="detail"),
    path(f"{_DESK}<int:pk>/vastaa/", steps.Answer.as_view(), name="answer"),
    path(f"{_DESK}<int:pk>/kasittele/", steps.Take.as_view(), name="take"),
    path(f"{_DESK}<int:pk>/siirra/", steps.HandOver.as_view(), name="hand_over"),
    path(f"{_DESK}<int:pk>/sulje/", steps.Close.as_view(), name="close"),
    path(f"{_DESK}<int:pk>/vastuu/", steps.Assign.as_view(), name="assign"),
    path(f"{_DESK}<int:pk>/keinot/", steps.Tag.as_view(), name="tag"),
    path(f"{_DESK}<int:pk>/kerro/", outcomes.OutcomeCreate.as_view(), name="tell"),
    path(f"{_DESK}<int:pk>/liita/", outcomes.Join.as_view(), name="join"),
    path(_TOLD, outcomes.OutcomeList.as_view(), name="outcomes"),
    path(f"{_TOLD}uusi/", outcomes.OutcomeCreate.as_view(), name="outcome_create"),
    path(f"{_TOLD}<int:pk>/", outcomes.OutcomeDetail.as_view(), name="outcome"),
    path(f"{_TOLD}<int:pk>/muokkaa/", outcomes.OutcomeEdit.as_view(), name="outcome_edit"),
    path(f"{_TOLD}<int:pk>/<slug:to>/", outcomes.OutcomeStep.as_view(), name="outcome_step"),
    path(_ASKED, checks.CheckList.as_view(), name="checks"),
    path(f"{_ASKED}uusi/", checks.CheckCreate.as_view(), name="check_create"),
    path(f"{_ASKED}<int:pk>/", checks.CheckDetail.as_view(), name="check"),
    path(f"{_ASKED}<int:pk>/muokkaa/", checks.CheckEdit.as_view(), name="check_edit"),
    path(f"{_ASKED}<int:pk>/<slug:to>/", checks.CheckStep.as_view(), name="check_step"),
]
