"""Every row is checked before any is saved; then all of them are, or none."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

from talkoot.kit.crud.models import Submission
from talkoot.kit.exchange import Column, Sheet, Unreadable
from talkoot.kit.exchange.sheet import HasErrors, Record, commit


def even(values: dict[str, object]) -> None:
    if values["days"] == 13:
        raise ValidationError({"days": "13 is not a number of days that we use."})
    if values["days"] == 14:
        raise ValidationError("This row as a whole is wrong.")


SHEET = Sheet(
    columns=(
        Column(key="code", label="Code", field=forms.CharField(max_length=5), aliases=("tunnus",)),
        Column(key="name", label=gettext_lazy("Name"), field=forms.CharField(required=False)),
        Column(key="days", label="Days", field=forms.IntegerField(min_value=0, required=False)),
    ),
    unique=("code",),
    check=even,
)


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def test_right_rows_are_clean_values() -> None:
    assert SHEET.preview(b"Code;Days\nA;4\nB;\n").ok == [
        Record(2, {"code": "A", "name": "", "days": 4}, {}),
        Record(3, {"code": "B", "name": "", "days": None}, {}),
    ]


def test_headings_go_by_key_label_alias_and_any_case() -> None:
    for heading in ("code", "CODE", "Tunnus", " code "):
        assert SHEET.preview(f"{heading};x\nA;1\n".encode()).ok[0].values["code"] == "A"


def test_an_error_names_row_column_value_and_what_is_wrong() -> None:
    preview = SHEET.preview(b"code;days\nA;4\nB;four\nTOOLONG;-1\n")
    assert [(e.line, e.field, e.value) for e in preview.errors] == [
        (3, "Days", "four"),
        (4, "Code", "TOOLONG"),
        (4, "Days", "-1"),
    ]
    assert "whole number" in preview.errors[0].message
    assert [row.line for row in preview.rejected] == [3, 4]


def test_a_rule_of_the_whole_row_names_its_column_or_the_row() -> None:
    errors = SHEET.preview(b"code;days\nA;13\nB;14\n").errors
    assert [(e.line, e.field) for e in errors] == [(2, "Days"), (3, "")]


def test_the_second_of_two_equal_rows_is_pointed_to_the_first() -> None:
    (error,) = SHEET.preview(b"code\nA\nB\nA\n").errors
    assert (error.line, error.message) == (4, "The same is already on row 2.")


def test_a_row_with_too_many_cells_is_wrong() -> None:
    (error,) = SHEET.preview(b"code;days\nA;4;5\n").errors
    assert (error.line, error.value) == (2, "5")


def test_unknown_columns_are_kept() -> None:
    preview = SHEET.preview(b"code;toimiala;v\nA;Leipomo;3\n")
    assert preview.unknown == ["toimiala", "v"]
    assert preview.ok[0].extra == {"toimiala": "Leipomo", "v": "3"}


def test_the_column_of_what_to_fix_is_not_one_of_them() -> None:
    assert SHEET.preview(b"code;What to fix\nA;x\n").unknown == []


def test_a_file_without_a_required_column_is_refused_as_a_whole() -> None:
    with pytest.raises(Unreadable, match="columns are missing: Code"):
        SHEET.preview(b"name;days\nA;1\n")


def test_a_file_with_headings_only_is_refused() -> None:
    with pytest.raises(Unreadable, match="no rows"):
        SHEET.preview(b"code;days\n")


def test_ten_thousand_rows_are_each_counted() -> None:
    rows = "".join(f"{n:05};{n % 9}\n" for n in range(10_000))
    assert len(SHEET.preview(f"code;days\n{rows}".encode()).ok) == 10_000


def save(records: list[Record]) -> int:
    """Saves one row, then meets a fault."""
    Submission.objects.create(key="6f9619ff-8b86-4d01-b42d-00cf4fc964ff", result_url="x")
    if records[-1].values["code"] == "BAD":
        raise ZeroDivisionError
    return len(records)


@pytest.mark.django_db
def test_a_fault_in_the_middle_saves_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        commit(SHEET.preview(b"code\nA\nBAD\n"), save)
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_wrong_rows_stop_the_import_unless_left_out() -> None:
    preview = SHEET.preview(b"code;days\nA;1\nB;x\n")
    with pytest.raises(HasErrors):
        commit(preview, save)
    assert not Submission.objects.exists()
    assert commit(preview, save, leave_out=True) == 1
