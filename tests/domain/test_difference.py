"""What changed between two states of a question."""

from dataclasses import replace

from hypothesis import given

from apps.domain.claims import ClaimFacts, Situation
from apps.domain.difference import Change, ChangeKind, difference
from apps.domain.vocabulary import RevisionKind
from tests.domain.claim_examples import about, at_least, claim
from tests.domain.random_situations import situations


def state(*claims: ClaimFacts) -> dict[str, ClaimFacts]:
    return {one.id: one for one in claims}


def test_a_new_claim_is_added() -> None:
    new = claim("c2", about(12))
    assert difference(state(claim("c1", about(10))), state(claim("c1", about(10)), new)) == (
        Change(ChangeKind.ADDED, "c2", None, new),
    )


def test_a_claim_that_supersedes_one_that_was_there_is_a_revision_of_it() -> None:
    old = claim("c1", about(10))
    new = replace(claim("c2", about(12)), supersedes="c1", revision_kind=RevisionKind.UPDATED)
    assert difference(state(old), state(old, new)) == (Change(ChangeKind.REVISED, "c2", old, new),)


def test_a_claim_that_supersedes_one_that_was_not_there_is_added() -> None:
    new = replace(claim("c2", about(12)), supersedes="c1", revision_kind=RevisionKind.UPDATED)
    assert [change.kind for change in difference({}, state(new))] == [ChangeKind.ADDED]


def test_a_claim_that_its_claimant_took_back_is_withdrawn() -> None:
    old = claim("c1", about(10))
    new = replace(claim("c2", about(10)), supersedes="c1", revision_kind=RevisionKind.WITHDRAWN)
    assert difference(state(old), state(old, new)) == (Change(ChangeKind.WITHDRAWN, "c1", old, None),)


def test_a_claim_that_is_gone_is_withdrawn() -> None:
    old = claim("c1", about(10))
    assert difference(state(old), {}) == (Change(ChangeKind.WITHDRAWN, "c1", old, None),)


def test_the_same_claim_kept_differently_is_corrected_and_the_fields_are_named() -> None:
    old = claim("c1", about(10))
    new = replace(old, figure=at_least(10), place="kursk")
    assert difference(state(old), state(new)) == (Change(ChangeKind.CORRECTED, "c1", old, new, ("place", "figure")),)


def test_a_revision_of_a_revision_is_one_of_what_was_there() -> None:
    old = claim("c1", about(10))
    second = replace(claim("c2", about(11)), supersedes="c1", revision_kind=RevisionKind.UPDATED)
    third = replace(claim("c3", about(12)), supersedes="c2", revision_kind=RevisionKind.UPDATED)
    found = difference(state(old), state(third), between=state(old, second, third))
    assert found == (Change(ChangeKind.REVISED, "c3", old, third),)


@given(situations(), situations())
def test_every_claim_that_differs_is_told_of_once(one: Situation, other: Situation) -> None:
    before, after = state(*one.claims), state(*other.claims)
    changed = {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}
    found = difference(before, after)
    told = {change.claim for change in found} | {change.old.id for change in found if change.old}
    # One that took another back is told of by what it took back.
    takers = {
        new.id for new in after.values() if new.revision_kind is RevisionKind.WITHDRAWN and new.supersedes in before
    }
    assert changed - takers <= told
    assert difference(before, before) == ()
