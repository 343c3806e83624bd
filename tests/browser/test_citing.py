"""The Cite block in real Chromium: boxes, copying, a script that fails, and data blocks under the strict policy."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.soundness import problems_of

PAGES = ("/claims/c064/", "/questions/troops-present/?on=2024-11-05")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("which", ["short", "long"])
def test_a_reference_is_copied_by_keyboard_and_said_aloud(
    browser: Browser, demo_address: str, address: str, which: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    found = problems_of(page)
    page.goto(f"{demo_address}{address}", wait_until="networkidle")
    button = page.locator(f"[data-copy='#cite-{which}']")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_contain_text("Copied")
    expect(page.locator("[role=status].sr")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#cite-{which}").input_value()
    expect(button).to_contain_text("Copy the")
    expect(page.locator("[role=status].sr")).to_have_text("")
    context.close()
    assert found == []


def test_without_permission_the_box_is_selected(browser: Browser, demo_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo_address}/claims/c064/", wait_until="networkidle")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator("[data-copy='#cite-short']").click()
    selected = "(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.activeElement)"
    text = page.locator("#cite-short").input_value()
    page.wait_for_function(f"{selected} === {json.dumps(text)}")
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_without_scripts_there_are_boxes_and_no_dead_buttons(browser: Browser, demo_address: str, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}{address}")
    assert page.locator("#cite-long").input_value().startswith(("President of Ukraine", "How many"))
    for button in page.locator("[data-copy]").all():
        expect(button).to_be_hidden()
    for link in page.locator(".citing .actions a").all():
        expect(link).to_be_visible()
    context.close()


def test_the_reference_follows_the_filters(browser: Browser, demo_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo_address}/questions/troops-present/?on=2024-11-05", wait_until="networkidle")
    page.select_option("#f-place", "kursk-oblast")
    page.wait_for_url("**place=kursk-oblast**")
    swapped = _reference(page)
    assert "only: Kursk Oblast)" in swapped
    page.reload(wait_until="networkidle")
    assert _reference(page) == swapped
    context.close()


def _reference(page: Page) -> str:
    text = page.locator("#cite-long").input_value()
    hrefs = page.locator(".citing .actions a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return text + "\n" + "\n".join(hrefs)


@pytest.mark.parametrize("address", [*PAGES, "/actors/us-dod/"])
def test_the_policy_lets_data_blocks_be(browser: Browser, demo_address: str, address: str) -> None:
    """A block of data is not run, so the policy has nothing to refuse."""
    context = browser.new_context()
    page = context.new_page()
    refused = "addEventListener('securitypolicyviolation', event => (self.refused ??= []).push(event.blockedURI))"
    page.add_init_script(refused)
    found = problems_of(page)
    answer = page.goto(f"{demo_address}{address}", wait_until="networkidle")
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    text = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(text or "")["@context"] == "https://schema.org"
    assert page.evaluate("self.refused ?? []") == []
    context.close()
    assert found == []
