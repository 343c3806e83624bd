"""The writer of Atom: whatever words come in, a document comes out that says them again."""

from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from apps.publishing.atom import Category, Entry, Feed, Link, atom, xml_text
from tests.publishing.feed_rules import ATOM, SCHEMA, check, texts

ADDRESS = "https://parallax.example.org/feeds/all.atom"
PAGE = "https://parallax.example.org/"
NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
NAMES = st.text(min_size=1, max_size=60)


def entry(words: str = "words", *, number: int = 1, updated: datetime = NEW_YEAR) -> Entry:
    return Entry(
        id=f"tag:parallax.example.org,2026-11-01:claims/c{number}",
        title=words,
        url=f"{PAGE}claims/c{number}/",
        published=NEW_YEAR,
        updated=updated,
        html=words,
        links=[Link("related", f"{PAGE}{words}", title=words)],
        categories=[Category("a", f"{PAGE}actors/", words)],
    )


def feed(*entries: Entry, words: str = "words") -> bytes:
    return atom(
        Feed(
            id="tag:parallax.example.org,2026-11-01:feeds/all",
            title=words,
            subtitle=words,
            url=PAGE,
            links=[Link("self", ADDRESS, "application/atom+xml")],
            author="Parallax",
            author_url=PAGE,
            since=NEW_YEAR,
            entries=entries,
        )
    )


def as_parsed(words: str) -> str:
    """What an XML parser gives back: line ends are one character (XML 1.0, section 2.11)."""
    return xml_text(words).replace("\r\n", "\n").replace("\r", "\n")


@given(words=NAMES)
@example(words="]]> <![CDATA[ &amp; <script>alert('x')</script> \"quoted\"")
@example(words="a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh\x85i")
@example(words="\ufffe\uffff\ufdd0\U0001ffff")
@example(words="أكثر من ١٠٬٠٠٠ \u202e reversed \u2066 isolated")
@example(words="🪖👨‍👩‍👧 40여 명")
@example(words="one\r\ntwo\rthree\u2028four")
def test_any_words_come_back(words: str) -> None:
    document = etree.fromstring(feed(entry(words), words=words))
    assert SCHEMA.validate(document), SCHEMA.error_log
    for path in ("/a:feed/a:title", "/a:feed/a:subtitle", "//a:entry/a:title", "//a:entry/a:content"):
        [found] = document.xpath(path, namespaces=ATOM)
        assert (found.text or "") == as_parsed(words), path
    # White space in an attribute is spaces to a parser.
    assert texts(document, "//a:category/@label")[0].split() == as_parsed(words).split()
    assert not feedparser.parse(feed(entry(words), words=words)).bozo


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_replaced_and_not_dropped(character: str) -> None:
    assert xml_text(f"10{character}000") == "10�000"


@pytest.mark.parametrize("character", ["\t", "\n", "\x7f", "\x85", "\u2028", "\ue000", "🪖", "여"])
def test_what_xml_allows_stays(character: str) -> None:
    assert xml_text(character) == character


def test_a_whole_feed() -> None:
    later = datetime(2025, 2, 3, 12, 30, 0, 123456, tzinfo=UTC)
    read = check(feed(entry("two", number=2, updated=later), entry("one")), address=ADDRESS)
    assert [one.id for one in read.entries] == [f"tag:parallax.example.org,2026-11-01:claims/c{n}" for n in (2, 1)]
    assert read.entries[0].title == "two"
    assert read.entries[0].updated == "2025-02-03T12:30:00.123456+00:00"
    assert read.feed.updated == read.entries[0].updated
    assert [(tag.term, tag.scheme, tag.label) for tag in read.entries[0].tags] == [("a", f"{PAGE}actors/", "two")]
    assert read.entries[0].content[0].type == "text/html"


def test_an_empty_feed_is_the_same_document_every_time() -> None:
    assert check(feed(), address=ADDRESS).feed.updated == "2025-01-01T00:00:00+00:00"
    assert feed() == feed()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</entry>", "</entry><entry></entry>"),
        ("2025-01-01T00:00:00+00:00</updated>", "2025-01-01</updated>"),
        ("2025-01-01T00:00:00+00:00</published>", "2025-01-01T00:00:00</published>"),
        ("2025-01-01T00:00:00+00:00</published>", "2025-01-02T00:00:00+00:00</published>"),
        ('href="https://parallax.example.org/claims/c1/"', 'href="/claims/c1/"'),
        (f'href="{ADDRESS}"', f'href="{ADDRESS}?page=2"'),
        ("<name>Parallax</name>", ""),
        ("claims/c1</id>", "feeds/all</id>"),
        ("<title>words</title>", "<titel>words</titel>"),
    ],
)
def test_the_rules_see_what_is_wrong(old: str, new: str) -> None:
    sound = feed(entry()).decode()
    assert old in sound
    with pytest.raises(AssertionError):
        check(sound.replace(old, new).encode(), address=ADDRESS)
