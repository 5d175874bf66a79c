"""What is counted of a questionnaire: each question, a matrix line by line, with its answers and what each respondent said.

An item is answered by choosing, as far as the results go: of a ranking it is what came first, of a day its year or
month. Numbers have a mean, and of own words only how many there are. Contact details and files are no items.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from talkoot.analysis.survey.collapsing import Cell, along_sizes
from talkoot.listen.surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from talkoot.listen.surveys.models import Round

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
Words = dict[str, str]
YES = {"fi": "Kyllä", "sv": "Ja", "en": "Yes"}
MONTH = len("2026-01")
YEAR = len("2026")
MOST_YEARS = 2


@dataclass(frozen=True)
class Choice:
    code: str
    text: Words
    benefits: bool = False


@dataclass(frozen=True)
class Item:
    """`line`: of a matrix. `conditional`: not everyone was asked. `means`: {day, year or month: code of a choice}."""

    code: str
    kind: str
    text: Words
    choices: tuple[Choice, ...] = ()
    method_code: str = ""
    max_choices: int | None = None
    unit: str = ""
    conditional: bool = False
    question: str = ""
    line: str = ""
    means: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_chosen(self) -> bool:
        """Its answers have shares."""
        return self.kind not in {Question.Kind.NUMBER, Question.Kind.TEXT}

    @property
    def has_several(self) -> bool:
        """Each answer is a share of its own: several may be chosen, or a box ticked or not."""
        return self.kind in {Question.Kind.MULTIPLE, Question.Kind.CONSENT}

    def said(self, answers: Mapping[str, Any]) -> Any:
        """Of a respondent: the codes chosen, a number, True for own words; None for no answer."""
        value = answers.get(self.question)
        if self.line:
            value = value and value.get(self.line)
        if self.kind == Question.Kind.CONSENT:
            return frozenset(("yes",) if value else ()) if value or not self.conditional else None
        return None if value in (None, "", []) else self._read(value)

    def _read(self, value: Any) -> Any:
        match self.kind:
            case Question.Kind.MULTIPLE | Question.Kind.RANKING:
                return frozenset(value if self.has_several else value[:1])
            case Question.Kind.NUMBER:
                return float(value)
            case Question.Kind.TEXT:
                return True
            case Question.Kind.DATE:
                code = self.means.get(value[:MONTH]) or self.means.get(value[:YEAR])
                return None if code is None else frozenset((code,))
        return frozenset((str(value),))


def of(survey: Round, answers: Iterable[Mapping[str, Any]]) -> list[Item]:
    """In the order of the questions; `answers` of the companies that are counted, for the years and months of days."""
    rows = Question.objects.filter(questionnaire=survey.questionnaire_id, base="")
    rows = rows.exclude(kind__in=(Question.Kind.CONTACT, Question.Kind.FILE)).order_by("number")
    given = list(answers)
    found: list[Item] = []
    for question in rows.prefetch_related("options", "rows", "shown_when"):
        found += _items(question, given)
    return found


def _items(question: Question, answers: Sequence[Mapping[str, Any]]) -> list[Item]:
    plain = Item(
        code=question.code,
        kind=question.kind,
        text=words(question),
        choices=tuple(Choice(one.code, words(one), one.benefits) for one in question.options.all()),
        method_code=question.method_code,
        max_choices=question.max_choices,
        unit=question.unit,
        conditional=bool(question.shown_when.all()),
        question=question.code,
    )
    if question.kind == Question.Kind.MATRIX:
        return [_line(plain, row.code, words(row)) for row in question.rows.all()]
    if question.kind == Question.Kind.DATE:
        return [_dated(plain, [text for one in answers if (text := one.get(question.code))])]
    if question.kind == Question.Kind.CONSENT:
        return [_with(plain, choices=(Choice("yes", YES),))]
    return [plain]


def _with(item: Item, **changed: Any) -> Item:
    return Item(**{**vars(item), **changed})


def _line(item: Item, code: str, text: Words) -> Item:
    both = {language: f"{item.text.get(language, item.text['fi'])} {said}" for language, said in text.items()}
    return _with(item, code=f"{item.code}.{code}", text=both, line=code, kind=Question.Kind.SINGLE)


def _dated(item: Item, days: Sequence[str]) -> Item:
    """Years, or months when there are at most two years; neighbours that few named are one."""
    length = YEAR if len({day[:YEAR] for day in days}) > MOST_YEARS else MONTH
    counted = Counter(day[:length] for day in days)
    cells, _ = along_sizes([Cell((part,), n, n) for part, n in sorted(counted.items())])
    choices: list[Choice] = []
    means: dict[str, str] = {}
    for cell in cells:
        code = "_".join(dict.fromkeys((cell.classes[0], cell.classes[-1])))
        text = "–".join(map(_day, dict.fromkeys((cell.classes[0], cell.classes[-1]))))
        choices.append(Choice(code, dict.fromkeys(LANGUAGES, text)))
        means |= dict.fromkeys(cell.classes, code)
    return _with(item, choices=tuple(choices), means=means)


def _day(part: str) -> str:
    year, _, month = part.partition("-")
    return f"{int(month)}/{year}" if month else year


def words(row: Any) -> Words:
    """The text of a question, a line or an answer in each language that has it."""
    return {code: text for code in LANGUAGES if (text := getattr(row, f"text_{code}"))}
