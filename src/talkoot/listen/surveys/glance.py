"""The newest published round in a few bars, for front pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from talkoot.city.organisations.models import Municipality
from talkoot.listen.surveys import asked
from talkoot.listen.surveys.models import Question, Results, Round
from talkoot.listen.surveys.shown import CAVEATS, chart_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.charts import Bars

SHOWN = 4


@dataclass(frozen=True)
class Glance:
    """`chart`: the commonest answers to the first question with several choices, or None."""

    survey: Round
    answered: int
    chart: Bars | None
    url: str

    @property
    def caveat(self) -> _StrPromise:
        return CAVEATS[self.survey.frame]


def newest(user: AnyUser, city: Municipality | None = None) -> Glance | None:
    """The round published last in this city, or in any; the figures are those of all its cities together."""
    rounds = Round.objects.visible_to(user).filter(state=Round.State.PUBLISHED)  # type: ignore[attr-defined]  # our queryset
    if city is not None:
        rounds = rounds.filter(Q(city=city) | Q(cities=city))
    rows = Results.objects.filter(round__in=rounds.order_by().values("pk"), city=None)
    results = rows.select_related("round").order_by("-round__closed_on", "-round").first()
    if results is None:
        return None
    survey = results.round
    slug = city.slug if city else _slug(survey)
    return Glance(
        survey=survey,
        answered=results.content["counts"]["answered"],
        chart=_chart(survey, results),
        url=reverse("surveys:results", kwargs={"city": slug, "pk": survey.pk}),
    )


def _slug(survey: Round) -> str:
    """Of the city that asked, or of the first of them."""
    return str(
        Municipality.objects.filter(Q(pk=survey.city_id) | Q(joint_survey_rounds=survey)).values_list(
            "slug", flat=True
        )[0]
    )


def _chart(survey: Round, results: Results) -> Bars | None:
    found = results.content["questions"]
    for question in asked.of(results):
        if (
            question.kind == Question.Kind.MULTIPLE
            and not question.method_code
            and found[question.code]["options"]
        ):
            return chart_of(survey, question, found[question.code], most=SHOWN)
    return None
