"""Queries that differ in their values alone: Django writes the SQL of each once a process, a page only asks it.

Writing a query takes many times longer than asking it, and the pages that everyone opens ask the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Value, prefetch_related_objects
from django.db.models.query import get_related_populators
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model, QuerySet
    from django.db.models.sql.compiler import SQLCompiler


class Asked(Value):
    """Stands in a query for a value, a text or a whole number, that is known when the query is asked."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]


class Prepared:
    """`rows` takes an `Asked` for each value and returns a queryset, of objects or of values in a list.

    A value that is None counts as not given, so a query may have a part that is asked at times. What `rows` reads by
    itself, such as the day, is read once a process: give it as a value.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]]) -> None:
        self.rows = rows
        self.written: dict[tuple[str | None, str, tuple[str, ...]], _Written] = {}

    def __call__(self, **values: Any) -> list[Any]:
        given = {name: value for name, value in values.items() if value is not None}
        connection = connections[DEFAULT_DB_ALIAS]
        key = get_language(), connection.vendor, tuple(given)
        if key not in self.written:
            self.written[key] = _write(self.rows(**{name: Asked(name) for name in given}), connection)
        found = list(_ask(self.written[key], given, connection))
        prefetch_related_objects(found, *self.written[key].beside)
        return found


class _Written(NamedTuple):
    sql: str
    params: tuple[Any, ...]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    model: type[Model] | None
    names: list[str]
    joined: list[Any]
    beside: tuple[Any, ...]


def _write(rows: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> _Written:
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select]
    found = compiler.get_converters(columns).items()
    converters = [(place, functions, column) for place, (functions, column) in found]
    if not rows.query.default_cols:
        return _Written(sql, params, converters, None, [], [], ())
    made = compiler.klass_info
    names = [columns[place].target.attname for place in made["select_fields"]]
    joined = get_related_populators(made, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
    beside = rows._prefetch_related_lookups  # type: ignore[attr-defined] # noqa: SLF001 -- no other way to ask what is read beside
    return _Written(sql, params, converters, made["model"], names, joined, beside)


def _ask(written: _Written, given: dict[str, Any], connection: BaseDatabaseWrapper) -> Iterator[Any]:
    params = [given[param.value] if isinstance(param, Asked) else param for param in written.params]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        rows = cursor.fetchall()
    for row in map(list, rows):
        for place, functions, column in written.converters:
            for convert in functions:
                row[place] = convert(row[place], column, connection)
        yield row if written.model is None else _object(written.model, written, row)


def _object(model: type[Model], written: _Written, row: list[Any]) -> Model:
    found = model.from_db(DEFAULT_DB_ALIAS, written.names, row[: len(written.names)])
    for populator in written.joined:
        populator.populate(row, found)
    return found
