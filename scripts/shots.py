"""Pictures of pages of a running Talkoot: `python -m scripts.shots FOLDER PAGE… [--as ADDRESS] [--language sv]`.

A page is an address without a language, such as /jarvenpaa/toimintamalli/. Each is taken at 1280 and at 390 px, light;
`--dark` adds dark ones. The names say all of that: jarvenpaa-toimintamalli-sv-390.png.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

WIDTHS = {1280: 900, 390: 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--hide-scrollbars",
]


def main(argv: Sequence[str] | None = None) -> int:
    """Take what is asked for; 1 when a page did not answer 200."""
    given = _parser().parse_args(argv)
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        failed = list(_taken(browser, given))
        browser.close()
    print("\n".join(failed) or f"{len(given.pages)} pages in {given.folder}")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="+", metavar="PAGE")
    parser.add_argument("--from", dest="origin", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    parser.add_argument("--as", dest="person", default="", metavar="ADDRESS", help="who signs in")
    parser.add_argument("--language", default="fi", choices=("fi", "sv", "en"))
    parser.add_argument("--dark", action="store_true", help="dark ones too")
    parser.add_argument("--top", action="store_true", help="only what is seen without scrolling")
    return parser


def _chromium() -> str | None:
    named = os.environ.get("TALKOOT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def _taken(browser: Browser, given: argparse.Namespace) -> Iterator[str]:
    """Take the pictures; yields what did not answer."""
    schemes = ("light", "dark") if given.dark else ("light",)
    for (width, height), scheme in product(WIDTHS.items(), schemes):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            device_scale_factor=1 if width > min(WIDTHS) else 2,
            locale=given.language,
        )
        page = context.new_page()
        if given.person:
            _sign_in(page, given.origin, given.person)
        for path in given.pages:
            end = f"{width}-dark" if scheme == "dark" else str(width)
            yield from _one(page, given, path, end)
        context.close()


def _sign_in(page: Page, origin: str, person: str) -> None:
    page.goto(f"{origin}/tili/login/")
    page.fill("[name=login]", person)
    page.fill("[name=password]", os.environ.get("TALKOOT_DEMO_PASSWORD", "talkoot-esimerkki"))
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def _one(page: Page, given: argparse.Namespace, path: str, end: str) -> Iterator[str]:
    prefix = "" if given.language == "fi" else f"/{given.language}"
    answer = page.goto(f"{given.origin}{prefix}{path}", wait_until="networkidle")
    if answer is None or not answer.ok:
        yield f"{path}: {answer.status if answer else 'no answer'}"
    name = "-".join(filter(None, path.partition("?")[0].split("/"))) or "front"
    page.screenshot(path=given.folder / f"{name}-{given.language}-{end}.png", full_page=not given.top)


if __name__ == "__main__":
    sys.exit(main())
