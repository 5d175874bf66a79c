"""Before companies are imported, the page says what is new, what changes and what stays; nothing is written."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from talkoot.city.organisations.imports import comparing, plain
from talkoot.city.organisations.models import Organisation, PopulationTotal
from talkoot.kit.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.organisations.models import Municipality

ADDRESS = "/jarvenpaa/tyotila/yritykset/tuo/"
HEAD = "Y-tunnus;Nimi;Kunta;Yrityksen koko;Katuosoite"
FIRST = f"{HEAD}\n9000415-1;Koe Oy (esimerkki);Järvenpää;10-49;Koetie 1\n9000011-8;Sama Oy (esimerkki);186;;Tie 2\n"
NEXT = (
    f"{HEAD}\n9000415-1;Koe ja Kumppanit Oy (esimerkki);Järvenpää;50-249;Koetie 1\n"
    "9000011-8;Sama Oy (esimerkki);186;;Tie 2\n9000028-1;Uusi Oy (esimerkki);186;;Tie 3\n"
)


@pytest.fixture
def oskari(jarvenpaa: Municipality, signed_in: Callable[[str], Client]) -> Client:
    return signed_in("adviser")


def add(client: Client, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("yritykset.csv", content)
    return client.post(ADDRESS, {"file": file, "idempotency_key": str(uuid.uuid4())})


def confirm(client: Client, url: str, **more: str) -> Any:
    token = re.search(r"tuonti=([0-9a-f-]+)", url)
    assert token is not None
    return client.post(url, {"token": token[1], "idempotency_key": str(uuid.uuid4()), **more})


def taken(client: Client, text: str) -> Any:
    return confirm(client, add(client, text).url)


def figures(page: str) -> list[int]:
    """To fix, changed, new, as before."""
    return [int(n) for n in re.findall(r'class="figure"><b>(\d+)</b>', page)][:4]


def test_new_changed_and_unchanged_rows_are_counted_and_nothing_is_written(oskari: Client) -> None:
    taken(oskari, FIRST)
    before, events = Organisation.objects.count(), Event.objects.count()
    page = oskari.get(add(oskari, NEXT).url).content.decode()
    assert figures(page) == [0, 1, 1, 1]
    assert re.search(
        r"<del>.*Koe Oy \(esimerkki\)</del> → <ins>.*Koe ja Kumppanit Oy \(esimerkki\)</ins>", page
    )
    assert re.search(r"<del>.*10–49.*</del> → <ins>.*50–249.*</ins>", page)
    assert (Organisation.objects.count(), Event.objects.count()) == (before, events)


def test_what_the_page_promised_is_what_is_done(oskari: Client) -> None:
    taken(oskari, FIRST)
    before = Organisation.objects.count()
    done = oskari.get(taken(oskari, NEXT).url).content.decode()
    assert "Muuttuu: 1. Uusi: 1. Pysyy ennallaan: 1." in done
    assert Organisation.objects.count() == before + 1
    assert Organisation.objects.get(business_id="9000415-1").name == "Koe ja Kumppanit Oy (esimerkki)"


def test_the_log_says_what_a_file_changed_in_a_company(oskari: Client) -> None:
    taken(oskari, FIRST)
    taken(oskari, NEXT)
    company = Organisation.objects.get(business_id="9000415-1")
    event = Event.objects.filter(model="organisations.Organisation", object_id=str(company.pk)).first()
    assert event is not None
    assert event.changes["name"] == ["Koe Oy (esimerkki)", "Koe ja Kumppanit Oy (esimerkki)"]


def test_a_file_that_brings_nothing_says_so_and_offers_no_button(oskari: Client) -> None:
    taken(oskari, FIRST)
    page = oskari.get(add(oskari, FIRST).url).content.decode()
    assert "Tuotavaa ei ole" in page
    assert 'name="token"' not in page


def test_rows_of_one_kind_are_shown_alone(oskari: Client) -> None:
    taken(oskari, FIRST)
    url = add(oskari, NEXT).url
    page = oskari.get(f"{url}&rivit=new").content.decode()
    assert "Uusi Oy" in page
    assert "Sama Oy" not in page


def test_every_error_of_a_row_is_told_at_once(oskari: Client) -> None:
    wrong = "Y-tunnus;Nimi;Kunta;Yrityksen koko;Postinumero;Kieli\n9000415-2;;Helsinki;iso;12;de\n"
    page = oskari.get(add(oskari, wrong).url).content.decode()
    for sentence in (
        "viimeinen numero ei täsmää",
        "Täytä tämä kohta",
        "Tähän voi tuoda vain",
        "10–49",
        "viidellä numerolla",
        "Kirjoita fi, sv tai en",
    ):
        assert sentence in page, sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_any_spreadsheet_programs_csv_is_read_under_any_of_its_headings(
    oskari: Client, encoding: str, mark: str
) -> None:
    cells = (
        ("FO-nummer", "Yrityksen nimi", "Kotipaikka", "Henkilöstömäärä", "Osoite", "Postnr"),
        ("9000415-1", "Ääkkönen Oy (esimerkki)", "Träskända", "12", "Koetie 1", "4400"),
    )
    text = "\r\n".join(mark.join(row) for row in cells)
    url = add(oskari, text.encode(encoding)).url
    confirm(oskari, url)
    place = Organisation.objects.get(business_id="9000415-1").establishments.get()
    assert str(place.organisation) == "Ääkkönen Oy (esimerkki)"
    assert (place.size_class, place.postcode) == ("10-49", "04400")


def test_two_headings_for_the_same_thing_are_refused(oskari: Client) -> None:
    answer = add(oskari, "Y-tunnus;Nimi;Yritys;Kunta\n9000415-1;A;B;186\n")
    assert "Kaksi saraketta tarkoittaa samaa: Nimi" in answer.content.decode()


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_the_template_is_read_as_it_is_and_its_example_is_not_imported(oskari: Client, language: str) -> None:
    text = oskari.get(f"{language}{ADDRESS}?malli=csv").content.decode("utf-8-sig")
    heads, *rest = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert all(row[0].startswith("# ") for row in rest)
    values = {"business_id": "9000415-1", "name": "Koe Oy (esimerkki)", "municipality": "186"}
    row = ";".join(values.get(column.key, "") for column in plain.sheet().columns)
    preview = plain.sheet().preview(f"{text}{row}\n".encode())
    assert [record.values["name"] for record in preview.ok] == [values["name"]]
    assert (len(preview.comments), preview.unknown) == (len(rest), [])
    assert len(heads) == len(plain.sheet().columns)


def test_the_workbook_to_start_from_explains_its_columns(oskari: Client) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(oskari.get(f"{ADDRESS}?malli=xlsx").content))
    rows, guide = book.worksheets
    assert [cell.value for cell in rows[1]] == [str(column.label) for column in plain.sheet().columns]
    assert str(rows["A2"].value).startswith("# ")
    assert guide["B2"].value == "pakollinen"


def test_an_empty_kind_leaves_an_association_an_association(oskari: Client) -> None:
    taken(oskari, "Y-tunnus;Nimi;Kunta;Laji\n9000415-1;Seura ry (esimerkki);186;Yhdistys\n")
    taken(oskari, "Y-tunnus;Nimi;Kunta\n9000415-1;Seura (esimerkki);186\n")
    assert Organisation.objects.get(business_id="9000415-1").kind == "association"


def test_comparing_ten_times_the_rows_asks_few_queries(
    jarvenpaa: Municipality, django_assert_max_num_queries: Any
) -> None:
    preview = plain.sheet(jarvenpaa).preview(NEXT.encode())
    with django_assert_max_num_queries(2):
        comparing.compare(preview.ok * 100)


def test_numbers_of_companies_are_compared_too(oskari: Client) -> None:
    head = "municipality,year,industry,size_class,enterprises,source"
    address = "/jarvenpaa/tyotila/yritykset/maarat/tuo/"

    def given(number: int) -> Any:
        file = SimpleUploadedFile("maarat.csv", f"{head}\n186,2019,TOTAL,0-9,{number},Koe\n".encode())
        answer: Any = oskari.post(address, {"file": file, "idempotency_key": str(uuid.uuid4())})
        return answer.url

    confirm(oskari, given(5))
    page = oskari.get(given(6)).content.decode()
    assert figures(page) == [0, 1, 0, 0]
    assert PopulationTotal.objects.get(year=2019).enterprises == 5
