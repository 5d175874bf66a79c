"""The register of a city: seen by its staff, edited by those who keep it, exported as it is seen."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talkoot.city.organisations.models import Establishment, Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.usefixtures("cities")
LIST = "/jarvenpaa/tyotila/yritykset/"


def filled(**fields: str) -> dict[str, str]:
    given = {"name": "Koe Oy (esimerkki)", "business_id": "9000415-1", "kind": "company", "size_class": ""}
    return {"idempotency_key": str(uuid.uuid4()), **given, **fields}


def test_the_list_holds_the_companies_of_the_city_only(signed_in: Callable[[str], Client]) -> None:
    text = signed_in("adviser").get(LIST).content.decode()
    assert "Kuusikon Leipomo" in text
    assert "Nordvind Logistik" not in text


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ({"q": "leipomo"}, "Kuusikon Leipomo", "Petäjäinen"),
        ({"q": "PETÄJÄINEN"}, "Petäjäinen", "Kuusikon"),
        ({"q": "9000115"}, "Kuusikon Leipomo", "Petäjäinen"),
        ({"size": "50-249"}, "Harjunrinne", "Petäjäinen"),
        ({"section": "F"}, "Harjunrinne", "Petäjäinen"),
        ({"kind": "association"}, "Yrittäjäpiiri", "Petäjäinen"),
    ],
)
def test_filters_find_what_they_say(
    query: dict[str, str], there: str, absent: str, signed_in: Callable[[str], Client]
) -> None:
    text = signed_in("adviser").get(LIST, query).content.decode()
    assert there in text
    assert absent not in text


def test_the_export_holds_the_same_rows(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("adviser").get(LIST, {"format": "csv", "section": "F"})
    text = answer.content.decode()
    assert "Harjunrinne" in text
    assert "Petäjäinen" not in text


def test_a_company_of_another_city_is_not_found_here(signed_in: Callable[[str], Client]) -> None:
    other = Organisation.objects.get(business_id="9000108-1")
    url = reverse("organisations:detail", kwargs={"city": "jarvenpaa", "pk": other.pk})
    assert signed_in("adviser").get(url).status_code == 404


def test_a_new_company_with_its_place(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("adviser").post(
        f"{LIST}uusi/", filled(industry="10710", street="Koetie 1", postcode="04400")
    )
    assert answer.status_code == 302
    place = Establishment.objects.get(organisation__business_id="9000415-1")
    assert (place.city.slug, place.street, place.size_class) == ("jarvenpaa", "Koetie 1", "")
    assert place.organisation.industry == "C10710"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("9000415-2", "viimeinen numero ei täsmää"),
        ("9000415", "Viimeinen numero puuttuu"),
        ("abc", "seitsemän numeroa"),
        ("9000115-3", "on jo rekisterissä"),
    ],
)
def test_a_wrong_business_id_is_explained_and_what_was_typed_is_kept(
    number: str, sentence: str, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("adviser").post(f"{LIST}uusi/", filled(business_id=number))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert f'value="{number}"' in text
    assert "Koe Oy (esimerkki)" in text


def test_a_double_click_adds_one_company(signed_in: Callable[[str], Client]) -> None:
    client, form = signed_in("adviser"), filled()
    assert [client.post(f"{LIST}uusi/", form).status_code for _click in range(2)] == [302, 302]
    assert Organisation.objects.filter(business_id="9000415-1").count() == 1


def test_the_second_writer_is_shown_the_first_ones_work(signed_in: Callable[[str], Client]) -> None:
    company = Organisation.objects.get(business_id="9000115-3")
    url = reverse("organisations:edit", kwargs={"city": "jarvenpaa", "pk": company.pk})
    form = filled(business_id="9000115-3", version="1")
    assert signed_in("adviser").post(url, {**form, "name": "Ensimmäinen (esimerkki)"}).status_code == 302
    late = {**form, "name": "Toinen (esimerkki)", "idempotency_key": str(uuid.uuid4())}
    answer = signed_in("coordinator").post(url, late)
    assert answer.status_code == 409
    assert "Ensimmäinen (esimerkki)" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "see", "edit"),
    [
        ("coordinator", 200, 200),
        ("adviser", 200, 200),
        ("approver", 200, 403),
        ("other_city", 404, 404),
        ("company", 404, 404),
        ("nobody", 302, 302),
    ],
)
def test_who_sees_and_who_edits(role: str, see: int, edit: int, signed_in: Callable[[str], Client]) -> None:
    client = signed_in(role)
    assert client.get(LIST).status_code == see
    for page in ("uusi/", "tuo/", "maarat/tuo/"):
        assert client.get(LIST + page).status_code == edit


def test_the_list_asks_as_many_queries_for_many_rows(
    signed_in: Callable[[str], Client], queries: Any
) -> None:
    client = signed_in("adviser")
    client.get(LIST)
    with queries() as few:
        client.get(LIST, {"q": "leipomo"})
    with queries() as many:
        client.get(LIST, {"q": "esimerkki"})
    assert len(few) == len(many)


def test_an_uploaded_table_is_shown_before_it_is_saved(signed_in: Callable[[str], Client]) -> None:
    table = b"Y-tunnus;Nimi;Kunta\n9000415-1;Koe Oy (esimerkki);186\n"
    client = signed_in("adviser")
    sent = {"idempotency_key": str(uuid.uuid4()), "file": SimpleUploadedFile("yritykset.csv", table)}
    answer = client.post(f"{LIST}tuo/", sent)
    assert answer.status_code == 302
    preview = answer.headers["Location"]
    assert "Koe Oy (esimerkki)" in client.get(preview).content.decode()
    assert not Organisation.objects.filter(business_id="9000415-1").exists()
    token = preview.rpartition("=")[2]
    client.post(f"{LIST}tuo/", {"idempotency_key": str(uuid.uuid4()), "token": token})
    assert Organisation.objects.filter(business_id="9000415-1").exists()


def test_the_registers_own_json_is_taken_by_the_page(signed_in: Callable[[str], Client]) -> None:
    content = (Path(__file__).parents[1] / "data" / "layouts" / "prh_companies_v3.json").read_bytes()
    client = signed_in("adviser")
    sent = {"idempotency_key": str(uuid.uuid4()), "file": SimpleUploadedFile("prh.json", content)}
    answer = client.post(f"{LIST}tuo/", sent)
    assert "Ruisrivi Leipomo" in client.get(answer.headers["Location"]).content.decode()
