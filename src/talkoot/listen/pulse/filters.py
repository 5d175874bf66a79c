from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from talkoot.listen.pulse.models import Feedback


class FeedbackFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Feedback.State.choices, empty_label=_("All")
    )

    class Meta:
        model = Feedback
        fields = ("state",)
