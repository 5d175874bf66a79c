"""What surveys add to the page of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.kit.charts import Bar, Bars
from talkoot.listen.surveys import asked, demand, sizes
from talkoot.listen.surveys.newest import heard
from talkoot.listen.surveys.shown import CAVEATS, benefit

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.kit.access.request import Request
    from talkoot.listen.surveys.asked import Asked


def method_panel(request: Request, method: Method) -> dict[str, Any] | None:
    """How many companies say they would benefit, by the newest published round that asked; nothing if none did.

    In a city's workspace also what it means there: the finding that enters the choice.
    """
    survey = heard(request.city, method=method.code)
    question = asked.about(survey, method.code) if survey else None
    if survey is None or question is None:
        return None
    found = survey.content["questions"][question.code]
    finding = None
    if request.city is not None:
        finding = demand.evidence(request.city, [method])[method.pk][demand.CRITERION]
    return {
        "chart": _chart(question, found),
        "survey": survey,
        "caveat": CAVEATS[survey.frame],
        "finding": finding,
        "city": request.city,
    }


def _chart(question: Asked, found: dict[str, Any]) -> Bars:
    everyone = {"key": None, "n": found["n"], "hidden": found["hidden"], "options": found["options"]}
    rows = [everyone, *found["groups"]]
    return Bars(
        caption=_("How many say they would benefit?"),
        note=_("Share of companies that say they would benefit from the method, of those that answered."),
        label_head=_("Company size"),
        n_head="n",
        items=[_bar(question, row) for row in rows],
    )


def _bar(question: Asked, row: dict[str, Any]) -> Bar:
    label = _("All") if row["key"] is None else sizes.label(row["key"])
    share = benefit(question, row)
    if share is None:
        return Bar(label, missing=row["hidden"] or "not_known")
    value, low, high = (100 * share[name] for name in ("share", "low", "high"))
    return Bar(label, value, low, high, n=row["n"])
