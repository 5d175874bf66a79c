"""A page as a browser reads it, and what is wrong with it in words."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import html5lib
from django.urls import Resolver404, resolve
from html5lib.constants import DataLossWarning
from lxml import etree

from talkoot.kit.crud.once import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any

LEFT_OVER = re.compile(r"\[\[|\{\{|\{%|\bobject at 0x|__proxy__")
NO_VALUE = re.compile(r"\bNone\b")
READ_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
LABELLED_BY_VALUE = {"submit", "button", "reset", "image"}
SILENT = {"hidden", *LABELLED_BY_VALUE}
WITHOUT_TOKEN = {  # form: what it has instead of a token of the visitor
    "pulse:tap": "it stands on pages kept for all visitors; the browser says where it was sent from",
}
SCRIPTED = re.compile(r"^on[a-z]+$")


@dataclass(frozen=True)
class Page:
    html: str
    language: str

    @cached_property
    def _parsed(self) -> tuple[Any, list[str]]:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        with warnings.catch_warnings(record=True) as strange:  # a name that HTML allows and XML does not
            warnings.simplefilter("always", DataLossWarning)
            tree = parser.parse(self.html)
        lines = self.html.splitlines()
        faults = [
            f"line {line}: {code} {data or ''}: {lines[min(line, len(lines)) - 1].strip()[:120]}"
            for (line, _), code, data in parser.errors
        ]
        return tree.getroot(), [*faults, *(str(warning.message) for warning in strange)]

    @property
    def root(self) -> Element:
        return self._parsed[0]

    def all(self, *tags: str) -> list[Element]:
        return [node for tag in tags for node in self.root.iter(tag)]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {node.get("id"): node for node in self.root.iter(etree.Element) if node.get("id")}

    @property
    def links(self) -> list[str]:
        """Addresses that a person can click on."""
        return [node.get("href", "") for node in self.all("a")]

    def shown(self) -> Iterator[str]:
        """Every piece of text that is read or heard in the page's language, one a node."""
        for node in self.root.iter(etree.Element):
            if node.tag in {"script", "style"} or self._is_foreign(node):
                continue
            yield from (text.strip() for text in (node.text, *(child.tail for child in node)) if text)
            yield from (node.get(name).strip() for name in READ_ATTRIBUTES if node.get(name))
            if node.tag == "input" and node.get("type") in LABELLED_BY_VALUE:
                yield node.get("value", "").strip()

    def _is_foreign(self, node: Element) -> bool:
        """Said to be in another language, as the name of a language is."""
        named = (each.get("lang") for each in (node, *node.iterancestors()))
        return next(filter(None, named), self.language) != self.language

    def faults(self) -> Iterator[str]:
        """Everything that the house does not allow on any page."""
        yield from self._parsed[1]
        yield from self._headings()
        yield from self._identity()
        yield from (f"{control_name(node)} has no label" for node in self.controls() if not self.label(node))
        yield from self._nameless()
        yield from self._inline()
        yield from self._left_over()
        yield from self._forms()

    def _headings(self) -> Iterator[str]:
        headings = [words(node) for node in self.all("h1")]
        if len(headings) != 1:
            yield f"{len(headings)} h1 instead of one: {headings}"
            return
        title = " ".join(words(node) for node in self.all("title") if node.getparent().tag == "head")
        if not headings[0] or headings[0] not in title:
            yield f"the title {title!r} does not say {headings[0]!r}"

    def _identity(self) -> Iterator[str]:
        if self.root.get("lang") != self.language:
            yield f"lang is {self.root.get('lang')!r}, not {self.language!r}"
        counted = Counter(node.get("id") for node in self.root.iter(etree.Element) if node.get("id"))
        yield from (f"id {name!r} is used {times} times" for name, times in counted.items() if times > 1)
        for node in self.root.iter(etree.Element):
            for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
                for target in (node.get(name) or "").split():
                    if target not in self.by_id:
                        yield f"{name} of {control_name(node)} names {target!r}, which is not there"

    def controls(self) -> list[Element]:
        found = self.all("input", "select", "textarea")
        return [node for node in found if node.get("type", "text") not in SILENT]

    def label(self, node: Element) -> str:
        """What a person hears when the control has the focus."""
        if node.get("aria-label"):
            return str(node.get("aria-label"))
        named = [self.by_id.get(name) for name in (node.get("aria-labelledby") or "").split()]
        named += [
            label for label in self.all("label") if label.get("for") and label.get("for") == node.get("id")
        ]
        named += list(node.iterancestors("label"))
        return " ".join(words(label) for label in named if label is not None).strip()

    def _nameless(self) -> Iterator[str]:
        for node in self.all("a"):
            if node.get("href", "").strip() in {"", "#"} or node.get("href", "").startswith("javascript:"):
                yield f"the link {words(node)!r} leads nowhere: {node.get('href')!r}"
        for node in self.all("a", "button"):
            if not (
                words(node)
                or any(part.get("aria-label") or part.get("alt") for part in node.iter(etree.Element))
            ):
                yield f"{node.tag} without words: {control_name(node)}"
        yield from ("image without alt" for node in self.all("img") if node.get("alt") is None)

    def _inline(self) -> Iterator[str]:
        for node in self.root.iter(etree.Element):
            if node.get("style") is not None:
                yield f"style= on {control_name(node)}"
            yield from (f"{name}= on {control_name(node)}" for name in node.keys() if SCRIPTED.match(name))  # noqa: SIM118 -- an lxml element has no attributes by iteration
        yield from ("a script inside the page" for node in self.all("script") if not node.get("src"))
        yield from ("a style inside the page" for _ in self.all("style"))

    def _left_over(self) -> Iterator[str]:
        for text in self.shown():
            if LEFT_OVER.search(text):
                yield f"left over from a template: {text[:120]!r}"
            elif self.language != "en" and NO_VALUE.search(text):
                yield f"a missing value is shown as it is: {text[:120]!r}"

    def _forms(self) -> Iterator[str]:
        for form in self.all("form"):
            if form.get("method", "get").lower() != "post":
                continue
            if _route(form.get("action") or "") in WITHOUT_TOKEN:
                continue
            names = {node.get("name") for node in form.iter("input")}
            if "csrfmiddlewaretoken" not in names:
                yield f"the form to {form.get('action')!r} has no csrf_token"
            if _is_ours(form.get("action") or "") and FIELD not in names:
                yield f"the form to {form.get('action') or 'this page'!r} has no {FIELD}"


def _route(action: str) -> str:
    try:
        return resolve(urlsplit(action).path).view_name
    except Resolver404:
        return ""


def _is_ours(action: str) -> bool:
    path = urlsplit(action).path
    if not path:
        return True
    try:
        return resolve(path).func.__module__.startswith("talkoot.")
    except Resolver404:
        return False


def words(node: Element) -> str:
    """The text of an element and all within it."""
    return " ".join("".join(node.itertext()).split())


def control_name(node: Element) -> str:
    """An element as a person finds it in the page."""
    name = node.get("name") or node.get("id") or node.get("class") or ""
    return f"<{node.tag} {name}>".replace(" >", ">")
