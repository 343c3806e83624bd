"""Who stands on what on a position date (model.md §4, "Who stands").

A claimant stands, per question and place, on its latest claim; projections also per as-of period. Plans and
hypotheticals never stand. Latest means: placed last, then stated last; claims that tie on both all stand, because
nothing says which of them to prefer. A claim that is part of a total of the same question and place is a sub-count: it
never stands itself, it only serves as part of its total.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from apps.domain.claims import ClaimFacts
from apps.domain.vocabulary import FORWARD, OBSERVED, Nature, RevisionKind


class Dated(NamedTuple):
    """A claim with the days that its dates mean.

    `first` and `last` bound the placed period, `stated` is the last day that stated-on may mean, and from
    `known_on` onwards the claim is eligible.
    """

    claim: ClaimFacts
    first: date
    last: date
    stated: date | None
    known_on: date

    @property
    def is_projection(self) -> bool:
        return self.claim.nature is Nature.PROJECTION

    @property
    def recency(self) -> tuple[date, date]:
        """The order of "latest". A claim whose day of statement is unknown comes before one that has it."""
        return self.last, self.stated or date.min


def dated(claim: ClaimFacts) -> Dated | None:
    """The claim with its days; None when it has neither an as-of nor a day stated, and so never stands.

    A claim about the past is eligible once its period has ended and it was stated. One that looks forward is
    eligible once it was stated; when that day is unknown, from the first day that it is about.
    """
    placed = claim.placed
    if placed is None:
        return None
    first, last = placed.first, placed.last
    stated = None if claim.stated_on is None else claim.stated_on.last
    known_on = stated or first if claim.nature in FORWARD else max(last, stated or last)
    return Dated(claim, first, last, stated, known_on)


def eligible(records: Iterable[Dated], on: date) -> list[Dated]:
    """The claims that could be known on the day `on`, superseded ones among them."""
    return [record for record in records if record.known_on <= on]


def in_force(records: Iterable[Dated], on: date) -> list[Dated]:
    """The eligible claims that no eligible claim supersedes.

    A superseder counts wherever it is: it may be about another place or question. One that withdraws takes the
    other claim away without taking its place.
    """
    known = eligible(records, on)
    superseded = {record.claim.supersedes for record in known}
    return [
        record
        for record in known
        if record.claim.id not in superseded and record.claim.revision_kind is not RevisionKind.WITHDRAWN
    ]


def is_sub_count(claim: ClaimFacts, by_id: Mapping[str, ClaimFacts]) -> bool:
    """Whether the claim counts a part of a total that has the same question and the same place."""
    scope = claim.part_of_scope
    if scope is None and claim.part_of is not None and claim.part_of in by_id:
        total = by_id[claim.part_of]
        scope = (total.question, total.place)
    return scope == (claim.question, claim.place)


def standing(records_in_force: Iterable[Dated], by_id: Mapping[str, ClaimFacts], on: date) -> list[Dated]:
    """The claims that stand on the day `on`, out of those in force.

    A projection stands until the period that it is about has ended. `by_id` finds the totals of sub-counts.
    """
    latest: dict[tuple[object, ...], list[Dated]] = {}
    for record in records_in_force:
        if not can_stand(record, on) or is_sub_count(record.claim, by_id):
            continue
        rivals = latest.setdefault(_key(record), [record])
        if record.recency > rivals[0].recency:
            rivals[:] = [record]
        elif record.recency == rivals[0].recency and record is not rivals[0]:
            rivals.append(record)
    return [record for rivals in latest.values() for record in rivals]


def can_stand(record: Dated, on: date) -> bool:
    """Whether claims of this nature stand on that day at all."""
    return record.claim.nature in OBSERVED or (record.is_projection and record.last >= on)


def _key(record: Dated) -> tuple[object, ...]:
    claim = record.claim
    period = (record.first, record.last) if record.is_projection else ()
    return (claim.claimant, claim.question, claim.place, *period)
