from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


def yaml_file(path: Path, section: str = "") -> list[dict[str, Any]]:
    """The entries of a YAML file of the demo, in order: a list, or the section that is named as the file is.

    `units.yaml` holds a list or a mapping with `units`; `section` names another part of the mapping. An empty file
    has no entries. Raises ValueError naming the file.
    """
    with path.open(encoding="utf-8") as source:
        entries = yaml.safe_load(source) or []
    if isinstance(entries, dict):
        entries = entries.get(section or path.stem)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        message = f"{path.name}: write a list of entries, each with names and values"
        raise ValueError(message)
    return entries
