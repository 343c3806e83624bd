"""What the pages of frozen comparisons show."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.urls import reverse

from apps.actors.models import Redirect, RedirectKind
from apps.claims.models import Question
from apps.comparisons.changes import load_changes
from apps.comparisons.pages.comparison import ComparisonPage, Without, changes_address
from apps.comparisons.pages.linked_data import CONTEXT
from apps.comparisons.pages.paging import Paged
from apps.comparisons.queries import ChangesQuery, ComparisonQuery
from apps.comparisons.records import ComparedQuestion, Places
from apps.comparisons.references import Kind, Reference, moment_words, plain
from apps.publishing.models import FrozenComparison
from apps.publishing.thawed import ThawedQuestion, thaw
from apps.web.queries import read_moment


@dataclass(frozen=True)
class FrozenPage(ComparisonPage):
    """A frozen comparison: everything from the document, but for the row's own columns in the stamp."""

    compared: ThawedQuestion
    row: FrozenComparison = field(kw_only=True)

    @classmethod
    def of(cls, row: FrozenComparison) -> "FrozenPage":
        return cls(thaw(bytes(row.document)), row=row)

    @property
    def document(self) -> Mapping[str, Any]:
        return self.compared.document

    @property
    def address(self) -> str:
        return reverse("frozen", args=[self.row.public_id])

    @property
    def frozen_words(self) -> str:
        return moment_words(self.row.frozen_at)

    @property
    def permalink(self) -> str:
        return self.address

    @property
    def share_url(self) -> str:
        return f"{self.address}share.png"

    def _suffixed(self, suffix: str) -> str:
        return f"{self.address.rstrip('/')}.{suffix}"

    def _pictures(self, view: str | None) -> tuple[tuple[str, str], ...]:
        query = f"?view={view}" if view else ""
        return tuple((suffix.upper(), f"{self._suffixed(suffix)}{query}") for suffix in ("svg", "png"))

    @cached_property
    def left_out(self) -> tuple[Without, ...]:
        """For the widest pair only, in the words of the document."""
        widest = self.document["contradictions"][:1]
        ends = [(pair["lower_claim"], pair["upper_claim"]) for pair in widest]
        return tuple(
            Without(self._slot(self.compared.claims[row["without"]]), row["text"])
            for row in self.document["left_out"]
            if (row["lower_claim"], row["upper_claim"]) in ends
        )


def cite_frozen(page: FrozenPage, *, host: str, accessed: date) -> Reference:
    """The document; its address needs no query, as it never shows anything else."""
    assert page.compared.query.known is not None  # a document always names it
    return Reference(
        kind=Kind.FROZEN,
        key=page.row.public_id,
        title=plain(page.compared.question.title),
        host=host,
        path=page.address,
        query="",
        sha256=page.row.sha256,
        known=page.compared.query.known,
        accessed=accessed,
        on=page.on,
        summary=plain(page.compared.summary_text),
        limits=tuple(plain(chip.label) for chip in page.chips),
    )


def frozen_linked(page: FrozenPage, reference: Reference) -> dict[str, Any]:
    """The document as a set of data that can be fetched, for machines that read pages (schema.org)."""
    types = {"json": "application/json", "csv": "text/csv"}
    files = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": reference.suffixed(suffix)}
        for suffix, kind in types.items()
    ]
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": reference.url,
        "url": reference.url,
        "identifier": page.row.sha256,
        "name": page.compared.question.title,
        "description": page.compared.summary_text,
        "isAccessibleForFree": True,
        "distribution": files,
    }


# --- the banner, which is no part of what was frozen


@dataclass(frozen=True, slots=True)
class Banner:
    """What became of the live comparison. `question` is None where there is none any more."""

    question: Question | None
    old_title: str
    changed: int
    live_url: str
    changes_url: str

    @property
    def is_renamed(self) -> bool:
        return self.question is not None and self.question.title != self.old_title

    @property
    def changed_words(self) -> str:
        """For example “3 claims added or changed since”."""
        return f"{self.changed:,} claim{'s' * (self.changed != 1)} added or changed since"


def banner_of(page: FrozenPage) -> Banner:
    """Compares what is on record now with the knowledge date of a document, in a fixed number of queries."""
    then = page.compared.question
    question = _present_question(then.slug)
    if question is None:
        return Banner(None, then.title, 0, "", "")
    query = _present_query(page.compared.query)
    asked = ChangesQuery(replace(query, known=None, on=None), known_since=query.known)
    changes = load_changes(question, asked, places=Places.load())
    live = f"{question.get_absolute_url()}?{replace(query, known=None).encode()}"
    return Banner(question, then.title, len(changes.rows), live, changes_address(question, query))


def _present_question(slug: str) -> Question | None:
    present = Redirect.objects.present_slug(kind=RedirectKind.QUESTION, slug=slug)
    return Question.objects.select_related("topic", "broader").filter(slug=present).first()


def _present_query(query: ComparisonQuery) -> ComparisonQuery:
    """The query with the present slugs of what it names."""
    return replace(
        query,
        places=_present_slugs(RedirectKind.PLACE, query.places),
        claimants=_present_slugs(RedirectKind.ACTOR, query.claimants),
    )


def _present_slugs(kind: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Redirect.objects.present_slug(kind=kind, slug=slug) or slug for slug in slugs)


# --- before and beside


@dataclass(frozen=True)
class NewFrozenPage:
    """What will be frozen, and the fields of the form that freezes it. The query names `on` and `known`."""

    compared: ComparedQuestion

    @property
    def page(self) -> ComparisonPage:
        return ComparisonPage(self.compared)

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [("question", self.compared.question.slug), *parse_qsl(self.compared.query.encode())]

    @property
    def back_url(self) -> str:
        query = replace(self.compared.query, known=None).encode()
        return f"{self.compared.question.get_absolute_url()}?{query}"


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """One line of the list."""

    row: FrozenComparison
    title: str
    summary: str
    on: date
    known: str


@dataclass(frozen=True, slots=True)
class FrozenListPage:
    """One page of the list, newest first."""

    listed: Paged[FrozenComparison]

    @property
    def rows(self) -> list[FrozenRow]:
        return [_line(row) for row in self.listed.rows]


def _line(row: Any) -> FrozenRow:
    """A row `with_headings`."""
    known = moment_words(read_moment(row.known))
    return FrozenRow(row, row.title, row.summary, date.fromisoformat(row.on), known)
