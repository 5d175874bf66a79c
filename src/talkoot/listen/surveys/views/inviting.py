"""Invitations of a round: who is asked and how they are reached, mails, reminders, letters, addresses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from talkoot.kit import clock
from talkoot.kit.crud.views import ListPage
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.kit.exchange.pages import ImportPage, UploadForm
from talkoot.kit.jobs import progress
from talkoot.listen.surveys import addresses, inviting, jobs, letters, monitor
from talkoot.listen.surveys.forms import InviteForm
from talkoot.listen.surveys.models import Invitation, Round
from talkoot.listen.surveys.tables import InvitationTable
from talkoot.listen.surveys.views.running import OVER, NotOver, Running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from talkoot.kit.exchange import Record, Sheet, Standing

JOB = "tyo"
AT_ONCE = 3000
"""So many companies are invited while the reader waits; more of them by a job."""


class Invitations(Running, ListPage):
    """Who has been invited and how many have answered, by size and sector against the target."""

    model = Invitation
    table_class = InvitationTable
    template_name = "surveys/invitations.html"

    @cached_property
    def survey(self) -> Round:
        """The round in the address, among those that the reader may see."""
        rows = Round.objects.visible_to(self.request.user).in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        found: Round = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> Any:
        return self.survey

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(round=self.survey, city=self.request.city).select_related("organisation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey, city = self.survey, self.request.city
        found = monitor.of(survey)
        context = super().get_context_data(
            survey=survey,
            sizes=found.by_size(),
            sectors=found.by_section(),
            ways=monitor.ways(survey, city),
            files=letters.of(survey, city),
            job=self._job(),
            is_over=survey.state in OVER,
            takes=survey.takes_answers(clock.today()),
            open_url=self.request.build_absolute_uri(
                reverse("surveys:answer", kwargs={"city": city.slug, "token": survey.code})
            ),
            crumbs=self.crumbs(survey, _("Invitations and answers")),
            **kwargs,
        )
        return context | {"heading": _("Invitations and answers")}

    def _job(self) -> Any:
        """How far the job in the address is, while it runs."""
        found = progress.of(self.request.GET.get(JOB, "")[:64]) if JOB in self.request.GET else None
        return found if found and found.done < found.total else None


class Invite(NotOver):
    form_class = InviteForm
    template_name = "surveys/invite.html"
    heading = gettext_lazy("Invite companies")
    submit_label = gettext_lazy("Invite")
    saved_notice = gettext_lazy("Invited. Send the links by mail or print the letters.")

    def save(self, form: Any) -> str:
        survey, city, by = self.object, self.request.city, self.request.user
        found = inviting.companies(survey, city, **form.cleaned_data)
        address = self.address("invitations", survey)
        if len(found.values_list("pk")[: AT_ONCE + 1]) <= AT_ONCE:
            inviting.invite(survey=survey, city=city, companies=found, by=by)
            return address
        chosen = form.cleaned_data["sizes"], form.cleaned_data["sectors"]
        job = jobs.invite_companies.enqueue(survey.pk, city.pk, *chosen, by.pk)
        self.saved_notice = _("The companies are being invited. This page shows how far it is.")  # type: ignore[misc, assignment]  # of this one act
        return f"{address}?{JOB}={job.id}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = inviting.companies(self.object, self.request.city).count()
        return super().get_context_data(left=left, **kwargs)


class Send(NotOver):
    """Mails the personal links, or reminds the silent."""

    form_class = Confirmation
    template_name = "surveys/send.html"
    saved_notice = gettext_lazy("The messages are on their way.")
    not_today = gettext_lazy("Open the survey first. Nothing was sent.")
    reminds: ClassVar[bool] = False

    @property
    def heading(self) -> Any:  # type: ignore[override]  # two acts on one page
        return _("Remind those who have not answered") if self.reminds else _("Send the invitations by mail")

    @property
    def submit_label(self) -> Any:  # type: ignore[override]  # the same
        return _("Send a reminder") if self.reminds else _("Send")

    def save(self, form: Any) -> str:
        jobs.mail_invitations.enqueue(
            self.object.pk, self.request.city.pk, self.request.user.pk, self.reminds
        )
        return self.address("invitations", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        n = inviting.waiting(self.object, self.request.city, again=self.reminds).count()
        words = ngettext("%(n)s company gets the message.", "%(n)s companies get the message.", n) % {"n": n}
        return super().get_context_data(lead=words, takes=self.object.takes_answers(clock.today()), **kwargs)


class Letters(NotOver):
    form_class = Confirmation
    template_name = "surveys/send.html"
    heading = gettext_lazy("Letters to print")
    submit_label = gettext_lazy("Make the letters")
    saved_notice = gettext_lazy("The letters are being made. They appear here within a minute.")

    def save(self, form: Any) -> str:
        job = jobs.make_letters.enqueue(self.object.pk, self.request.city.pk)
        return f"{self.address('invitations', self.object)}?{JOB}={job.id}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        n = letters.to_print(self.object, self.request.city).count()
        words = ngettext(
            "%(n)s letter, with the link as a code.", "%(n)s letters, with the link as a code.", n
        )
        return super().get_context_data(lead=words % {"n": n}, takes=True, **kwargs)


class AddressForm(UploadForm):
    """A file of addresses, or a few of them typed."""

    typed = forms.CharField(
        label=gettext_lazy("Or write them here"),
        help_text=gettext_lazy("One company a line: business ID and e-mail address."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=100_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def clean_file(self) -> Any:
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("file") and not self.errors:
            if not data.get("typed", "").strip():
                self.add_error("file", _("Add a file or write at least one address."))
            data["file"] = SimpleUploadedFile(_("written"), addresses.as_file(data.get("typed", "")))
        return data


class Addresses(NotOver, ImportPage):
    """Addresses for this round alone; the companies that they belong to are invited at the same time."""

    template_name = "surveys/addresses.html"
    upload_form = AddressForm
    heading = gettext_lazy("E-mail addresses of companies")
    submit_label = gettext_lazy("Keep the addresses")
    saved_notice = gettext_lazy("The addresses are kept until the survey closes.")

    @cached_property
    def sheet(self) -> Sheet:  # type: ignore[override]  # the companies are those of the city
        return addresses.sheet_of(self.object, self.request.city)

    def compare(self, records: Sequence[Record]) -> list[Standing]:
        return addresses.compare(self.object, records)

    def take_in(self, records: list[Record]) -> str:
        addresses.give(survey=self.object, city=self.request.city, records=records, by=self.request.user)
        return self.address("invitations", self.object)
