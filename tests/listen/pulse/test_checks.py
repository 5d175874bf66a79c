"""One question, one tap: counted, harmless twice, and nothing kept that tells who answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from talkoot.choose.methods.models import Method
from talkoot.kit.audit.models import Event
from talkoot.kit.plate import Evidence, offers
from talkoot.listen.pulse import actions, counting, limits
from talkoot.listen.pulse.models import Check, Heard, Tap

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Cast
    from tests.listen.queries import Queries

ASKED = "/jarvenpaa/tyotila/pulssi/"
BROWSER = "Mozilla/5.0 (a phone)"


@pytest.fixture
def webinars(db: None) -> Method:
    return Method.objects.create(code="M05", name_fi="Webinaarisarja", category="KOULU", state="published")


@pytest.fixture
def check(cast: Cast) -> Check:
    row = Check.objects.create(question_fi="Olisiko tästä hyötyä?", question_sv="Skulle det här hjälpa?")
    return actions.open_check(check=row, by=cast.aino)


def tap(client: Client, check: Check, answer: str = "yes", agent: str = BROWSER, **more: Any) -> HttpResponse:
    told = {"vastaus": answer, "keino": "M05"}
    address = f"/sv/palaute/pulssi/{check.pk}/"
    return client.post(address, told, headers={"User-Agent": agent, **more})  # type: ignore[return-value]  # the test client's own response


def test_the_page_of_a_method_asks_and_sets_no_cookie(client: Client, check: Check, webinars: Method) -> None:
    answer = client.get("/sv/kirjasto/M05/")
    page = answer.content.decode()
    assert "Skulle det här hjälpa?" in page
    assert page.count('name="vastaus"') == 3
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page


def test_without_a_question_the_page_still_takes_suggestions(client: Client, webinars: Method) -> None:
    page = client.get("/en/kirjasto/M05/").content.decode()
    assert 'name="vastaus"' not in page
    assert 'href="/en/palaute/ehdotus/?keino=M05"' in page


def test_a_tap_is_counted_and_thanked(check: Check, webinars: Method) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = tap(client, check)
    assert answer["Location"] == f"/sv/palaute/pulssi/{check.pk}/kiitos/?keino=M05"
    assert not answer.cookies
    row = Tap.objects.get()
    assert (row.check_asked, row.method, row.answer) == (check, webinars, "yes")
    assert "Tack för svaret" in client.get(answer["Location"]).content.decode()


def test_the_same_reader_changes_the_answer_and_adds_none(
    client: Client, check: Check, webinars: Method
) -> None:
    for answer in ("yes", "yes", "no"):
        tap(client, check, answer)
    assert Tap.objects.get().answer == "no"


def test_another_browser_is_another_answer(client: Client, check: Check, webinars: Method) -> None:
    tap(client, check)
    tap(client, check, agent="Mozilla/5.0 (another)")
    assert Tap.objects.count() == 2


def test_a_form_on_another_site_counts_nothing(client: Client, check: Check, webinars: Method) -> None:
    assert tap(client, check, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert tap(client, check, Origin="https://evil.example").status_code == 403
    assert tap(client, check, Origin="null").status_code == 403
    assert not Tap.objects.exists()


def test_one_address_fills_the_count_no_more_than_so_much_an_hour(
    client: Client, check: Check, webinars: Method
) -> None:
    for number in range(limits.TAPS_AT_MOST):
        assert tap(client, check, agent=f"Mozilla {number}").status_code == 302
    refused = tap(client, check, agent="Mozilla")
    assert refused.status_code == 429
    assert "räknades inte med" in refused.content.decode()
    assert Tap.objects.count() == limits.TAPS_AT_MOST


@pytest.mark.parametrize(
    "told", [{"vastaus": "maybe", "keino": "M05"}, {"vastaus": "yes", "keino": "M99"}, {}]
)
def test_an_answer_that_was_not_offered_does_not_exist(
    client: Client, check: Check, webinars: Method, told: dict[str, str]
) -> None:
    assert client.post(f"/palaute/pulssi/{check.pk}/", told).status_code == 404
    assert not Tap.objects.exists()


def test_a_closed_question_is_answered_no_more(
    client: Client, cast: Cast, check: Check, webinars: Method
) -> None:
    actions.close_check(check=check, by=cast.aino)
    assert tap(client, check).status_code == 404
    assert 'name="vastaus"' not in client.get("/kirjasto/M05/").content.decode()


def test_nothing_of_the_reader_is_kept(client: Client, check: Check, webinars: Method) -> None:
    before = Event.objects.count()
    tap(client, check)
    assert {field.name for field in Tap._meta.get_fields()} == {"id", "check_asked", "method", "answer", "on"}
    assert Event.objects.count() == before


def test_a_comment_goes_to_the_stream_with_the_method(client: Client, check: Check, webinars: Method) -> None:
    thanks = tap(client, check)["Location"]
    sent = client.post(thanks, {"message": "Vi är bara två.", "idempotency_key": str(uuid.uuid4())})
    assert sent.status_code == 302
    kept = Heard.objects.get()
    assert (kept.kind, kept.language, list(kept.methods.all())) == ("comment", "sv", [webinars])


def test_a_citys_own_question_sends_its_comments_to_the_city(client: Client, cast: Cast) -> None:
    row = Check.objects.create(city=cast.jarvenpaa, place="model", question_fi="Löysitkö?")
    check = actions.open_check(check=row, by=cast.aino)
    assert client.post(f"/palaute/pulssi/{check.pk}/", {"vastaus": "no"}).status_code == 302
    told = {"message": "En löytänyt.", "idempotency_key": str(uuid.uuid4())}
    client.post(f"/palaute/pulssi/{check.pk}/kiitos/", told)
    assert Heard.objects.get().city == cast.jarvenpaa


@pytest.mark.parametrize("n", [0, 1, 4, 5])
def test_fewer_than_five_answers_are_not_shown(
    client: Client, cast: Cast, check: Check, webinars: Method, n: int
) -> None:
    for _answer in range(n):
        actions.tap(check=check, method=webinars, answer="yes")
    cast.signed_in(client, "aino")
    for address in (f"/en{ASKED}{check.pk}/", "/en/jarvenpaa/tyotila/keinot/M05/"):
        page = client.get(address).content.decode().replace("\u00a0", " ")
        assert ("Fewer than 5 answers, not shown." in page) is (0 < n < 5), address
        assert ("5 (100 %)" in page or "5 (100%)" in page) is (n == 5), address
        assert "This is not a survey" in page


def test_the_counts_are_of_each_method_alone(cast: Cast, check: Check, webinars: Method) -> None:
    other = Method.objects.create(code="M08", name_fi="Energianeuvonta", state="published")
    for answer in ("yes", "yes", "partly", "no", "no"):
        actions.tap(check=check, method=webinars, answer=answer)
    actions.tap(check=check, method=other, answer="no")
    methods = {row.pk: row for row in (webinars, other)}
    first, second = counting.by_method(check, methods)
    assert (first.method, first.n, [count for _, count, _ in first.parts]) == (webinars, 5, [2, 1, 2])
    assert (second.method, second.is_hidden, second.parts) == (other, True, [])


def test_taps_are_no_evidence_for_the_selection() -> None:
    assert not any("pulse" in offer.evidence for offer in offers(Evidence))


def test_one_question_is_asked_in_a_place_at_once(cast: Cast, check: Check) -> None:
    second = Check.objects.create(question_fi="Toinen?")
    with pytest.raises(ValidationError):
        actions.open_check(check=second, by=cast.aino)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=second.pk).update(state="open")


@pytest.mark.parametrize(("place", "shared"), [("method", True), ("model", False)])
def test_a_question_belongs_to_the_pages_where_it_is_asked(
    client: Client, cast: Cast, place: str, shared: bool
) -> None:
    cast.signed_in(client, "aino")
    told = {"place": place, "question_fi": "Löysitkö?", "idempotency_key": str(uuid.uuid4())}
    answer = client.post(f"{ASKED}uusi/", told)
    made = Check.objects.get()
    assert (made.city is None) is shared
    assert answer["Location"] == f"{ASKED}{made.pk}/"
    step = {"idempotency_key": str(uuid.uuid4())}
    assert client.post(f"{ASKED}{made.pk}/open/", step).status_code == 302
    assert client.post(f"{ASKED}{made.pk}/open/", {"idempotency_key": str(uuid.uuid4())}).status_code == 409


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("aino", (200, 200, 200)),
        ("riitta", (200, 200, 403)),
        ("kaisa", (404, 404, 404)),
        ("oskari", (404, 404, 404)),
    ],
)
def test_questions_are_seen_by_staff_and_asked_by_some(
    client: Client, cast: Cast, check: Check, who: str, statuses: tuple[int, ...]
) -> None:
    cast.signed_in(client, who)
    pages = ("", f"{check.pk}/", f"{check.pk}/closed/")
    assert tuple(client.get(f"{ASKED}{page}").status_code for page in pages) == statuses


def test_a_draft_of_a_question_does_not_exist_for_a_visitor(client: Client, cast: Cast) -> None:
    draft = Check.objects.create(question_fi="Vielä kesken?")
    assert client.get(f"/palaute/pulssi/{draft.pk}/kiitos/").status_code == 404


def test_the_counts_take_the_same_questions_for_more_methods(
    client: Client, cast: Cast, check: Check, webinars: Method, queries: Queries
) -> None:
    actions.tap(check=check, method=webinars, answer="yes")
    cast.signed_in(client, "aino")
    client.get(f"{ASKED}{check.pk}/")
    with queries() as one:
        client.get(f"{ASKED}{check.pk}/")
    for number in range(10):
        more = Method.objects.create(code=f"M{60 + number}", name_fi="x", state="published")
        for _answer in range(5):
            actions.tap(check=check, method=more, answer="no")
    with queries() as many:
        client.get(f"{ASKED}{check.pk}/")
    assert len(one) == len(many)
