"""Freezing a comparison in real Chromium, and the pages of what was frozen."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_pages import SHOTS, SIZES, problems_of

COMPARISON = "/questions/troops-sent/?on=2025-01-31"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, running_demo: Demo) -> Iterator[Page]:
    """An editor who came by the link of a comparison and signed in on the way."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{running_demo.address}{COMPARISON}")
    page.get_by_role("link", name="Freeze this one").click()
    page.fill("#id_username", "editor")
    page.fill("#id_password", running_demo.password)
    page.click("[type=submit]")
    yield page
    context.close()


@pytest.fixture(scope="module")
def frozen_address(signed_in: Page) -> str:
    """The path of what that editor froze."""
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Freeze this comparison")
    signed_in.get_by_role("button", name="Freeze for ever").click()
    signed_in.wait_for_url(re.compile(r"/frozen/[0-9a-f]{12}/$"))
    return re.sub(r"^https?://[^/]+", "", signed_in.url)


def look(page: Page, name: str) -> None:
    """What holds for every page, and a picture of it."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    results = Axe().run(page)
    assert overflow <= 0, "the page scrolls sideways"
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_and_list_are_sound(
    browser: Browser, demo_address: str, frozen_address: str, theme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    found = problems_of(page, "frozen")
    for name, address in (("frozen", frozen_address), ("frozen-list", "/frozen/")):
        page.goto(f"{demo_address}{address}", wait_until="networkidle")
        look(page, f"{name}-{size}-{theme}")
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("How many|troops|soldiers", re.IGNORECASE)
    ).first.click()
    assert page.url == f"{demo_address}{frozen_address}"
    context.close()
    assert found == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_is_sound(
    browser: Browser, demo_address: str, signed_in: Page, frozen_address: str, theme: str, size: str
) -> None:
    width, height = SIZES[size]
    state = signed_in.context.storage_state()
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, storage_state=state)
    page = context.new_page()
    found = problems_of(page, "frozen-new")
    page.goto(f"{demo_address}/frozen/new/?question=troops-sent&on=2025-01-31", wait_until="networkidle")
    look(page, f"frozen-new-{size}-{theme}")
    page.get_by_role("button", name="Freeze for ever").press("Enter")
    page.wait_for_url(f"{demo_address}{frozen_address}")  # the same is frozen once
    context.close()
    assert found == []
