"""What goes wrong in real life: a clear message in its place, what was typed is kept, nothing else changes."""

from __future__ import annotations

import datetime as dt
import http.client
import re
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from talkoot.choose.selection.models import Run
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda.models import Task
from talkoot.city.organisations import actions as joining
from talkoot.city.organisations.models import Invitation, Membership, Municipality, Organisation
from talkoot.kit import clock
from tests.journeys.walk import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORK = "/jarvenpaa/tyotila"
AINO, OSKARI = "aino@jarvenpaa.example", "oskari@jarvenpaa.example"
TASK = {"title": "Kutsu yritykset aamukahville", "due": "2026-12-03", "verb": "act"}
TOO_MUCH = 200_000_000


def test_a_form_outlives_its_session(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/tehtavat/uusi/")
    aino.fill(TASK)
    aino.page.context.clear_cookies(name="sessionid")
    aino.send()
    assert "/tili/login/" in aino.path
    aino.fill({"login": AINO, "password": PASSWORD})
    aino.send()
    assert aino.path == f"{WORK}/tehtavat/uusi/"
    assert aino.page.locator("[name=title]").input_value() == TASK["title"]
    assert aino.notice().count()
    aino.send()
    assert Task.objects.filter(title=TASK["title"]).count() == 1


def test_two_clicks_and_the_back_button_do_one_thing(arrive: Callable[..., Person]) -> None:
    aino = arrive(java_script_enabled=False)
    aino.sign_in(AINO, f"{WORK}/tehtavat/")
    aino.go(f"{WORK}/tehtavat/uusi/")
    aino.fill(TASK)
    aino.page.locator("main form[method=post] button:not(.second):not(.quiet)").first.dblclick()
    aino.page.wait_for_url(re.compile(r"/tehtavat/\d+/$"))
    task = Task.objects.get(title=TASK["title"])
    assert aino.path == task.get_absolute_url()
    aino.page.go_back(wait_until="commit")
    aino.send()
    assert aino.path == task.get_absolute_url()
    assert Task.objects.filter(title=TASK["title"]).count() == 1


def test_the_second_writer_sees_both_versions(arrive: Callable[..., Person]) -> None:
    first, second = arrive(), arrive()
    city = Municipality.objects.get(slug="jarvenpaa")
    unit = city.units.get(code="ELI")
    first.sign_in(AINO, f"{WORK}/yksikot/{unit.pk}/")
    second.sign_in(AINO, f"{WORK}/yksikot/{unit.pk}/")
    first.fill({"person_days": "70"})
    first.send()
    second.fill({"person_days": "90"})
    second.send()
    unit.refresh_from_db()
    assert unit.person_days == 70
    row = second.page.locator("main table tr:has-text('90')").first.inner_text()
    assert "70" in row
    assert second.page.locator("main [name=person_days]").input_value() == "90"
    second.look()
    second.send()
    unit.refresh_from_db()
    assert unit.person_days == 90


def test_weights_that_no_shares_meet_are_named_where_they_are(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/valinta/uusi/")
    runs = Run.objects.count()
    aino.fill(
        {f"weight_{code}_{end}": value for code in "ABCDEF" for end, value in (("low", "30"), ("high", "60"))}
    )
    aino.send()
    assert aino.page.locator("main .weight [aria-invalid=true]").count() >= 4
    assert "180" in aino.text()
    assert aino.page.locator("[name=weight_A_low]").input_value() == "30"
    aino.look()
    assert Run.objects.count() == runs


def test_a_budget_that_admits_nothing_is_said_on_the_form(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/valinta/uusi/")
    runs = Run.objects.count()
    units = Municipality.objects.get(slug="jarvenpaa").units.exclude(person_days=None)
    aino.fill({f"days_{unit.code}": "0" for unit in units} | {"name": "Ilman aikaa"})
    aino.send()
    assert aino.path == f"{WORK}/valinta/uusi/"
    assert aino.page.locator("main .error, main .notice.bad").count()
    assert aino.page.locator("[name=name]").input_value() == "Ilman aikaa"
    assert Run.objects.count() == runs


def test_a_wrong_business_id_is_said_next_to_it(arrive: Callable[..., Person]) -> None:
    oskari = arrive()
    oskari.sign_in(OSKARI, f"{WORK}/yritykset/uusi/")
    oskari.fill({"name": "Uusi Yritys Oy", "business_id": "1234567-2"})
    oskari.send()
    field = oskari.page.locator("[name=business_id]")
    assert field.get_attribute("aria-invalid") == "true"
    told = oskari.page.locator(
        ", ".join(f"#{name}" for name in (field.get_attribute("aria-describedby") or "").split())
    )
    assert any(text.strip() for text in told.all_inner_texts())
    assert oskari.page.locator("[name=name]").input_value() == "Uusi Yritys Oy"
    oskari.look()
    assert not Organisation.objects.filter(name="Uusi Yritys Oy").exists()


def test_half_a_file_is_refused_next_to_its_field(arrive: Callable[..., Person], tmp_path: Path) -> None:
    half = tmp_path / "yritykset.json"
    half.write_text('{"companies": [{"businessId": {"value": "9000')
    before = Organisation.objects.count()
    oskari = arrive()
    oskari.sign_in(OSKARI, f"{WORK}/yritykset/tuo/")
    oskari.page.locator("main [name=file]").set_input_files(half)
    oskari.send()
    assert oskari.page.locator("main [name=file]").get_attribute("aria-invalid") == "true"
    assert oskari.page.locator("main .error").first.inner_text().strip()
    assert Organisation.objects.count() == before


def test_two_hundred_megabytes_are_refused_in_words(arrive: Callable[..., Person]) -> None:
    oskari = arrive()
    oskari.sign_in(OSKARI, f"{WORK}/yritykset/tuo/")
    status, body = _send_much(oskari)
    assert 400 <= status < 500
    assert "aria-invalid" in body
    assert "<h1" in body


def _send_much(person: Person) -> tuple[int, str]:
    """The import form with a file of 200 MB, written as it is sent."""
    page, line = person.page, "talkoot"
    hidden = {
        name: page.locator(f"main [name={name}]").get_attribute("value")
        for name in ("csrfmiddlewaretoken", "idempotency_key")
    }
    fields = "".join(
        f'--{line}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in hidden.items()
    )
    head = f'{fields}--{line}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'.encode()
    tail = f"\r\n--{line}--\r\n".encode()
    block = b"a,b,c\n" * 100_000

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(TOO_MUCH // len(block)):
            yield block
        yield tail

    headers = {
        "Content-Type": f"multipart/form-data; boundary={line}",
        "Content-Length": str(len(head) + len(tail) + TOO_MUCH // len(block) * len(block)),
        "Cookie": "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies()),
    }
    connection = http.client.HTTPConnection(urlsplit(person.origin).netloc, timeout=60)
    connection.request("POST", person.path, body=body(), headers=headers)
    with closing(connection):
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_an_expired_invitation_says_what_to_do(arrive: Callable[..., Person]) -> None:
    visitor = arrive()
    city = Municipality.objects.get(slug="jarvenpaa")
    Invitation.objects.create(
        email="myohassa@talkoot.example",
        organisation=city.organisation,
        role=Role.ADVISER,
        token_hash=joining.digest("late"),
        expires_at=clock.now() - dt.timedelta(days=1),
    )
    members = Membership.objects.count()
    answer = visitor.go("/kutsu/late/")
    assert answer
    assert answer.status == 410
    assert visitor.page.locator("main .notice, main p").first.inner_text().strip()
    assert not visitor.page.locator("main [type=password]").count()
    visitor.look()
    assert Membership.objects.count() == members
