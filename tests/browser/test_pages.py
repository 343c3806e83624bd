"""Every page in real Chromium: both themes, wide and narrow, nothing on the console, nothing against the rules."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = {
    "home": "/",
    "topic": "/topics/dprk-troops-russia/",
    "questions": "/questions/",
    "comparison": "/questions/troops-present/?on=2024-11-05",
    "comparison-sent": "/questions/troops-sent/?on=2024-11-05",
    "comparison-default": "/questions/killed-or-wounded/",
    "comparison-plans": "/questions/troops-planned/",
    "comparison-empty": "/questions/troops-present/?on=2020-01-01",
    "changes": "/questions/troops-present/changes/?on_since=2024-10-25&on=2024-11-05",
    "changes-known": "/questions/troops-present/changes/",
    "claim": "/claims/c064/",
    "claim-drift": "/claims/c002/",
    "claim-words": "/claims/c001/",
    "actors": "/actors/",
    "actor": "/actors/us-dod/",
    "publisher": "/actors/al-jazeera/",
    "place": "/places/kursk-oblast/",
    "sources": "/sources/",
    "source": "/sources/aj-20241105/",
    "methodology": "/methodology/",
    "corrections": "/corrections/",
    "bad-query": "/questions/troops-present/?on=2024-02-30",
    "not-found": "/questions/nothing-here/",
}
SIZES = {"wide": (1360, 900), "narrow": (390, 844)}
#: Set to a folder to keep a picture of every page.
SHOTS = os.environ.get("PARALLAX_SHOTS")


def problems_of(page: Page, name: str) -> list[str]:
    """Collect what goes wrong from now on: console errors, uncaught errors, requests that fail, CSP refusals."""
    found: list[str] = []
    expected = {"bad-query": "400", "not-found": "404"}.get(name, "never")

    def on_console(message: object) -> None:
        text = getattr(message, "text", "")
        is_expected = f"status of {expected}" in text
        if getattr(message, "type", "") in {"error", "warning"} and not is_expected:
            found.append(text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if "127.0.0.1" in request.url else found.append(f"asked: {request.url}"))
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(browser: Browser, demo_address: str, name: str, theme: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    found = problems_of(page, name)
    page.goto(f"{demo_address}{PAGES[name]}", wait_until="networkidle")
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{size}-{theme}.png"), full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    results = Axe().run(page)
    context.close()
    assert found == []
    assert overflow <= 0, "the page scrolls sideways"
    assert results.violations_count == 0, results.generate_report()
