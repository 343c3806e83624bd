"""What a feed tells of: the claims and corrections that were changed last, found in the histories.

The last change of a claim is the last event of its own row or of a row that an entry prints with it: a joint claimant,
a citation, a relay. Events are walked from the newest back, so that the cost is that of the page and not of all that
changed before; within a transaction they are ordered by their keys, as all of them bear the moment at which it began.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Value

from apps.actors.models import Slugged
from apps.claims.models import Citation, Claim, Correction, JointClaimant, Relay
from apps.claims.querysets import ClaimQuerySet, CorrectionQuerySet

#: The histories whose events change the entry of a claim, and the way from such an event to the claim.
CLAIM_HISTORIES = (
    ("ClaimEvent", "pgh_obj"),
    ("JointClaimantEvent", "claim"),
    ("CitationEvent", "claim"),
    ("RelayEvent", "citation__claim"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose changes a feed tells of; no claims at all in the feed of corrections."""

    corrections: CorrectionQuerySet
    claims: ClaimQuerySet | None = None


@dataclass(frozen=True, slots=True)
class Changed[Row: (Claim, Correction)]:
    """A claim or a correction, when readers could first see it here, and when it was last changed."""

    row: Row
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    """The last event of an entry in one history; in the order of time, and within a transaction of writing."""

    at: datetime
    history: int
    key: int
    is_correction: bool
    row: int


def last_changed(scope: Scope, *, first: int, most: int) -> list[Changed[Claim] | Changed[Correction]]:
    """The entries from place `first` on (from 0) among all of a scope, the last changed first, `most` at most.

    At most seven queries, however many entries there are.
    """
    events = sorted(_last_events(scope, most=first + most), reverse=True)[first : first + most]
    claims = _claims(event.row for event in events if not event.is_correction)
    corrections = _corrections(event.row for event in events if event.is_correction)
    found = [
        _correction(corrections[event.row], event) if event.is_correction else _claim(claims[event.row], event)
        for event in events
    ]
    return sorted(found, key=lambda changed: changed.updated, reverse=True)


def _last_events(scope: Scope, *, most: int) -> Iterable[_Event]:
    """The last event of each entry; at least of all those that are among the `most` last changed. One query."""
    first, *others = _walks(scope, most)
    found: dict[tuple[bool, int], _Event] = {}
    for at, history, key, is_correction, row in first.union(*others, all=True) if others else first:
        event = _Event(at, history, key, is_correction, row)
        entry = (is_correction, row)
        found[entry] = max(event, found.get(entry, event))
    return found.values()


def _walks(scope: Scope, most: int) -> Iterator[QuerySet[Any, Any]]:
    """One query for each history, from the newest event back."""
    yield _walk("CorrectionEvent", "pgh_obj", scope.corrections, most, history=0)
    if scope.claims is not None:
        for history, (name, way) in enumerate(CLAIM_HISTORIES, start=1):
            yield _walk(name, way, scope.claims, most, history=history)


def _walk(name: str, way: str, rows: QuerySet[Any], most: int, *, history: int) -> QuerySet[Any, Any]:
    """The events without a later one of the same entry."""
    events: Any = apps.get_model("claims", name)._default_manager
    later = events.filter(**{way: OuterRef(way)}, pgh_id__gt=OuterRef("pgh_id"))
    last = events.filter(~Exists(later), **{f"{way}__in": rows.order_by().values("pk")})
    marks = (Value(history), F("pgh_id"), Value(history == 0), F(way))
    walked: QuerySet[Any, Any] = last.order_by("-pgh_id").values_list("pgh_created_at", *marks)[:most]
    return walked


def _first_public(claim: str) -> Subquery:
    """When the claim of an outer row was first published here; what came in as retracted was public from then on."""
    events: Any = apps.get_model("claims", "ClaimEvent")._default_manager
    public = events.filter(pgh_obj=OuterRef(claim), status__in=("published", "retracted"))
    return Subquery(public.order_by("pgh_id").values("pgh_created_at")[:1])


def _claims(keys: Iterable[int]) -> dict[int, Any]:
    printed = Citation.objects.select_related("source__publisher").order_by("-is_primary", "public_id")
    through = Prefetch("relays", Relay.objects.select_related("actor"))
    rows = Claim.objects.with_scope().prefetch_related(Prefetch("citations", printed.prefetch_related(through)))
    return rows.annotate(first_public=_first_public("pk")).in_bulk(list(keys))


def _corrections(keys: Iterable[int]) -> dict[int, Any]:
    events: Any = apps.get_model("claims", "CorrectionEvent")._default_manager
    recorded = events.filter(pgh_obj=OuterRef("pk")).order_by("pgh_id").values("pgh_created_at")[:1]
    rows = Correction.objects.with_claims().prefetch_related(
        Prefetch("claim__joint", JointClaimant.objects.select_related("actor"))
    )
    rows = rows.annotate(recorded=Subquery(recorded), first_public=_first_public("claim"))
    return rows.in_bulk(list(keys))


def _claim(row: Any, event: _Event) -> Changed[Claim]:
    return Changed(row, row.first_public, max(event.at, row.first_public))


def _correction(row: Any, event: _Event) -> Changed[Correction]:
    """A correction shows when it is recorded, but not before its claim does."""
    published = max(filter(None, (row.recorded, row.first_public)))
    return Changed(row, published, max(event.at, published))


def first_known(row: Slugged) -> tuple[str, datetime]:
    """The slug that an entity had first, which stays whatever it is called now, and when it was recorded."""
    events: Any = apps.get_model(row._meta.app_label, f"{row._meta.object_name}Event")._default_manager
    known: tuple[str, datetime] = (
        events.filter(pgh_obj=row.pk).order_by("pgh_id").values_list("slug", "pgh_created_at")[0]
    )
    return known
