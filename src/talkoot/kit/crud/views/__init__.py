"""List, detail, create, edit, delete and step, written once. A concrete view is a few lines."""

from talkoot.kit.crud.views.changes import CreatePage, DeletePage, EditPage, FormPage, StepPage
from talkoot.kit.crud.views.reading import DetailPage, ListPage, ObjectMixin, Page, Rows

__all__ = [
    "CreatePage",
    "DeletePage",
    "DetailPage",
    "EditPage",
    "FormPage",
    "ListPage",
    "ObjectMixin",
    "Page",
    "Rows",
    "StepPage",
]
