"""simplemma's dictionaries, unpacked once into TALKOOT_DATA/lemmas and read from there.

The library's own readers hold 45 MB (and take seconds to start) or 414 MB a process. Here the unpacked stream is
mapped into memory, so that a process pays for the pages it touches, and an index of every BLOCK-th word lies beside it.
Reading the stream takes two private functions of the library, whose version is locked and is part of the files' names.
"""

# ruff: noqa: SLF001

from __future__ import annotations

import marshal
import mmap
import tempfile
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING

import simplemma
from django.conf import settings
from simplemma.strategies.dictionaries import dictionary_factory, frontcode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BLOCK = 128


class Lexicon(dictionary_factory.DecodedStrMapping):
    """Word form → lemma in one language."""

    __slots__ = ("_blocks", "_count", "_data", "_firsts")

    def __init__(self, language: str) -> None:
        stream, index = _places(language)
        if not index.exists():
            unpack(language)
        with stream.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._count, self._firsts, self._blocks = marshal.loads(index.read_bytes())  # noqa: S302 -- we wrote it ourselves

    def _lookup(self, key: str) -> str | None:
        target = key.encode()
        block = bisect_right(self._firsts, target) - 1
        if block < 0:
            return None
        for _start, form, lemma in self._records(block):
            if form == target:
                return lemma.decode()
            if form > target:
                break
        return None

    def _records(self, block: int) -> Iterator[tuple[int, bytes, bytes]]:
        start, form, lemma = self._blocks[block]
        return frontcode._iter_records(self._data, start, form, lemma)  # type: ignore[arg-type]  # a map reads as bytes

    def __iter__(self) -> Iterator[str]:
        return (form.decode() for _start, form, _lemma in self._records(0))

    def __len__(self) -> int:
        return int(self._count)


class Lexicons(dictionary_factory.CachingDictionaryFactory):
    """The lexicons as simplemma's strategies ask for them."""

    __slots__ = ()

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        return Lexicon(lang)


def unpack(language: str) -> None:
    """Write stream and index of a language; takes seconds. Of two processes the later one wins, with the same bytes."""
    data = dictionary_factory._read_decompressed(language)
    reverse, count, position = frontcode._read_header(data)
    if reverse:
        message = f"the dictionary of {language} is sorted backwards"
        raise ValueError(message)
    firsts, blocks = [], []
    form_before, lemma_before = b"", b""
    for number, (start, form, lemma) in enumerate(frontcode._iter_records(data, position)):
        if number % BLOCK == 0:
            firsts.append(form)
            blocks.append((start, form_before, lemma_before))
        form_before, lemma_before = form, lemma
    stream, index = _places(language)
    _write(stream, data)
    _write(index, marshal.dumps((count, firsts, blocks)))


def _places(language: str) -> tuple[Path, Path]:
    stem = Path(settings.TALKOOT_DATA) / "lemmas" / f"{language}-{simplemma.__version__}"
    return stem.with_name(f"{stem.name}.words"), stem.with_name(f"{stem.name}.index")


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(place)
