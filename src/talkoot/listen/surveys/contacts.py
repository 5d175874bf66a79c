"""Those who answered and want to be contacted: taken in hand by the house's one stream, apart from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodField
from talkoot.choose.methods.models import Method
from talkoot.kit.plate import ContactTaken, offers, resolve
from talkoot.listen.surveys.models import Question, Round

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from typing import Any

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import Request

SOURCE = "survey"


class ContactForm(forms.Form):
    """Who wants to be contacted, and about what. Nothing but what is written here is told of the answer."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Company"),
        max_length=110,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Check the e-mail address: it looks like name@company.fi.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    method = MethodField(
        label=_("Which method is it about?"), required=False, empty_label=_("None of these, or a new one")
    )
    message = forms.CharField(
        label=_("What it is about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, survey: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Question.objects.filter(questionnaire=survey.questionnaire_id).exclude(method_code="")
        methods = Method.objects.published().filter(code__in=asked.values("method_code"))  # type: ignore[attr-defined]  # our queryset
        if methods.exists():
            self.fields["method"].queryset = methods.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["method"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("email") and not data.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return data

    def methods(self) -> list[str]:
        """The code of the method that was chosen here."""
        method = self.cleaned_data.get("method")
        return [method.code] if method else []


def promised_day() -> dt.date | None:
    """By when who asks today is contacted; None where no room takes requests in hand."""
    taken = next(iter(offers(ContactTaken)), None)
    day: dt.date | None = resolve(taken.by)() if taken else None
    return day


def ask(
    *,
    survey: Round,
    city: Municipality,
    values: Mapping[str, Any],
    language: str,
    methods: Iterable[str] = (),
) -> None:
    """Hand the request over to who takes it in hand. It names no answer, and of methods those that the person told."""
    language = language or settings.LANGUAGE_CODE
    with override(language):
        wish = gettext("I answered the survey “%(survey)s” and would like to be contacted.")
        message = values.get("message") or wish % {"survey": survey.name}
    named = [values.get("name"), values.get("organisation")]
    with override(settings.LANGUAGE_CODE):
        page = reverse("surveys:workspace_results", kwargs={"city": city.slug, "pk": survey.pk})
    for taken in offers(ContactTaken):
        resolve(taken.take)(
            city=city,
            message=message,
            sender=", ".join(filter(None, named)),
            email=values.get("email", ""),
            phone=values.get("phone", ""),
            language=language,
            methods=list(methods),
            source=SOURCE,
            page=page,
        )


def results_url(request: Request) -> str | None:
    """Earlier results of the city, where it has published any."""
    city = request.city
    if city is None or not Round.objects.in_city(city).filter(state=Round.State.PUBLISHED).exists():  # type: ignore[attr-defined]  # our queryset
        return None
    return reverse("surveys:public_list", kwargs={"city": city.slug})
