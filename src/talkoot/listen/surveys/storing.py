"""Many answers at once as rows of the database: a hundred thousand in seconds, in little memory."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import connection

from talkoot.city.organisations.models import Municipality
from talkoot.listen.surveys.models import Response
from talkoot.listen.surveys.sheet import own_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.db.models import Model

    from talkoot.listen.surveys.models import Round

T = TypeVar("T")
BATCH = 1000


class Stored(NamedTuple):
    """One respondent; `city` is the code of a municipality or ELSEWHERE, `answers` is JSON."""

    number: int
    city: str
    kind: str
    size_class: str
    industry: str
    language: str
    by_officer: bool
    answers: str


FIELDS = ("round", *Stored._fields)


def batched(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The rows in lists of at most `size`."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def row_of(survey: Round) -> Callable[[Mapping[str, Any]], Stored]:
    """What makes a row of the clean values of a `sheet`."""
    codes = [question.code for question in own_questions(survey)]

    def made(values: Mapping[str, Any]) -> Stored:
        return Stored(
            values["respondent"],
            values["municipality"],
            values["kind"],
            values["size"],
            values["industry"].upper(),
            values["language"],
            values["by_officer"],
            json.dumps({code: value for code in codes if (value := values[code])}),
        )

    return made


def insert(survey: Round, rows: Iterable[Stored]) -> int:
    """Write the answers in the running transaction; returns how many."""
    cities = dict(Municipality.objects.values_list("code", "pk"))
    made = ((survey.pk, row.number, cities.get(row.city), *row[2:]) for row in rows)
    return write(Response, FIELDS, made)


def write(
    model: type[Model], fields: Iterable[str], rows: Iterable[tuple[Any, ...]], *, ignore: bool = False
) -> int:
    """Insert rows of plain values past the model, whose checks the database makes anyway; returns how many.

    `ignore`: a row that is there already stays as it is.
    """
    columns = [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]  # not a relation
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 -- our own names
    if ignore:
        sql += " ON CONFLICT DO NOTHING"
    count = 0
    with connection.cursor() as cursor:
        for some in batched(rows):
            cursor.executemany(sql, some)
            count += len(some)
    return count
