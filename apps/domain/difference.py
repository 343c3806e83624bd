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


type State = Mapping[str, ClaimFacts]


def difference(before: State, after: State, between: State | None = None) -> tuple[Change, ...]:
    """The changes from one state to another, each a mapping of claim ids to claims; by kind, then by claim.

    `between` holds what came and was superseded again, where `after` does not: a revision of a revision is still told
    of as one of what was there.
    """
    arrivals = list(_arrivals(before, after, between or after))
    told = {change.old.id for change in arrivals if change.old is not None}
    departures = (change for change in _departures(before, after) if change.claim not in told)
    found = [*arrivals, *departures, *_corrections(before, after)]
    return tuple(sorted(found, key=lambda change: (list(ChangeKind).index(change.kind), change.claim)))


def _arrivals(before: State, after: State, between: State) -> Iterator[Change]:
    for claim in (after[id_] for id_ in after.keys() - before.keys()):
        old = _revised(claim, before, between)
        if old is not None and claim.revision_kind is RevisionKind.WITHDRAWN:
            yield Change(ChangeKind.WITHDRAWN, old.id, old, None)
        else:
            yield Change(ChangeKind.ADDED if old is None else ChangeKind.REVISED, claim.id, old, claim)


def _revised(claim: ClaimFacts, before: State, between: State) -> ClaimFacts | None:
    """The claim of the earlier state that this one supersedes, directly or through others."""
    seen = {claim.id}
    earlier = claim.supersedes
    while earlier is not None and earlier not in before and earlier not in seen:
        seen.add(earlier)
        earlier = between[earlier].supersedes if earlier in between else None
    return before.get(earlier or "")


def _departures(before: State, after: State) -> Iterator[Change]:
    for id_ in before.keys() - after.keys():
        yield Change(ChangeKind.WITHDRAWN, id_, before[id_], None)


def _corrections(before: State, after: State) -> Iterator[Change]:
    for id_ in before.keys() & after.keys():
        old, new = before[id_], after[id_]
        changed = tuple(
            field.name for field in fields(ClaimFacts) if getattr(old, field.name) != getattr(new, field.name)
        )
        if changed:
            yield Change(ChangeKind.CORRECTED, id_, old, new, changed)
