"""Questionnaires in the workspace: a list, one with its questions in order, and the steps of building it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import (
    CreatePage,
    DeletePage,
    DetailPage,
    EditPage,
    FormPage,
    ListPage,
    ObjectMixin,
    Rows,
)
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.listen.surveys.answering import path, plan, shown
from talkoot.listen.surveys.building import actions, bank
from talkoot.listen.surveys.building.forms import BankForm, QuestionForm, QuestionnaireForm
from talkoot.listen.surveys.errors import Frozen, Misplaced, StillNeeded
from talkoot.listen.surveys.models import Question, Questionnaire
from talkoot.listen.surveys.tables import QuestionnaireTable

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request

FROZEN = gettext_lazy("This has been asked, so it stays as it is. Make a new edition and change that.")
NEEDED = gettext_lazy("A later question depends on this one. Change that first. Nothing was changed.")
KINDS = {
    Question.Kind.SINGLE: gettext_lazy("One answer of several."),
    Question.Kind.MULTIPLE: gettext_lazy("Any number of answers, or at most as many as you say."),
    Question.Kind.SCALE: gettext_lazy("Steps from one end to the other, side by side."),
    Question.Kind.MATRIX: gettext_lazy("The same steps for several things."),
    Question.Kind.RANKING: gettext_lazy("Which is most important, which next."),
    Question.Kind.NUMBER: gettext_lazy("A number within limits, with its unit."),
    Question.Kind.DATE: gettext_lazy("A day."),
    Question.Kind.TEXT: gettext_lazy("Own words. They are never published."),
    Question.Kind.FILE: gettext_lazy("A picture or a document."),
    Question.Kind.CONSENT: gettext_lazy("A box to tick."),
    Question.Kind.CONTACT: gettext_lazy("Name, e-mail and telephone. Kept apart from the answers."),
}


class _Builds(WorkspaceView, Rows):
    """What a frozen questionnaire refuses is said in its page."""

    model: ClassVar[Any] = Questionnaire

    def questionnaire(self) -> Questionnaire:
        found: Questionnaire = self.object  # type: ignore[attr-defined]  # an ObjectMixin
        return found

    def address(self, name: str, pk: int, **more: Any) -> str:
        return reverse(f"surveys:{name}", kwargs={"city": self.request.city.slug, "pk": pk} | more)

    def home(self) -> str:
        return self.address("questionnaire", self.questionnaire().pk)

    def refuse(self, sentence: Any) -> HttpResponse:
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.home())

    def crumbs(self, last: str) -> list[tuple[str, str]]:
        first = (
            _("Questionnaires"),
            reverse("surveys:questionnaires", kwargs={"city": self.request.city.slug}),
        )
        return [first, (self.questionnaire().name, self.home()), (last, "")]


class _Changes(_Builds, ObjectMixin, FormPage):
    """A page that changes a questionnaire; once it has been asked, the page says so."""

    permission = "surveys.manage"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            self.refuse(FROZEN) if self.questionnaire().is_frozen else super().get(request, *args, **kwargs)
        )

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Frozen:
            return self.refuse(FROZEN)
        except StillNeeded:
            return self.refuse(NEEDED)
        except Misplaced:
            return self.refuse(_("It needs the answer of the other question, so it stays after it."))


class QuestionnaireList(_Builds, ListPage):
    permission = "surveys.see"
    table_class = QuestionnaireTable
    template_name = "surveys/questionnaires.html"

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().select_related("city")
        found: QuerySet[Any] = rows.annotate(
            asked=Count("questions", distinct=True), times=Count("rounds", distinct=True)
        )
        return found

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["page"].object_list:
            row.url = self.address("questionnaire", row.pk)
        may_build = self.request.user.has_perm("surveys.manage", self.request.city)
        return context | {"may_build": may_build}


class _One(ObjectMixin):
    model = Questionnaire

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        return found


class QuestionnaireDetail(_Builds, _One, DetailPage):
    permission = "surveys.see"
    template_name = "surveys/questionnaire.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questionnaire, user = self.object, self.request.user
        read = plan.read(questionnaire)
        may_build = user.has_perm("surveys.manage", questionnaire) and not questionnaire.is_frozen
        crumbs = self.crumbs("")[:1]
        return super().get_context_data(
            plan=read,
            rows=[self.row(question, read) for question in read.questions],
            may_build=may_build,
            may_copy=user.has_perm("surveys.manage", self.request.city),
            crumbs=[*crumbs, (questionnaire.name, "")],
            **kwargs,
        )

    def row(self, question: plan.Asked, read: plan.Plan) -> dict[str, Any]:
        return {
            "asked": question,
            "kind": Question.Kind(question.kind).label,
            "when": conditions(question, read),
        }


def conditions(question: plan.Asked, read: plan.Plan) -> str:
    """The answers that show a question, each with the number of its own question; empty when all see it."""
    when = []
    for code, option in sorted(question.shown_when):
        asked = read.by_code(code)
        chosen = asked.option(option) if asked else None
        when.append(f"{asked.number}. {chosen.words}" if asked and chosen else code)
    return ", ".join(when)


class QuestionnaireCreate(WorkspaceView, CreatePage):
    permission = "surveys.manage"
    model = Questionnaire
    form_class = QuestionnaireForm
    heading = gettext_lazy("New questionnaire")

    def save(self, form: Any) -> str:
        made = actions.create(questionnaire=form.save(commit=False), by=self.request.user)
        return reverse("surveys:questionnaire", kwargs={"city": self.request.city.slug, "pk": made.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("surveys:questionnaires", kwargs={"city": self.request.city.slug})
        crumbs = [(_("Questionnaires"), url), (_("New questionnaire"), "")]
        return super().get_context_data(crumbs=crumbs, cancel_url=url, **kwargs)


class QuestionnaireEdit(_Changes, _One, EditPage):
    form_class = QuestionnaireForm

    def save(self, form: Any) -> str:
        actions.lock(self.object)
        super().save(form).touch()
        return self.home()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=self.crumbs(_("Edit")), cancel_url=self.home(), **kwargs)


class QuestionnaireCopy(_Builds, _One, FormPage):
    """The same questions as a new edition of the city's own."""

    permission = "surveys.manage"
    form_class = Confirmation
    template_name = "surveys/copy.html"
    heading = gettext_lazy("New edition")
    submit_label = gettext_lazy("Make a new edition")
    saved_notice = gettext_lazy("Made. You can change the questions until the round opens.")
    makes_new = True

    def permission_object(self) -> Any:
        """Whoever sees a questionnaire may copy it into a city of their own."""
        self.object  # noqa: B018 -- 404 without sight
        return self.request.city

    def save(self, form: Any) -> str:
        made = actions.new_edition(of=self.object, city=self.request.city, by=self.request.user)
        return self.address("questionnaire", made.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            crumbs=self.crumbs(_("New edition")), cancel_url=self.home(), **kwargs
        )
        return context | {"heading": self.heading}


class QuestionnaireDelete(_Changes, _One, DeletePage):
    def after(self) -> str:
        return reverse("surveys:questionnaires", kwargs={"city": self.request.city.slug})

    protected = True
    not_counted = frozenset({"surveys.Question", "surveys.Option", "surveys.MatrixRow"})


class Bank(_Changes, _One, FormPage):
    """Questions that have been asked before, and one about any method."""

    form_class = BankForm
    template_name = "surveys/bank.html"
    heading = gettext_lazy("Take from the question bank")
    submit_label = gettext_lazy("Add")
    saved_notice = gettext_lazy("Added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"questionnaire": self.object, "user": self.request.user}

    def save(self, form: Any) -> str:
        bank.take(into=self.object, by=self.request.user, **form.cleaned_data)
        return self.home()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            crumbs=self.crumbs(_("Take from the question bank")), cancel_url=self.home(), **kwargs
        )
        return context | {"heading": self.heading}


class QuestionKinds(_Builds, _One, DetailPage):
    """First the kind, then the question."""

    permission = "surveys.manage"
    template_name = "surveys/question_kinds.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.refuse(FROZEN) if self.object.is_frozen else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [
            (self.address("question_add", self.object.pk, kind=kind), Question.Kind(kind).label, words)
            for kind, words in KINDS.items()
        ]
        context = super().get_context_data(crumbs=self.crumbs(_("Add a question")), kinds=kinds, **kwargs)
        return context | {"heading": _("Add a question")}


class QuestionAdd(_Changes, _One, FormPage):
    form_class = QuestionForm
    heading = gettext_lazy("Add a question")
    saved_notice = gettext_lazy("Added.")
    makes_new = True

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.kwargs["kind"] not in Question.Kind.values:
            raise Http404
        return {"instance": Question(questionnaire=self.object, kind=self.kwargs["kind"], number=0)}

    def save(self, form: Any) -> str:
        save_question(form, self.request)
        return self.home()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            crumbs=self.crumbs(_("Add a question")), cancel_url=self.home(), **kwargs
        )
        return context | {"heading": Question.Kind(self.kwargs["kind"]).label}


class _OneQuestion(_Changes):
    model = Question

    def questionnaire(self) -> Questionnaire:
        found: Questionnaire = self.object.questionnaire
        return found

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        own = Questionnaire.objects.in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        return rows.filter(questionnaire__in=own).select_related("questionnaire__city")


class QuestionEdit(_OneQuestion, EditPage):
    form_class = QuestionForm

    def save(self, form: Any) -> str:
        save_question(form, self.request)
        return self.home()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["crumbs"] = self.crumbs(_("Edit"))
        return super().get_context_data(cancel_url=self.home(), **kwargs)


class QuestionMove(_OneQuestion, ObjectMixin, FormPage):
    form_class = Confirmation
    heading = gettext_lazy("Move the question")
    submit_label = gettext_lazy("Move")
    saved_notice = gettext_lazy("Moved.")

    def save(self, form: Any) -> str:
        actions.move(question=self.object, up=self.kwargs["way"] == "ylos", by=self.request.user)
        return f"{self.home()}#q{self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.kwargs["way"] not in {"ylos", "alas"}:
            raise Http404
        return super().get_context_data(cancel_url=self.home(), **kwargs)


class QuestionRemove(_OneQuestion, DeletePage):
    heading = gettext_lazy("Remove the question")
    submit_label = gettext_lazy("Remove")
    saved_notice = gettext_lazy("Removed.")

    def after(self) -> str:
        return self.home()

    def save(self, form: Any) -> str:
        home = self.home()
        actions.remove(question=self.object, by=self.request.user)
        return home

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.home(), **kwargs)


def save_question(form: QuestionForm, request: Request) -> Question:
    """Save what a valid form of a question says."""
    data = form.cleaned_data
    return actions.save_question(
        question=form.save(commit=False),
        by=request.user,
        options=form.lines("options"),
        rows=form.lines("rows"),
        benefits=data.get("benefits") or 0,
        shown_when=data.get("shown_when") or (),
    )


class Preview(_Builds, _One, DetailPage):
    """The pages as a respondent sees them, one by one; conditions are told instead of being followed."""

    permission = "surveys.see"
    template_name = "surveys/answer/page.html"
    layout = "surveys/answer/base.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        read = plan.read(self.object)
        pages = path.pages(read.questions)
        asked = self.request.GET.get("sivu", "1")
        place = min(int(asked) if asked.isdecimal() else 1, len(pages)) or 1
        page = pages[place - 1] if pages else []
        context = super().get_context_data(
            plan=read,
            survey=self.object,
            preview=True,
            fields=shown.fields(page, read, {}, None, {}),
            notes=[words for words in (conditions(question, read) for question in page) if words],
            place=place if pages else 0,
            done=max(place - 1, 0),
            total=len(pages),
            left=plan.minutes([q for rest in pages[place - 1 :] for q in rest]),
            next=f"?sivu={place + 1}" if place < len(pages) else "",
            previous=f"?sivu={place - 1}" if place > 1 else "",
            draft=None,
            **kwargs,
        )
        return context | {"home": self.home()}
