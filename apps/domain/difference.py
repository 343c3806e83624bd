"""What changed between two states of a question's claims: two knowledge dates, or two position dates.

* `added`: a claim that was not there and supersedes none that was.
* `revised`: a claim that was not there and supersedes one that was: its claimant spoke again.
* `withdrawn`: a claim that was there and is not, or that its claimant has taken back.
* `corrected`: the same claim, kept differently: our row was wrong or incomplete, not the claimant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from apps.domain.claims import ClaimFacts
from apps.domain.vocabulary import RevisionKind


class ChangeKind(StrEnum):
    """What happened to a claim; the order in which changes are listed."""

    ADDED = "added"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `old` and `new` are the claim before and after; one of them is None where there is none.

    `old` of a revision is the claim that was superseded. `fields` names what a correction changed, in the order of
    `ClaimFacts`.
    """

    kind: ChangeKind
    claim: str
    old: ClaimFacts | None
    new: ClaimFacts | None
    fields: tuple[str, ...] = ()


def difference(before: Mapping[str, ClaimFacts], after: Mapping[str, ClaimFacts]) -> tuple[Change, ...]:
    """The changes from one state to another, each a mapping of claim ids to claims; by kind, then by claim."""
    found = [*_arrivals(before, after), *_departures(before, after), *_corrections(before, after)]
    return tuple(sorted(found, key=lambda change: (list(ChangeKind).index(change.kind), change.claim)))


def _arrivals(before: Mapping[str, ClaimFacts], after: Mapping[str, ClaimFacts]) -> Iterator[Change]:
    for claim in (after[id_] for id_ in after.keys() - before.keys()):
        old = before.get(claim.supersedes or "")
        if old is not None and claim.revision_kind is RevisionKind.WITHDRAWN:
            yield Change(ChangeKind.WITHDRAWN, old.id, old, None)
        else:
            yield Change(ChangeKind.ADDED if old is None else ChangeKind.REVISED, claim.id, old, claim)


def _departures(before: Mapping[str, ClaimFacts], after: Mapping[str, ClaimFacts]) -> Iterator[Change]:
    for id_ in before.keys() - after.keys():
        yield Change(ChangeKind.WITHDRAWN, id_, before[id_], None)


def _corrections(before: Mapping[str, ClaimFacts], after: Mapping[str, ClaimFacts]) -> Iterator[Change]:
    for id_ in before.keys() & after.keys():
        old, new = before[id_], after[id_]
        changed = tuple(
            field.name for field in fields(ClaimFacts) if getattr(old, field.name) != getattr(new, field.name)
        )
        if changed:
            yield Change(ChangeKind.CORRECTED, id_, old, new, changed)
