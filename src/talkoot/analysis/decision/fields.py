"""Reading the fields of a JSON case strictly: what is not understood is refused, never guessed."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING

from talkoot.analysis.decision.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


def record(
    value: object, where: str, *, required: Collection[str], optional: Collection[str] = ()
) -> dict[str, object]:
    """The object at `where`, holding every required key and no key beyond the optional ones."""
    fields = mapping(value, where)
    unknown = sorted(set(fields) - {*required, *optional})
    if unknown:
        raise CaseError("unknown_keys", unknown, where=where, keys=", ".join(unknown))
    missing = [key for key in required if key not in fields]
    if missing:
        raise CaseError("missing_keys", missing, where=where, keys=", ".join(missing))
    return fields


def mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise CaseError("not_an_object", [where], where=where)
    return value


def items(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise CaseError("not_a_list", [where], where=where)
    return value


def name(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CaseError("not_a_name", [where], where=where)
    return value


def number(value: object, where: str, *, negative: bool = True) -> float:
    """A finite number; a whole one stays whole, so that a case is written back as it was read."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise CaseError("not_a_number", [where], where=where)
    if value < 0 and not negative:
        raise CaseError("negative_number", [where], where=where)
    return value


def count(value: object, where: str, *, least: int, most: int | None = None) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise CaseError("not_a_count", [where], where=where, least=least)
    if most is not None and value > most:
        raise CaseError("count_too_large", [where], where=where, most=most)
    return value


def truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise CaseError("not_a_truth", [where], where=where)
    return value


@contextmanager
def culprit(name: str) -> Iterator[None]:
    """What is refused inside is refused in the name of `name`, at the same place."""
    try:
        yield
    except CaseError as error:
        params = {**error.params, "where": f"{error.params['where']} ({name})"}
        culprits = error.culprits if error.code in {"unknown_keys", "missing_keys"} else [name]
        raise CaseError(error.code, culprits, **params) from error


def amounts(value: object, where: str) -> dict[str, float]:
    """{name: number at least 0}."""
    return {
        key: number(amount, f"{where}.{key}", negative=False) for key, amount in mapping(value, where).items()
    }


def refuse_repeated(names: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    repeated = sorted({each for each in names if each in seen or seen.add(each)})  # type: ignore[func-returns-value]  # None is meant
    if repeated:
        raise CaseError("repeated_names", repeated, where=where, names=", ".join(repeated))


def refuse_unknown(names: Iterable[str], known: Collection[str], where: str, code: str) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise CaseError(code, unknown, where=where, names=", ".join(unknown))


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
