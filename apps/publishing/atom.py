"""Feeds as Atom (RFC 4287), paged as RFC 5005 has it: values in, bytes out.

Django's writer makes the document; added here are what it cannot say: content apart from a summary, links beside the
page, categories with a scheme, and a time for a feed without entries.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, override

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
#: What XML 1.0 (section 2.2) has no character for, not even escaped.
_NO_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True, slots=True)
class Link:
    """An address beside that of the page; `rel` as registered at IANA, an empty media type or title is left out."""

    rel: str
    href: str
    media_type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """What an entry is about: a term, the address of the list that the term is from, and a name to show."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `id` never changes, moments have a zone, `updated` is not before `published`; `html` is content."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    html: str
    links: Sequence[Link] = ()
    categories: Sequence[Category] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of one author. `since` is its time while it has no entry; all addresses are absolute."""

    id: str
    title: str
    subtitle: str
    url: str
    links: Sequence[Link]
    author: str
    author_url: str
    since: datetime
    entries: Sequence[Entry]


def xml_text(text: str) -> str:
    """The text with � in place of each character that no XML document can hold."""
    return _NO_XML.sub("�", text)


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document in UTF-8; the same values give the same bytes."""
    writer = _Atom(
        title=xml_text(feed.title),
        link=feed.url,
        description="",
        language="en-GB",
        author_name=feed.author,
        author_link=feed.author_url,
        subtitle=xml_text(feed.subtitle),
        feed_guid=feed.id,
        since=feed.since,
        links=feed.links,
    )
    for entry in feed.entries:
        _add(writer, entry)
    written = BytesIO()
    writer.write(written, "utf-8")
    return written.getvalue()


def _add(writer: "_Atom", entry: Entry) -> None:
    writer.add_item(
        title=xml_text(entry.title),
        link=entry.url,
        description=None,  # type: ignore[arg-type]  # no summary beside the content
        unique_id=entry.id,
        pubdate=entry.published,
        updateddate=entry.updated,
        html=xml_text(entry.html),
        links=entry.links,
        terms=entry.categories,
    )


class _Atom(Atom1Feed):
    @override
    def latest_post_date(self) -> datetime:
        """Django's would be the time of the request for an empty feed: another document every time."""
        return max((item["updateddate"] for item in self.items), default=self.feed["since"])

    @override
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for link in self.feed["links"]:
            _write_link(handler, link)

    @override
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for link in item["links"]:
            _write_link(handler, link)
        for category in item["terms"]:
            label = xml_text(category.label)
            handler.addQuickElement(
                "category", attrs={"term": category.term, "scheme": category.scheme, "label": label}
            )
        handler.addQuickElement("content", item["html"], {"type": "html"})


def _write_link(handler: Any, link: Link) -> None:
    attributes = {
        "rel": link.rel,
        "href": iri_to_uri(link.href),
        "type": link.media_type,
        "title": xml_text(link.title),
    }
    handler.addQuickElement("link", attrs={name: value for name, value in attributes.items() if value})
