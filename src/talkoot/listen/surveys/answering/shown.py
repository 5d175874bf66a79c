"""A page of questions as the template draws it: texts in the language in force, and what stands in each field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.kit import typography
from talkoot.listen.surveys.answering import kinds, path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from talkoot.listen.surveys.answering.kinds import Sent
    from talkoot.listen.surveys.answering.plan import Asked, Choice, Plan


@dataclass(frozen=True)
class Mark:
    """One thing to choose, or one place in a list of places."""

    code: str
    label: str
    on: bool
    id: str


@dataclass(frozen=True)
class Line:
    """A line of a matrix, or an option to be placed in order; `name` is that of its field."""

    name: str
    label: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Field:
    """A question as it is drawn. `value` is text; `parts` are those of contact details."""

    name: str
    kind: str
    text: str
    why: str
    hint: str
    required: bool
    error: str
    unit: str
    value: str
    marks: Sequence[Mark]
    lines: Sequence[Line]
    parts: Mapping[str, str]

    @property
    def is_group(self) -> bool:
        """Several controls answer it, so it stands in a fieldset."""
        return self.kind in {"single", "multiple", "scale", "matrix", "ranking", "contact"}

    @property
    def anchor(self) -> str:
        """The id of the first control, to which the summary of errors leads."""
        if self.marks:
            return self.marks[0].id
        if self.lines:
            return self.lines[0].marks[0].id if self.kind == "matrix" else self.lines[0].name
        return f"{self.name}-email" if self.kind == "contact" else self.name

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error."""
        ids = [f"{self.name}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.name}-error"] if self.error else ids)


def fields(
    page: Iterable[Asked],
    plan: Plan,
    answers: Mapping[str, Any],
    sent: Sent | None,
    errors: Mapping[str, str],
) -> list[Field]:
    """The page with the answers that are kept, or with what was typed when it comes back (`sent`)."""
    return [_field(question, plan, answers, sent, errors.get(question.code, "")) for question in page]


def _field(question: Asked, plan: Plan, answers: Mapping[str, Any], sent: Sent | None, error: str) -> Field:
    value = answers.get(question.code)
    return Field(
        name=kinds.name_of(question),
        kind=question.kind,
        text=path.text(question, plan, answers),
        why=str(question.why),
        hint=hint(question),
        required=question.required,
        error=error,
        unit=question.unit,
        value=_value(question, value, sent),
        marks=_marks(question, value, sent),
        lines=_lines(question, value, sent),
        parts=_parts(question, value, sent),
    )


def hint(question: Asked) -> str:
    """What may be answered, in a sentence or two."""
    sentences = [_limits(question)]
    if not question.required:
        sentences.append(_("You may also skip this."))
    return " ".join(filter(None, sentences))


def _limits(question: Asked) -> str:
    if question.kind == "multiple":
        most = question.max_choices
        if most is None:
            return _("Choose all that fit.")
        return ngettext("Choose at most %(n)s.", "Choose at most %(n)s.", most) % {"n": most}
    if question.kind == "ranking":
        return _("Give 1 to the most important, 2 to the next.")
    if question.kind == "number" and question.low is not None and question.high is not None:
        return _("Between %(low)s and %(high)s.") % {
            "low": typography.number(question.low),
            "high": typography.number(question.high),
        }
    return _("A picture, a PDF or an Office file.") if question.kind == "file" else ""


def _value(question: Asked, value: Any, sent: Sent | None) -> str:
    if question.kind == "file":
        return str(value["name"]) if value else ""
    if sent is not None:
        return sent.get(kinds.name_of(question))
    if question.kind == "number" and value is not None:
        return str(value).replace(".", ",")
    if question.kind == "consent":
        return "1" if value else ""
    return value if isinstance(value, str) else ""


def _marks(question: Asked, value: Any, sent: Sent | None) -> list[Mark]:
    if question.kind not in {"single", "multiple", "scale"}:
        return []
    name = kinds.name_of(question)
    on = set(sent.getlist(name) if sent is not None else kinds.chosen(question, value))
    return [_mark(option, name, option.code in on) for option in question.options]


def _mark(option: Choice, name: str, on: bool) -> Mark:  # noqa: FBT001 -- a mark is on or off
    return Mark(option.code, str(option.words), on, f"{name}-{option.code}")


def _lines(question: Asked, value: Any, sent: Sent | None) -> list[Line]:
    if question.kind == "matrix":
        return [_matrix_line(question, row, value or {}, sent) for row in question.rows]
    if question.kind == "ranking":
        return [_ranking_line(question, option, value or [], sent) for option in question.options]
    return []


def _matrix_line(question: Asked, row: Choice, value: Mapping[str, str], sent: Sent | None) -> Line:
    name = kinds.name_of(question, row.code)
    on = sent.get(name) if sent is not None else value.get(row.code)
    return Line(name, str(row.words), [_mark(option, name, option.code == on) for option in question.options])


def _ranking_line(question: Asked, option: Choice, value: Sequence[str], sent: Sent | None) -> Line:
    name = kinds.name_of(question, option.code)
    kept = str(value.index(option.code) + 1) if option.code in value else ""
    on = sent.get(name) if sent is not None else kept
    places = [str(place) for place in range(1, len(question.options) + 1)]
    return Line(name, str(option.words), [Mark(place, place, place == on, "") for place in places])


def _parts(question: Asked, value: Any, sent: Sent | None) -> dict[str, str]:
    if question.kind != "contact":
        return {}
    parts = (*kinds.PARTS, kinds.TELLS)
    if sent is not None:
        return {part: sent.get(kinds.name_of(question, part)) for part in parts}
    return {part: (value or {}).get(part, "") for part in parts}
