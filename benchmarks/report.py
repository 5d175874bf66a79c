"""results.md: one section for each command that measures; a command replaces its own and leaves the others."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.measure import Figure

RESULTS = Path(__file__).with_name("results.md")
TITLE = "# What Talkoot costs\n"
SECTIONS = ("Pages", "Choosing", "Surveys", "Evidence")
TABLE = "| What | Measured | Limit | Met | |\n|---|---:|---:|---|---|\n"


def keep(section: str, about: str, figures: Sequence[Figure]) -> int:
    """Write the section anew, `about` above its table, and print it; 1 when a limit is not met."""
    written = f"## {section}\n\n{about}\n{machine()}\n\n{TABLE}{rows(figures)}"
    known = _sections() | {section: written}
    RESULTS.write_text(
        "\n".join([TITLE, *(known[name] for name in SECTIONS if name in known)]), encoding="utf-8"
    )
    print(written)
    return 1 if any(figure.met == "**no**" for figure in figures) else 0


def _sections() -> dict[str, str]:
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): f"{part.rstrip()}\n" for part in parts}


def rows(figures: Iterable[Figure]) -> str:
    """The table's rows."""
    return "".join(
        f"| {f.name} | {_amount(f.value, f.unit)} | {_amount(f.limit, f.unit)} | {f.met} | {f.note} |\n"
        for f in figures
    )


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.4g} {unit}"


def machine() -> str:
    """What it was measured on."""
    import django

    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else platform.machine()
    software = f"Python {platform.python_version()}, Django {django.get_version()}"
    load = (
        f"Load while measuring: {os.getloadavg()[1]:.1f}, 1.0 of it this measurement; what is above slows it."
    )
    return f"{os.cpu_count()} cores of {model}, {software}. {load}"
