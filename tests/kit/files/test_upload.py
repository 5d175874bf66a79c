"""An upload cannot fill memory or disk, and what is wrong is said beside the field."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.datastructures import MultiValueDict
from PIL import Image

from talkoot.config import urls as house
from talkoot.kit.files import kinds
from talkoot.kit.files.forms import UploadField

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.files.uploadedfile import UploadedFile
    from django.test import Client

PDF = b"%PDF-1.7\n%%EOF"


class NoteForm(forms.Form):
    note = forms.CharField()
    file = UploadField(kinds=(kinds.PDF, kinds.PNG))


@login_not_required
def take(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST, request.FILES)
    form.is_valid()
    size = sum(file.size or 0 for file in request.FILES.getlist("file")[-1:])
    return HttpResponse(f"{form['note'].value()}|{form.errors.get('file', '')}|{size}")


urlpatterns = [path("take", take), *house.urlpatterns]
pytestmark = [pytest.mark.urls(__name__)]


def only(file: UploadedFile[Any]) -> MultiValueDict[str, UploadedFile[Any]]:
    return MultiValueDict({"file": [file]})


def sent(client: Client, content: bytes, *more: bytes) -> tuple[str, str, str]:
    files = {f"file{i or ''}": SimpleUploadedFile("a.pdf", body) for i, body in enumerate((content, *more))}
    answer = client.post("/take", {**files, "note": "kirjoitettu"}, headers={"accept-language": "en"})
    note, error, size = answer.content.decode().split("|")
    return note, error, size


def test_what_fits_is_taken_and_the_rest_of_the_form_with_it(client: Client) -> None:
    assert sent(client, PDF) == ("kirjoitettu", "", str(len(PDF)))


def test_a_file_over_the_limit_is_refused_beside_its_field_and_the_text_is_kept(client: Client) -> None:
    note, error, size = sent(client, PDF + b"x" * 25_000_000)
    assert note == "kirjoitettu"
    assert "25" in error or "26" in error
    assert "20" in error
    assert int(size) > 25_000_000


def test_nothing_over_the_limit_is_stored(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    sent(client, b"x" * 60_000_000)
    assert not list(tmp_path.iterdir())


def test_files_that_fit_alone_but_not_together_are_refused(client: Client, settings: Any) -> None:
    settings.TALKOOT_UPLOAD_LIMIT = 2_000_000
    answer = client.post(
        "/take",
        {
            "other": SimpleUploadedFile("b.pdf", PDF + b"x" * 1_999_000),
            "file": SimpleUploadedFile("a.pdf", PDF + b"x" * 9000),
        },
    )
    assert "yhteensä" in answer.content.decode()


def test_a_request_beyond_reason_is_refused_unread(client: Client) -> None:
    answer = client.post(
        "/take", b"--x--", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 * 10**9)
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, kinds.PDF),
        (b"\x89PNG\r\n\x1a\n...", kinds.PNG),
        (b"\xff\xd8\xff\xe0", kinds.JPEG),
        (b"RIFF0000WEBPVP8 ", kinds.WEBP),
        (b'  {"a": 1}', kinds.JSON),
        ("nimi;määrä\n".encode("cp1252"), kinds.CSV),
        ("nimi".encode("utf-16"), kinds.CSV),
        (b"<html><script>", None),
        (b"<svg onload=x>", None),
        (b"MZ\x90\x00\x03", None),
        (b"PK\x03\x04 not a zip", None),
        (b"\x7fELF\x02\x01", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: kinds.Kind | None) -> None:
    assert kinds.of(content) is kind


def test_a_page_named_as_a_pdf_is_refused_with_the_types_that_we_take() -> None:
    form = NoteForm({"note": "x"}, only(SimpleUploadedFile("a.pdf", b"<html>")))
    assert "PDF, PNG" in str(form.errors["file"])


def test_a_broken_picture_is_refused() -> None:
    form = NoteForm({"note": "x"}, only(SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nrubbish")))
    assert form.has_error("file", "broken")


def test_a_picture_is_taken() -> None:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    assert NoteForm({"note": "x"}, only(SimpleUploadedFile("a.png", out.getvalue()))).is_valid()


def test_the_browser_is_told_what_to_offer() -> None:
    assert 'accept=".pdf,.png"' in str(NoteForm()["file"])
