"""What each kind of question takes as its answer, as values that JSON knows.

single, scale: code of the option · multiple, ranking: list of codes (the most important first) · matrix: {line: option}
number: decimal as text · date: ISO day · text: words · consent: true · contact: {name, email, phone}, with
"methods": "1" from who lets the city know which methods the answer wishes for
file: {"file": key, "name": name}, as read an uploaded file · None: passed over
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.kit import typography
from talkoot.kit.files import kinds as file_kinds
from talkoot.kit.files.forms import UploadField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import QueryDict

    from talkoot.listen.surveys.answering.plan import Asked

TEXT_MOST = 5000
PARTS = {"name": 150, "email": 250, "phone": 40}
"""Characters that are kept of each."""
TELLS = "methods"


class Missing(ValidationError):
    """The question must be answered and was not."""


@dataclass(frozen=True)
class Sent:
    """A page of answers as it came: fields, files, and the answers that were there before by code."""

    data: QueryDict
    files: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        return str(self.data.get(name, default))

    def getlist(self, name: str) -> list[str]:
        return self.data.getlist(name)


def name_of(question: Asked, part: str = "") -> str:
    """The name of a question's field, or of a part of it, in the form."""
    return f"q{question.number}-{part}" if part else f"q{question.number}"


def read(question: Asked, data: Sent) -> Any:
    """What was sent as the answer, checked.

    Raises:
        Missing: it must be there and is not.
        ValidationError: it cannot be taken.
    """
    value = _READ[question.kind](question, data)
    if value is None and question.required:
        raise Missing(_missing(question))
    return value


def chosen(question: Asked, value: Any) -> list[str]:
    """Codes of the options that an answer names."""
    if question.kind in {"single", "scale"}:
        return [value] if isinstance(value, str) else []
    if question.kind in {"multiple", "ranking"}:
        return list(value or ())
    return list(value.values()) if question.kind == "matrix" and value else []


def in_words(question: Asked, value: Any) -> str:
    """An answer as a person reads it."""
    return _WORDS.get(question.kind, _as_written)(question, value)


def _missing(question: Asked) -> str:
    if question.kind == "consent":
        return _("Tick the box to go on.")
    if question.kind == "matrix":
        return _("Choose an answer on each line.")
    return _("Choose an answer.") if question.options else _("Write an answer.")


def _single(question: Asked, data: Sent) -> str | None:
    code = data.get(name_of(question), "")
    return code if question.option(code) else None


def _multiple(question: Asked, data: Sent) -> list[str] | None:
    codes = [code for code in dict.fromkeys(data.getlist(name_of(question))) if question.option(code)]
    most = question.max_choices
    if most is not None and len(codes) > most:
        sentence = ngettext(
            "You chose %(n)s. Choose at most %(most)s.", "You chose %(n)s. Choose at most %(most)s.", most
        )
        raise ValidationError(sentence % {"n": len(codes), "most": most})
    return codes or None


def _matrix(question: Asked, data: Sent) -> dict[str, str] | None:
    found = {row.code: data.get(name_of(question, row.code), "") for row in question.rows}
    taken = {row: code for row, code in found.items() if question.option(code)}
    if question.required and len(taken) < len(question.rows):
        raise Missing(_missing(question))
    return taken or None


def _ranking(question: Asked, data: Sent) -> list[str] | None:
    places: dict[int, str] = {}
    for option in question.options:
        place = data.get(name_of(question, option.code), "")
        if not place.isdecimal() or not 1 <= int(place) <= len(question.options):
            continue
        if int(place) in places:
            raise ValidationError(_("Two have the same place: %(place)s.") % {"place": place})
        places[int(place)] = option.code
    if places and sorted(places) != list(range(1, len(places) + 1)):
        raise ValidationError(_("Give the places in order: 1, 2, 3 and so on, none left out."))
    return [places[place] for place in sorted(places)] or None


def _number(question: Asked, data: Sent) -> str | None:
    typed = "".join(data.get(name_of(question), "").split()).replace("−", "-").replace(",", ".")
    if not typed:
        return None
    try:
        value = Decimal(typed)
    except InvalidOperation as error:
        raise ValidationError(_("Write a number, such as 1 200,5.")) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise ValidationError(_("Write a number, such as 1 200,5."))
    if question.low is not None and value < question.low:
        raise ValidationError(_("The smallest number is %(low)s.") % {"low": typography.number(question.low)})
    if question.high is not None and value > question.high:
        raise ValidationError(
            _("The largest number is %(high)s.") % {"high": typography.number(question.high)}
        )
    return format(value, "f")


def _date(question: Asked, data: Sent) -> str | None:
    typed = data.get(name_of(question), "").strip()
    if not typed:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(typed, form).date().isoformat()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise ValidationError(_("Write the day as 3.12.2026."))


def _text(question: Asked, data: Sent) -> str | None:
    typed = data.get(name_of(question), "").replace("\x00", "").strip()
    if len(typed) > TEXT_MOST:
        sentence = _("The text has %(n)s characters. At most %(most)s fit.")
        raise ValidationError(sentence % {"n": len(typed), "most": TEXT_MOST})
    return typed or None


def _consent(question: Asked, data: Sent) -> bool | None:
    return True if data.get(name_of(question)) else None


def _contact(question: Asked, data: Sent) -> dict[str, str] | None:
    found = {part: data.get(name_of(question, part), "").strip()[:most] for part, most in PARTS.items()}
    if not any(found.values()):
        return None
    if found["email"]:
        try:
            validate_email(found["email"])
        except ValidationError as error:
            raise ValidationError(_("Check the e-mail address: it looks like name@company.fi.")) from error
    elif not found["phone"]:
        raise ValidationError(_("Give an e-mail address or a telephone number."))
    if data.get(name_of(question, TELLS)):
        found[TELLS] = "1"
    return {part: text for part, text in found.items() if text}


def _file(question: Asked, data: Sent) -> Any:
    """A new file, or the one that is there already unless it is to go. The caller keeps a new one."""
    file = UploadField(kinds=(*file_kinds.IMAGES, *file_kinds.DOCUMENTS), required=False).clean(
        data.files.get(name_of(question))
    )
    if file is not None:
        return file
    return None if data.get(name_of(question, "remove")) else data.before.get(question.code)


_READ: dict[str, Callable[[Asked, Sent], Any]] = {
    "single": _single,
    "scale": _single,
    "multiple": _multiple,
    "matrix": _matrix,
    "ranking": _ranking,
    "number": _number,
    "date": _date,
    "text": _text,
    "consent": _consent,
    "contact": _contact,
    "file": _file,
}


def _as_written(_question: Asked, value: Any) -> str:
    return str(value)


def _option_words(question: Asked, code: str) -> str:
    option = question.option(code)
    return str(option.words) if option else ""


def _one_in_words(question: Asked, value: Any) -> str:
    return _option_words(question, value)


def _some_in_words(question: Asked, value: Any) -> str:
    return ", ".join(_option_words(question, code) for code in value)


def _ranking_in_words(question: Asked, value: Any) -> str:
    return ", ".join(f"{place}. {_option_words(question, code)}" for place, code in enumerate(value, 1))


def _matrix_in_words(question: Asked, value: Any) -> str:
    lines = [row for row in question.rows if row.code in value]
    return "; ".join(f"{row.words}: {_option_words(question, value[row.code])}" for row in lines)


def _number_in_words(question: Asked, value: Any) -> str:
    return f"{typography.number(Decimal(value))} {question.unit}".strip()


def _date_in_words(_question: Asked, value: Any) -> str:
    return typography.date(dt.date.fromisoformat(value))


_WORDS: dict[str, Callable[[Asked, Any], str]] = {
    "single": _one_in_words,
    "scale": _one_in_words,
    "multiple": _some_in_words,
    "ranking": _ranking_in_words,
    "matrix": _matrix_in_words,
    "number": _number_in_words,
    "date": _date_in_words,
    "consent": lambda _question, _value: _("Yes"),
    "contact": lambda _question, value: ", ".join(value[part] for part in PARTS if part in value),
    "file": lambda _question, value: str(value["name"]),
}
