"""Answers of other tools: the officer says what the columns and words of their files are."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from talkoot.kit.exchange.models import PendingImport
from talkoot.listen.surveys import jobs, taking
from talkoot.listen.surveys.models import Response, Round
from talkoot.listen.surveys.sheet import sheet_of
from talkoot.listen.surveys.views import importing
from tests.listen.surveys.asking import every_kind, once, open_round
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

HEAD = (
    "id,submitdate,lastpage,startlanguage,seed,size,municipality,industry,single,multiple[SQ001],multiple[SQ002],"
    "multiple[SQ003],multiple[other],scale,matrix[SQ001],matrix[SQ002],ranking[1],ranking[2],number,date,text"
)
ROWS = (
    "1|2026-03-02 10:11:12|4|fi|17|A2|Järvenpää|C|A1|Y||Y||A2|A1|A3|A3|A1|12.5000000000|2026-12-03 00:00:00|Enemmän",
    "2||1|sv|18|A1|||||||||||||||",
    "3|2026-03-02 12:00:00|4|sv|19|A4|Muualla|N/A|-oth-||||Muuta|N/A|||||||",
)


def limesurvey() -> bytes:
    """Response export with question codes as headings and answer codes, quoted and with a byte order mark."""
    lines = [HEAD.split(","), *(row.split("|") for row in ROWS)]
    return ("\ufeff" + "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)).encode()


class Officer:
    """A survey manager with a browser, on the import page of a round with every kind of question."""

    def __init__(self, client: Client, cast: Cast) -> None:
        self.client, self.cast = client, cast
        siiri = manager(cast.jarvenpaa)
        self.survey = open_round(every_kind(cast.jarvenpaa, siiri), cast.jarvenpaa)
        client.force_login(siiri)
        with override("en"):
            self.url = reverse("surveys:import", kwargs={"city": "jarvenpaa", "pk": self.survey.pk})

    def add(self, content: bytes, name: str = "results-survey.csv") -> str:
        answer: Any = self.client.post(self.url, once() | {"file": SimpleUploadedFile(name, content)})
        if answer.status_code == 302:
            self.token = answer.url.split("tuonti=")[1]
            answer = self.client.get(answer.url)
        return str(answer.content.decode())

    def match(self, page: str, **changes: str) -> str:
        """Send the page of columns as it stands, with a few changes."""
        answer: Any = self.client.post(self.url, once() | fields(page) | changes, follow=True)
        return str(answer.content.decode())

    def accept(self, **more: str) -> None:
        answer = self.client.post(self.url, once() | {"token": self.token} | more)
        assert answer.status_code == 302


def fields(page: str) -> dict[str, str]:
    """Names and values of the selects and hidden fields of the matching form."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if "csrf" not in name and "idem" not in name}


@pytest.fixture
def officer(client: Client, cast: Cast) -> Officer:
    return Officer(client, cast)


def test_a_limesurvey_export_becomes_answers(officer: Officer) -> None:
    page = officer.add(limesurvey())
    assert "What it is" in page
    preview = officer.match(page)
    assert "1 row was never sent" in preview
    assert not Response.objects.exists()
    officer.accept()
    first, second = Response.objects.order_by("number")
    assert (first.number, first.size_class, first.industry, first.language) == (1, "10-49", "C", "fi")
    assert first.city == officer.cast.jarvenpaa
    assert first.answers == {
        "single": "one",
        "multiple": ["one", "three"],
        "scale": "two",
        "matrix": {"power": "one", "heat": "three"},
        "ranking": ["three", "one"],
        "number": "12.5",
        "date": "2026-12-03",
        "text": "Enemmän",
    }
    assert (second.number, second.city, second.size_class, second.answers) == (3, None, "250+", {})


def test_how_a_file_is_read_is_kept_for_the_next_one(officer: Officer) -> None:
    officer.match(officer.add(limesurvey()))
    again = officer.add(limesurvey())
    assert "Change how the columns are read" in again
    assert 'name="matching"' not in again


def test_words_of_a_spreadsheet_are_matched_in_any_language_and_unknown_ones_are_listed(
    officer: Officer,
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["ID", "Completion time", "Kysymys single", "Fråga multiple", "Question matrix [Heat]", "Question date"])  # fmt: skip
    sheet.append([1, "3/2/2026", "Kaksi", "Ett;Three;", "Yksi", 46359])
    sheet.append([2, "3/2/2026", "Ehkä", "Två, Tre", "", ""])
    content = BytesIO()
    book.save(content)
    page = officer.add(content.getvalue(), "vastaukset.xlsx")
    assert "“Ehkä” on 1 row" in page
    refused = officer.match(page)
    assert "Ehkä is not among the choices" in refused
    word = next(name for name in fields(page) if name.startswith("w"))
    page = officer.match(
        officer.client.get(f"{officer.url}?tuonti={officer.token}&vaihe=sarakkeet").content.decode(),
        **{word: "three"},
    )
    assert "is not among" not in page
    officer.accept()
    assert [row.answers for row in Response.objects.order_by("number")] == [
        {"single": "two", "multiple": ["one", "three"], "matrix": {"heat": "one"}, "date": "2026-12-03"},
        {"single": "three", "multiple": ["two", "three"]},
    ]


def test_two_columns_are_not_read_as_one_question(officer: Officer) -> None:
    page = officer.add(b"id;single;Mika\n1;one;two\n")
    assert "Two columns are read as single" in officer.match(page, k2="single")


def test_a_column_given_another_meaning_asks_for_its_words_first(officer: Officer) -> None:
    page = officer.add(b"id;single;Apu\n1;one;Kaksi\n2;one;Kumpikaan\n")
    page = officer.match(page, k2="scale")
    assert "“Kumpikaan” on 1 row" in page
    preview = officer.match(page, **{"w2-0": "-"})
    assert 'name="matching"' not in preview


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"   \n ", "empty"),
        ("a.csv", b"id;single\n", "no rows"),
        ("a.csv", "id;single\n1;one\n".encode("utf-16-le"), "cannot read this type"),
        ("a.csv", b"id;text\n1;Hyv\x81\xe4\n", "CSV UTF-8"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "cannot read this type"),
        ("a.csv", b"single;single\n1;2\n", "same heading"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    officer: Officer, name: str, content: bytes, sentence: str
) -> None:
    assert sentence in officer.add(content, name)
    assert not PendingImport.objects.exists()


def test_letters_of_old_windows_and_semicolons_are_read(officer: Officer) -> None:
    page = officer.add("id;text\n1;Hyvää työtä\n".encode("cp1252"))
    assert "Hyvää työtä" in page


def test_a_large_file_is_taken_by_a_job_once(
    officer: Officer, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    content = b"id;single\n1;one\n2;two\n3;three\n"
    officer.match(officer.add(content))
    officer.accept()
    assert Response.objects.filter(round=officer.survey).count() == 3
    assert not PendingImport.objects.exists()
    assert jobs.take_answers.call(officer.survey.pk, officer.token, cast.aino.pk, False) == 0


def test_one_wrong_row_stops_the_whole_file(officer: Officer) -> None:
    officer.match(officer.add(b"id;single\n1;one\n2;seven\n"))
    assert Round.objects.get(pk=officer.survey.pk).reading["columns"]["single"] == ["single", ""]
    answer: Any = officer.client.post(officer.url, once() | {"token": officer.token})
    assert answer.status_code == 422
    assert not Response.objects.exists()
    officer.accept(leave_out="on")
    assert Response.objects.count() == 1


def test_a_round_may_be_read_without_keeping_its_rows(officer: Officer) -> None:
    survey = officer.survey
    content = b"respondent,municipality,kind,single\n" + b"".join(
        f"{n},186,company,one\n".encode() for n in range(1, 200)
    )
    preview = taking.preview(survey, content, sheet_of(survey), most=10)
    assert (preview.fine, len(preview.ok)) == (199, 10)
