from __future__ import annotations

from django.urls import path

from talkoot.listen.pulse.views import public, workspace

app_name = "pulse"
urlpatterns = [
    path("palaute/", public.Give.as_view(), name="feedback"),
    path("palaute/kiitos/", public.Thanks.as_view(), name="thanks"),
    path("<city:city>/palaute/", public.Give.as_view(), name="feedback"),
    path("<city:city>/palaute/kiitos/", public.Thanks.as_view(), name="thanks"),
    path("<city:city>/tyotila/palaute/", workspace.FeedbackList.as_view(), name="list"),
    path("<city:city>/tyotila/palaute/<int:pk>/", workspace.FeedbackDetail.as_view(), name="detail"),
    path("<city:city>/tyotila/palaute/<int:pk>/vastaa/", workspace.Answer.as_view(), name="answer"),
    path("<city:city>/tyotila/palaute/<int:pk>/siirra/", workspace.HandOver.as_view(), name="hand_over"),
]
