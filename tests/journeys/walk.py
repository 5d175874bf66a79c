"""What a person does with a page, in words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.utils.translation import gettext, override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, Page, Response

PASSWORD = os.environ.get("TALKOOT_DEMO_PASSWORD", "talkoot-esimerkki")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
READ = """rules => axe
    .run({runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], selectors: true, elementRef: false})
    .then(read => read.violations.map(fault => [fault.id, fault.nodes.slice(0, 3).map(node => node.target)]))"""
Look = tuple[int, str]
BOTH: tuple[Look, ...] = ((390, "light"), (1280, "dark"))


def say(message: str, language: str = "fi") -> str:
    """A word of the source as a reader of the language sees it."""
    with override(language):
        return gettext(message)


def found_by_axe(page: Page, looks: tuple[Look, ...] = BOTH) -> list[str]:
    """What axe finds wrong on the page as it stands, in each width and theme."""
    before = page.viewport_size
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        for fault, places in page.evaluate(READ, RULES):
            found.append(f"{urlsplit(page.url).path} at {width} px, {scheme}: {fault}: {places}")
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    return found


@dataclass
class Person:
    page: Page
    origin: str

    def go(self, path: str) -> Response | None:
        return self.page.goto(f"{self.origin}{path}")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_in(self, address: str, path: str) -> None:
        """Open a page of the workspace and sign in when asked."""
        self.go(path)
        self.fill({"login": address, "password": PASSWORD})
        self.send()
        assert self.path == path, self.page.locator("main").inner_text()

    def fill(self, values: Mapping[str, str]) -> None:
        """Fields by name; a choice is picked by its value."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            kind = field.first.evaluate("node => node.type || node.tagName")
            if kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name={name}][value='{value}']").check()
            elif kind.startswith("select"):
                field.select_option(value)
            else:
                field.fill(value)

    def send(self) -> None:
        """Press the main button of the page's form."""
        self.page.locator("main form[method=post] button:not(.second):not(.quiet)").first.click()
        self.page.wait_for_load_state()

    def follow(self, message: str, language: str = "fi") -> None:
        """Click the link with these words."""
        self.page.locator("main").get_by_role("link", name=say(message, language), exact=True).first.click()
        self.page.wait_for_load_state()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def notice(self) -> Locator:
        return self.page.locator("main .notice")

    def look(self) -> None:
        """Read the page with axe, on a phone in the light and on a laptop in the dark."""
        faults = found_by_axe(self.page)
        assert not faults, "\n".join(faults)
