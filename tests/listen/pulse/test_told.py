"""What we heard, what we did: told to all in the officer's words; and what a company sees of its own."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override
from lxml import etree

from talkoot.choose.methods.models import Method
from talkoot.kit import clock
from talkoot.kit.mail.models import Message
from talkoot.kit.plate import NextStep, offers, resolve
from talkoot.listen.pulse import actions, counting
from talkoot.listen.pulse.models import Heard, Outcome
from tests.conftest import TODAY

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client, RequestFactory

    from tests.cast import Cast
    from tests.listen.queries import Queries

PAGE = "/jarvenpaa/kuultua/"
WORK = "/jarvenpaa/tyotila/kuultua/"
RAW = "Naapuriyritys jättää valot yöksi päälle."
TEXTS = {
    "said_fi": "Valoja poltetaan turhaan.",
    "said_sv": "Lampor lyser i onödan.",
    "done_fi": "Lähetimme neuvot.",
    "done_sv": "Vi skickade råd.",
}


def send(client: Client, address: str, **data: Any) -> HttpResponse:
    return client.post(address, {"idempotency_key": str(uuid.uuid4()), **data})  # type: ignore[return-value]  # the test client's own response


def heard(cast: Cast, **more: Any) -> Heard:
    return actions.receive(city=cast.jarvenpaa, message=RAW, **{"by": cast.outi} | more)


def drafted(cast: Cast, about: Heard | None = None, **more: Any) -> Outcome:
    row = Outcome(city=cast.jarvenpaa, done_on=TODAY.date(), **TEXTS | more)
    return actions.draft(outcome=row, heard=about, by=cast.aino)


def published(cast: Cast, **more: Any) -> Outcome:
    return actions.publish(outcome=drafted(cast, **more), by=cast.aino)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_an_empty_page_asks_for_a_suggestion(client: Client, cast: Cast) -> None:
    page = text(client, f"/en{PAGE}")
    assert "The city has not told anything here yet." in page
    assert '/en/jarvenpaa/palaute/ehdotus/"' in page


def test_an_officer_tells_what_was_heard_and_a_visitor_reads_it_in_swedish(
    client: Client, cast: Cast
) -> None:
    message = heard(cast)
    cast.signed_in(client, "aino")
    told = {**TEXTS, "done_on": "2026-11-24", "theme": "MUU"}
    answer = send(client, f"/jarvenpaa/tyotila/palaute/{message.pk}/kerro/", **told)
    outcome = Outcome.objects.get()
    assert (answer.status_code, outcome.state) == (302, "draft")
    assert Heard.objects.get().outcome == outcome
    assert send(client, f"{WORK}{outcome.pk}/published/").status_code == 302
    client.logout()
    page = text(client, f"/sv{PAGE}")
    assert "Lampor lyser i onödan." in page
    assert "Vi skickade råd." in page
    assert RAW not in page


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_published_is_on_no_way_out(client: Client, cast: Cast, state: str) -> None:
    if state == "draft":
        drafted(cast)
    else:
        actions.withdraw(outcome=published(cast), by=cast.aino, reason="Virhe.")
    for address in (PAGE, f"{PAGE}?format=csv", f"{PAGE}syote.xml", f"{PAGE}kuultua.json"):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert "Valoja" not in body.decode(), address
        assert "Valoja" not in body.decode("unicode_escape"), address


def test_finnish_alone_is_not_published(cast: Cast) -> None:
    outcome = drafted(cast, said_sv="", done_sv="")
    with pytest.raises(ValidationError):
        actions.publish(outcome=outcome, by=cast.aino)
    assert Outcome.objects.get().state == "draft"


def test_the_page_that_publishes_says_what_is_missing(client: Client, cast: Cast) -> None:
    outcome = drafted(cast, said_sv="", done_sv="")
    cast.signed_in(client, "aino")
    answer = send(client, f"/en{WORK}{outcome.pk}/published/")
    assert answer.status_code == 422
    assert "in Finnish and in Swedish" in answer.content.decode()


def test_the_message_itself_is_not_taken_for_a_summary(client: Client, cast: Cast) -> None:
    message = heard(cast)
    cast.signed_in(client, "aino")
    told = TEXTS | {"said_fi": f"  {RAW.upper()} ", "done_on": "2026-11-24", "theme": "MUU"}
    answer = send(client, f"/en/jarvenpaa/tyotila/palaute/{message.pk}/kerro/", **told)
    assert answer.status_code == 422
    assert "This is the message itself." in answer.content.decode()
    assert not Outcome.objects.exists()


def test_several_messages_share_one_answer_to_all(client: Client, cast: Cast) -> None:
    outcome, second = published(cast), heard(cast)
    cast.signed_in(client, "aino")
    address = f"/jarvenpaa/tyotila/palaute/{second.pk}/liita/"
    assert send(client, address, outcome=str(outcome.pk)).status_code == 302
    assert list(outcome.heard.all()) == [second]


def test_a_message_is_not_joined_to_what_another_city_tells(client: Client, cast: Cast) -> None:
    foreign = Outcome.objects.create(city=cast.kerava, done_on=TODAY.date(), **TEXTS)
    message = heard(cast)
    cast.signed_in(client, "aino")
    address = f"/jarvenpaa/tyotila/palaute/{message.pk}/liita/"
    assert send(client, address, outcome=str(foreign.pk)).status_code == 422


def test_the_feed_and_the_file_hold_what_the_page_tells(client: Client, cast: Cast) -> None:
    outcome = published(cast)
    outcome.methods.set([Method.objects.create(code="M05", name_fi="Webinaari", state="published")])
    feed = etree.fromstring(client.get(f"/sv{PAGE}syote.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == [TEXTS["said_sv"]]
    entries = json.loads(client.get(f"{PAGE}kuultua.json").content)["entries"]
    assert entries == [
        {
            "id": outcome.pk,
            "theme": "MUU",
            "methods": ["M05"],
            "done_on": "2026-11-24",
            "example": False,
            "said": {"fi": TEXTS["said_fi"], "sv": TEXTS["said_sv"]},
            "done": {"fi": TEXTS["done_fi"], "sv": TEXTS["done_sv"]},
        }
    ]


def test_the_page_is_narrowed_by_theme_and_method(client: Client, cast: Cast) -> None:
    webinars = Method.objects.create(code="M05", name_fi="Webinaari", state="published")
    published(cast, theme="KOULU").methods.set([webinars])
    published(cast, said_fi="Pyörätie on auraamatta.", theme="MUU")
    for query in ("theme=KOULU", f"method={webinars.pk}"):
        page = text(client, f"{PAGE}?{query}")
        assert "Valoja" in page, query
        assert "Pyörätie" not in page, query


def test_the_promise_is_counted_without_the_officers_own_notes(cast: Cast) -> None:
    actions.answer(heard=heard(cast), text="Kiitos.", by=cast.aino)
    late = heard(cast)
    heard(cast)
    actions.hand_over(heard=heard(cast), to="Kunnossapito", by=cast.aino)
    actions.note(
        city=cast.jarvenpaa, message="Hyvin.", heard_on=TODAY.date(), due_on=TODAY.date(), by=cast.aino
    )
    with clock.frozen(TODAY + dt.timedelta(days=15)):
        actions.answer(heard=late, text="Kiitos.", by=cast.aino)
        kept = counting.promise_kept(cast.jarvenpaa)
    assert (kept.received, kept.kept, kept.late, kept.otherwise) == (4, 1, 1, 1)
    assert (kept.waiting, kept.overdue) == (1, 1)


def test_a_text_without_english_is_marked_with_its_language(client: Client, cast: Cast) -> None:
    published(cast)
    assert '<span lang="fi">Valoja poltetaan turhaan.</span>' in text(client, f"/en{PAGE}")


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("aino", (200, 200, 200, 200)),
        ("riitta", (200, 200, 403, 403)),
        ("mikael", (200, 200, 403, 403)),
        ("kaisa", (404, 404, 404, 404)),
        ("oskari", (404, 404, 404, 404)),
    ],
)
def test_the_staff_reads_drafts_and_those_who_tell_publish(
    client: Client, cast: Cast, who: str, statuses: tuple[int, ...]
) -> None:
    outcome = drafted(cast)
    cast.signed_in(client, who)
    pages = ("", f"{outcome.pk}/", f"{outcome.pk}/muokkaa/", f"{outcome.pk}/published/")
    assert tuple(client.get(f"{WORK}{page}").status_code for page in pages) == statuses


def test_the_action_itself_asks_who_publishes(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.publish(outcome=drafted(cast), by=cast.mikael)


def test_the_page_asks_no_more_for_more_rows(client: Client, cast: Cast, queries: Queries) -> None:
    webinars = Method.objects.create(code="M05", name_fi="Webinaari", state="published")
    published(cast).methods.set([webinars])
    cast.signed_in(client, "outi")  # pages for all visitors are kept, those of who is signed in are not
    client.get(PAGE)
    with queries() as one:
        client.get(PAGE)
    for _row in range(15):
        published(cast).methods.set([webinars])
    with queries() as many:
        client.get(PAGE)
    assert len(one) == len(many)


# A company's own page.

OWN = "/oma/viestit/"


def test_a_company_writes_on_its_own_page_and_reads_the_answer_there(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "oskari")
    told = {
        "kind": "suggestion",
        "organisation": str(cast.company.pk),
        "city": str(cast.jarvenpaa.pk),
        "message": "Webinaarit aamulla.",
    }
    answer = send(client, f"{OWN}uusi/", **told)
    message = Heard.objects.get()
    assert (message.organisation, message.sent_by, message.owner) == (cast.company, cast.oskari, cast.aino)
    page = text(client, answer["Location"])
    assert "Aino" in page
    assert "8.12.2026" in page
    actions.answer(heard=message, text="Kyllä, keväästä alkaen.", by=cast.aino)
    assert "Kyllä, keväästä alkaen." in text(client, answer["Location"])
    mail = Message.objects.get()
    assert mail.to == cast.oskari.email
    assert f"{OWN}{message.pk}/" in mail.body
    assert "osoitteesi" not in mail.body  # the account keeps its address


def test_a_company_writes_for_itself_alone(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "oskari")
    told = {
        "kind": "suggestion",
        "organisation": str(cast.kerava.organisation_id),
        "city": str(cast.jarvenpaa.pk),
        "message": "x",
    }
    assert send(client, f"{OWN}uusi/", **told).status_code == 422
    assert not Heard.objects.exists()


@pytest.mark.parametrize(("shown", "status"), [(True, 200), (False, 404)])
def test_a_note_is_seen_by_its_company_when_it_is_open_to_it(
    client: Client, cast: Cast, shown: bool, status: int
) -> None:
    note = actions.note(
        city=cast.jarvenpaa,
        message="Tavattiin.",
        heard_on=TODAY.date(),
        organisation=cast.company,
        open_to_company=shown,
        by=cast.aino,
    )
    cast.signed_in(client, "oskari")
    assert client.get(f"{OWN}{note.pk}/").status_code == status
    assert ("Tavattiin." in text(client, OWN)) is shown


@pytest.mark.parametrize(("who", "status"), [("oskari", 200), ("aino", 404), ("outi", 404)])
def test_a_companys_messages_are_on_the_page_of_its_own_people(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    message = heard(cast, organisation=cast.company, by=cast.oskari)
    cast.signed_in(client, who)
    assert {client.get(page).status_code for page in (OWN, f"{OWN}uusi/", f"{OWN}{message.pk}/")} == {status}


def test_what_others_have_said_does_not_exist_for_a_company(client: Client, cast: Cast) -> None:
    other = heard(cast)
    cast.signed_in(client, "oskari")
    assert client.get(f"{OWN}{other.pk}/").status_code == 404


def test_a_company_reads_what_all_were_told_of_its_message_once_it_is_published(
    client: Client, cast: Cast
) -> None:
    message = heard(cast, organisation=cast.company, by=cast.oskari)
    outcome = drafted(cast, about=message)
    cast.signed_in(client, "oskari")
    assert "Lähetimme neuvot." not in text(client, f"{OWN}{message.pk}/")
    actions.publish(outcome=outcome, by=cast.aino)
    assert "Lähetimme neuvot." in text(client, f"{OWN}{message.pk}/")
    with override("fi"):
        assert outcome.public_url() in text(client, f"{OWN}{message.pk}/")


def test_who_has_answered_a_survey_is_led_to_what_the_city_has_done(rf: RequestFactory, cast: Cast) -> None:
    request: Any = rf.get("/")
    request.city = cast.jarvenpaa
    steps = [offer for offer in offers(NextStep) if offer.slot == "surveys:thanks"]
    with override("sv"):
        urls = {resolve(step.url)(request) for step in steps if "pulse" in step.url}
    assert urls == {"/sv/jarvenpaa/kuultua/", "/sv/jarvenpaa/palaute/ehdotus/"}
