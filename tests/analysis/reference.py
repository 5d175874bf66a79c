"""Published and closed-form cases that every version must reproduce: see tests/data/reference_cases."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data" / "reference_cases"


@cache
def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def decision(case_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(case for case in read("decision")["cases"] if case["id"] == case_id)
    return found
