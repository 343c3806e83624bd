"""The administration under the site's content security policy."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo


@pytest.fixture(scope="module")
def editor(browser: Browser, running_demo: Demo) -> Page:
    """A page where the editor of the demo is logged in."""
    page = browser.new_page()
    page.goto(f"{running_demo.address}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", running_demo.password)
    page.click("[type=submit]")
    return page


@pytest.mark.parametrize(
    "path", ["", "claims/claim/", "claims/claim/add/", "actors/actor/", "sources/source/add/", "claims/question/"]
)
def test_an_editing_page_breaks_no_rule_of_the_policy(editor: Page, running_demo: Demo, path: str) -> None:
    found: list[str] = []
    editor.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    editor.on("pageerror", lambda error: found.append(str(error)))
    answer = editor.goto(f"{running_demo.address}/admin/{path}", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    assert "Log in" not in editor.title()
    assert found == []


def test_the_claim_form_finds_actors_as_one_types(editor: Page, running_demo: Demo) -> None:
    editor.goto(f"{running_demo.address}/admin/claims/claim/add/")
    editor.click(".field-claimant .select2-selection")
    editor.keyboard.type("Pentagon")
    editor.wait_for_selector(".select2-results__option:has-text('Department of Defense (United States)')")
