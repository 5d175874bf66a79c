"""Bringing data in: rows out of CSV, XLSX or JSON, a preview with what is wrong, then all of it or nothing.

A room says what it takes as a `Sheet`; an `ImportPage` (talkoot.kit.exchange.pages) or a command does the rest.
"""

from talkoot.kit.exchange.reading import Row, Unreadable, read
from talkoot.kit.exchange.sheet import Column, Preview, Record, RowError, Sheet
from talkoot.kit.exchange.standing import NEW, SAME, Standing, changed
from talkoot.kit.exchange.yaml_files import yaml_file

__all__ = [
    "NEW",
    "SAME",
    "Column",
    "Preview",
    "Record",
    "Row",
    "RowError",
    "Sheet",
    "Standing",
    "Unreadable",
    "changed",
    "read",
    "yaml_file",
]
