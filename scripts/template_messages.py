"""Babel's reader of Django templates: {% translate %}, {% blocktranslate %} and _("…").

It doubles percent signs as Django does before it looks a message up. enmerkar, the usual reader, does not,
and imports pkg_resources, which setuptools no longer has.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import constant_re, inline_re

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Found = tuple[int, str, tuple[str, ...], list[str]]
OPENING = {"blocktranslate", "blocktrans"}
CLOSING = {"endblocktranslate", "endblocktrans"}


def extract(file: IO[bytes], *_wanted: object, options: Mapping[str, Any]) -> Iterator[Found]:  # noqa: ARG001 -- Babel's call
    """Messages of one template, as Babel asks for them: (line, function, arguments, comments)."""
    tokens = iter(Lexer(file.read().decode()).tokenize())
    for token in tokens:
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK and words[0] in OPENING:
            yield from _block(token, tokens)
        elif token.token_type == TokenType.BLOCK and words[0] == "comment":
            _skip_to(tokens, "endcomment")
        elif token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from _inline(token)


def _inline(token: Token) -> Iterator[Found]:
    said = inline_re.match(token.contents) if token.token_type == TokenType.BLOCK else None
    if said:
        context = _unquoted(said[3]) if said[3] else ""
        yield _found(token, context, _doubled(_unquoted(said[1])))
    for constant in constant_re.findall(token.contents):
        yield _found(token, "", _doubled(_unquoted(constant)))


def _block(opening: Token, tokens: Iterator[Token]) -> Iterator[Found]:
    options = opening.split_contents()
    context = _unquoted(options[options.index("context") + 1]) if "context" in options else ""
    for constant in constant_re.findall(opening.contents):
        yield _found(opening, "", _doubled(_unquoted(constant)))
    forms = [""]
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            if token.contents.split()[0] in CLOSING:
                break
            forms.append("")  # {% plural %}: Django allows no other tag in here
        else:
            forms[-1] += _said(token)
    yield _found(opening, context, *(trim_whitespace(f) if "trimmed" in options else f for f in forms))


def _said(token: Token) -> str:
    if token.token_type == TokenType.VAR:
        return f"%({token.contents})s"
    return _doubled(token.contents) if token.token_type == TokenType.TEXT else ""


def _found(token: Token, context: str, *forms: str) -> Found:
    function = f"{'n' if len(forms) > 1 else ''}{'p' if context else ''}gettext"
    arguments: Sequence[str] = (context, *forms) if context else forms
    return token.lineno or 0, function, tuple(arguments), []


def _skip_to(tokens: Iterator[Token], tag: str) -> None:
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] == tag:
            return


def _doubled(text: str) -> str:
    return text.replace("%", "%%")


def _unquoted(text: str) -> str:
    return text[1:-1]
