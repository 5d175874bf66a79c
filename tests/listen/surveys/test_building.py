"""Building a questionnaire: order holds, what was asked stays, and questions are asked again rather than anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from talkoot.choose.methods.models import Method
from talkoot.kit.audit.models import Event
from talkoot.listen.surveys.actions import step
from talkoot.listen.surveys.answering import path, plan
from talkoot.listen.surveys.building import actions, bank
from talkoot.listen.surveys.building.texts import Line, NotAsMany, read
from talkoot.listen.surveys.errors import Frozen, Misplaced, NothingAsked, StillNeeded
from talkoot.listen.surveys.models import Question, Questionnaire, Round
from tests.listen.surveys.asking import ANSWERS, ask, draft_questionnaire, every_kind, once, open_round
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.city.accounts.models import User
    from tests.cast import Cast


@pytest.fixture
def siiri(cast: Cast) -> User:
    return manager(cast.jarvenpaa)


@pytest.fixture
def form(cast: Cast, siiri: User) -> Questionnaire:
    """Three questions; the second is for those who chose the first answer to the first."""
    made = draft_questionnaire(cast.jarvenpaa, siiri)
    first = ask(made, "single", siiri, "stage")
    ask(made, "text", siiri, "why", shown_when=first.options.filter(number=1))
    ask(made, "multiple", siiri, "help")
    return made


def order(form: Questionnaire) -> list[str]:
    return list(form.questions.order_by("number").values_list("code", flat=True))


def url(name: str, language: str = "fi", **more: Any) -> str:
    with override(language):
        return reverse(f"surveys:{name}", kwargs={"city": "jarvenpaa", **more})


def test_a_question_moves_but_never_before_the_one_it_depends_on(form: Questionnaire, siiri: User) -> None:
    actions.move(question=form.questions.get(code="help"), up=True, by=siiri)
    assert order(form) == ["stage", "help", "why"]
    actions.move(question=form.questions.get(code="help"), up=True, by=siiri)
    with pytest.raises(Misplaced):
        actions.move(question=form.questions.get(code="stage"), up=False, by=siiri)
    assert order(form) == ["help", "stage", "why"]


def test_a_text_that_says_an_earlier_answer_stays_after_it(form: Questionnaire, siiri: User) -> None:
    ask(form, "text", siiri, "again", text_fi="Valitsit: {help}. Miksi?")
    with pytest.raises(Misplaced):
        actions.move(question=form.questions.get(code="again"), up=True, by=siiri)


def test_what_another_question_needs_is_not_removed(form: Questionnaire, siiri: User) -> None:
    with pytest.raises(StillNeeded):
        actions.remove(question=form.questions.get(code="stage"), by=siiri)
    actions.remove(question=form.questions.get(code="why"), by=siiri)
    actions.remove(question=form.questions.get(code="stage"), by=siiri)
    assert list(form.questions.values_list("code", "number")) == [("help", 1)]


def test_an_answer_that_shows_a_question_is_not_taken_away(form: Questionnaire, siiri: User) -> None:
    stage = form.questions.get(code="stage")
    with pytest.raises(StillNeeded):
        actions.save_question(question=stage, by=siiri, options=ANSWERS[1:])
    assert stage.options.count() == 3


def test_rewording_an_answer_keeps_its_code_and_what_hangs_on_it(form: Questionnaire, siiri: User) -> None:
    stage = form.questions.get(code="stage")
    actions.save_question(
        question=stage, by=siiri, options=(Line("Ensimmäinen", "Första", "First"), *ANSWERS[1:])
    )
    assert stage.options.values_list("code", "text_fi")[0] == ("one", "Ensimmäinen")
    assert form.questions.get(code="why").shown_when.get().code == "one"


def test_what_has_opened_is_frozen(cast: Cast, form: Questionnaire, siiri: User) -> None:
    open_round(form, cast.jarvenpaa)
    question = form.questions.get(code="help")
    for act in (
        lambda: actions.move(question=question, up=True, by=siiri),
        lambda: actions.remove(question=question, by=siiri),
        lambda: actions.save_question(question=question, by=siiri),
        lambda: actions.copy_questions(questions=[question], into=form, by=siiri),
    ):
        with pytest.raises(Frozen):
            act()


def test_a_new_edition_asks_the_same_and_can_be_changed(cast: Cast, form: Questionnaire, siiri: User) -> None:
    open_round(form, cast.jarvenpaa)
    made = actions.new_edition(of=form, city=cast.jarvenpaa, by=siiri)
    assert (made.code, made.edition, made.is_frozen) == (form.code, 2, False)
    assert order(made) == order(form)
    assert made.questions.get(code="why").shown_when.get().question.questionnaire == made
    assert Event.objects.filter(
        model="surveys.Questionnaire", object_id=str(made.pk), verb="created"
    ).exists()


def test_every_kind_survives_a_new_edition(cast: Cast, siiri: User) -> None:
    first = every_kind(cast.jarvenpaa, siiri)
    second = actions.new_edition(of=first, city=cast.kerava, by=siiri)

    def told(form: Questionnaire) -> list[tuple[object, ...]]:
        asked = plan.read(form).questions
        return [
            (q.kind, q.code, str(q.words), [o.code for o in q.options], [r.code for r in q.rows])
            for q in asked
        ]

    assert told(second) == told(first)


def test_a_question_about_a_method_counts_yes_as_benefit(cast: Cast, siiri: User) -> None:
    method = Method.objects.published().order_by("code").first()  # type: ignore[attr-defined]  # our queryset
    if method is None:
        method = Method.objects.create(code="M05", name_fi="Webinaarit", state="published")
    form = draft_questionnaire(cast.jarvenpaa, siiri)
    bank.take(into=form, by=siiri, about=[method])
    question = form.questions.get()
    assert (question.method_code, question.code) == (method.code, f"demand_{method.code}")
    assert list(question.options.values_list("code", "benefits")) == [("yes", True), ("no", False)]
    assert method not in bank.methods(form)


def test_facts_of_the_respondent_are_asked_once(form: Questionnaire, siiri: User) -> None:
    bank.take(into=form, by=siiri, base=("size", "municipality", "industry"))
    assert bank.facts(form) == []
    assert form.questions.get(base="size").options.values_list("text_sv", flat=True)[0] == "0–9 personer"


def test_other_languages_have_as_many_lines_as_finnish() -> None:
    assert read({"fi": "Yksi\n\n Kaksi ", "sv": "Ett\nTvå"})[1] == Line("Kaksi", "Två", "")
    with pytest.raises(NotAsMany):
        read({"fi": "Yksi\nKaksi", "sv": "Ett"})


def test_a_page_holds_what_belongs_together_but_not_what_depends_on_it(
    form: Questionnaire, siiri: User
) -> None:
    Question.objects.filter(questionnaire=form).update(together=True)
    questions = plan.read(form).questions
    assert [[q.code for q in page] for page in path.pages(questions)] == [["stage"], ["why", "help"]]


def test_a_round_without_questions_does_not_open(cast: Cast, siiri: User) -> None:
    survey = open_round(draft_questionnaire(cast.jarvenpaa, siiri), cast.jarvenpaa, state=Round.State.DRAFT)
    with pytest.raises(NothingAsked):
        step(survey=survey, to="open", by=siiri)


PAGES = ("questionnaires", "questionnaire", "preview", "questionnaire_create", "question_kinds", "bank")


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("aino", [200, 200, 200, 403, 403, 403]),
        ("kaisa", [404] * 6),
        ("oskari", [404] * 6),
        (None, [302] * 6),
    ],
)
def test_questionnaires_are_seen_by_staff_and_changed_by_the_survey_manager(
    client: Client, cast: Cast, form: Questionnaire, who: str | None, statuses: list[int]
) -> None:
    if who:
        cast.signed_in(client, who)
    found = []
    for name in PAGES:
        more: dict[str, Any] = {} if name in {"questionnaires", "questionnaire_create"} else {"pk": form.pk}
        found.append(client.get(url(name, **more)).status_code)
    assert found == statuses


def test_a_question_is_added_and_an_error_stands_by_its_field(
    client: Client, form: Questionnaire, siiri: User
) -> None:
    client.force_login(siiri)
    address = url("question_add", "en", pk=form.pk, kind="single")
    data = once() | {"text_fi": "Uusi kysymys", "options_fi": "Kyllä", "code": "stage"}
    page = client.post(address, data)
    assert page.status_code == 422
    for words in ("Give at least two answers to choose from.", "Another question has this code."):
        assert words in page.content.decode()
    saved = client.post(address, data | {"options_fi": "Kyllä\nEi", "code": ""})
    assert saved.status_code == 302
    question = form.questions.get(number=4)
    assert (question.code, question.kind, question.options.count()) == ("q4", "single", 2)


def test_a_question_is_edited_moved_and_removed_without_javascript(
    client: Client, form: Questionnaire, siiri: User
) -> None:
    client.force_login(siiri)
    question = form.questions.get(code="help")
    page = client.get(url("question_edit", pk=question.pk)).content.decode()
    assert "Yksi\nKaksi\nKolme" in page
    data = once() | {
        "text_fi": "Mikä auttaisi?",
        "options_fi": "Yksi\nKaksi\nKolme\nNeljä",
        "code": "help",
        "version": question.version,
    }
    assert client.post(url("question_edit", pk=question.pk), data).status_code == 302
    question.refresh_from_db()
    assert (question.text_fi, question.options.count()) == ("Mikä auttaisi?", 4)
    client.post(url("question_move", pk=question.pk, way="ylos"), once())
    assert order(form) == ["stage", "help", "why"]
    client.post(url("question_remove", pk=question.pk), once())
    assert order(form) == ["stage", "why"]


def test_a_frozen_questionnaire_says_what_to_do(
    client: Client, cast: Cast, form: Questionnaire, siiri: User
) -> None:
    open_round(form, cast.jarvenpaa)
    client.force_login(siiri)
    question = form.questions.get(code="help")
    answer = client.post(url("question_remove", "en", pk=question.pk), once(), follow=True)
    assert "Make a new edition and change that." in answer.content.decode()
    client.post(url("questionnaire_copy", pk=form.pk), once())
    assert Questionnaire.objects.filter(code=form.code).count() == 2


def test_the_preview_shows_the_pages_that_a_respondent_sees(client: Client, cast: Cast, siiri: User) -> None:
    form = every_kind(cast.jarvenpaa, siiri)
    client.force_login(siiri)
    for place in range(1, len(path.pages(plan.read(form).questions)) + 1):
        page = client.get(url("preview", "sv", pk=form.pk) + f"?sivu={place}")
        assert page.status_code == 200
        assert "idempotency_key" not in page.content.decode()
