"""A card in a page of another site."""

import html
import re
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

QUESTION = "/questions/troops-present/?on=2024-11-05"


@pytest.fixture
def host(demo_address: str) -> Iterator[str]:
    """A site of somebody else who pasted what the page of a comparison offers, and a card alone."""
    with urllib.request.urlopen(f"{demo_address}{QUESTION}") as page:
        found = re.search(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', page.read().decode(), re.DOTALL)
    assert found is not None
    own = f'<iframe id="own" title="A page" src="{demo_address}{QUESTION}"></iframe>'
    body = f"<!doctype html><title>Host</title>{html.unescape(found[1])}{own}".encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("localhost", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def test_a_pasted_card_is_as_high_as_it_needs_and_its_links_open_beside_it(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(host, wait_until="networkidle")
    card = page.frame_locator("iframe[data-parallax]")
    wanted = card.locator(".embed").evaluate("card => Math.ceil(card.getBoundingClientRect().height)")
    page.wait_for_function("height => document.querySelector('iframe[data-parallax]').height == height", arg=wanted)
    with page.context.expect_page() as opened:
        card.locator("a.marklink").first.click()
    assert "/claims/" in opened.value.url
    refused = page.frame_locator("#own").locator("#results").count()
    page.context.close()
    assert wanted > 360
    assert refused == 0, "a page that is no card was shown in a frame"
