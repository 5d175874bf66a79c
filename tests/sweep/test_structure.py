"""What linters cannot see about the shape of the house. Each failure says what to do instead."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.sweep import source
from tests.sweep.source import ROOT, TALKOOT, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CODE = ("src", "tests", "scripts", "benchmarks")
LINES = 400
STYLESHEET_LINES = 500  # a stylesheet is a list of rules, read by searching
VAGUE_MODULES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "services",
    "managers",
    "handlers",
    "misc",
}
VAGUE_CLASS = re.compile(r"(Helper|Service|Processor|Util|Utils)$")
CLOCKS = re.compile(
    r"\b(timezone\.(now|localdate|localtime)|datetime\.(now|utcnow|today)|date\.today|time\.time)$"
)
HEAVY = ("numpy", "scipy", "highspy", "numba", "polars", "typst", "docx", "pptx")
OWN_WORDS_FOR_ROLES = re.compile(r"\.(is_staff|is_superuser)$|(^|\.)(user|by|person|actor)\.groups$")
IMPORTS_OF_A_PLATE = (
    "__future__.",
    "typing.",
    "django.utils.translation.",
    "django.utils.functional.",
    "talkoot.kit.plate.",
    "talkoot.analysis.",
)
FOREIGN_TEMPLATES = {"account", "mfa", "allauth"}  # allauth looks for its pages under its own names
# The front door of each audience and of one's own account: the house has them whatever rooms it has.
DOORS = {"public:home", "workspace:overview", "portal:home", "accounts:home", "accounts:me"}
REFERENCES = (
    re.compile(r"^(?P<room>[a-z_]+)\.[A-Z]\w+$"),  # a model: "pilots.Pilot"
    re.compile(r"^(?P<room>[a-z_]+):[a-z][\w-]*$"),  # a page: "pilots:detail"
    re.compile(r"^talkoot\.\w+\.(?P<room>[a-z_]+)\b"),  # anything by its path
)
REFERENCES_OF_TEMPLATES = (
    re.compile(r"(?<={% url [\"'])(?P<room>[a-z_]+):[\w-]+"),
    re.compile(r"{%\s*(?:include|extends)\s+[\"'](?P<room>[a-z_]+)/"),
)
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
CLASS = re.compile(r"\sclass=\"[^\"]*\"")
INLINE = re.compile(r"\sstyle=|<style\b|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
NOQA = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* -- \S)")
POST_FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.DOTALL | re.IGNORECASE)


def none_of(found: Iterable[str], advice: str) -> None:
    """Fail with every place found, each on a line, and what to do instead."""
    places = sorted(found)
    assert not places, "\n".join((advice, *places))


def test_no_file_grows_beyond_what_a_reader_holds() -> None:
    limits = {".py": LINES, ".html": LINES, ".css": STYLESHEET_LINES}
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*") if path.suffix in limits]
    files = [path for path in found if "migrations" not in path.parts]  # written by makemigrations
    lengths = {path: len(source.text(path).splitlines()) for path in files}
    long = [f"{place(path)}: {lines}" for path, lines in lengths.items() if lines > limits[path.suffix]]
    none_of(long, "split by noun, one noun a file")


def test_names_come_from_the_domain() -> None:
    files = source.python("src", "tests", "scripts")
    vague = [place(path) for path in files if {path.stem, path.parent.name} & VAGUE_MODULES]
    for path in source.python("src"):
        classes = (node for node in ast.walk(source.tree(path)) if isinstance(node, ast.ClassDef))
        vague += [place(path, node.lineno) for node in classes if VAGUE_CLASS.search(node.name)]
    none_of(vague, "name it after what it is in the city's work (GLOSSARY.md)")


def test_a_room_keeps_its_templates_under_its_own_name() -> None:
    rooms = [path for path in TALKOOT.glob("*/*/templates/*") if not path.is_relative_to(TALKOOT / "kit")]
    astray = [place(path) for path in rooms if path.name not in {path.parts[-3], *FOREIGN_TEMPLATES}]
    none_of(astray, "templates/<room>/…, so that a template's name says whose it is")


def test_no_room_names_what_stands_above_it() -> None:
    upwards = [*_upward_in_python(), *_upward_in_templates()]
    none_of(upwards, "let the upper room offer a Panel or a NextStep in its plate.py")


def _upward_in_python() -> Iterator[str]:
    for path in source.python("src"):
        for line, said in source.strings(path):
            for pattern in REFERENCES:
                yield from _if_upward(path, line, pattern.match(said))


def _upward_in_templates() -> Iterator[str]:
    for path in source.templates():
        for number, line in enumerate(source.text(path).splitlines(), start=1):
            for pattern in REFERENCES_OF_TEMPLATES:
                for match in pattern.finditer(line):
                    yield from _if_upward(path, number, match)


def _if_upward(path: Path, line: int, match: re.Match[str] | None) -> Iterator[str]:
    here = source.room_of(path)
    there = source.rooms().get(match["room"]) if match else None
    if match and here and there and there.height > here.height and match[0] not in DOORS:
        yield f"{place(path, line)}: {match[0]}"


@pytest.mark.parametrize("path", sorted(TALKOOT.glob("*/*/plate.py")), ids=lambda path: path.parent.name)
def test_a_plate_knows_only_its_own_room(path: Path) -> None:
    own = ".".join(path.relative_to(TALKOOT.parent).parent.parts) + "."
    foreign = [
        f"{place(path, line)}: {name}"
        for line, name in source.imports(path)
        if not name.startswith((*IMPORTS_OF_A_PLATE, own))
        and name.split(".")[0] not in sys.stdlib_module_names
    ]
    none_of(foreign, "a plate imports kit.plate, types of analysis and its own room")


def test_time_is_read_in_one_place() -> None:
    files = [path for path in source.python("src") if path != TALKOOT / "kit" / "clock.py"]
    reads = [
        place(path, node.lineno)
        for path in files
        for node in ast.walk(source.tree(path))
        if (isinstance(node, ast.Call) and not node.args and CLOCKS.search(ast.unparse(node.func)))
        or (isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"})
    ]
    none_of(reads, "ask talkoot.kit.clock; as a default of a field: default=clock.now")


def test_what_a_person_may_do_is_asked_in_one_way() -> None:
    allowed = (TALKOOT / "kit" / "access", TALKOOT / "city" / "accounts")
    files = [
        path for path in source.python("src") if not any(path.is_relative_to(folder) for folder in allowed)
    ]
    asks = [
        place(path, line)
        for path in files
        for line, name in source.attributes(path)
        if OWN_WORDS_FOR_ROLES.search(name)
    ]
    asks += [
        place(path) for path in source.templates() if re.search(r"is_staff|is_superuser", source.text(path))
    ]
    none_of(asks, "ask user.has_perm(permission, object)")


def test_pages_carry_no_inline_style_or_script() -> None:
    found = [
        place(path, number)
        for path in source.pages()
        for number, line in enumerate(source.text(path).splitlines(), start=1)
        if INLINE.search(line)
    ]
    none_of(found, "the content policy refuses it: use a class of kit/ui or a file under static/")


def test_numbers_in_drawings_are_not_written_the_finnish_way() -> None:
    found = []
    for path in source.pages():
        said = source.text(path)
        for drawing in SVG.finditer(said):
            before = said[: drawing.start()]
            inside = before.count("{% localize off %}") > before.count("{% endlocalize %}")
            drawn = CLASS.sub("", drawing[0])
            if "{{" in drawn and not inside and "{% localize off %}" not in drawn:
                found.append(place(path, before.count("\n") + 1))
    none_of(found, "put the drawing inside {% localize off %}: width=12,5 is not a width")


def test_every_form_that_changes_something_proves_where_it_came_from() -> None:
    forms = [(path, form[0]) for path in source.pages() for form in POST_FORM.finditer(source.text(path))]
    none_of(
        [place(path) for path, form in forms if "csrf_token" not in form],
        "a form that posts carries {% csrf_token %}",
    )


def test_text_is_marked_safe_only_by_the_blocks_that_made_it() -> None:
    files = [path for path in source.python("src") if not path.is_relative_to(TALKOOT / "kit")]
    marks = [place(path) for path in files if "mark_safe" in source.text(path)]
    pages = [path for path in source.pages() if not path.is_relative_to(TALKOOT / "kit")]
    marks += [place(path) for path in pages if re.search(r"\|\s*safe\b|autoescape off", source.text(path))]
    none_of(marks, "use format_html, or a filter of kit/ui")


def test_every_exception_from_a_rule_gives_its_reason() -> None:
    silent = [
        place(path, number)
        for path in source.python(*CODE)
        for number, line in enumerate(source.text(path).splitlines(), start=1)
        if NOQA.search(line) and "re.compile" not in line
    ]
    none_of(silent, "a noqa names its code, then -- and why")


def test_lock_files_name_no_host() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert locks
    none_of(
        [place(path) for path in locks if "://" in source.text(path)], "make lock writes locks without hosts"
    )


@pytest.mark.slow
def test_a_web_process_loads_no_numerics() -> None:
    program = (
        "import sys, talkoot.config.wsgi;"
        "from django.urls import get_resolver;"
        "get_resolver().url_patterns;"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [], "import it inside the job or the command that needs it"
