"""The query of a comparison: what may stand in its address, and how it is read (product.md)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from apps.domain.vocabulary import Qualifier
from apps.web.queries import QueryReader, moment_iso

#: `changes` is a page of its own; the comparison leads there.
VIEWS = ("day", "time", "side", "changes")
#: How far back the difference page looks when it is not told.
CHANGES_SINCE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """The filters of a comparison; an empty tuple or None lets everything through."""

    places: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    since: date | None = None
    until: date | None = None
    on: date | None = None
    known: datetime | None = None
    is_rolled_up: bool = False
    is_strict: bool = False
    view: str | None = None

    def encode(self, **changes: str | None) -> str:
        """The query as it stands in an address, in one order; `changes` set (or, with None, drop) single values."""
        pairs = [("place", place) for place in self.places]
        pairs += [("claimant", claimant) for claimant in self.claimants]
        pairs += [("qualifier", qualifier.value) for qualifier in self.qualifiers]
        single = {
            "from": self.since and self.since.isoformat(),
            "to": self.until and self.until.isoformat(),
            "on": self.on and self.on.isoformat(),
            "known": self.known and moment_iso(self.known),
            "rollup": "1" if self.is_rolled_up else None,
            "strict": "1" if self.is_strict else None,
            "view": self.view,
        }
        single |= changes
        pairs += [(name, value) for name, value in single.items() if value]
        return urlencode(pairs)

    def without_place(self, place: str) -> "ComparisonQuery":
        """The same query without one place."""
        return replace(self, places=tuple(one for one in self.places if one != place))

    def without_claimant(self, claimant: str) -> "ComparisonQuery":
        """The same query without one claimant."""
        return replace(self, claimants=tuple(one for one in self.claimants if one != claimant))

    def without_qualifier(self, qualifier: Qualifier) -> "ComparisonQuery":
        """The same query without one wording."""
        return replace(self, qualifiers=tuple(one for one in self.qualifiers if one != qualifier))

    @property
    def has_filters(self) -> bool:
        """Whether it leaves any claim out."""
        return bool(self.places or self.claimants or self.qualifiers or self.since or self.until)


def read_comparison_query(
    given: QueryDict, *, places: Collection[str], claimants: Collection[str], known: datetime | None = None
) -> ComparisonQuery:
    """Read the query string of a comparison.

    `places` and `claimants` are the slugs that exist. `from` and `to` may be partial and then mean their
    first and last day. `known` is the knowledge date of the request (`apps.comparisons.known`); the position date is
    then its day unless one is given. Raises BadQueryError with a sentence per parameter that cannot be read.
    """
    reader = QueryReader(given)
    since, until = reader.partial("from"), reader.partial("to")
    if since is not None and until is not None and since.first > until.last:
        reader.refuse("to", until.iso, f"a date that is not before {since.iso}, given as from")
    query = ComparisonQuery(
        places=reader.many("place", places, "the slug of a place, such as kursk-oblast"),
        claimants=reader.many("claimant", claimants, "the slug of a claimant, such as us-state"),
        qualifiers=tuple(
            Qualifier(value)
            for value in reader.many("qualifier", [q.value for q in Qualifier], f"one of {', '.join(Qualifier)}")
        ),
        since=since.first if since else None,
        until=until.last if until else None,
        on=reader.day("on") or (known and known.date()),
        known=known,
        is_rolled_up=reader.flag("rollup"),
        is_strict=reader.flag("strict"),
        view=reader.choice("view", VIEWS),
    )
    reader.finish()
    return query


@dataclass(frozen=True, slots=True)
class ChangesQuery:
    """Two states of a question: two knowledge dates (`known_since` to known), or two position dates (`on_since` to on).

    Exactly one of the two is set. `filters` holds the later state and the filters of a comparison; its `on` is set
    where days are compared. `is_default` when the address names no earlier state.
    """

    filters: ComparisonQuery
    known_since: datetime | None = None
    on_since: date | None = None
    is_default: bool = False

    def encode(self) -> str:
        """The query as it stands in an address."""
        known_since, on_since = self.known_since, self.on_since
        pairs = {
            "known_since": moment_iso(known_since) if known_since else None,
            "on_since": on_since.isoformat() if on_since else None,
        }
        return self.filters.encode(
            view=None, on=self.filters.on.isoformat() if on_since and self.filters.on else None, **pairs
        )


def read_changes_query(
    given: QueryDict, *, places: Collection[str], claimants: Collection[str], known: datetime | None, now: datetime
) -> ChangesQuery:
    """Read the query string of a difference; raises BadQueryError with a sentence per parameter that cannot be read.

    Without an earlier state it is the state of knowledge 30 days before the later one.
    """
    reader = QueryReader(given)
    later = known or now
    known_since = reader.moment("known_since", now=later)
    on_since = reader.day("on_since")
    on = reader.day("on") or later.date()
    if known_since is not None and on_since is not None:
        reader.refuse("on_since", on_since.isoformat(), "nothing beside known_since: one difference at a time")
    if on_since is not None and on_since > on:
        reader.refuse("on_since", on_since.isoformat(), f"a day that is not after {on.isoformat()}, the later one")
    reader.finish()
    filters = read_comparison_query(given, places=places, claimants=claimants, known=known)
    if on_since is not None:
        return ChangesQuery(replace(filters, on=on), on_since=on_since)
    is_default = known_since is None
    earlier = known_since or datetime.combine((later - CHANGES_SINCE).date(), time.max, UTC)
    return ChangesQuery(filters, known_since=earlier, is_default=is_default)
