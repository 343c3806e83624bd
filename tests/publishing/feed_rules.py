"""What a feed has to be whatever it tells of: the schema of Atom, and what feed validators ask for beyond it."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
#: RFC 4151; what comes after the second colon is ours.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d{2}-\d{2}:(claims|corrections|feeds)(/[a-z0-9-]+)+", re.ASCII)


def texts(document: Any, path: str) -> list[str]:
    """The texts or attributes that an XPath finds; `a:` is the namespace of Atom."""
    return [str(found) for found in document.xpath(path, namespaces=ATOM)]


def moment(text: str) -> datetime:
    """A moment of the document; one without a zone is refused."""
    read = datetime.fromisoformat(text)
    assert read.tzinfo is not None, f"{text} has no zone"
    return read


def check(content: bytes, *, address: str) -> Any:
    """Asserts that a document is a sound feed at this address; gives back what feedparser read."""
    document = etree.fromstring(content)
    assert SCHEMA.validate(document), SCHEMA.error_log
    _check_ids(document)
    _check_times(document)
    _check_links(document, address)
    assert texts(document, "/a:feed/a:author/a:name"), "entries without an author need one of the feed"
    read = feedparser.parse(content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def _check_ids(document: Any) -> None:
    ids = texts(document, "//a:id/text()")
    assert len(set(ids)) == len(ids), "each entry once"
    assert [one for one in ids if not TAG.fullmatch(one)] == []


def _check_times(document: Any) -> None:
    published = [moment(text) for text in texts(document, "//a:entry/a:published/text()")]
    updated = [moment(text) for text in texts(document, "//a:entry/a:updated/text()")]
    assert all(first <= last for first, last in zip(published, updated, strict=True))
    assert updated == sorted(updated, reverse=True), "the last changed comes first"
    of_feed = moment(texts(document, "/a:feed/a:updated/text()")[0])
    assert of_feed == max(updated, default=of_feed)


def _check_links(document: Any, address: str) -> None:
    assert texts(document, "/a:feed/a:link[@rel='self']/@href") == [address]
    for one in (document, *document.xpath("//a:entry", namespaces=ATOM)):
        assert len(texts(one, "a:link[@rel='alternate']/@href")) == 1
    hrefs = [*texts(document, "//a:link/@href"), *texts(document, "//a:category/@scheme")]
    for html in texts(document, "//a:content/text()"):
        hrefs += re.findall(r'href="([^"]*)"', html)
    assert [href for href in hrefs if not re.match(r"https?://[^/]", href)] == [], "readers know no base address"
