"""What holds for every page in real Chromium: in both themes, wide and narrow, nothing is wrong with it."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState

SIZES = {"wide": (1360, 900), "narrow": (390, 844)}
#: Theme → what axe is asked: everything, and of the second theme what depends on colours.
THEMES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
#: Set to a folder to keep pictures.
SHOTS = os.environ.get("PARALLAX_SHOTS")


def problems_of(page: Page, *, expected_status: int | None = None) -> list[str]:
    """Collect what goes wrong from now on: console errors, uncaught errors, requests that fail, CSP refusals.

    `expected_status`: one that the page has on purpose.
    """
    found: list[str] = []

    def on_console(message: object) -> None:
        text = getattr(message, "text", "")
        is_expected = f"status of {expected_status}" in text
        if getattr(message, "type", "") in {"error", "warning"} and not is_expected:
            found.append(text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if "127.0.0.1" in request.url else found.append(f"asked: {request.url}"))
    return found


def faults_of(
    browser: Browser,
    address: str,
    *,
    name: str,
    expected_status: int | None = None,
    pictured: str = "",
    state: StorageState | None = None,
) -> list[str]:
    """All that is wrong with a page; it is loaded once and then shown in every size and theme.

    `name` and `pictured` (a part, else the whole page) are for pictures; `state` is that of who is signed in.
    """
    # Colours change at once, or they would be judged on their way.
    context = browser.new_context(reduced_motion="reduce", storage_state=state)
    page = context.new_page()
    found = problems_of(page, expected_status=expected_status)
    page.goto(address, wait_until="networkidle")
    for size in SIZES:
        for theme in THEMES:
            found += [f"{size}, {theme}: {fault}" for fault in _faults_at(page, size, theme)]
            _picture(page, f"{name}-{size}-{theme}.png", pictured)
    context.close()
    return found


def _faults_at(page: Page, size: str, theme: str) -> list[str]:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two words
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    results = Axe().run(page, options={"resultTypes": ["violations"], **THEMES[theme]})
    faults = ["the page scrolls sideways"] if overflow > 0 else []
    return faults + ([results.generate_report()] if results.violations_count else [])


def _picture(page: Page, file: str, part: str) -> None:
    if SHOTS and part:
        page.locator(part).screenshot(path=str(Path(SHOTS) / file))
    elif SHOTS:
        page.screenshot(path=str(Path(SHOTS) / file), full_page=True)
