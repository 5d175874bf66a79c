"""A round from its plan to its last answer: who is invited, who is reminded, and what the officer sees of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.translation import override

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import Establishment, Membership, Organisation, SizeClass
from talkoot.kit import clock
from talkoot.kit.files.models import StoredFile
from talkoot.kit.mail import suppression
from talkoot.kit.mail.models import Message
from talkoot.listen.surveys import actions, addresses, inviting, jobs, letters, monitor
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.models import Draft, Invitation, Response, Round
from talkoot.listen.surveys.views import inviting as pages
from tests.listen.surveys.asking import Respondent, ask, begun, draft_questionnaire, invited, once, open_round
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.city.accounts.models import User
    from tests.cast import Cast
    from tests.listen.queries import Queries


@pytest.fixture
def siiri(cast: Cast) -> User:
    return manager(cast.jarvenpaa)


@pytest.fixture
def survey(cast: Cast, siiri: User) -> Round:
    form = draft_questionnaire(cast.jarvenpaa, siiri)
    ask(form, "single", siiri, "stage")
    return open_round(form, cast.jarvenpaa, frame="census", targets={"10-49": 40})


@pytest.fixture
def companies(cast: Cast) -> list[Organisation]:
    """A small shop and a large factory in the city, one that has ceased, and one elsewhere."""
    made = []
    for name, size, industry, city in (
        ("Kauppa Oy (esimerkki)", "0-9", "G47", cast.jarvenpaa),
        ("Tehdas Oy (esimerkki)", "250+", "C10", cast.jarvenpaa),
        ("Loppunut Oy (esimerkki)", "0-9", "G47", cast.jarvenpaa),
        ("Kerava Oy (esimerkki)", "0-9", "G47", cast.kerava),
    ):
        company = Organisation.objects.create(name=name, industry=industry)
        Establishment.objects.create(organisation=company, city=city, size_class=size)
        made.append(company)
    made[2].ceased_on = dt.date(2026, 1, 1)
    made[2].save()
    return made


def url(name: str, language: str = "fi", **more: object) -> str:
    with override(language):
        return reverse(f"surveys:{name}", kwargs={"city": "jarvenpaa", **more})


@pytest.mark.parametrize(
    ("sizes", "sectors", "names"),
    [
        ([], [], {"Kauppa", "Tehdas", "Ruisrivi"}),
        (["0-9"], [], {"Kauppa"}),
        ([], ["C"], {"Tehdas"}),
        (["250+"], ["G"], set()),
    ],
)
def test_living_companies_of_the_city_are_invited_by_size_and_sector(
    cast: Cast,
    survey: Round,
    companies: list[Organisation],
    sizes: list[str],
    sectors: list[str],
    names: set[str],
) -> None:
    found = inviting.companies(survey, cast.jarvenpaa, sizes, sectors)
    assert {company.name.split()[0] for company in found} == names


def test_nobody_is_invited_twice(
    client: Client, survey: Round, companies: list[Organisation], siiri: User
) -> None:
    client.force_login(siiri)
    for _time in range(2):
        client.post(url("invite", pk=survey.pk), once() | {"sectors": ["C", "G"]})
    assert survey.invitations.count() == 2
    survey.refresh_from_db()
    assert survey.invited == 2


def test_a_personal_link_is_mailed_in_the_companys_language_and_only_the_silent_are_reminded(
    client: Client, cast: Cast, survey: Round, companies: list[Organisation], siiri: User
) -> None:
    Membership.objects.create(user=cast.outi, organisation=companies[0], role=Role.COMPANY_MEMBER)
    Organisation.objects.filter(pk=companies[0].pk).update(service_language="sv")
    inviting.invite(
        survey=survey, city=cast.jarvenpaa, companies=inviting.companies(survey, cast.jarvenpaa), by=siiri
    )
    client.force_login(siiri)
    client.post(url("send", pk=survey.pk), once())
    mail = Message.objects.get(to=cast.outi.email)
    token = survey.invitations.get(organisation=companies[0]).token
    assert (mail.language, f"/sv/jarvenpaa/vastaa/{token}/" in mail.body) == ("sv", True)
    assert "Klimatenkät 2027" in mail.subject
    sent = Message.objects.filter(kind="surveys.invitation").count()
    assert sent == survey.invitations.exclude(email="").count() == 2
    client.post(url("send", pk=survey.pk), once())
    client.post(url("remind", pk=survey.pk), once())
    assert Message.objects.filter(kind="surveys.invitation").count() == sent  # not again on the same day
    Invitation.objects.update(mailed_on=clock.today() - dt.timedelta(days=7))
    Invitation.objects.filter(organisation=companies[0]).update(answered=True)
    client.post(url("remind", pk=survey.pk), once())
    reminded = Message.objects.filter(kind="surveys.invitation").order_by("-pk")[:1]
    assert [one.to for one in reminded] == [cast.oskari.email]
    assert Message.objects.filter(kind="surveys.invitation").count() == sent + 1


def test_nothing_is_sent_of_a_round_that_takes_no_answers(
    client: Client, survey: Round, cast: Cast, siiri: User
) -> None:
    invited(survey, cast.company, cast.jarvenpaa)
    Round.objects.update(state=Round.State.DRAFT)
    client.force_login(siiri)
    answer = client.post(url("send", "en", pk=survey.pk), once(), follow=True)
    assert "Nothing was sent." in answer.content.decode()
    assert not Message.objects.exists()


def test_letters_carry_a_link_and_only_survey_managers_open_them(
    client: Client, cast: Cast, survey: Round, companies: list[Organisation], siiri: User
) -> None:
    for company in companies[:2]:
        invited(survey, company, cast.jarvenpaa)
    assert letters.make(survey, cast.jarvenpaa) == 2
    [file] = letters.of(survey, cast.jarvenpaa)
    with file.open() as content:
        assert content.read(4) == b"%PDF"
    cast.signed_in(client, "aino")
    assert client.get(file.get_absolute_url()).status_code == 404
    client.force_login(siiri)
    served = client.get(file.get_absolute_url())
    assert served.status_code == 200
    served.close()


def test_an_answer_by_telephone_is_marked_and_counts_as_the_companys(
    client: Client, cast: Cast, survey: Round, siiri: User
) -> None:
    invitation = invited(survey, cast.company, cast.jarvenpaa)
    client.force_login(siiri)
    answer = client.post(url("record", pk=survey.pk) + f"?kutsu={invitation.pk}", once())
    assert answer.url.endswith(f"/vastaa/{invitation.token}/")  # type: ignore[attr-defined]  # a redirect
    officer = Respondent(client, invitation.token)
    officer.begin()
    officer.answer(1, q1="one")
    officer.send()
    assert Response.objects.get(round=survey).by_officer
    invitation.refresh_from_db()
    assert invitation.answered


def test_answers_are_followed_by_size_and_sector_against_the_target(
    client: Client, cast: Cast, survey: Round, companies: list[Organisation], siiri: User
) -> None:
    inviting.invite(
        survey=survey, city=cast.jarvenpaa, companies=inviting.companies(survey, cast.jarvenpaa), by=siiri
    )
    Response.objects.create(round=survey, number=1, city=cast.jarvenpaa, size_class="10-49", industry="G")
    rows = {row.label: (row.invited, row.answered, row.target) for row in monitor.of(survey).by_size()}
    assert rows[str(SizeClass.SMALL.label)] == (1, 1, 40)
    [trade] = [row for row, _cells in monitor.of(survey).by_section() if "Tukku" in row.label]
    assert (trade.invited, trade.answered) == (1, 1)
    client.force_login(siiri)
    assert client.get(url("invitations", pk=survey.pk)).status_code == 200


PAGES = ("invitations", "invite", "send", "remind", "letters", "record", "round_edit")


@pytest.mark.parametrize(("who", "status"), [("aino", 403), ("kaisa", 404), ("oskari", 404), (None, 302)])
def test_invitations_are_for_the_survey_manager_of_the_city(
    client: Client, cast: Cast, survey: Round, who: str | None, status: int
) -> None:
    if who:
        cast.signed_in(client, who)
    assert {client.get(url(name, pk=survey.pk)).status_code for name in PAGES} == {status}


def test_a_round_is_made_opened_and_closed_by_day(
    client: Client, cast: Cast, survey: Round, siiri: User
) -> None:
    client.force_login(siiri)
    today = clock.today()
    data = once() | {
        "name_fi": "Pulssi 2028",
        "questionnaire": survey.questionnaire_id,
        "frame": "open_link",
        "opened_on": today.isoformat(),
        "closed_on": (today - dt.timedelta(days=1)).isoformat(),
        "wanted_0-9": "60",
    }
    refused = client.post(url("round_create", "en"), data)
    assert "The last day is before the first." in refused.content.decode()
    client.post(url("round_create"), data | {"closed_on": (today + dt.timedelta(days=9)).isoformat()})
    made = Round.objects.get(name_fi="Pulssi 2028")
    assert (made.code, made.targets, made.state) == ("pulssi-2028", {"0-9": 60}, "draft")
    actions.step(survey=made, to="open", by=siiri)
    assert made.takes_answers(today)
    assert not made.takes_answers(today + dt.timedelta(days=10))
    actions.step(survey=made, to="closed", by=siiri)
    assert made.closed_on == today


def test_the_questions_of_an_open_round_stay(client: Client, survey: Round, siiri: User) -> None:
    client.force_login(siiri)
    page = client.get(url("round_edit", pk=survey.pk)).content.decode()
    assert 'name="questionnaire"' not in page
    assert 'name="closed_on"' in page


def test_what_is_over_is_forgotten_after_thirty_days(
    cast: Cast, survey: Round, companies: list[Organisation]
) -> None:
    invitation = invited(survey, companies[0], cast.jarvenpaa)
    begun(survey, cast.jarvenpaa, {"stage": "one"})
    answering.begin(survey=survey, city=cast.jarvenpaa, invitation=invitation)
    letters.make(survey, cast.jarvenpaa)
    jobs.forget_drafts.call()
    assert Draft.objects.count() == 2
    survey.closed_on, survey.state = clock.today() - dt.timedelta(days=31), Round.State.CLOSED
    survey.save()
    jobs.forget_drafts.call()
    assert not Draft.objects.exists()
    assert not Invitation.objects.exists()
    assert not StoredFile.objects.filter(use=letters.USE).exists()


def test_an_officer_gives_addresses_for_one_round_and_who_wants_no_mail_gets_a_letter(
    client: Client, cast: Cast, survey: Round, companies: list[Organisation], siiri: User
) -> None:
    for company, business_id in zip(companies[:2], ("9000001-1", "9000003-8"), strict=True):
        Organisation.objects.filter(pk=company.pk).update(business_id=business_id)
    Establishment.objects.filter(organisation=companies[1]).update(street="Tehtaankatu 1")
    suppression.suppress("ei@tehdas.example", inviting.KIND)
    client.force_login(siiri)
    page = url("addresses", "en", pk=survey.pk)
    typed = "9000001-1 info@kauppa.example\n9000003-8;ei@tehdas.example\n"
    answer = client.post(page, once() | {"typed": typed}, follow=True)
    token = answer.redirect_chain[0][0].split("tuonti=")[1]
    assert not survey.invitations.exists()
    client.post(page, once() | {"token": token})
    kept = dict(survey.invitations.values_list("organisation__name", "email"))
    assert kept == {"Kauppa Oy (esimerkki)": "info@kauppa.example", "Tehdas Oy (esimerkki)": ""}
    ways = monitor.ways(survey, cast.jarvenpaa)
    assert (ways.mail, ways.letter, ways.neither) == (1, 1, 0)
    assert "Of 2 invited companies 1 are reached by mail, 1 by letter" in " ".join(
        client.get(url("invitations", "en", pk=survey.pk)).content.decode().split()
    )
    survey.closed_on = clock.today() - dt.timedelta(days=1)
    survey.save()
    jobs.forget_drafts.call()
    assert not survey.invitations.exclude(email="").exists()


def test_an_address_of_a_company_elsewhere_is_refused(
    cast: Cast, survey: Round, companies: list[Organisation]
) -> None:
    Organisation.objects.filter(pk=companies[3].pk).update(business_id="9000001-1")
    content = addresses.as_file("9000001-1 info@kerava.example\nabc x@y.example\n9000001-1")
    assert addresses.sheet_of(survey, cast.jarvenpaa).preview(content).broken == 3


def test_a_thousand_companies_are_invited_by_a_job_in_few_queries(
    client: Client, cast: Cast, survey: Round, siiri: User, monkeypatch: pytest.MonkeyPatch, queries: Queries
) -> None:
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Yritys {n} Oy (esimerkki)", industry="G47") for n in range(1000)
    )
    Establishment.objects.bulk_create(
        Establishment(organisation=one, city=cast.jarvenpaa, size_class="0-9", street="Katu 1")
        for one in made
    )
    monkeypatch.setattr(pages, "AT_ONCE", 100)
    client.force_login(siiri)
    with queries() as asked:
        answer = client.post(url("invite", pk=survey.pk), once() | {"sectors": ["G"]})
    assert "?tyo=" in answer.url  # type: ignore[attr-defined]  # a redirect
    assert len(asked) < 60
    survey.refresh_from_db()
    assert survey.invited == survey.invitations.count() == 1000
    assert monitor.ways(survey, cast.jarvenpaa).letter == 1000
