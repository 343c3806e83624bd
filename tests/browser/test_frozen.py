"""Freezing a comparison in real Chromium, and the pages of what was frozen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.soundness import faults_of

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


def test_the_page_is_sound(browser: Browser, demo_address: str, frozen_address: str) -> None:
    assert faults_of(browser, f"{demo_address}{frozen_address}", name="frozen") == []


def test_the_list_is_sound_and_leads_there(browser: Browser, demo_address: str, frozen_address: str) -> None:
    assert faults_of(browser, f"{demo_address}/frozen/", name="frozen-list") == []
    page = browser.new_page()
    page.goto(f"{demo_address}/frozen/")
    page.get_by_role("main").get_by_role("listitem").get_by_role("heading").get_by_role("link").first.click()
    assert page.url == f"{demo_address}{frozen_address}"
    page.close()


def test_the_form_is_sound(browser: Browser, demo_address: str, signed_in: Page, frozen_address: str) -> None:
    address = f"{demo_address}/frozen/new/?question=troops-sent&on=2025-01-31"
    assert faults_of(browser, address, name="frozen-new", state=signed_in.context.storage_state()) == []


def test_the_keyboard_freezes_and_the_same_is_frozen_once(
    demo_address: str, signed_in: Page, frozen_address: str
) -> None:
    signed_in.goto(f"{demo_address}/frozen/new/?question=troops-sent&on=2025-01-31")
    signed_in.get_by_role("button", name="Freeze for ever").press("Enter")
    signed_in.wait_for_url(f"{demo_address}{frozen_address}")
