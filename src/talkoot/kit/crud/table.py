"""One small table for page and export alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db import models
    from django.http import QueryDict
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class Column:
    """`value(obj)` is what a person reads, `raw(obj)` what a spreadsheet gets (the same if absent).

    `order_by` names the fields to sort by; without it the column does not sort. `template` renders the cell with
    `value` and `obj`; `link(obj)` makes the cell the row's link.
    """

    key: str
    label: str | _StrPromise
    value: Callable[[Any], Any]
    raw: Callable[[Any], Any] | None = None
    order_by: Sequence[str] = ()
    numeric: bool = False
    template: str | None = None
    link: Callable[[Any], str] | None = None
    only_export: bool = False

    def for_export(self, obj: models.Model) -> Any:
        return (self.raw or self.value)(obj)


@dataclass(frozen=True)
class Head:
    """A column's heading with the address that sorts by it."""

    column: Column
    sort_url: str
    aria_sort: Literal["ascending", "descending", "none"] | None

    @property
    def label(self) -> str | _StrPromise:
        return self.column.label

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def numeric(self) -> bool:
        return self.column.numeric


@dataclass(frozen=True)
class Cell:
    column: Column
    obj: Any

    @property
    def value(self) -> Any:
        return self.column.value(self.obj)

    @property
    def url(self) -> str:
        return self.column.link(self.obj) if self.column.link else ""


@dataclass(frozen=True)
class Row:
    obj: Any
    cells: list[Cell]
    classes: str = ""


@dataclass
class Table:
    """Subclass it with `columns`, `caption` and `empty`; give it the objects of one page and the query string."""

    objects: Iterable[Any]
    query: QueryDict
    context: dict[str, Any] = field(default_factory=dict)

    columns: ClassVar[Sequence[Column]]
    caption: ClassVar[str | _StrPromise]
    empty: ClassVar[str | _StrPromise]
    default_order: ClassVar[Sequence[str]] = ("pk",)

    def row_classes(self, obj: Any) -> str:
        """CSS classes of a row, such as `picked`."""
        return ""

    @classmethod
    def ordering(cls, query: QueryDict) -> list[str]:
        """Fields to sort by, from ?sort=key or ?sort=-key; unknown keys are the default order."""
        wanted = query.get("sort", "")
        column = next((c for c in cls.columns if c.key == wanted.lstrip("-") and c.order_by), None)
        if column is None:
            return list(cls.default_order)
        sign = "-" if wanted.startswith("-") else ""
        return [*(_signed(sign, name) for name in column.order_by), "pk"]

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns if not column.only_export]

    @cached_property
    def rows(self) -> list[Row]:
        shown = [column for column in self.columns if not column.only_export]
        return [Row(obj, [Cell(c, obj) for c in shown], self.row_classes(obj)) for obj in self.objects]

    def _head(self, column: Column) -> Head:
        if not column.order_by:
            return Head(column, "", None)
        now = self.query.get("sort", "")
        state: Literal["ascending", "descending", "none"] = "none"
        if now.lstrip("-") == column.key:
            state = "descending" if now.startswith("-") else "ascending"
        query = self.query.copy()
        query.pop("page", None)
        query["sort"] = f"-{column.key}" if state == "ascending" else column.key
        return Head(column, f"?{query.urlencode()}", state)


def _signed(sign: str, name: str) -> str:
    return name.removeprefix("-") if sign and name.startswith("-") else f"{sign}{name}"
