"""What only a browser shows of the comparison page: filtering in place, the back button, the keyboard."""

import re

from playwright.sync_api import Browser, Page, expect

QUESTION = "/questions/troops-present/?on=2024-11-05"


def test_filtering_swaps_the_results_and_goes_into_the_address(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}{QUESTION}")
    expect(page.locator(".forest")).to_contain_text("about 12,000")
    page.evaluate("window.stayed = true")
    page.select_option("select[name=place]", "kursk-oblast")
    expect(page).to_have_url(re.compile("place=kursk-oblast"))
    expect(page.locator(".forest")).not_to_contain_text("about 12,000")
    expect(page.locator(".forest")).to_contain_text("already 11,000")
    assert page.evaluate("window.stayed") is True, "the page was loaded anew instead of swapped"


def test_back_after_filtering_shows_what_was_there(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}{QUESTION}")
    page.select_option("select[name=place]", "kursk-oblast")
    expect(page.locator(".forest")).not_to_contain_text("about 12,000")
    page.go_back()
    expect(page).to_have_url(re.compile(r"on=2024-11-05$"))
    expect(page.locator(".forest")).to_contain_text("about 12,000")
    expect(page.locator("h1")).to_have_count(1)


def test_filtering_works_without_javascript(browser: Browser, demo_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}{QUESTION}")
    page.select_option("select[name=place]", "kursk-oblast")
    page.click("form.filters button[type=submit]")
    expect(page).to_have_url(re.compile("place=kursk-oblast"))
    expect(page.locator(".forest")).not_to_contain_text("about 12,000")
    context.close()


def test_every_mark_is_reached_by_the_keyboard(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}{QUESTION}")
    marks = page.locator(".forest .gl a").count()
    assert marks >= 5
    focused: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => { const e = document.activeElement; const inside = e.closest('.forest .gl');"
            " return inside ? (e.getAttribute('href') || e.href.baseVal) : null }"
        )
        if label:
            focused.add(label)
    assert len(focused) == marks


def test_what_changed_keeps_the_filters_that_were_set_in_place(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/questions/troops-present/?on=2024-11-05")
    page.select_option("select[name=place]", "kursk-oblast")
    page.wait_for_url("**place=kursk-oblast**")
    tab = page.locator("nav.tabs a", has_text="What changed")
    expect(tab).to_have_attribute("href", re.compile("place=kursk-oblast"))
    assert page.locator("nav.tabs").count() == 1
