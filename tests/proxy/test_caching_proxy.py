"""A shared cache in front of the site: it saves work, and nobody gets what is another's (decision 8)."""

import gzip
import re
from collections.abc import Iterator

import pytest

from tests.proxy.conftest import Site, Visitor

PAGE = "/questions/troops-present/"
READERS, EDITORS = "public, no-cache", "private, no-cache"


@pytest.fixture
def reader(site: Site) -> Visitor:
    return site.visitor()


@pytest.fixture(scope="module")
def editor(site: Site) -> Visitor:
    visitor = site.visitor()
    answer = visitor.log_in("editor", site.password)
    assert answer.status == 302
    assert "sessionid" in visitor.cookies
    return visitor


@pytest.fixture
def addresses() -> Iterator[str]:
    """Addresses of one page that nobody asked before; the site ignores what it does not know."""
    return (f"{PAGE}?on=2024-11-05&fresh={number}" for number in range(100))


def test_the_second_reader_gets_the_kept_page_after_a_304_of_the_site(reader: Visitor) -> None:
    first, second = reader.get(f"{PAGE}?two"), reader.get(f"{PAGE}?two")
    assert (first.status, first.cache) == (200, "MISS")
    assert (second.status, second.cache) == (200, "REVALIDATED")
    assert second.body == first.body
    assert second.tag == first.tag
    assert second.headers["cache-control"] == READERS
    assert "x-accel-expires" not in second.headers


@pytest.mark.parametrize("address", ["/claims/c064.json", "/questions/troops-present.csv", "/", "/?known=2999-01-01"])
def test_documents_and_lists_are_kept_and_refusals_are_not(reader: Visitor, address: str) -> None:
    first, second = reader.get(address), reader.get(address)
    assert second.body == first.body
    assert second.cache == ("REVALIDATED" if first.status == 200 else "MISS")


def test_who_has_the_page_gets_a_304_through_the_proxy(reader: Visitor) -> None:
    tag = reader.get(PAGE).tag
    answer = reader.get(PAGE, If_None_Match=tag)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.tag == tag
    assert answer.headers["cache-control"] == READERS


def test_a_compressed_page_is_the_same_version(reader: Visitor) -> None:
    plain = reader.get(PAGE)
    packed = reader.get(PAGE, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert reader.get(PAGE, Accept_Encoding="gzip", If_None_Match=packed.tag).status == 304


def test_a_change_is_seen_by_the_next_reader(site: Site, reader: Visitor) -> None:
    before = reader.get("/questions/troops-present.json")
    assert b"How many were there?" not in before.body
    site.change(
        "from apps.claims.models import Question;"
        "Question.objects.filter(slug='troops-present').update(title='How many were there?')"
    )
    after = reader.get("/questions/troops-present.json", If_None_Match=before.tag)
    assert (after.status, after.cache) == (200, "EXPIRED")
    assert b"How many were there?" in after.body
    assert reader.get("/questions/troops-present.json").cache == "REVALIDATED"


def test_what_an_editor_gets_is_never_kept(addresses: Iterator[str], reader: Visitor, editor: Visitor) -> None:
    address = next(addresses)
    private = editor.get(address)
    assert (private.status, private.cache) == (200, "MISS")
    assert private.headers["cache-control"] == EDITORS
    public = reader.get(address)
    assert public.cache == "MISS"
    assert public.headers["cache-control"] == READERS
    assert public.tag != private.tag


def test_what_is_kept_for_readers_never_reaches_an_editor(reader: Visitor, editor: Visitor) -> None:
    address = f"{PAGE}?kept"
    public = reader.get(address)
    private = editor.get(address)
    assert private.headers["cache-control"] == EDITORS
    assert private.tag != public.tag
    assert editor.get(address, If_None_Match=public.tag).status == 200
    again = reader.get(address)
    assert (again.cache, again.tag) == ("REVALIDATED", public.tag)


def test_a_part_for_htmx_and_the_whole_page_are_never_mixed_up(reader: Visitor) -> None:
    address, part = f"{PAGE}?parts", {"HX_Request": "true"}
    asked: list[dict[str, str]] = [
        {},
        part,
        part | {"HX_Boosted": "true"},
        part | {"HX_History_Restore_Request": "true"},
    ]
    for _ in range(2):
        for headers in (*asked, *reversed(asked)):
            is_whole = b"<!doctype html>" in reader.get(address, **headers).body.lower()
            assert is_whole == (headers != part)
    assert all(reader.get(address, **headers).cache == "REVALIDATED" for headers in asked)


def test_two_hosts_are_kept_apart(site: Site) -> None:
    """The proxy does not: it has one copy for both, so that they are exchanged each time."""
    address = "/claims/c064.csv"
    for _ in range(2):
        for host in ("127.0.0.1", "localhost"):
            answer = site.visitor(host).get(address)
            assert f"http://{host}:{site.port}/claims/c064/".encode() in answer.body


def test_two_queries_are_kept_apart(reader: Visitor) -> None:
    for _ in range(2):
        days = [reader.get(f"{PAGE[:-1]}.json?on={day}").body for day in ("2024-11-05", "2024-11-06")]
        assert b'"on": "2024-11-05"' in days[0]
        assert b'"on": "2024-11-06"' in days[1]


def test_head_is_answered_from_the_same_copy(reader: Visitor) -> None:
    whole = reader.get(PAGE)
    head = reader.ask("HEAD", PAGE, None, {})
    assert (head.status, head.body, head.tag) == (200, b"", whole.tag)
    assert head.cache == "REVALIDATED"
    assert reader.ask("HEAD", PAGE, None, {"If-None-Match": whole.tag}).status == 304


def test_nothing_of_the_editing_pages_is_kept(site: Site, editor: Visitor) -> None:
    stranger = site.visitor()
    tokens = [re.search(rb'csrfmiddlewaretoken" value="(\w+)', stranger.get("/admin/login/").body) for _ in range(2)]
    assert tokens[0]
    assert tokens[1]
    assert tokens[0][1] != tokens[1][1]
    for address in ("/admin/", "/admin/claims/claim/", "/admin/jsi18n/", "/healthz", "/readyz", "/no/such/address"):
        for visitor in (editor, stranger, editor):
            assert visitor.get(address).cache == "MISS"


def test_no_cookie_and_no_token_is_kept(site: Site) -> None:
    visitor = site.visitor()
    assert any(cookie.startswith("sessionid=") for cookie in visitor.log_in("editor", site.password).cookies)
    visitor.get(PAGE)
    site.visitor().get(PAGE)
    kept = site.kept()
    assert kept
    for secret in (b"csrfmiddlewaretoken", b"Set-Cookie", *(text.encode() for text in visitor.cookies.values())):
        assert not any(secret in file for file in kept)
