"""From text to the words that are compared: lower case, without dots and rings, as lemmas, compounds also in parts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy

LANGUAGES = {"fi": ("fi",), "sv": ("sv", "fi"), "en": ("en", "fi")}
"""Whose lemmas are tried for a text, in order: what is not translated is shown in Finnish, so Finnish comes last."""
PART_LEAST = 4
_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Words and numbers in lower case, in order."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def folded(word: str) -> str:
    """Without marks, so that a keyboard without ä and å finds as much: työpöytä → tyopoyta."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=20_000)
def lemma(word: str, language: str) -> str:
    """The word's dictionary form, or itself; hankinnoissa → hankinta, ilmastotekoja → ilmastoteko."""
    return _known(word, language) or _compound(word, language) or _guessed(word, language)


def _compound(word: str, language: str) -> str | None:
    """A word that no dictionary has, but its head and its tail: only the tail bends."""
    for cut in range(PART_LEAST, len(word) - PART_LEAST + 1):
        if _head(word[:cut], language) and (tail := _known(word[cut:], language)):
            return word[:cut] + tail
    return None


def _guessed(word: str, language: str) -> str:
    return _lemmatizer().lemmatize(word, LANGUAGES[language]).lower()


def asked(text: str, language: str) -> list[tuple[str, ...]]:
    """For each word of a query the forms to look for: its lemma, and itself where that differs."""
    return [tuple(dict.fromkeys((folded(lemma(word, language)), folded(word)))) for word in tokens(text)]


def indexed(text: str, language: str) -> str:
    """All that a text is found by, each word once: forms, lemmas, and the lemmas of a compound's parts."""
    found: dict[str, None] = {}
    for word in tokens(text):
        found |= dict.fromkeys(map(folded, _forms(word, language)))
    return " ".join(found)


@lru_cache(maxsize=20_000)
def _forms(word: str, language: str) -> tuple[str, ...]:
    base = lemma(word, language)
    return (word, base, *parts(base, language))


def parts(word: str, language: str) -> list[str]:
    """Lemmas of head and tail wherever both are words: ilmastoteko → ilmasto, teko."""
    found: list[str] = []
    for cut in range(PART_LEAST, len(word) - PART_LEAST + 1):
        head, tail = _head(word[:cut], language), _known(word[cut:], language)
        if head and tail:
            found += [head, tail]
    return found


def _head(word: str, language: str) -> str | None:
    """As `_known`, and the Finnish heads that stand only in compounds: liikkumis- → liikkuminen."""
    return _known(word, language) or (_known(f"{word[:-1]}nen", language) if word.endswith("s") else None)


@lru_cache(maxsize=20_000)
def _known(word: str, language: str) -> str | None:
    codes = LANGUAGES[language]
    found = (_dictionary().get_lemma(word, code) for code in codes)
    return next((base.lower() for base in found if base), None)


@cache
def _lexicons() -> object:
    from talkoot.kit.search.lexicon import Lexicons  # noqa: PLC0415 -- loads at the first search, not at start

    return Lexicons()


@cache
def _dictionary() -> DictionaryLookupStrategy:
    from simplemma.strategies import DictionaryLookupStrategy  # noqa: PLC0415 -- the same

    return DictionaryLookupStrategy(_lexicons())  # type: ignore[arg-type]  # a DictionaryFactory


@cache
def _lemmatizer() -> Lemmatizer:
    from simplemma import Lemmatizer  # noqa: PLC0415 -- the same
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415 -- the same

    strategy = DefaultStrategy(dictionary_factory=_lexicons())  # type: ignore[arg-type]  # a DictionaryFactory
    return Lemmatizer(cache_max_size=1, lemmatization_strategy=strategy)
