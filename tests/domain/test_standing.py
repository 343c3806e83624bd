from dataclasses import replace
from datetime import date

from apps.domain.claims import ClaimFacts
from apps.domain.comparison import compare
from apps.domain.standing import Dated, dated
from apps.domain.vocabulary import Nature, RevisionKind
from tests.domain.claim_examples import ON, claim, exactly, question, situation


def standing(*claims: ClaimFacts, on: date = ON) -> list[str]:
    found = compare(situation(*claims, others=(question("sent"),), on=on)).standings
    return sorted(one.claim.id for one in found)


def known_on(one: ClaimFacts) -> date:
    record = dated(one)
    assert record is not None
    return record.known_on


def test_a_claimant_stands_on_its_latest_claim_by_what_it_is_about() -> None:
    older = claim("c1", exactly(1), claimant="a", as_of="2024-11-03", stated="2024-11-05")
    newer = claim("c2", exactly(2), claimant="a", as_of="2024-11-04", stated="2024-11-04")
    assert standing(older, newer) == ["c2"]


def test_of_two_about_the_same_time_the_later_stated_stands() -> None:
    first = claim("c1", exactly(1), claimant="a", stated="2024-11-05")
    undated = claim("c2", exactly(2), claimant="a")
    assert standing(first, undated) == ["c1"]


def test_claims_that_tie_all_stand() -> None:
    assert standing(claim("c1", exactly(1), claimant="a"), claim("c2", exactly(2), claimant="a")) == ["c1", "c2"]


def test_places_and_natures_that_observe() -> None:
    here, there = claim("c1", exactly(1), claimant="a"), claim("c2", exactly(2), claimant="a", place="kursk")
    counted = claim("c3", exactly(3), claimant="a", as_of="2024-11-04", nature=Nature.COUNT)
    assert standing(here, there, counted) == ["c1", "c2"]


def test_nothing_stands_before_it_is_over_and_said() -> None:
    month = claim("c1", exactly(1), as_of="2024-11")
    late = claim("c2", exactly(2), as_of="2024-11-01", stated="2024-11-06")
    assert standing(month, late) == []
    assert (known_on(month), known_on(late)) == (date(2024, 11, 30), date(2024, 11, 6))


def test_a_claim_without_as_of_is_placed_by_the_day_it_was_stated() -> None:
    assert standing(claim("c1", exactly(1), as_of=None, stated="2024-11-05")) == ["c1"]


def test_a_claim_without_any_date_never_stands() -> None:
    assert dated(claim("c1", exactly(1), as_of=None)) is None


def test_a_superseded_claim_stands_until_its_successor_is_known() -> None:
    old = claim("c1", exactly(1), claimant="a", as_of="2024-11-01")
    new = claim("c2", exactly(2), claimant="b", place="kursk", as_of="2024-11-03", supersedes="c1")
    assert standing(old, new, on=date(2024, 11, 2)) == ["c1"]
    assert standing(old, new) == ["c2"]


def test_what_was_replaced_does_not_return_when_its_successor_is_replaced() -> None:
    first = claim("c1", exactly(1), claimant="a", as_of="2024-11-01")
    second = claim("c2", exactly(2), claimant="a", as_of="2024-11-02", supersedes="c1")
    third = claim("c3", exactly(3), claimant="a", as_of="2024-11-03", place="kursk", supersedes="c2")
    assert standing(first, second, third) == ["c3"]


def test_a_withdrawal_leaves_nothing_standing() -> None:
    old = claim("c1", exactly(1), claimant="a", as_of="2024-11-01")
    gone = claim("c2", exactly(1), claimant="a", as_of="2024-11-02", supersedes="c1", kind=RevisionKind.WITHDRAWN)
    assert standing(old, gone) == []
    assert standing(old, gone, on=date(2024, 11, 1)) == ["c1"]


def test_a_sub_count_never_stands_and_is_not_listed_apart() -> None:
    total, part = claim("c1", exactly(9), claimant="a"), claim("c2", exactly(5), claimant="a", part_of="c1")
    assert standing(total, part) == ["c1"]
    assert compare(situation(total, part)).apart == ()


def test_a_part_in_another_place_stands_there() -> None:
    total = claim("c1", exactly(9), claimant="a")
    assert standing(total, claim("c2", exactly(5), claimant="a", part_of="c1", place="kursk")) == ["c1", "c2"]


def test_projections_stand_by_period_from_when_they_are_stated_until_it_ends() -> None:
    ahead = {"nature": Nature.PROJECTION, "claimant": "a", "stated": "2024-11-01"}
    near, far = claim("c1", exactly(1), as_of="2024-11-04", **ahead), claim("c2", exactly(2), as_of="2024-12", **ahead)
    now = claim("c3", exactly(3), claimant="a", as_of="2024-11-01")
    assert standing(near, far, now, on=date(2024, 10, 31)) == []
    assert standing(near, far, now, on=date(2024, 11, 4)) == ["c1", "c2", "c3"]
    assert standing(near, far, now) == ["c2", "c3"]


def test_a_forward_claim_of_an_unknown_day_counts_from_the_start_of_its_period() -> None:
    assert known_on(claim("c1", exactly(1), as_of="2024-12", nature=Nature.PLAN)) == date(2024, 12, 1)


def test_recency_puts_an_unknown_day_of_statement_first() -> None:
    known, unknown = dated(claim("c1", exactly(1), stated="2024-11-05")), dated(claim("c2", exactly(1)))
    assert isinstance(known, Dated)
    assert isinstance(unknown, Dated)
    assert unknown.recency < known.recency


def test_a_part_of_a_total_that_is_not_published_does_not_stand_for_the_whole() -> None:
    part = replace(claim("c1", exactly(500), part_of="c9"), part_of_scope=("present", "russia"))
    elsewhere = replace(claim("c2", exactly(500), part_of="c9"), part_of_scope=("present", "kursk"))
    assert standing(part, elsewhere) == ["c2"]
