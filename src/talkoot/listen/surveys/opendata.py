"""The file that reproduces a round's results, by the publication rules of the 2021 survey.

Kept: size as it was weighted, chosen answers, weight. Left out: organisation, municipality, sector, language, own
words, contact details, and the order in which the answers came. Only companies in the cities that asked are in it.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey.weighting import collapse
from talkoot.listen.surveys import sample as samples
from talkoot.listen.surveys import sizes
from talkoot.listen.surveys.models import Question
from talkoot.listen.surveys.sheet import SEPARATOR

if TYPE_CHECKING:
    from talkoot.listen.surveys.models import Results, Round
    from talkoot.listen.surveys.sample import Respondent

LANGUAGES = ("fi", "sv", "en")
LICENCE = "CC BY 4.0"
NOT_KNOWN = ""
SIMULATED = "simulated"


def rows(survey: Round, results: Results) -> list[dict[str, str]]:
    """One row a company, in an order that says nothing of who answered when."""
    sample = samples.read(survey)
    weights = _weights(results, sample.counted)
    codes = [question.code for question in sample.questions]
    mark = {SIMULATED: "yes" if survey.simulated else "no"}
    found = [_row(one, codes, *weights[one.size]) | mark for one in sample.counted]
    return sorted(found, key=lambda row: tuple(row.values()))


def as_csv(survey: Round, results: Results) -> str:
    """Comma-separated, UTF-8 without a byte order mark."""
    data = rows(survey, results)
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(data[0]) if data else ["size_class"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(data)
    return out.getvalue()


def _row(one: Respondent, codes: list[str], group: str, weight: float) -> dict[str, str]:
    answers = {
        code: SEPARATOR.join(sorted(one.answers[code])) if code in one.answers else "" for code in codes
    }
    return {"size_class": group, "weight": f"{weight:.6f}", **answers}


def _weights(results: Results, counted: list[Respondent]) -> dict[str, tuple[str, float]]:
    """{size class: (group in which it was weighted, weight of each answer)}; the mean weight is 1.

    Without weighting the groups are merged by the same rule, so that none has fewer than five rows.
    """
    weighting = results.content["weighting"]
    known = [one.size for one in counted if one.size]
    found = {NOT_KNOWN: (NOT_KNOWN, 1.0)}
    if not weighting:
        merged = collapse(known, dict.fromkeys(sizes.CLASSES, 1))
        return found | {size: (sizes.key_of(cell.classes), 1.0) for cell in merged for size in cell.classes}
    population = sum(cell["companies"] for cell in weighting["cells"])
    for cell in weighting["cells"]:
        n = sum(size in cell["classes"] for size in known)
        weight = cell["companies"] / population * len(known) / n if n else 1.0
        found |= dict.fromkeys(cell["classes"], (cell["key"], weight))
    return found


def codebook(survey: Round, results: Results) -> dict[str, Any]:
    """What each column means, how the results were calculated, and what was left out."""
    questions = Question.objects.counted().filter(questionnaire=survey.questionnaire_id)  # type: ignore[attr-defined]  # our queryset
    return {
        "name": _in_languages(survey, "name"),
        "simulated": survey.simulated,
        "simulated_note": _in_languages(survey, "source") if survey.simulated else None,
        "shares_as_published": survey.followed if survey.simulated else None,
        "source": survey.source_url,
        "opened_on": survey.opened_on,
        "closed_on": survey.closed_on,
        "frame": survey.frame,
        "finite_population_correction": False,
        "cities": [city.code for city in survey.municipalities()],
        "rows": "companies in the cities that asked",
        "counts": results.content["counts"],
        "method": results.method,
        "calculated_at": results.calculated_at,
        "weighting": results.content["weighting"],
        "left_out": [
            "organisation",
            "municipality",
            "sector",
            "language",
            "own words",
            "contact details",
            "order of answers",
        ],
        "licence": LICENCE,
        "missing": "An empty cell is a question that was passed over, which is not no.",
        "columns": [
            {
                "name": "size_class",
                "meaning": "Size class in which the answer was weighted; empty: not known.",
            },
            {"name": "weight", "meaning": "Weight of the answer; the mean is 1."},
            *(_column(question) for question in questions.prefetch_related("options")),
            {"name": SIMULATED, "meaning": "yes: nobody answered like this; no: a real answer."},
        ],
        "results": results.content["questions"],
    }


def _column(question: Question) -> dict[str, Any]:
    return {
        "name": question.code,
        "kind": question.kind,
        "separator": SEPARATOR if question.kind == Question.Kind.MULTIPLE else None,
        "text": _in_languages(question, "text"),
        "method": question.method_code or None,
        "answers": {option.code: _in_languages(option, "text") for option in question.options.all()},
    }


def _in_languages(obj: object, name: str) -> dict[str, str | None]:
    return {code: getattr(obj, f"{name}_{code}") for code in LANGUAGES}
