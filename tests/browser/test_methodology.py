"""What only a browser shows of the box: answers while one types, the keyboard, no JavaScript, both themes."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.soundness import faults_of

FIGURES = {
    "about": "?figure=about+12%2C000",
    "range": "?figure=around+11+to+12%2C000",
    "floor": "?figure=more+than+40",
    "vague": "?figure=tens+of+thousands",
    "wordless": "?figure=a+battalion",
    "refused": "?figure=1%2C50",
    "ended": "?figure=between+10+and",
    "long": f"?figure={'x' * 999}",
    "korean": "?figure=40%EC%97%AC+%EB%AA%85&language=ko",
    "arabic": "?figure=%D9%A3%D9%A4%D9%A5",
}


def test_it_answers_as_one_types(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/methodology/")
    page.evaluate("window.stayed = true")
    page.locator("#figure").press_sequentially("about 12,000", delay=20)
    expect(page.locator("#answer")).to_contain_text("10,800 to 13,200")
    expect(page).to_have_url(re.compile(r"figure=about"))
    expect(page.locator("#figure")).to_be_focused()
    assert page.evaluate("window.stayed") is True, "the page was loaded anew instead of swapped"
    page.fill("#figure", "")
    expect(page.locator("#answer")).to_be_empty()


def test_typing_asks_once_for_a_pause_and_leaves_no_trail(page: Page, demo_address: str) -> None:
    """By a clock that goes only when it is told to: how fast this machine types is no part of it."""
    page.clock.install()
    page.goto(f"{demo_address}/methodology/")
    before = page.evaluate("history.length")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/methodology/" in request.url else None)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    for letter in "about 12,000":
        page.locator("#figure").press_sequentially(letter)
        page.clock.run_for(200)
    assert asked == []
    page.clock.resume()
    expect(page.locator("#answer")).to_contain_text("10,800 to 13,200")
    assert len(asked) == 1
    assert page.evaluate("history.length") == before


def test_the_language_is_asked_for_at_once(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/methodology/?figure=3.000")
    expect(page.locator("#answer")).to_contain_text("Not read")
    page.select_option("#language", "de")
    expect(page.locator("#answer")).to_contain_text("exactly 3,000")


def test_it_works_without_javascript(browser: Browser, demo_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}/methodology/")
    page.fill("#figure", "more than 40")
    page.press("#figure", "Enter")
    expect(page).to_have_url(re.compile(r"figure=more\+than\+40&language=#try$"))
    expect(page.locator("#answer")).to_contain_text("above 40")
    context.close()


def test_an_example_fills_the_box(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/methodology/")
    page.click("text=rund 3.000 Soldaten")
    expect(page.locator("#figure")).to_have_value("rund 3.000 Soldaten")
    expect(page.locator("#language")).to_have_value("de")
    expect(page.locator("#answer")).to_contain_text("2,700 to 3,300")


def test_a_rule_is_reached_by_the_keyboard(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/methodology/?figure=about+12%2C000")
    page.focus("#figure")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("a[href='#rule-about']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#rule-about")).to_be_in_viewport()


@pytest.mark.parametrize("name", FIGURES)
def test_an_answer_is_sound(browser: Browser, demo_address: str, name: str) -> None:
    address = f"{demo_address}/methodology/{FIGURES[name]}"
    assert faults_of(browser, address, name=f"try-{name}", pictured="#try") == []
