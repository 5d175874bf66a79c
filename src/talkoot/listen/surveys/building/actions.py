"""Building a questionnaire: questions are added, changed, moved and taken away until it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from talkoot.kit.audit import log
from talkoot.listen.surveys.answering import path
from talkoot.listen.surveys.answering import plan as plans
from talkoot.listen.surveys.building import texts
from talkoot.listen.surveys.errors import Frozen, Misplaced, StillNeeded
from talkoot.listen.surveys.models import MatrixRow, Option, Question, Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser
    from talkoot.listen.surveys.building.texts import Line

COPIED = (
    "kind",
    "required",
    "together",
    "max_choices",
    "low",
    "high",
    "unit",
    "base",
    "method_code",
    *(f"{name}_{code}" for name in ("text", "why_we_ask") for code in texts.LANGUAGES),
)


def lock(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire, held until the transaction ends. Raises Frozen when it has been asked."""
    current = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    if current.is_frozen:
        raise Frozen
    return current


@transaction.atomic
def create(*, questionnaire: Questionnaire, by: AnyUser) -> Questionnaire:
    """Save a new questionnaire under a code made of its name."""
    taken = set(Questionnaire.objects.values_list("code", flat=True))
    questionnaire.code = texts.code_for(questionnaire.name_en or questionnaire.name_fi, taken, "kysely")  # type: ignore[attr-defined]  # a translated column
    questionnaire.save()
    log.record(questionnaire, by=by, verb="created", changes=log.difference({}, log.snapshot(questionnaire)))
    return questionnaire


@transaction.atomic
def save_question(
    *,
    question: Question,
    by: AnyUser,
    options: Sequence[Line] | None = None,
    rows: Sequence[Line] | None = None,
    benefits: int = 0,
    shown_when: Iterable[Option] = (),
) -> Question:
    """Save a question, new or changed, with its answers; `benefits`: so many of the first ones mean yes.

    Raises:
        Frozen: the questionnaire has been asked.
        StillNeeded: an answer that goes away shows another question.
    """
    questionnaire = lock(question.questionnaire)
    is_new = question.pk is None
    before = {} if is_new else log.snapshot(Question.objects.get(pk=question.pk))
    if is_new:
        last = questionnaire.questions.aggregate(last=Max("number"))["last"] or 0
        question.number = last + 1
    else:
        question.version += 1
    if not question.code:
        question.code = _code_for(question, questionnaire)
    question.save()
    if options is not None:
        _sync_options(question, options, benefits)
    if rows is not None:
        texts.sync(question.rows, rows)
    question.shown_when.set(shown_when)
    questionnaire.touch()
    changes = log.difference(before, log.snapshot(question))
    log.record(
        questionnaire, by=by, verb="added" if is_new else "edited", reason=_named(question), changes=changes
    )
    return question


def _named(question: Question) -> str:
    """A question in the log: its number and code."""
    return f"{question.number}. {question.code}"


def _code_for(question: Question, questionnaire: Questionnaire) -> str:
    taken = set(questionnaire.questions.values_list("code", flat=True))
    words = f"demand_{question.method_code}" if question.method_code else f"q{question.number}"
    return words if words not in taken else texts.code_for(words, taken, words)


def _sync_options(question: Question, options: Sequence[Line], benefits: int) -> None:
    needed = set(Option.objects.filter(question=question).exclude(shows=None).values_list("pk", flat=True))
    texts.sync(question.options, options)
    if needed - set(question.options.values_list("pk", flat=True)):
        raise StillNeeded
    says_yes = (
        question.options.filter(number__lte=benefits) if question.method_code else Option.objects.none()
    )
    question.options.update(benefits=False)
    Option.objects.filter(pk__in=list(says_yes.values_list("pk", flat=True))).update(benefits=True)


def move(*, question: Question, up: bool, by: AnyUser) -> Question:
    """Change places with the question before or after; at the end of the row nothing happens. Raises as `place`."""
    return place(question=question, number=question.number + (-1 if up else 1), by=by)


@transaction.atomic
def place(*, question: Question, number: int, by: AnyUser | None) -> Question:
    """Make a question the `number`th; one beyond the ends of the row is the end.

    Raises:
        Frozen: the questionnaire has been asked.
        Misplaced: a question would come before one whose answer it needs.
    """
    questionnaire = lock(question.questionnaire)
    asked = list(plans.read(questionnaire).questions)
    here = next(one for one in asked if one.pk == question.pk)
    asked.remove(here)
    asked.insert(min(max(number - 1, 0), len(asked)), here)
    for number_, one in enumerate(asked, 1):
        if any(_depends(one, later.code) for later in asked[number_:]):
            raise Misplaced
    _renumber([one.pk for one in asked])
    questionnaire.touch()
    log.record(questionnaire, by=by, verb="moved", reason=_named(question))
    return question


def _depends(question: plans.Asked, code: str) -> bool:
    return any(code == needed for needed, _option in question.shown_when) or code in path.pipes(question)


def dependents(question: Question) -> list[plans.Asked]:
    """Questions that are shown by an answer to this one, or say it again in their text."""
    plan = plans.read(question.questionnaire)
    return [one for one in plan.questions if _depends(one, question.code)]


def _renumber(order: Sequence[int]) -> None:
    for number, pk in enumerate(order, 1):
        Question.objects.filter(pk=pk).update(number=texts.ASIDE + number)
    for number, pk in enumerate(order, 1):
        Question.objects.filter(pk=pk).update(number=number)


@transaction.atomic
def remove(*, question: Question, by: AnyUser) -> Questionnaire:
    """Take a question away. Raises Frozen, and StillNeeded when another question depends on it."""
    questionnaire = lock(question.questionnaire)
    if dependents(question):
        raise StillNeeded
    log.record(questionnaire, by=by, verb="removed", reason=_named(question))
    question.delete()
    _renumber(list(questionnaire.questions.order_by("number").values_list("pk", flat=True)))
    questionnaire.touch()
    return questionnaire


@transaction.atomic
def new_edition(*, of: Questionnaire, city: Municipality, by: AnyUser) -> Questionnaire:
    """The same questions once more, to be changed; the codes stay, so that years can be compared."""
    same = Questionnaire.objects.filter(code=of.code)
    last = same.select_for_update().order_by("-edition").first()
    made = Questionnaire(code=of.code, edition=(last.edition if last else 0) + 1, city=city)
    for name in ("name", "intro"):
        for code in texts.LANGUAGES:
            setattr(made, f"{name}_{code}", getattr(of, f"{name}_{code}"))
    made.save()
    _copy(list(of.questions.order_by("number")), made)
    log.record(made, by=by, verb="created", reason=f"{of.code} {of.edition}")
    return made


@transaction.atomic
def copy_questions(*, questions: Sequence[Question], into: Questionnaire, by: AnyUser) -> list[Question]:
    """Add copies at the end. Conditions come along when the question that they name does. Raises Frozen."""
    questionnaire = lock(into)
    made = _copy(questions, questionnaire)
    questionnaire.touch()
    log.record(questionnaire, by=by, verb="added", reason=", ".join(map(_named, made)))
    return made


def _copy(questions: Sequence[Question], into: Questionnaire) -> list[Question]:
    taken = set(into.questions.values_list("code", flat=True))
    number = into.questions.aggregate(last=Max("number"))["last"] or 0
    twins: dict[int, Option] = {}
    made = []
    for question in questions:
        number += 1
        code = (
            question.code
            if question.code not in taken
            else texts.code_for(question.code, taken, f"q{number}")
        )
        taken.add(code)
        twin = Question(questionnaire=into, number=number, code=code)
        for name in COPIED:
            setattr(twin, name, getattr(question, name))
        twin.save()
        for option in question.options.all():
            twins[option.pk] = _twin(option, twin)
        for row in question.rows.all():
            _twin(row, twin)
        shown = [twins[option.pk] for option in question.shown_when.all() if option.pk in twins]
        twin.shown_when.set(shown)
        made.append(twin)
    return made


def _twin(row: Option | MatrixRow, question: Question) -> Any:
    fields: dict[str, Any] = {f"text_{code}": getattr(row, f"text_{code}") for code in texts.LANGUAGES}
    if isinstance(row, Option):
        fields["benefits"] = row.benefits
    return type(row).objects.create(question=question, number=row.number, code=row.code, **fields)
