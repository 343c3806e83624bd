"""One claim with everything that hangs on it, in a fixed number of queries; its page and its JSON start from this.

Readers see what was published once: a draft that supersedes a claim, or is a part of it, is not told of here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q

from apps.actors.fields import column_of
from apps.claims.facts import claim_facts
from apps.claims.models import Basis, Citation, Claim, ClaimStatus, Correction
from apps.comparisons.origin_records import PUBLIC, ClaimOrigin, links_of_claim, origin_of
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import ComparedQuestion, Places, compare_question, conventions, drift_of
from apps.domain.claims import ClaimFacts
from apps.domain.drift import Drift
from apps.domain.reading import read_for
from apps.domain.results import Finding, Reading, Standing
from apps.domain.standing import dated

#: Edits that are shown, newest first.
MOST_EDITS = 20

_STATUS_WORDS = {
    ClaimStatus.DRAFT: "back to draft",
    ClaimStatus.IN_REVIEW: "handed in for review",
    ClaimStatus.PUBLISHED: "published",
    ClaimStatus.RETRACTED: "retracted",
    ClaimStatus.REMOVED: "removed by law",
}
#: Columns of the event itself, and those that a retraction sets together with the status.
_EVENT_ONLY = frozenset({"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "id"})
_FOLLOWS = frozenset({"retracted_at", "retracted_by", "retracted_why"})


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation and how it differs from the claim."""

    citation: Citation
    drift: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the claim's own row.

    `by` is a full name, never a login name; empty for an editor without one, and where nobody was signed in.
    """

    at: datetime
    by: str
    what: str


@dataclass(frozen=True)
class ClaimRecord:
    """A claim that readers may see, and what hangs on it.

    `revisions`: its whole line of revisions, itself included, oldest first; of drafts nothing.
    `corrections`: mistakes of ours about it, newest first.
    `compared`: its question on its own day; None without a date, and when it is retracted.
    """

    claim: Claim
    facts: ClaimFacts
    places: Places
    reading: Reading | None
    citations: tuple[Cited, ...]
    parts: tuple[Claim, ...]
    part_of: Claim | None
    supersedes: Claim | None
    successors: tuple[Claim, ...]
    revisions: tuple[Claim, ...]
    bases: tuple[Basis, ...]
    corrections: tuple[Correction, ...]
    edits: tuple[Edit, ...]
    compared: ComparedQuestion | None
    origin: ClaimOrigin

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about it and its claimant's other figures: on its own day, and in all that was said by today."""
        if self.compared is None:
            return ()
        both = (*self.compared.comparison.findings, *self.compared.lasting_findings)
        touching = [found for found in both if self.claim.public_id in found.claims]
        return tuple({(found.kind, found.claims): found for found in touching}.values())

    @property
    def before(self) -> tuple[Claim, ...]:
        """What the claim that it supersedes took the place of, directly or through others, newest first."""
        by_key = {claim.pk: claim for claim in self.revisions}
        found: list[Claim] = []
        above = self.supersedes
        while above is not None and (above := by_key.get(above.supersedes_id or 0)) is not None:
            found.append(above)
        return tuple(found)

    @property
    def after(self) -> tuple[Claim, ...]:
        """What took the place of those that supersede it, oldest first."""
        told = {claim.pk for claim in (self.claim, self.supersedes, *self.before, *self.successors) if claim}
        return tuple(claim for claim in self.revisions if claim.pk not in told)

    @property
    def standing(self) -> Standing | None:
        """The claim as it stands on its own day, if its claimant still stands on it at the end of that day."""
        rows = self.compared.comparison.standings if self.compared else ()
        return next((row for row in rows if row.claim.id == self.claim.public_id), None)

    @property
    def is_compared(self) -> bool:
        return bool(self.standing and self.standing.is_compared)


def own_day(facts: ClaimFacts) -> date | None:
    """The day on which a claim is looked at among the others: the first on which it may stand; None without a date."""
    record = dated(facts)
    return record.known_on if record else None


def load_claim(public_id: str, *, today: date) -> ClaimRecord | None:
    """The record of a claim that was published; None for any other id."""
    claim = (
        Claim.objects.filter(public_id=public_id, status__in=PUBLIC)
        .with_attribution()
        .select_related("question__topic", "question__broader", "part_of__claimant", "supersedes__claimant")
        .first()
    )
    if claim is None:
        return None
    places, facts = Places.load(), claim_facts(claim)
    compared = _compared(claim, facts, places, today)
    return ClaimRecord(
        claim=claim,
        facts=facts,
        places=places,
        reading=read_for(facts.figure, claim.question, settings=conventions()),
        citations=tuple(Cited(row, drift_of(row, claim, places.names)) for row in claim.citations.all()),
        parts=tuple(_hanging(claim.parts.all())),
        part_of=_seen(claim.part_of),
        supersedes=_seen(claim.supersedes),
        successors=tuple(_hanging(claim.successors.all())),
        revisions=tuple(_hanging(Claim.objects.on_line_of(claim))),
        bases=_bases(claim),
        corrections=tuple(Correction.objects.filter(claim=claim).with_claims().newest_first()),
        edits=tuple(_edits(claim)),
        compared=compared,
        origin=_origin(claim, compared),
    )


def _origin(claim: Claim, compared: ComparedQuestion | None) -> ClaimOrigin:
    """Its origin among the figures that are compared on its own day, as the page of the question counts them."""
    if compared is None:
        return origin_of(claim, (), links_of_claim(claim))
    ids = {row.claim.id for row in compared.comparison.standings if row.is_compared}
    beside = [row for row in compared.own if row.public_id in ids]
    return origin_of(claim, beside, compared.bases)


def _seen(claim: Claim | None) -> Claim | None:
    return claim if claim is not None and claim.was_public else None


def _hanging(claims: Any) -> Iterable[Claim]:
    """Parts or successors that readers may see, oldest first."""
    rows: Iterable[Claim] = (
        claims.filter(status__in=PUBLIC)
        .select_related("claimant", "place", "question")
        .order_by("placed_last", "stated_last", "public_id")
    )
    return rows


def _bases(claim: Claim) -> tuple[Basis, ...]:
    rows = Basis.objects.of_claims([claim]).filter(Q(target_claim=None) | Q(target_claim__status__in=PUBLIC))
    return tuple(rows.select_related("target_claim__claimant", "target_actor"))


def _compared(claim: Claim, facts: ClaimFacts, places: Places, today: date) -> ComparedQuestion | None:
    day = own_day(facts)
    if day is None or not claim.is_published:
        return None
    return compare_question(claim.question, ComparisonQuery(on=day), places=places, today=today)


# --- history


def _edits(claim: Claim) -> Iterable[Edit]:
    """The newest changes of the row, from the table that its triggers fill; one more is loaded to compare with."""
    events: Any = apps.get_model("claims", "ClaimEvent")._default_manager
    kept = events.filter(pgh_obj=claim.pk).select_related("pgh_context").order_by("-pgh_id")
    rows = list(kept[: MOST_EDITS + 1])
    names = _user_names({_user(row) for row in rows} - {None})
    for newer, older in zip(rows[:MOST_EDITS], [*rows[1:], None], strict=False):
        if what := _what(newer, older):
            yield Edit(at=newer.pgh_created_at, by=names.get(_user(newer), ""), what=what)


def _user(event: Any) -> Any:
    """Primary key of whoever was signed in, as the middleware noted it; None in a command."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _user_names(keys: set[Any]) -> Mapping[Any, str]:
    """Full names by key; login names are for signing in, not for readers."""
    users = get_user_model()._default_manager.in_bulk(list(keys)) if keys else {}
    return {key: user.get_full_name() for key, user in users.items()}


def _what(newer: Any, older: Any) -> str:
    """What an event changed, in words; empty for a change of nothing."""
    if newer.pgh_label == "insert":
        return "Record created"
    if older is None:
        return ""
    changed = [
        field
        for field in newer._meta.concrete_fields
        if field.name not in _EVENT_ONLY and _differs(field, newer, older)
    ]
    names = [_field_words(field.name, newer) for field in changed if field.name not in _FOLLOWS]
    return f"Changed {', '.join(names)}" if names else ""


def _differs(field: Any, newer: Any, older: Any) -> bool:
    return bool(getattr(newer, field.attname) != getattr(older, field.attname))


def _field_words(name: str, newer: Any) -> str:
    """A column as editors know it; of the status also what it became."""
    if name == "status":
        return f"status: {_STATUS_WORDS[ClaimStatus(newer.status)]}"
    return str(column_of(Claim, name).verbose_name)
