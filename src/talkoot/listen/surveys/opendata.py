"""The files that reproduce a round's results, by the publication rules of the 2021 survey.

Kept: size as it was weighted, chosen answers, weight. Left out: organisation, municipality, sector, language, own
words, numbers and days, contact details, and the order in which the answers came. A question that only a few of some
size answered is left out too, because its column would say how many. Only companies in the cities that asked are in it.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.listen.surveys import sample as samples
from talkoot.listen.surveys.models import Question
from talkoot.listen.surveys.sheet import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.models import Results, Round
    from talkoot.listen.surveys.sample import Respondent, Sample

LANGUAGES = ("fi", "sv", "en")
LICENCE = "CC BY 4.0"
NOT_KNOWN = "unknown"
SIMULATED = "simulated"
OPEN = (Question.Kind.NUMBER, Question.Kind.TEXT, Question.Kind.DATE)
DATA, SPEC, BOOK = "answers.csv", "specification.json", "codebook.json"
EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Cell:
    """Answers with one weight: `number` counts from 1, 0 where the size or the sector is not known."""

    number: int
    size: str
    weight: float


@dataclass(frozen=True)
class File:
    """The companies with the cell of each, and the questions that are in the file."""

    rows: Sequence[Respondent]
    cells: Sequence[Cell]
    items: Sequence[Item]

    @property
    def table(self) -> list[dict[str, str]]:
        """One row a company, in an order that says nothing of who answered when."""
        pairs = zip(self.rows, self.cells, strict=True)
        found = [_facts(cell) | {item.code: _joined(item, one) for item in self.items} for one, cell in pairs]
        return sorted(found, key=lambda row: tuple(row.values()))

    @property
    def wide(self) -> list[dict[str, str]]:
        """As `table`, with a column of 0 and 1 for each answer where several may be chosen."""
        pairs = zip(self.rows, self.cells, strict=True)
        found = [_facts(cell) | _columns(self.items, one) for one, cell in pairs]
        return sorted(found, key=lambda row: tuple(row.values()))


def of(survey: Round, results: Results) -> File:
    sample = samples.read(survey)
    missing = results.content["left_out"]
    kept = [item for item in sample.items if item.code not in missing]
    return File(sample.counted, _cells(results.content, sample.counted), kept)


def left_out(content: Mapping[str, Any], sample: Sample) -> list[str]:
    """The questions that are not in the files."""
    cells = _cells(content, sample.counted)
    return [
        item.code for item in sample.items if item.kind in OPEN or not _is_safe(item, sample.counted, cells)
    ]


def _cells(content: Mapping[str, Any], rows: Sequence[Respondent]) -> list[Cell]:
    """Of each row; the mean weight is 1."""
    sizes = {size: key for key, classes in content["groups"].items() for size in classes}
    weighting = content["weighting"]
    places = [_number(one, weighting) for one in rows]
    if not weighting:
        return [Cell(0, sizes.get(one.size, NOT_KNOWN), 1.0) for one in rows]
    counted = Counter(place for place in places if place)
    known, companies = sum(counted.values()), sum(cell["companies"] for cell in weighting["cells"])
    weights = {
        place: weighting["cells"][place - 1]["companies"] / companies * known / n
        for place, n in counted.items()
    }
    return [
        Cell(place, sizes.get(one.size, NOT_KNOWN), weights.get(place, 1.0))
        for one, place in zip(rows, places, strict=True)
    ]


def _number(one: Respondent, weighting: Mapping[str, Any] | None) -> int:
    for place, cell in enumerate(weighting["cells"] if weighting else (), 1):
        if one.size in cell["classes"] and one.sector in cell.get("sectors", (one.sector,)):
            return place
    return 0


def _is_safe(item: Item, rows: Sequence[Respondent], cells: Sequence[Cell]) -> bool:
    """Of each size and each weight, five answered or nobody; that a size is not known tells nothing."""
    pairs = [(cell.size, cell.number) for one, cell in zip(rows, cells, strict=True) if item.code in one.said]
    by_size = Counter(size for size, _number in pairs if size != NOT_KNOWN)
    by_cell = Counter(number for _size, number in pairs if number)
    everyone = Counter({"": len(pairs)})
    return not any(n < THRESHOLD for counted in (by_size, by_cell, everyone) for n in counted.values() if n)


def _facts(cell: Cell) -> dict[str, str]:
    return {"size_class": cell.size, "cell": str(cell.number), "weight": f"{cell.weight:.6f}"}


def _joined(item: Item, one: Respondent) -> str:
    return SEPARATOR.join(sorted(one.said.get(item.code, ())))


def _columns(items: Sequence[Item], one: Respondent) -> dict[str, str]:
    found = {}
    for item in items:
        said = one.said.get(item.code)
        if item.has_several:
            for choice in item.choices:
                found[f"{item.code}={choice.code}"] = "" if said is None else str(int(choice.code in said))
        else:
            found[item.code] = _joined(item, one)
    return found


def as_csv(survey: Round, results: Results) -> str:
    """Comma-separated, UTF-8 without a byte order mark."""
    mark = {SIMULATED: "yes" if survey.simulated else "no"}
    return _csv([row | mark for row in of(survey, results).table])


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else ["size_class"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_zip(survey: Round, results: Results) -> bytes:
    """What `talkoot survey estimate specification.json` needs to give the published shares again."""
    file = of(survey, results)
    mark = {SIMULATED: "yes" if survey.simulated else "no"}
    frame = drawn_from(survey)
    if frame is not None:
        mark["companies_in_the_frame"] = str(frame)
    parts = {
        DATA: _csv([row | mark for row in file.wide]),
        SPEC: _json(specification(survey, results, file)),
        BOOK: _json(codebook(survey, results)),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder) + "\n"


def drawn_from(survey: Round) -> int | None:
    """Companies in the frame of a random sample; None for other frames, which take no correction."""
    return survey.frame_size if survey.frame == survey.Frame.RANDOM else None


def specification(survey: Round, results: Results, file: File) -> dict[str, Any]:
    """Every share of the file's questions, in all and by size as shown; those weighted by themselves are not among
    them."""
    questions = results.content["questions"]
    common = [
        item for item in file.items if questions[item.code]["options"] and "cells" not in questions[item.code]
    ]
    estimates = []
    for item in common:
        columns = (
            [f"{item.code}={choice.code}" for choice in item.choices] if item.has_several else [item.code]
        )
        estimates += [{"share": column} for column in columns]
        if any(group["options"] for group in questions[item.code]["groups"]):
            estimates += [{"share": column, "by": "size_class"} for column in columns]
    found: dict[str, Any] = {"data": DATA, "estimates": estimates}
    if drawn_from(survey) is not None:
        found["design"] = {"population": "companies_in_the_frame"}
    if results.content["weighting"]:
        sums: Counter[str] = Counter()
        for cell in file.cells:
            sums[str(cell.number)] += cell.weight  # type: ignore[assignment]  # weights, not numbers of rows
        totals = [{"cell": number, "count": weight} for number, weight in sorted(sums.items())]
        found["calibrate"] = {"post_stratify": {"by": ["cell"], "totals": totals}}
    return found


def codebook(survey: Round, results: Results) -> dict[str, Any]:
    """What each column means, how the results were calculated, and what was left out."""
    content = results.content
    kept = [one for one in content["asked"] if one["code"] not in content["left_out"]]
    return {
        "name": _in_languages(survey, "name"),
        "simulated": survey.simulated,
        "simulated_note": _in_languages(survey, "source") if survey.simulated else None,
        "shares_as_published": survey.followed if survey.simulated else None,
        "source": survey.source_url,
        "opened_on": survey.opened_on,
        "closed_on": survey.closed_on,
        "frame": survey.frame,
        "finite_population_correction": drawn_from(survey) is not None,
        "companies_in_the_frame": drawn_from(survey),
        "cities": [city.code for city in survey.municipalities()],
        "rows": "companies in the cities that asked",
        "counts": content["counts"],
        "method": results.method,
        "calculated_at": results.calculated_at,
        "weighting": content["weighting"],
        "left_out": [
            "organisation",
            "municipality",
            "sector",
            "language",
            "own words",
            "numbers and days",
            "contact details",
            "order of answers",
        ],
        "left_out_questions": content["left_out"],
        "why_left_out": "Own words, numbers and days, and questions that one to four companies of some size answered.",
        "licence": LICENCE,
        "missing": "An empty cell is a question that was passed over, which is not no.",
        "columns": [
            {
                "name": "size_class",
                "meaning": f"Size class as shown; {NOT_KNOWN}: the size is not known.",
            },
            {
                "name": "cell",
                "meaning": "Place in weighting.cells, from 1; 0: not weighted, which is the mean weight.",
            },
            {"name": "weight", "meaning": "Weight of the answer; the mean is 1."},
            *map(_column, kept),
            {"name": SIMULATED, "meaning": "yes: nobody answered like this; no: a real answer."},
        ],
        "results": content["questions"],
    }


def _column(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": asked["code"],
        "kind": asked["kind"],
        "separator": SEPARATOR if asked["kind"] == Question.Kind.MULTIPLE else None,
        "text": _whole(asked["text"]),
        "method": asked["method_code"] or None,
        "answers": {choice["code"]: _whole(choice["text"]) for choice in asked["choices"]},
    }


def _whole(words: Mapping[str, str]) -> dict[str, str | None]:
    return {code: words.get(code) for code in LANGUAGES}


def _in_languages(obj: object, name: str) -> dict[str, str | None]:
    return {code: getattr(obj, f"{name}_{code}") for code in LANGUAGES}
