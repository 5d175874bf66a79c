from __future__ import annotations

from django.urls import path

from talkoot.kit.jobs.pages import JobList, RetryPage

app_name = "jobs"
urlpatterns = [
    path("tili/tyot/", JobList.as_view(), name="list"),
    path("tili/tyot/<uuid:pk>/", RetryPage.as_view(), name="retry"),
]
