"""Words for people: found in the source, translated in locale_src/*.csv, built into locale/.

    python -m scripts.messages                 write locale/{fi,sv,en}/LC_MESSAGES/django.po and .mo, list problems
    python -m scripts.messages --check         write nothing; fail on any problem or when a .po is not up to date
    python -m scripts.messages --compile       only build the .mo of the .po (at setup)
    python -m scripts.messages --missing AREA  print csv rows to fill for one room (pilots, kit, …) or for all

A csv has the columns msgid, fi, sv and perhaps en. Plural: `one|||many` in every column. A context goes
before the msgid: `ctx>>>msgid`. Words of libraries that Talkoot says in its own way stand in outside.csv.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "talkoot"
ROWS = ROOT / "locale_src"
LOCALE = ROOT / "locale"
LANGUAGES = ("fi", "sv", "en")
OUTSIDE = "outside.csv"
UNDATED = dt.datetime(
    2026, 1, 1, tzinfo=dt.UTC
)  # Babel dates what it writes; the same words give the same bytes

_ONE = None
_MANY = (1, 2)
_IN_CONTEXT = ((1, "c"), 2)
_MANY_IN_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _MANY_IN_CONTEXT,
    "npgettext_lazy": _MANY_IN_CONTEXT,
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Talkoot\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_HOLE = re.compile(r"%\([^)]+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?\w+")
_LONE_PERCENT = re.compile(r"%(?!\([^)]+\)[a-z])")


class Key(NamedTuple):
    """What gettext looks a message up by."""

    context: str
    msgid: str


@dataclass
class Use:
    """A message as the source has it: its plural, if any, and the places that say it."""

    plural: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A line of a csv: one form a language, or two where the message has a plural."""

    place: str
    plural: str
    forms: Mapping[str, tuple[str, ...]]


Uses = dict[Key, Use]
Rows = dict[Key, Row]


def used(source: Path = SOURCE) -> tuple[Uses, list[str]]:
    """Every message of the source, and the problems met."""
    uses: Uses = {}
    problems: list[str] = []
    for path, line, (msgid, plural), context in _extracted(source):
        place = f"{(source / path).relative_to(source.parent.parent)}:{line}"
        use = uses.setdefault(Key(context or "", msgid), Use(plural))
        use.places.append(place)
        if plural and use.plural and plural != use.plural:
            problems.append(f"{place}: {msgid!r} has another plural at {use.places[0]}")
        use.plural = use.plural or plural
    return uses, problems


def _extracted(source: Path) -> Iterator[tuple[str, int, tuple[str, str], str | None]]:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(source, methods, options, keywords=KEYWORDS, comment_tags=())
    for path, line, message, _comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        msgid, plural = (message, "") if isinstance(message, str) else message[:2]
        if msgid:
            yield path, line, (msgid, plural), context


def written(folder: Path = ROWS) -> tuple[Rows, list[str]]:
    """Every row of the csv files, and the problems met."""
    rows: Rows = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for cells in reader:
                place = f"{folder.name}/{path.name}:{reader.line_num}"
                if None in cells or None in cells.values():
                    problems.append(f"{place}: not as many cells as the first line has (quote a comma)")
                    continue
                key, row = _row(cells, place)
                other = rows.setdefault(key, row)
                if (other.plural, other.forms) != (row.plural, row.forms):
                    problems.append(f"{place}: {key.msgid!r} is translated otherwise at {other.place}")
    return rows, problems


def _row(cells: Mapping[str, str], place: str) -> tuple[Key, Row]:
    context, _, text = cells["msgid"].rpartition(">>>")
    msgid, _, plural = text.partition("|||")
    english = cells.get("en") or text
    forms = {language: tuple(cells[language].split("|||")) for language in ("fi", "sv")}
    return Key(context, msgid), Row(place, plural, {**forms, "en": tuple(english.split("|||"))})


def joined(uses: Uses, rows: Rows) -> tuple[Rows, list[str]]:
    """The row of each message used, and the problems met: missing, unlike in form, or said nowhere."""
    catalogue: Rows = {}
    problems: list[str] = []
    taken: set[Key] = set()
    for key, use in sorted(uses.items()):
        source_key, row = _row_of(key, rows)
        faults = ["not translated"] if row is None else _faults(use, row)
        problems += [f"{use.places[0]}: {_named(key)}: {fault}" for fault in faults]
        taken.add(source_key)
        if row and not faults:
            catalogue[key] = row
    for key, row in rows.items():
        if row.place.split(":")[0].endswith(f"/{OUTSIDE}"):
            catalogue.setdefault(key, row)
        elif key not in taken:
            problems.append(f"{row.place}: {_named(key)}: the source says it no more")
    for key, row in catalogue.items():
        problems += [f"{row.place}: {_named(key)}: {fault}" for fault in _unlike(key, row)]
    return catalogue, problems


def _row_of(key: Key, rows: Rows) -> tuple[Key, Row | None]:
    """A csv may write one percent sign where a template doubles it before it looks the message up."""
    if key in rows or "%%" not in key.msgid:
        return key, rows.get(key)
    plain = Key(key.context, key.msgid.replace("%%", "%"))
    row = rows.get(plain)
    if row is None:
        return key, None
    forms = {language: tuple(map(_doubled, said)) for language, said in row.forms.items()}
    return plain, Row(row.place, _doubled(row.plural), forms)


def _doubled(form: str) -> str:
    return _LONE_PERCENT.sub("%%", form)


def _faults(use: Use, row: Row) -> list[str]:
    if use.plural != row.plural:
        return [f"its plural is {use.plural!r} in the source and {row.plural!r} at {row.place}"]
    wanted = 2 if use.plural else 1
    return [
        f"{language}: {'not translated' if not all(said) else f'{len(said)} forms instead of {wanted}'}"
        for language, said in row.forms.items()
        if not all(said) or len(said) != wanted
    ]


def _unlike(key: Key, row: Row) -> Iterator[str]:
    """Faults between a message and what it becomes: holes to fill and tags must be the same."""
    said = (key.msgid, row.plural) if row.plural else (key.msgid,)
    allowed = {hole for form in said for hole in _HOLE.findall(form)}
    for language, forms in row.forms.items():
        for original, form in zip(said, forms, strict=False):
            holes, wanted = set(_HOLE.findall(form)), set(_HOLE.findall(original))
            one_of_two = row.plural and original is key.msgid
            if holes - allowed or (not one_of_two and holes != wanted):
                yield f"{language}: has {sorted(holes)}, the message {sorted(wanted)}"
            if sorted(_TAG.findall(form)) != sorted(_TAG.findall(original)):
                yield f"{language}: tags are not those of the message"


def _named(key: Key) -> str:
    return f"{key.msgid!r} ({key.context})" if key.context else repr(key.msgid)


def po(language: str, catalogue: Rows) -> str:
    """The text of one .po: sorted, without dates, places or wrapped lines, so that it changes only in words."""
    book = Catalog(locale=language)
    for key, row in catalogue.items():
        msgid = (key.msgid, row.plural) if row.plural else key.msgid
        forms = row.forms[language]
        book.add(msgid, forms if row.plural else forms[0], context=key.context or None)
    out = io.BytesIO()
    write_po(out, book, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language) + out.getvalue().decode().strip() + "\n"


def compiled(path: Path) -> bytes:
    """The .mo of one .po."""
    with path.open("rb") as file:
        book = read_po(file)
    book.creation_date = book.revision_date = UNDATED
    out = io.BytesIO()
    write_mo(out, book)
    return out.getvalue()


def po_path(language: str) -> Path:
    """Where the .po of a language is."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def outdated(catalogue: Rows) -> list[str]:
    """Catalogues whose text is not what would be written now."""
    paths = {language: po_path(language) for language in LANGUAGES}
    return [
        f"{path.relative_to(ROOT)}: not up to date; run make messages"
        for language, path in paths.items()
        if not path.exists() or path.read_text(encoding="utf-8") != po(language, catalogue)
    ]


def build() -> None:
    """Write the .mo beside each .po."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        path.with_suffix(".mo").write_bytes(compiled(path))


def rows_to_fill(area: str, uses: Uses, rows: Rows) -> Iterator[tuple[str, str, str]]:
    """Empty csv rows for messages of one room that have none; all rooms for an empty `area`."""
    for key, use in uses.items():
        here = not area or any(f"/{area}/" in place or f"/{area}." in place for place in use.places)
        if here and _row_of(key, rows)[1] is None:
            text = f"{key.msgid}|||{use.plural}" if use.plural else key.msgid
            yield (f"{key.context}>>>{text}" if key.context else text), "", ""


def collect() -> tuple[Rows, list[str]]:
    """The whole catalogue and every problem in it."""
    uses, in_source = used()
    rows, in_rows = written()
    catalogue, in_join = joined(uses, rows)
    return catalogue, in_source + in_rows + in_join


def _tell(problems: Iterable[str]) -> int:
    count = 0
    for problem in problems:
        count += 1
        print(problem)
    if count:
        print(f"{count} problems in translations", file=sys.stderr)
    return 1 if count else 0


def _write() -> int:
    catalogue, problems = collect()
    for language in LANGUAGES:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po(language, catalogue), encoding="utf-8")
    build()
    return _tell(problems)


def _check() -> int:
    catalogue, problems = collect()
    return _tell(problems + outdated(catalogue))


def _missing(area: str) -> int:
    table = csv.writer(sys.stdout)
    table.writerow(("msgid", "fi", "sv"))
    table.writerows(rows_to_fill(area, used()[0], written()[0]))
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="write nothing, fail on any problem")
    choice.add_argument("--compile", action="store_true", help="only build the .mo")
    choice.add_argument("--missing", metavar="AREA", nargs="?", const="", help="csv rows to fill")
    asked = parser.parse_args(argv)
    if asked.compile:
        build()
        return 0
    if asked.missing is not None:
        return _missing(asked.missing)
    return _check() if asked.check else _write()


if __name__ == "__main__":
    sys.exit(main())
