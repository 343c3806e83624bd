from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.domain.agreement import Bounds, agreements
from apps.domain.claims import ClaimFacts
from apps.domain.comparison import compare
from apps.domain.contradictions import lower_cut, upper_cut
from apps.domain.figures import Interval
from apps.domain.results import Agreement
from apps.domain.vocabulary import Measure
from tests.domain.claim_examples import (
    at_least,
    between,
    claim,
    exactly,
    less_than,
    more_than,
    question,
    situation,
    up_to,
)


def russia(*claims: ClaimFacts, measure: Measure = Measure.STOCK) -> list[tuple[object, ...]]:
    """Lower end, upper end, n and of of every agreement about Russia."""
    found = compare(situation(*claims, asked=question("present", measure))).agreements
    return [(one.interval.lower, one.interval.upper, one.n, one.of) for one in found if one.place == "russia"]


def test_one_claim_agrees_with_nobody() -> None:
    assert russia(claim("c1", exactly(5))) == []


def test_claims_of_which_no_two_hold_together_agree_nowhere() -> None:
    assert russia(claim("c1", exactly(5)), claim("c2", exactly(6))) == []


def test_an_agreement_may_be_open() -> None:
    assert russia(claim("c1", at_least(5)), claim("c2", more_than(7))) == [(7, None, 2, 2)]


def test_ties_give_several_agreements_from_low_to_high() -> None:
    some = (claim("c1", exactly(9)), claim("c2", exactly(2)), claim("c3", between(1, 9)))
    assert russia(*some) == [(2, 2, 2, 3), (9, 9, 2, 3)]


def test_agreements_with_nothing_between_them_are_one() -> None:
    some = (claim("c1", between(1, 9)), claim("c2", up_to(5)), claim("c3", more_than(5)))
    assert russia(*some) == [(1, 9, 2, 3)]


def test_agreements_with_one_number_between_them_stay_two() -> None:
    some = (claim("c1", between(1, 9)), claim("c2", less_than(5)), claim("c3", more_than(5)))
    assert russia(*some) == [(1, 5, 2, 3), (5, 9, 2, 3)]


def test_an_inner_place_narrows_from_below_and_adds_nothing_to_n() -> None:
    some = (claim("c1", between(1, 9)), claim("c2", between(1, 9)), claim("c3", at_least(4), place="maryino"))
    assert russia(*some) == [(4, 9, 2, 2)]


def test_an_inner_place_never_empties_the_agreement() -> None:
    some = (claim("c1", between(1, 9)), claim("c2", between(1, 9)), claim("c3", exactly(50), place="kursk"))
    assert russia(*some) == [(1, 9, 2, 2)]


def test_an_outer_place_changes_nothing_inside() -> None:
    some = (
        claim("c1", between(1, 9), place="kursk"),
        claim("c2", between(1, 9), place="kursk"),
        claim("c3", at_least(4)),
    )
    found = compare(situation(*some)).agreements
    assert [(one.place, one.interval) for one in found] == [("kursk", Interval(Decimal(1), Decimal(9)))]


def test_an_old_total_only_bounds_from_below() -> None:
    old, new = claim("c1", exactly(5), as_of="2024-10-01"), claim("c2", exactly(9))
    assert russia(old, new, measure=Measure.CUMULATIVE) == [(9, 9, 2, 2)]


def test_a_total_within_the_window_bounds_from_above() -> None:
    recent, new = claim("c1", exactly(5), as_of="2024-11-02"), claim("c2", exactly(9))
    assert russia(recent, new, measure=Measure.CUMULATIVE) == []


ends = st.one_of(st.none(), st.integers(0, 6).map(Decimal))
intervals = st.builds(Interval, ends, ends, st.booleans(), st.booleans())
#: Every number at which something can begin or end, and one between any two of them.
GRID = [Decimal(n) / 2 for n in range(-2, 16)]


@given(st.lists(intervals, max_size=7), st.lists(intervals, max_size=4))
def test_agreement_is_where_the_most_hold(own: list[Interval], inner: list[Interval]) -> None:
    lower_ends = [Interval(one.lower, None, one.lower_inclusive) for one in inner]
    found = agreements("x", [bounds(one) for one in own], [lower_cut(one) for one in inner])
    score = {x: (sum(x in one for one in own), sum(x in one for one in lower_ends)) for x in GRID}
    best = max(score.values())
    expected = [x for x in GRID if score[x] == best and best[0] > 1]
    assert [x for x in GRID if any(x in one.interval for one in found)] == expected
    assert {(one.n, one.of) for one in found} <= {(best[0], len(own))}
    assert all(_is_apart(*pair) for pair in pairwise(found))


def bounds(interval: Interval) -> Bounds:
    return Bounds(lower_cut(interval), upper_cut(interval))


def _is_apart(one: Agreement, other: Agreement) -> bool:
    """Whether `other` begins above `one`, with a number between them."""
    upper, lower = one.interval.upper, other.interval.lower
    if upper is None or lower is None:
        return False
    is_gap = not one.interval.upper_inclusive and not other.interval.lower_inclusive
    return upper < lower or (upper == lower and is_gap)
