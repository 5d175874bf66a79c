from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import coded
from talkoot.choose.methods.models import Method
from talkoot.kit.crud.forms import IN_LANGUAGE, VersionedForm
from talkoot.kit.ui.forms import DecimalField
from talkoot.listen.surveys.answering import path
from talkoot.listen.surveys.building import actions, bank, texts
from talkoot.listen.surveys.models import Option, Question, Questionnaire

if TYPE_CHECKING:
    from django.forms import BoundField

    from talkoot.kit.access.request import AnyUser

LANGUAGES = texts.LANGUAGES
SAME = _("Give as many lines as in Finnish, in the same order.")


def _in_all(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{code}" for name in names for code in LANGUAGES)


class InLanguages(VersionedForm):
    """Texts in three languages: Finnish and the writer's own first, the others folded."""

    template_name = "ui/form/languages.html"

    def main_fields(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if not self._is_other(field.name)]

    def other_languages(self) -> list[BoundField]:
        rest = [field for field in self.visible_fields() if self._is_other(field.name)]
        return sorted(rest, key=lambda field: LANGUAGES.index(field.name[-2:]))

    def is_wrong_in_other_languages(self) -> bool:
        return any(field.errors for field in self.other_languages())

    def _is_other(self, name: str) -> bool:
        return name[-3:] in {"_sv", "_en"} and name[-2:] != get_language()


class QuestionnaireForm(InLanguages):
    class Meta:
        model = Questionnaire
        fields = _in_all("name", "intro")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in _in_all("intro")}


class OptionField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own generic
    """Answers to earlier questions, each with its question before it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.question.number}. {obj.question.text} → {obj.text}"


class QuestionForm(InLanguages):
    """One question with what its kind needs; answers to choose are written one a line."""

    low = DecimalField(label=_("Smallest number"), required=False, max_digits=14, decimal_places=3)
    high = DecimalField(label=_("Largest number"), required=False, max_digits=14, decimal_places=3)
    shown_when = OptionField(
        queryset=Option.objects.none(),
        required=False,
        label=_("Show only with these answers"),
        help_text=_("The question is shown when any of these was chosen. Choose none to show it to all."),
    )
    benefits = forms.IntegerField(
        label=_("Answers that mean yes"),
        min_value=1,
        required=False,
        help_text=_("So many of the first answers say that the company would benefit from the method."),
    )

    class Meta:
        model = Question
        fields = (
            *_in_all("text", "why_we_ask"),
            "required",
            "together",
            "max_choices",
            "low",
            "high",
            "unit",
            "code",
        )
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in _in_all("why_we_ask")}
        help_texts = {
            "text_fi": _(
                "One thing in one question. An earlier answer can stand in the text: write its code in braces, such as {stage}."
            ),
            "together": _("For short questions that belong together. Otherwise each has a page of its own."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        self.fields["code"].required = False
        if not question.code:
            self.fields["code"].help_text = _("Leave empty and we make one.")
        self._add_lines(
            "options", _("Answers to choose"), question.kind in Question.WITH_OPTIONS and not question.base
        )
        self._add_lines("rows", _("Lines of the matrix"), question.kind == Question.Kind.MATRIX)
        self._drop_others(question)
        self._conditions(question)

    def _add_lines(self, name: str, label: Any, wanted: bool) -> None:  # noqa: FBT001 -- wanted or not
        if not wanted:
            return
        kept = texts.write(getattr(self.instance, name).order_by("number")) if self.instance.pk else {}
        for code in LANGUAGES:
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=capfirst(str(IN_LANGUAGE[code]).format(name=label)),
                required=code == "fi",
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("One a line.") if code == "fi" else SAME,
                initial=kept.get(code, ""),
            )
        self.order_fields(
            [*_in_all("text"), *_in_all("rows"), *_in_all("options"), *_in_all("why_we_ask"), "benefits"]
        )

    def _drop_others(self, question: Question) -> None:
        kind = question.kind
        gone = {
            "max_choices": kind == Question.Kind.MULTIPLE,
            "low": kind == Question.Kind.NUMBER,
            "high": kind == Question.Kind.NUMBER,
            "unit": kind == Question.Kind.NUMBER,
            "benefits": bool(question.method_code),
        }
        for name, kept in gone.items():
            if not kept:
                del self.fields[name]
        if "benefits" in self.fields:
            self.fields["benefits"].initial = (
                question.options.filter(benefits=True).count() if question.pk else 1
            )

    def _conditions(self, question: Question) -> None:
        before = Option.objects.filter(
            question__questionnaire=question.questionnaire_id, question__kind__in=Question.CHOSEN
        )
        if question.pk:
            before = before.filter(question__number__lt=question.number)
            self.fields["shown_when"].initial = question.shown_when.all()
        rows = before.select_related("question").order_by("question__number", "number")
        if rows.exists():
            self.fields["shown_when"].queryset = rows  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["shown_when"]

    def lines(self, name: str) -> list[texts.Line] | None:
        """The answers or the lines of the matrix as they were written; None where the kind has none."""
        if f"{name}_fi" not in self.fields:
            return None
        return texts.read({code: self.cleaned_data.get(f"{name}_{code}", "") for code in LANGUAGES})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("options", "rows"):
            self._clean_lines(name)
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The largest number is smaller than the smallest."))
        self._clean_pipes(data)
        self._clean_code(data)
        return data

    def _clean_lines(self, name: str) -> None:
        try:
            lines = self.lines(name) or []
        except texts.NotAsMany as error:
            self.add_error(f"{name}_{error.language}", SAME)
            return
        finnish = [line.fi for line in lines]
        if len(set(finnish)) < len(finnish):
            self.add_error(f"{name}_fi", _("Two lines are the same. Change one of them."))
        if name == "options" and f"{name}_fi" in self.fields and len(lines) == 1:
            self.add_error(f"{name}_fi", _("Give at least two answers to choose from."))

    def _clean_pipes(self, data: dict[str, Any]) -> None:
        earlier = Question.objects.filter(questionnaire=self.instance.questionnaire_id)
        if self.instance.pk:
            earlier = earlier.filter(number__lt=self.instance.number)
        known = set(earlier.values_list("code", flat=True))
        for code in LANGUAGES:
            for named in path.PIPED.findall(data.get(f"text_{code}") or ""):
                if named not in known:
                    message = _("No earlier question has the code %(code)s.") % {"code": named}
                    self.add_error(f"text_{code}", message)

    def _clean_code(self, data: dict[str, Any]) -> None:
        code = data.get("code")
        if not code:
            return
        same = Question.objects.filter(questionnaire=self.instance.questionnaire_id, code=code)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("code", _("Another question has this code."))
        before = Question.objects.filter(pk=self.instance.pk).first()
        if (
            before
            and before.code != code
            and any(before.code in path.pipes(q) for q in actions.dependents(before))
        ):
            self.add_error("code", _("A later question uses this code in its text. Change that first."))

    def _get_validation_exclusions(self) -> set[str]:
        """An empty code is filled in when the question is saved."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own
        return excluded if self.cleaned_data.get("code") else {*excluded, "code"}


class QuestionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own generic
    """Questions by questionnaire."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.questionnaire.name}: {obj.text}"


class MethodsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own generic
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return coded(obj)


class BankForm(forms.Form):
    """What to add, of three kinds."""

    base = forms.MultipleChoiceField(
        label=_("Facts of the respondent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Invited companies need not answer these: the register knows them, and they confirm."),
    )
    questions = QuestionsField(
        label=_("Questions asked before"), queryset=Question.objects.none(), required=False
    )
    about = MethodsField(
        label=_("Would the company benefit from this method?"),
        queryset=Method.objects.none(),
        required=False,
        help_text=_("The answers become demand in the choice of methods."),
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base: Any = self.fields["base"]
        base.choices = [(name, Question.Base(name).label) for name in bank.facts(questionnaire)]
        self.fields["questions"].queryset = bank.others(questionnaire, user)  # type: ignore[attr-defined]  # a choice field
        self.fields["about"].queryset = bank.methods(questionnaire)  # type: ignore[attr-defined]  # a choice field
        if not base.choices:
            del self.fields["base"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Choose at least one."))
        return data
