"""The memo as a Word file that a board can edit; the sections are those of the PDF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from talkoot.choose.selection.memo import contents

if TYPE_CHECKING:
    from docx.document import Document as Paper

    from talkoot.choose.selection.models import Run

LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
GRID = "Table Grid"


def docx(run: Run, language: str) -> bytes:
    """In `language`, which must be the active one. Its time of making is that of the run."""
    from docx import Document  # noqa: PLC0415 -- for workers only

    said = contents(run)
    paper = Document()
    _describe(paper, run, said["title"], LANGUAGES[language])
    paper.add_heading(said["title"], level=0)
    paper.add_paragraph(said["subtitle"])
    if settings.TALKOOT_DEMO:
        paper.add_paragraph().add_run(_("Example data – not a decision of the city.")).bold = True
    for section in said["sections"]:
        paper.add_heading(section["heading"], level=1)
        for block in section["blocks"]:
            _add(paper, block)
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _describe(paper: Paper, run: Run, title: str, language: str) -> None:
    about = paper.core_properties
    about.title, about.author, about.language = title, str(run.city.name), language
    about.comments = ""
    about.created = about.modified = run.finished_at or run.created_at
    from docx.oxml.ns import qn  # noqa: PLC0415 -- for workers only

    defaults = paper.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), language)


def _add(paper: Paper, block: dict[str, Any]) -> None:
    if block["kind"] == "heading":
        paper.add_heading(block["text"], level=2)
    elif block["kind"] == "text":
        paper.add_paragraph(block["text"])
    elif block["kind"] == "list":
        for item in block["items"]:
            paper.add_paragraph(item, style="List Bullet")
    elif block["kind"] == "facts":
        for name, text in block["pairs"]:
            line = paper.add_paragraph()
            line.add_run(f"{name}: ").bold = True
            line.add_run(text)
    else:
        _add_table(paper, block)


def _add_table(paper: Paper, block: dict[str, Any]) -> None:
    """With its caption above and its heads repeated on each page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- for workers only

    paper.add_paragraph().add_run(block["caption"]).bold = True
    table = paper.add_table(rows=1, cols=len(block["head"]), style=GRID)
    for cell, label in zip(table.rows[0].cells, block["head"], strict=True):
        cell.paragraphs[0].add_run(label).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no name for it
    for row in block["rows"]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.add_paragraph()
