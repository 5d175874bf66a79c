"""What surveys add to the page of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.kit.charts import Bar, Bars
from talkoot.listen.surveys import demand, sizes
from talkoot.listen.surveys.models import Question, Results, Round
from talkoot.listen.surveys.shown import CAVEATS, benefit, choices

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.kit.access.request import Request


def method_panel(request: Request, method: Method) -> dict[str, Any] | None:
    """How many companies say they would benefit, by the newest published round that asked; nothing if none did.

    In a city's workspace also what it means there: the finding that enters the choice.
    """
    question = _question(request, method)
    if question is None:
        return None
    survey = question.questionnaire.rounds.filter(state=Round.State.PUBLISHED).order_by("-closed_on", "-pk")[
        0
    ]
    results = Results.objects.filter(round=survey, city=None).first()
    found = results.content["questions"].get(question.code) if results else None
    if not found:
        return None
    finding = None
    if request.city is not None:
        finding = demand.evidence(request.city, [method])[method.pk][demand.CRITERION]
    return {
        "chart": _chart(question, found),
        "survey": survey,
        "caveat": CAVEATS[survey.frame],
        "finding": finding,
        "city": request.city,
        "url": reverse("surveys:results", kwargs={"city": _place(request, survey), "pk": survey.pk}),
    }


def _place(request: Request, survey: Round) -> str:
    """The city in the address, or the first of those that asked."""
    city = request.city or survey.city
    if city is not None:
        return str(city.slug)
    return str(survey.cities.order_by("code").values_list("slug", flat=True)[0])


def _question(request: Request, method: Method) -> Question | None:
    asked = Question.objects.filter(
        method_code=method.code, questionnaire__rounds__state=Round.State.PUBLISHED
    )
    if request.city is not None:
        rounds = Round.objects.in_city(request.city).filter(state=Round.State.PUBLISHED)  # type: ignore[attr-defined]  # our queryset
        asked = asked.filter(questionnaire__rounds__in=rounds)
    rows = asked.select_related("questionnaire").prefetch_related(choices())
    return rows.order_by("-questionnaire__rounds__closed_on").first()


def _chart(question: Question, found: dict[str, Any]) -> Bars:
    everyone = {"key": None, "n": found["n"], "hidden": found["hidden"], "options": found["options"]}
    rows = [everyone, *found["groups"]]
    return Bars(
        caption=_("How many say they would benefit?"),
        note=_("Share of companies that say they would benefit from the method, of those that answered."),
        label_head=_("Company size"),
        n_head="n",
        items=[_bar(question, row) for row in rows],
    )


def _bar(question: Question, row: dict[str, Any]) -> Bar:
    label = _("All") if row["key"] is None else sizes.label(row["key"])
    share = benefit(question, row)
    if share is None:
        return Bar(label, missing=row["hidden"] or "not_known")
    value, low, high = (100 * share[name] for name in ("share", "low", "high"))
    return Bar(label, value, low, high, n=row["n"])
