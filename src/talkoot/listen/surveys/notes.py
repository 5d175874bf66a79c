"""How a round's figures were calculated, and who is not in them, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit import typography
from talkoot.listen.surveys import sizes

if TYPE_CHECKING:
    from talkoot.listen.surveys.models import Round


def apart(counts: dict[str, int | None]) -> list[str]:
    """Those who answered and are not in the figures, each kind in a sentence."""
    sentences = {
        "others": gettext_lazy("Bodies that are not companies, counted apart: %(n)s."),
        "elsewhere": gettext_lazy("Companies in other municipalities, counted apart: %(n)s."),
        "size_unknown": gettext_lazy(
            "Companies whose size is not known: %(n)s. They stay unknown and weigh as the average."
        ),
        "by_officer": gettext_lazy("Answers recorded by an officer: %(n)s."),
    }
    return [
        sentence % {"n": _("fewer than 5") if counts[key] is None else typography.number(counts[key])}
        for key, sentence in sentences.items()
        if key in counts and counts[key] != 0
    ]


def of_method(survey: Round, content: dict[str, Any]) -> list[str]:
    """How the figures were calculated and how far they hold, a paragraph a string."""
    weighting = content["weighting"]
    found = []
    if weighting:
        found += _weighting_notes(content)
    else:
        found.append(_("Answers are not weighted, because the number of companies by size is not known."))
    found.append(
        _(
            "Intervals are 95% confidence intervals, calculated on the logit scale. If the survey were repeated many times, about 95 of 100 intervals calculated like this would contain the true share."
        )
    )
    found.append(_correction(survey))
    found.append(_("We hide small groups so that no company or person can be recognised."))
    return found


def _weighting_notes(content: dict[str, Any]) -> list[str]:
    weighting = content["weighting"]
    by = _("Answers are weighted so that they match the companies of the area by size.")
    if weighting.get("sectors"):
        by = _("Answers are weighted so that they match the companies of the area by size and sector.")
    rule = _(
        "Sizes with fewer than 5 answers to a question are weighted and shown together with their neighbour."
    )
    found = [f"{by} {rule}"]
    merged = [sizes.label(key) for key, classes in content["groups"].items() if len(classes) > 1]
    if merged and "deff" in weighting:
        found.append(_("Merged here: %(groups)s.") % {"groups": ", ".join(merged)})
    found.append(_population(weighting))
    if "deff" in weighting:
        found.append(
            _("After weighting, %(n)s answers carry as much information as %(m)s unweighted ones.")
            % {"n": typography.number(weighting["n"]), "m": typography.number(weighting["effective_n"], 0)}
        )
    else:
        found.append(
            _(
                "In one city a question is weighted by itself, and only where that gives no small group away; under each question it says how."
            )
        )
    return found


def _correction(survey: Round) -> str:
    """Whether the intervals are narrower because a large part of the companies answered."""
    if survey.frame != survey.Frame.RANDOM:
        return _(
            "The answers are not a random sample, so the intervals are not made narrower by the share of companies that answered (no finite population correction)."
        )
    if survey.frame_size is None:
        return _(
            "The number of companies that the sample was drawn from is not known, so the intervals have no finite population correction."
        )
    return _(
        "The sample was drawn from %(n)s companies; the intervals take into account what share of them answered (finite population correction)."
    ) % {"n": typography.number(survey.frame_size)}


def _population(weighting: dict[str, Any]) -> str:
    words = {"n": typography.number(weighting["companies"]), "year": weighting["year"]}
    if weighting["estimate"]:
        return _("Companies of the area in %(year)s: %(n)s. The split by size is an estimate.") % words
    return _("Companies of the area in %(year)s: %(n)s. Source: %(source)s.") % {
        **words,
        "source": ", ".join(weighting["sources"]),
    }
