"""The administration under the site's content security policy."""

from typing import Literal
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

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


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_that_merges_two_actors(
    editor: Page, running_demo: Demo, theme: Literal["light", "dark"], width: int
) -> None:
    found: list[str] = []
    editor.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    editor.set_viewport_size({"width": width, "height": 900})
    editor.emulate_media(color_scheme=theme)
    editor.goto(f"{running_demo.address}/admin/actors/actor/?q=us-state")
    editor.check("input.action-select >> nth=0")
    editor.select_option("select[name=action]", "merge")
    editor.click("button[name=index]")
    editor.wait_for_selector("#merge_form")
    overflow = editor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    results = Axe().run(editor)
    editor.focus("#id_into")
    editor.keyboard.press("Tab")
    focused = editor.evaluate("document.activeElement.name")
    editor.set_viewport_size({"width": 1280, "height": 720})
    editor.emulate_media(color_scheme=None)
    assert found == []
    assert overflow <= 0, "the page scrolls sideways"
    assert results.violations_count == 0, results.generate_report()
    assert focused == "merge"


HEAD = "question,unit,place,actor,value,as_of_start,Datum,source_title,source_url"
ROW = "Losses {0},persons,Kursk,Somebody,{1},2024-11-04,2024-11-05,A report,https://example.org/report"


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_table_is_checked_mended_and_brought_in(
    editor: Page, running_demo: Demo, theme: Literal["light", "dark"], width: int
) -> None:
    found: list[str] = []
    editor.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    editor.set_viewport_size({"width": width, "height": 900})
    editor.emulate_media(color_scheme=theme)
    editor.goto(f"{running_demo.address}/admin/ingest/upload/add/")
    assert unsound(editor) == []
    editor.set_input_files("#id_file", a_file(HEAD, ROW.format(theme, "more than 40"), ROW.format(theme, "N/A")))
    editor.click("input[value='Check it']")
    expect(editor.locator("#problems")).to_have_text("1 problem")  # without a reload by hand
    assert unsound(editor) == []
    editor.select_option("#id_column-6", "stated_on")
    editor.set_input_files("#id_file", a_file(HEAD, ROW.format(theme, "more than 40")))
    editor.click("input[value='Check again']")
    editor.click("input[value='Bring it in']")
    expect(editor.locator("#upload")).to_contain_text("Made 1 claim.")
    assert unsound(editor) == []
    editor.set_viewport_size({"width": 1280, "height": 720})
    editor.emulate_media(color_scheme=None)
    assert found == []


def test_a_new_token_is_shown_whole(editor: Page, running_demo: Demo) -> None:
    """Nobody sees it again: what is cut off in its box is easily lost."""
    editor.goto(f"{running_demo.address}/admin/publishing/apitoken/add/")
    editor.fill("#id_name", "Desk")
    editor.check("#id_may_read_drafts")
    editor.click("input[name=_save]")
    shown = editor.locator("#secret")
    assert len(shown.input_value()) > 40
    assert shown.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert unsound(editor) == []


def a_file(*lines: str) -> FilePayload:
    """A table as a browser sends it."""
    return {"name": "losses.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def unsound(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    results = Axe().run(page)
    return (["scrolls sideways"] if wide else []) + ([results.generate_report()] if results.violations_count else [])


@pytest.fixture
def new_claim(editor: Page, running_demo: Demo) -> Page:
    """The page of a new claim on the question, place and claimant of one that the demo has."""
    editor.goto(f"{running_demo.address}/admin/claims/claim/?q=c012")
    editor.click("#result_list tbody th a")
    keys = {name: editor.input_value(f"#id_{name}") for name in ("question", "place", "claimant")}
    editor.goto(f"{running_demo.address}/admin/claims/claim/add/?{urlencode(keys)}")
    return editor


def box(page: Page, row: str = "#claim_form > div > fieldset") -> Locator:
    return page.locator(f"{row} .reading").first


def test_words_are_typed_once_read_used_and_saved(new_claim: Page) -> None:
    found: list[str] = []
    new_claim.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    new_claim.locator("#id_stated_value").press_sequentially("around 11 to 12,000")
    expect(box(new_claim)).to_contain_text("Read as about 11,000 to 12,000.")
    expect(new_claim.locator("#id_lower")).to_have_value("")
    box(new_claim).get_by_role("button", name="Use these numbers").click()
    expect(new_claim.locator("#id_lower")).to_have_value("11000")
    expect(new_claim.locator("#id_upper")).to_have_value("12000")
    expect(new_claim.locator("#id_qualifier")).to_have_value("between")
    expect(new_claim.locator("#id_hedged")).to_be_checked()
    expect(box(new_claim)).to_contain_text("The numbers say the same.")
    new_claim.fill("#id_upper", "13000")
    expect(box(new_claim)).to_contain_text("The numbers say about 11,000 to 13,000.")
    new_claim.click("[name=_continue]")
    sentence = "the numbers given say about 11,000 to 13,000: correct one of them, or say why they differ."
    expect(new_claim.locator(".field-override_reason .errorlist").first).to_contain_text(sentence)
    new_claim.locator("#id_override_reason").first.fill("He says thirteen in the recording.")
    new_claim.click("[name=_continue]")
    expect(new_claim.locator(".success")).to_be_visible()
    expect(new_claim.locator("#id_override_reason")).to_have_value("He says thirteen in the recording.")
    expect(box(new_claim)).to_contain_text("The reason is given below.")
    assert found == []


def test_the_character_that_cannot_be_read_is_marked_while_one_types(new_claim: Page) -> None:
    new_claim.fill("#id_stated_value", "1,50")
    expect(box(new_claim).locator("mark")).to_have_text(",")
    new_claim.fill("#id_stated_value", "1.50")
    expect(box(new_claim)).to_contain_text("Read as exactly 1.5.")


def test_a_citation_that_was_added_reads_its_own_words(new_claim: Page) -> None:
    new_claim.click("#citations-group .add-row a")
    new_claim.fill("#id_citations-1-stated_value", "at least 10,000")
    row = "#citations-1"
    expect(box(new_claim, row)).to_contain_text("Read as 10,000 or more.")
    box(new_claim, row).get_by_role("button", name="Use these numbers").click()
    expect(new_claim.locator("#id_citations-1-lower")).to_have_value("10000")
    expect(new_claim.locator("#id_citations-0-lower")).to_have_value("")
    new_claim.fill("#id_citations-1-language", "xx")
    new_claim.locator("#id_citations-1-language").blur()
    expect(box(new_claim, row)).to_contain_text("in the language “xx”")


def test_the_box_reads_again_where_rows_or_the_question_change(new_claim: Page) -> None:
    """What the words are read with is elsewhere on the page: the box of the claim follows it."""
    new_claim.fill("#id_stated_value", "3.000")
    new_claim.fill("#id_citations-0-language", "en")
    new_claim.check("#id_citations-0-is_primary")
    new_claim.click("#citations-group .add-row a")
    new_claim.fill("#id_citations-1-language", "de")
    new_claim.locator("#id_citations-1-language").blur()
    expect(box(new_claim)).to_contain_text("Read as exactly 3.")
    new_claim.uncheck("#id_citations-0-is_primary")
    new_claim.check("#id_citations-1-is_primary")
    expect(box(new_claim)).to_contain_text("Read as exactly 3,000.")
    new_claim.click("#citations-1 .inline-deletelink")
    expect(box(new_claim)).to_contain_text("Read as exactly 3.")


def test_the_box_reads_again_where_a_question_is_chosen(editor: Page, running_demo: Demo) -> None:
    editor.goto(f"{running_demo.address}/admin/claims/claim/add/")
    editor.fill("#id_stated_value", "up to 40")
    expect(box(editor)).to_contain_text("Compared as 40 or fewer")
    editor.click(".field-question .select2-selection")
    editor.keyboard.type("troops")
    editor.locator(".select2-results__option--highlighted").click()
    expect(box(editor)).to_contain_text("Compared as 0 to 40")


def test_the_box_reads_again_where_a_stored_row_is_to_be_deleted(editor: Page, running_demo: Demo) -> None:
    editor.goto(f"{running_demo.address}/admin/claims/claim/?q=c012")
    editor.click("#result_list tbody th a")
    editor.fill("#id_stated_value", "3.000")
    expect(box(editor)).to_contain_text("Read as exactly 3.")
    for row in editor.locator("#citations-group .has_original [name$=-DELETE]").all():
        row.check()
    expect(box(editor)).to_contain_text("cannot be read")


def test_a_page_that_nobody_touched_asks_nothing(new_claim: Page) -> None:
    asked: list[str] = []
    new_claim.on("request", lambda request: asked.append(request.url) if "read-words" in request.url else None)
    new_claim.reload(wait_until="networkidle")
    assert asked == []
    new_claim.fill("#id_stated_value", "up to 40")
    expect(box(new_claim)).to_contain_text("Read as 40 or fewer")
    assert len(asked) == 1


def test_the_enter_key_saves_and_does_not_only_read(new_claim: Page) -> None:
    new_claim.fill("#id_stated_value", "more than 40")
    new_claim.press("#id_stated_value", "Enter")
    expect(new_claim.locator(".success")).to_contain_text("more than 40")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_box_beside_the_words_is_accessible(new_claim: Page, theme: Literal["light", "dark"]) -> None:
    new_claim.emulate_media(color_scheme=theme)
    for words, shown in (("1,50", "cannot be read"), ("about 12,000", "Read as")):
        new_claim.fill("#id_stated_value", words)
        expect(box(new_claim)).to_contain_text(shown)
        found = Axe().run(new_claim, context=".field-stated_value")
        assert found.violations_count == 0, found.generate_report()
    new_claim.set_viewport_size({"width": 390, "height": 844})
    overflow = box(new_claim).evaluate("box => box.getBoundingClientRect().right > innerWidth")
    new_claim.set_viewport_size({"width": 1280, "height": 720})
    new_claim.emulate_media(color_scheme="light")
    assert not overflow
