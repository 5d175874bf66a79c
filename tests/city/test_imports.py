"""What a register's file brings, and what it must not break."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from talkoot.city.organisations import business_id, demo
from talkoot.city.organisations.imports import companies, plain, population, prh
from talkoot.city.organisations.models import Establishment, Municipality, Organisation, PopulationTotal
from talkoot.kit.audit.models import Event
from talkoot.kit.exchange import Unreadable, command

if TYPE_CHECKING:
    from talkoot.kit.exchange import Preview

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
PRH = LAYOUTS / "prh_companies_v3.json"

pytestmark = pytest.mark.usefixtures("bare_cities")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    code = command.run(argv)
    out, err = capsys.readouterr()
    assert not (out and err)
    said: dict[str, Any] = json.loads(out or err)
    return code, said


def register(number: str = "9000415-1", **fields: Any) -> dict[str, Any]:
    place = {"type": 1, "street": "Koetie", "buildingNumber": "1", "postCode": "04400"}
    offices = [{"city": "JÄRVENPÄÄ", "languageCode": "1", "municipalityCode": "186"}]
    return {
        "businessId": {"value": number},
        "names": [{"name": "Koe Oy (esimerkki)", "type": "1", "version": 1}],
        "addresses": [{**place, "postOffices": offices}],
        **fields,
    }


def test_a_file_of_the_register_brings_its_living_companies(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "companies", str(PRH))
    assert code == 0
    assert said == {"created": 1, "updated": 0, "unchanged": 0, "establishments": 1, "elsewhere": 1}
    company = Organisation.objects.get(business_id="9000011-8")
    assert company.name == "Ruisrivi Leipomo Oy (esimerkki)"
    assert (company.industry, company.section, company.industry_version) == ("C10710", "C", "TOL2008")
    place = company.establishments.get()
    assert (place.city.code, place.street, place.postcode) == ("186", "Esimerkkikatu 3", "04400")


def test_a_company_without_a_size_is_unknown_never_micro(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "companies", str(PRH))
    place = Establishment.objects.get(organisation__business_id="9000011-8")
    assert place.size_class == ""
    assert place.get_size_class_display() == "Ei tiedossa" or place.get_size_class_display()


def test_unknown_fields_of_the_source_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "companies", str(PRH))
    extra = Organisation.objects.get(business_id="9000011-8").extra
    assert extra["euId"]["value"] == "FIFPRO.9000011-8"
    assert extra["layout"] == prh.LAYOUT


def test_importing_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "companies", str(PRH))
    _code, said = run(capsys, "companies", str(PRH))
    assert (said["created"], said["unchanged"], said["establishments"]) == (0, 1, 0)


def test_what_the_city_knew_of_size_survives_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "companies", str(PRH))
    Establishment.objects.filter(organisation__business_id="9000011-8").update(size_class="10-49")
    run(capsys, "companies", str(PRH))
    assert Establishment.objects.get(organisation__business_id="9000011-8").size_class == "10-49"


def test_a_company_that_has_ceased_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps([register(endDate="2025-06-30")]))
    run(capsys, "companies", str(file))
    assert str(Organisation.objects.get(business_id="9000415-1").ceased_on) == "2025-06-30"


def test_the_present_name_is_taken_not_an_old_one() -> None:
    names = [
        {"name": "Vanha Oy", "type": "1", "endDate": "2019-01-01", "version": 2},
        {"name": "Aputoiminimi", "type": "3", "version": 1},
        {"name": "Uusi Oy", "type": "1", "version": 1},
    ]
    assert prh.present_name(names) == "Uusi Oy"


def test_the_zip_of_the_bulk_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "all_companies.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("all.json", json.dumps([register()]))
    assert run(capsys, "companies", str(file))[1]["created"] == 1


def test_a_truncated_file_names_the_line_and_saves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Organisation.objects.count()
    file = tmp_path / "cut.json"
    cut = PRH.read_text()[:1800]
    file.write_text(cut)
    code, said = run(capsys, "companies", str(file))
    assert code == 2
    assert said["error"] == "unreadable"
    assert f"rivi {cut.count(chr(10)) + 1})" in said["message"]
    assert Organisation.objects.count() == before


def test_one_wrong_business_id_stops_all_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps([register(), register("9000415-2")]))
    code, said = run(capsys, "companies", str(file))
    assert (code, said["error"], said["culprits"]) == (2, "rows", [2])
    assert not Organisation.objects.filter(business_id="9000415-1").exists()


def test_another_layout_is_refused_with_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "v1.json"
    file.write_text(json.dumps([{"businessId": "9000415-1", "name": "Koe Oy"}]))
    code, said = run(capsys, "companies", str(file))
    assert (code, said["culprits"]) == (2, [1])


def test_invented_companies_are_refused_outside_the_demo(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TALKOOT_DEMO = False
    assert run(capsys, "companies", str(PRH))[0] == 2


def test_a_missing_file_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "companies", "no-such-file.json")
    assert (code, said["error"]) == (2, "no_file")


@pytest.mark.parametrize(
    ("text", "code"),
    [("9000415-2", "check_digit"), ("9000415", "missing_check"), ("kissa", "format"), ("12345-6", "format")],
)
def test_each_wrong_business_id_has_its_own_sentence(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as said:
        business_id.clean(text)
    assert said.value.code == code


def test_spellings_of_a_right_business_id_are_one() -> None:
    assert {business_id.clean(text) for text in ("9000415-1", " 90004151", "FI90004151")} == {"9000415-1"}


TABLE = """Y-tunnus;Nimi;Kunta;Toimiala;Yrityksen koko;Katuosoite
9000415-1;Koe Oy (esimerkki);Järvenpää;43210;10–49;Koetie 1
9000422-3;Toinen Oy (esimerkki);186;;;Koetie 2
"""


def preview(text: str) -> Preview:
    return plain.sheet(Municipality.objects.get(code="186")).preview(text.encode())


def test_our_own_table_is_read_by_its_finnish_headings() -> None:
    found = preview(TABLE)
    assert not found.errors
    companies.commit(map(plain.company, found.ok), by=None, source="taulukko")
    first = Organisation.objects.get(business_id="9000415-1")
    assert (first.industry, first.establishments.get().size_class) == ("F43210", "10-49")
    assert Establishment.objects.get(organisation__business_id="9000422-3").size_class == ""


def test_a_row_of_another_city_is_not_taken_here() -> None:
    found = preview(TABLE.replace("186", "092"))
    assert [error.line for error in found.errors] == [3]


def test_an_import_is_logged_for_each_company_and_the_city() -> None:
    companies.commit(map(plain.company, preview(TABLE).ok), by=None, source="taulukko")
    events = Event.objects.filter(verb="imported", reason="taulukko")
    assert events.filter(model="organisations.Organisation").count() == 2
    assert events.get(model="organisations.Municipality").scope == "jarvenpaa"


def test_two_dots_are_missing_never_zero(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "population", str(LAYOUTS / "enterprises_municipality_size_industry.csv"))
    assert (code, said) == (0, {"cells": 2})
    total = PopulationTotal.objects.get(city__code="092", year=2024, industry="F", size_class="0-9")
    assert (total.enterprises, total.establishments, total.staff) == (None, None, None)
    assert not total.estimate


def test_totals_of_the_demo_are_marked_estimates(settings: Any) -> None:
    demo._population(settings.TALKOOT_DEMO_FOLDER / "population.csv")
    total = PopulationTotal.objects.get(city__code="186", year=2024, industry="", size_class="0-9")
    assert (total.enterprises, total.estimate) == (2385, True)


def test_totals_are_replaced_not_doubled() -> None:
    content = (LAYOUTS / "enterprises_municipality_size_industry.csv").read_bytes()
    for _time in range(2):
        population.commit(population.sheet().preview(content).ok, by=None)
    assert PopulationTotal.objects.filter(city__code="092", industry="F", size_class="0-9").count() == 1


def test_ten_thousand_companies_take_few_queries(django_assert_max_num_queries: Any) -> None:
    city = Municipality.objects.get(code="186")
    numbers = (n for n in range(9_100_000, 9_120_000))
    found = []
    for number in numbers:
        digit = 11 - sum(int(d) * w for d, w in zip(str(number), (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if digit == 10:
            continue
        key = f"{number}-{digit % 11}"
        found.append(
            companies.Company(
                key, f"Koe {number} (esimerkki)", places=[companies.Place(city, f"Tie {number}")]
            )
        )
        if len(found) == 2_000:
            break
    with django_assert_max_num_queries(120):
        outcome = companies.commit(found, by=None, source="koe")
    assert outcome.created == 2_000


def test_a_foreign_file_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        list(prh.objects(io.BytesIO(b'{"something": 1}')))
