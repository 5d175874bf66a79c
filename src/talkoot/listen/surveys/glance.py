"""The newest published round in a few bars, for front pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from talkoot.listen.surveys import asked
from talkoot.listen.surveys.models import Question
from talkoot.listen.surveys.newest import heard
from talkoot.listen.surveys.shown import CAVEATS, chart_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.charts import Bars
    from talkoot.listen.surveys.newest import Heard

SHOWN = 4


@dataclass(frozen=True)
class Glance:
    """`chart`: the commonest answers to the first question with several choices, or None."""

    survey: Heard
    answered: int
    chart: Bars | None

    @property
    def caveat(self) -> _StrPromise:
        return CAVEATS[self.survey.frame]


def newest(city: Municipality | None = None) -> Glance | None:
    """The round published last in this city, or in any; the figures are those of all its cities together."""
    survey = heard(city)
    if survey is None:
        return None
    counts = survey.content["counts"]
    return Glance(survey, counts["answered"] or counts["counted"] or 0, _chart(survey))


def _chart(survey: Heard) -> Bars | None:
    found = survey.content["questions"]

    def is_telling(kept: dict[str, Any]) -> bool:
        several = kept["kind"] == Question.Kind.MULTIPLE and not kept["method_code"]
        return several and bool(found[kept["code"]]["options"])

    question = asked.first(survey, is_telling)
    if question is None:
        return None
    return chart_of(survey, question, found[question.code], most=SHOWN)  # type: ignore[arg-type]  # it reads no more of a round
