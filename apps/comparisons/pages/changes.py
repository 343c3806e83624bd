"""The difference page of a question: what was added, revised, withdrawn and corrected between two states."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl

from django.urls import reverse

from apps.claims.models import Claim
from apps.comparisons.changes import ClaimChange, QuestionChanges
from apps.comparisons.pages.comparison import MOST_LISTED, Cut, cut
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.references import moment_words
from apps.domain.claims import ClaimFacts
from apps.domain.difference import ChangeKind
from apps.domain.wording import day_words, listed, numbers_words, period_words
from apps.web.queries import moment_iso

#: What happened, and who did it: the claimant spoke, or we changed our record.
KIND_WORDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.REVISED: "revised by the claimant",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.CORRECTED: "corrected by us",
}
#: The fields of a claim as readers know them.
FIELD_WORDS = {
    "question": "question",
    "place": "place",
    "claimant": "claimant",
    "figure": "figure",
    "nature": "nature",
    "as_of": "as-of date",
    "stated_on": "day of statement",
    "part_of": "total that it is part of",
    "supersedes": "figure that it supersedes",
    "revision_kind": "kind of revision",
    "joint_claimants": "joint claimants",
    "part_of_scope": "scope of its total",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A claim in one of the two states, in words."""

    claim: Claim
    numbers: str
    scope: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    kind: str
    words: str
    claim: Claim
    old: Side | None
    new: Side | None
    detail: str


@dataclass(frozen=True)
class ChangesPage:
    """What the template shows; it starts no query."""

    changes: QuestionChanges

    @property
    def is_of_days(self) -> bool:
        """Whether two position dates are compared, not two knowledge dates."""
        return self.changes.query.on_since is not None

    @property
    def earlier(self) -> str:
        """The earlier state in words."""
        query = self.changes.query
        if query.on_since is not None:
            return day_words(query.on_since)
        return moment_words(query.known_since) if query.known_since else ""

    @property
    def later(self) -> str:
        """The later state in words."""
        filters = self.changes.query.filters
        if self.is_of_days and filters.on is not None:
            return day_words(filters.on)
        return moment_words(filters.known) if filters.known else "now"

    @property
    def summary(self) -> str:
        """The changes counted, in one sentence."""
        counts = [(self.changes.count(kind), KIND_WORDS[kind]) for kind in ChangeKind]
        told = listed([f"{n:,} {words}" for n, words in counts if n]) or "nothing changed"
        held = "in force" if self.is_of_days else "on file"
        figures = f"Figures {held}: {self.changes.before:,} before, {self.changes.after:,} after"
        return f"From {self.earlier} to {self.later}: {told}. {figures}."

    @cached_property
    def rows(self) -> Cut[ChangeRow]:
        return cut([_row(change) for change in self.changes.rows], most=MOST_LISTED)

    @property
    def known_words(self) -> str:
        known = self.changes.query.filters.known
        return "" if known is None else moment_words(known)

    @property
    def known_iso(self) -> str:
        known = self.changes.query.filters.known
        return "" if known is None else moment_iso(known)

    @property
    def known_since_day(self) -> date | None:
        since = self.changes.query.known_since
        return None if since is None else since.date()

    @property
    def comparison_url(self) -> str:
        """The comparison in the later state, with the same filters."""
        return _at(self.changes.question.get_absolute_url(), self.changes.query.filters.encode())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters, as names and values for the forms that choose other states."""
        return parse_qsl(self.changes.query.filters.encode(on=None, known=None, strict=None, view=None))

    @property
    def unfiltered_url(self) -> str:
        """The same difference of all claims; empty where the filters leave none out."""
        query = self.changes.query
        if not query.filters.has_filters:
            return ""
        every = ComparisonQuery(on=query.filters.on, known=query.filters.known)
        address = reverse("question-changes", args=[self.changes.question.slug])
        return _at(address, replace(query, filters=every).encode())

    @property
    def json_url(self) -> str:
        return self._suffixed("json")

    @property
    def csv_url(self) -> str:
        return self._suffixed("csv")

    def _suffixed(self, suffix: str) -> str:
        address = f"{self.changes.question.get_absolute_url()}changes.{suffix}"
        return _at(address, self.changes.query.encode())


def _at(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def _row(row: ClaimChange) -> ChangeRow:
    change = row.change
    fields = listed([FIELD_WORDS[name] for name in change.fields])
    return ChangeRow(
        kind=change.kind.value,
        words=KIND_WORDS[change.kind],
        claim=row.claim,
        old=_side(row.old, change.old),
        new=_side(row.new, change.new),
        detail=f"Changed: {fields}." if fields else row.why,
    )


def _side(claim: Claim | None, facts: ClaimFacts | None) -> Side | None:
    if claim is None or facts is None:
        return None
    when = f", as of {period_words(facts.as_of)}" if facts.as_of else ""
    return Side(claim, numbers_words(facts.figure), f"{claim.place.name}{when}")
