"""Stored files: pictures without their metadata, one content once, and sight by publicity, owner and room."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from PIL import Image

from talkoot.city.accounts.models import User
from talkoot.kit.audit.models import Event
from talkoot.kit.files import actions, images, kinds
from talkoot.kit.files.models import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

PDF = b"%PDF-1.7\n%%EOF"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def aino() -> User:
    return User.objects.create_user("aino@example.org")


def photo(size: tuple[int, int] = (40, 20), kind: str = "JPEG") -> bytes:
    picture = Image.new("RGB", size, "green")
    exif = picture.getexif()
    exif[0x0112] = 6
    exif[0x010E] = "Ainon kotipiha"
    out = BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def read(client: Client, file: StoredFile) -> Any:
    """The answer, read to its end."""
    answer: Any = client.get(file.get_absolute_url())
    assert b"".join(answer.streaming_content)
    return answer


def test_a_file_is_kept_with_its_size_hash_and_event(aino: User) -> None:
    file = actions.store(PDF, name="malli.pdf", use="operating_model.pdf", by=aino, scope="jarvenpaa")
    with file.open() as content:
        assert content.read() == PDF
    assert (file.size, file.content_type, len(file.sha256)) == (len(PDF), "application/pdf", 64)
    assert Event.objects.about(file).get().actor == aino


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("malli.pdf", "malli.pdf"),
        ("MALLI.PDF", "MALLI.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("sopimus.exe", "sopimus.exe.pdf"),
        ("", "tiedosto.pdf"),
        ("a\r\nb.pdf", "a-b.pdf"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_content(aino: User, given: str, kept: str) -> None:
    assert actions.store(PDF, name=given, use="x", by=aino).name == kept


def test_a_picture_loses_its_metadata_and_stands_upright(aino: User) -> None:
    file = actions.store(photo(), name="piha.jpg", use="x", by=aino)
    with file.open() as content:
        picture = Image.open(BytesIO(content.read()))
    assert picture.size == (20, 40)
    assert not dict(picture.getexif())


def test_a_large_picture_becomes_as_large_as_a_page_needs() -> None:
    picture = Image.open(BytesIO(images.redrawn(photo((4800, 1200)), kinds.JPEG)))
    assert max(picture.size) <= images.LONGEST_SIDE


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(images.BrokenImage):
        images.redrawn(out.getvalue(), kinds.PNG)


def test_a_program_is_not_kept(aino: User) -> None:
    with pytest.raises(actions.NotTaken):
        actions.store(b"MZ\x90\x00\x03\x00", name="a.pdf", use="x", by=aino)


def test_one_content_is_kept_once_and_goes_with_its_last_row(
    aino: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = actions.store(PDF, name="a.pdf", use="x", by=aino)
    second = actions.store(PDF, name="b.pdf", use="x", by=aino)
    assert first.path == second.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(first, by=aino)
    assert default_storage.exists(second.path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(second, by=aino)
    assert not default_storage.exists(second.path)


def test_a_public_file_is_for_all_and_an_internal_one_for_who_added_it(aino: User) -> None:
    public = actions.store(PDF, name="a.pdf", use="x", by=aino, publicity="public")
    inner = actions.store(PDF, name="b.pdf", use="x", by=aino)
    other = User.objects.create_user("b@example.org")
    assert set(StoredFile.objects.visible_to(AnonymousUser())) == {public}
    assert set(StoredFile.objects.visible_to(other)) == {public}
    assert set(StoredFile.objects.visible_to(aino)) == {public, inner}


def test_an_inactive_person_sees_only_what_is_public(aino: User) -> None:
    actions.store(PDF, name="b.pdf", use="x", by=aino)
    aino.is_active = False
    assert not StoredFile.objects.visible_to(aino).exists()


def test_a_stranger_gets_404_for_what_is_not_public(client: Client, aino: User) -> None:
    file = actions.store(PDF, name="b.pdf", use="x", by=aino)
    assert client.get(file.get_absolute_url()).status_code == 404
    client.force_login(aino)
    answer = read(client, file)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_pdf_opens_and_a_table_is_saved(client: Client, aino: User) -> None:
    pdf = actions.store(PDF, name="Järven malli.pdf", use="x", by=aino, publicity="public")
    table = actions.store(b"a;b\n1;2\n", name="t.csv", use="x", by=aino, publicity="public")
    assert read(client, pdf)["Content-Disposition"].startswith("inline")
    assert read(client, table)["Content-Disposition"].startswith("attachment")
    assert read(client, table)["X-Content-Type-Options"] == "nosniff"


def test_who_has_a_file_already_is_told_so(client: Client, aino: User) -> None:
    file = actions.store(PDF, name="a.pdf", use="x", by=aino, publicity="public")
    etag = read(client, file)["ETag"]
    assert client.get(file.get_absolute_url(), headers={"if-none-match": etag}).status_code == 304
