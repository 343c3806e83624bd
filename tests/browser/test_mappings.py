"""Mappings of columns, made and corrected by an editor in real Chromium."""

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.browser.conftest import Demo
from tests.browser.soundness import faults_of


@pytest.fixture(scope="module")
def signed_in(browser: Browser, running_demo: Demo) -> StorageState:
    """The editor of the demo, who has made one mapping."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{running_demo.address}/admin/ingest/columnmapping/add/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", running_demo.password)
    page.click("[type=submit]")
    page.fill("#id_name", "Weekly report of the ministry")
    page.select_option("#id_columns-0-column", "stated_on")
    page.fill("#id_columns-0-header", "Datum der Meldung")
    page.select_option("#id_columns-1-column", "note")
    page.click("[name=_save]")
    expect(page.locator(".success")).to_contain_text("was added successfully")
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("path", ["", "add/", "1/change/"])
def test_nothing_is_wrong_with_a_page(browser: Browser, running_demo: Demo, signed_in: StorageState, path: str) -> None:
    address = f"{running_demo.address}/admin/ingest/columnmapping/{path}"
    assert faults_of(browser, address, name=f"mapping-{path.strip('/').replace('/', '-')}", state=signed_in) == []


def test_what_was_made_is_shown_and_corrected(browser: Browser, running_demo: Demo, signed_in: StorageState) -> None:
    context = browser.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{running_demo.address}/admin/ingest/columnmapping/")
    page.click("text=Weekly report of the ministry")
    expect(page.locator("#id_columns-0-header")).to_have_value("Datum der Meldung")
    page.fill("#id_columns-1-header", "datum der  meldung")
    page.click("[name=_continue]")
    expect(page.locator("#columns-1 .errorlist")).to_contain_text("This column of the file is named twice")
    page.fill("#id_columns-1-header", "Bemerkung")
    page.click("[name=_continue]")
    expect(page.locator("#id_columns-1-header")).to_have_value("Bemerkung")
    context.close()
