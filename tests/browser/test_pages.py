"""Every page in real Chromium: both themes, wide and narrow, nothing on the console, nothing against the rules."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.soundness import faults_of

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
    "api": "/api/v1/docs",
    "bad-query": "/questions/troops-present/?on=2024-02-30",
    "not-found": "/questions/nothing-here/",
    "comparison-known": "/questions/troops-present/?on=2024-11-05&known=NOW",
    "claim-known": "/claims/c064/?known=NOW",
    "removed": "/claims/c248/",
    "card": "/embed/questions/troops-present/?on=2024-11-05",
    "card-claim": "/embed/claims/c064/",
    "card-refused": "/embed/claims/nothing/",
}
#: Those that are there to say what went wrong.
STATUS = {"bad-query": 400, "not-found": 404, "card-refused": 404, "removed": 410}


@pytest.fixture(scope="module")
def demo_address(running_demo: Demo) -> str:
    """The demo, of which a law had one claim removed."""
    running_demo.manage("remove_for_law", "claim", "c248", "--reason", "A court.", "--by", "Ada Byron", "--yes")
    return running_demo.address


def path_of(name: str) -> str:
    """A page of the list; NOW is the moment that is just over."""
    return PAGES[name].replace("NOW", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(browser: Browser, demo_address: str, name: str) -> None:
    address = f"{demo_address}{path_of(name)}"
    assert faults_of(browser, address, name=name, expected_status=STATUS.get(name)) == []


@pytest.mark.parametrize("width", [1280, 1100, 800, 390])
@pytest.mark.parametrize("name", ["comparison", "changes"])
def test_every_field_of_a_filter_lies_in_its_own_cell(
    browser: Browser, demo_address: str, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{demo_address}{path_of(name)}")
    sticking_out = page.evaluate(
        """[...document.querySelectorAll(".filters > div")].flatMap(cell => [...cell.querySelectorAll("input, select")]
            .filter(field => field.getBoundingClientRect().right > cell.getBoundingClientRect().right)
            .map(field => field.name))"""
    )
    page.close()
    assert sticking_out == []


def test_what_to_compare_is_all_in_view_on_a_narrow_screen(browser: Browser, demo_address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{demo_address}{path_of('changes')}")
    hidden = page.evaluate(
        "[...document.querySelectorAll('.filters')].map(form => form.scrollWidth - form.clientWidth)"
    )
    page.close()
    assert hidden == [0, 0]


def test_what_is_wrong_is_found(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(BAD)
    found = "\n".join(faults_of(browser, bad.as_uri(), name="bad"))
    assert "narrow, light: the page scrolls sideways" in found
    assert "wide, light: the page" not in found
    assert re.search("wide, light: Found . accessibility violations:\nRule Violated:\nimage-alt", found)
    assert re.search("wide, dark: Found 1 accessibility violations:\nRule Violated:\ncolor-contrast", found)
    assert "said on the console" in found


BAD = """<!doctype html><html lang="en"><title>Bad</title><meta name="color-scheme" content="light dark"><style>
main { width: 600px } p { color: #222; background: light-dark(#fff, #333) }
</style><main><h1>Bad</h1><p>Words</p><img src="data:,"></main><script>console.error("said on the console")</script>
"""
