from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.domain.claims import ClaimFacts, QuestionFacts, Situation
from apps.domain.comparison import compare
from apps.domain.results import Contradiction, Relation
from apps.domain.vocabulary import Measure, Nature, Qualifier
from tests.domain.claim_examples import (
    THOUSANDS,
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
from tests.domain.oracle import contradicting_pairs
from tests.domain.random_situations import situations

KILLED, LOSSES = question("killed", broader="losses"), question("losses")
TOTAL = question("present", Measure.CUMULATIVE)
FLOW = question("present", Measure.FLOW)


def pairs(
    *claims: ClaimFacts, asked: QuestionFacts | None = None, others: tuple[QuestionFacts, ...] = ()
) -> list[tuple[str, str, Relation]]:
    found = compare(situation(*claims, asked=asked, others=others)).contradictions
    return [(one.lower_claim, one.upper_claim, one.relation) for one in found]


def test_ends_that_touch_hold_together() -> None:
    assert pairs(claim("c1", at_least(10)), claim("c2", up_to(10))) == []


def test_ends_that_touch_contradict_if_one_is_exclusive() -> None:
    assert compare(situation(claim("c1", more_than(10)), claim("c2", up_to(10)))).contradictions == (
        Contradiction("c1", "c2", Decimal(0), Relation.SAME),
    )
    assert pairs(claim("c1", at_least(10)), claim("c2", less_than(10))) == [("c1", "c2", Relation.SAME)]


def test_an_inner_place_may_not_hold_more_than_the_outer_one() -> None:
    assert pairs(claim("c1", exactly(9), place="maryino"), claim("c2", exactly(5))) == [
        ("c1", "c2", Relation.NESTED_PLACE)
    ]


def test_an_inner_place_may_hold_less_and_siblings_what_they_like() -> None:
    assert pairs(claim("c1", exactly(3), place="kursk"), claim("c2", exactly(5))) == []
    assert pairs(claim("c1", exactly(3), place="kursk"), claim("c2", exactly(5), place="far-east")) == []


def test_a_narrower_question_shows_on_both_pages() -> None:
    killed, losses = (
        claim("c1", exactly(9), question="killed", place="kursk"),
        claim("c2", exactly(5), question="losses"),
    )
    expected = [("c1", "c2", Relation.NESTED_QUESTION)]
    assert pairs(killed, losses, asked=KILLED, others=(LOSSES,)) == expected
    assert pairs(killed, losses, asked=LOSSES, others=(KILLED,)) == expected


def test_a_narrower_question_about_a_wider_place_says_nothing() -> None:
    killed, losses = (
        claim("c1", exactly(9), question="killed"),
        claim("c2", exactly(5), question="losses", place="kursk"),
    )
    assert pairs(killed, losses, asked=KILLED, others=(LOSSES,)) == []


def test_questions_of_another_measure_or_unit_do_not_meet() -> None:
    killed, losses = claim("c1", exactly(9), question="killed"), claim("c2", exactly(5), question="losses")
    assert pairs(killed, losses, asked=KILLED, others=(question("losses", Measure.CUMULATIVE),)) == []
    assert pairs(killed, losses, asked=KILLED, others=(question("losses", unit="percent"),)) == []


def test_nobody_contradicts_itself() -> None:
    mine, ours = claim("c1", exactly(9), claimant="a"), claim("c2", exactly(5), claimant="b", joint=("a",))
    assert pairs(mine, ours) == []


def test_an_interpretation_is_never_compared() -> None:
    assert pairs(claim("c1", THOUSANDS), claim("c2", exactly(5))) == []


def test_a_later_total_may_be_higher_but_not_lower() -> None:
    before, after = {"as_of": "2024-10-01"}, {"as_of": "2024-11-01"}
    assert pairs(claim("c1", exactly(5), **before), claim("c2", exactly(9), **after), asked=TOTAL) == []
    fallen = pairs(claim("c1", exactly(9), **before), claim("c2", exactly(5), **after), asked=TOTAL)
    assert fallen == [("c1", "c2", Relation.EARLIER_LATER)]


def test_a_later_total_of_an_inner_place_may_exceed_an_earlier_one_around_it() -> None:
    inner = claim("c1", exactly(9), place="kursk", as_of="2024-11-01")
    assert pairs(inner, claim("c2", exactly(5), as_of="2024-10-01"), asked=TOTAL) == []
    later = claim("c2", exactly(5), as_of="2024-11-02")
    assert pairs(inner, later, asked=TOTAL) == [("c1", "c2", Relation.NESTED_PLACE)]


def test_totals_of_the_same_month_are_the_same_time() -> None:
    month = {"as_of": "2024-10"}
    same = pairs(claim("c1", exactly(9), **month), claim("c2", exactly(5), **month), asked=TOTAL)
    assert same == [("c1", "c2", Relation.SAME)]


def test_a_total_within_the_others_month_may_be_earlier_or_later() -> None:
    within = claim("c1", exactly(9), as_of="2024-10-10")
    assert pairs(within, claim("c2", exactly(5), as_of="2024-10"), asked=TOTAL) == []


def test_flows_over_the_same_period_only() -> None:
    october, september = {"as_of": "2024-10-01/2024-10-31"}, {"as_of": "2024-09-01/2024-09-30"}
    first, second = claim("c1", exactly(9), **october), claim("c2", exactly(5), as_of="2024-10-02/2024-10-30")
    assert pairs(first, second, asked=FLOW) == [("c1", "c2", Relation.SAME)]
    assert pairs(first, claim("c2", exactly(5), **september), asked=FLOW) == []


def test_flows_near_the_page_s_period_but_not_near_each_other_are_no_pair() -> None:
    middle = claim("c0", exactly(9), as_of="2024-10-04/2024-10-31")
    early, late = (
        claim("c1", exactly(9), as_of="2024-10-01/2024-10-29"),
        claim("c2", exactly(5), as_of="2024-10-07/2024-10-30"),
    )
    assert pairs(middle, early, late, asked=FLOW) == [("c0", "c2", Relation.SAME)]


def test_projections_meet_only_about_the_same_place_and_period() -> None:
    ahead = {"nature": Nature.PROJECTION, "as_of": "2024-12", "stated": "2024-11-01"}
    one, other = claim("c1", exactly(9), **ahead), claim("c2", exactly(5), **ahead)
    assert pairs(one, other) == [("c1", "c2", Relation.SAME)]
    assert pairs(replace(one, place="kursk"), other) == []
    assert pairs(one, claim("c3", exactly(5))) == []


def test_a_sub_count_bounds_what_others_say_about_its_total() -> None:
    total = claim("c1", THOUSANDS, claimant="a")
    part = claim("c2", exactly(9), claimant="a", part_of="c1")
    assert pairs(total, part, claim("c3", exactly(5))) == [("c2", "c3", Relation.PART)]


def test_a_part_from_before_the_window_bounds_nothing() -> None:
    total = claim("c1", THOUSANDS, claimant="a")
    part = claim("c2", exactly(9), claimant="a", part_of="c1", as_of="2024-10-01")
    assert pairs(total, part, claim("c3", exactly(5))) == []


def test_a_part_of_a_replaced_total_bounds_nothing() -> None:
    total, part = claim("c1", THOUSANDS, claimant="a"), claim("c2", exactly(9), claimant="a", part_of="c1")
    newer = claim("c4", exactly(5), claimant="a", supersedes="c1")
    assert pairs(total, part, newer, claim("c3", exactly(5))) == []


def test_an_inner_place_that_is_a_part_too_is_one_pair() -> None:
    total = claim("c1", exactly(9), claimant="a")
    part = claim("c2", exactly(9), claimant="a", part_of="c1", place="kursk")
    assert pairs(total, part, claim("c3", exactly(5))) == [
        ("c1", "c3", Relation.SAME),
        ("c2", "c3", Relation.NESTED_PLACE),
    ]


def test_a_part_in_another_place_bounds_its_total_s_place() -> None:
    total = claim("c1", THOUSANDS, claimant="a")
    part = claim("c2", exactly(9), claimant="a", part_of="c1", place="front-line")
    assert pairs(total, part, claim("c3", exactly(5))) == [("c2", "c3", Relation.PART)]


def test_the_widest_gap_comes_first() -> None:
    assert pairs(claim("c1", exactly(3)), claim("c2", exactly(5)), claim("c3", exactly(9))) == [
        ("c3", "c1", Relation.SAME),
        ("c3", "c2", Relation.SAME),
        ("c2", "c1", Relation.SAME),
    ]


@settings(max_examples=500)
@given(situations())
def test_the_pairs_are_those_of_the_definition(asked: Situation) -> None:
    found = {(one.lower_claim, one.upper_claim, one.gap, one.relation) for one in compare(asked).contradictions}
    assert found == contradicting_pairs(asked)


@given(situations(), st.data())
def test_widening_a_figure_never_makes_a_contradiction(asked: Situation, data: st.DataObject) -> None:
    ranges = [one for one in asked.claims if one.figure.qualifier is Qualifier.BETWEEN]
    assume(ranges)
    chosen = data.draw(st.sampled_from(ranges))
    assert chosen.figure.lower is not None
    assert chosen.figure.upper is not None
    low = chosen.figure.lower - data.draw(st.integers(0, 5))
    wider = replace(chosen, figure=between(int(low), int(chosen.figure.upper) + data.draw(st.integers(0, 5))))
    claims = tuple(wider if one is chosen else one for one in asked.claims)
    before, after = compare(asked), compare(replace(asked, claims=claims))
    assert _pairs(after.contradictions) <= _pairs(before.contradictions)


def _pairs(contradictions: tuple[Contradiction, ...]) -> set[tuple[str, str]]:
    return {(one.lower_claim, one.upper_claim) for one in contradictions}


def test_ten_thousand_totals_that_grow_are_not_tried_pair_by_pair() -> None:
    """Four a day: each day's six pairs differ, and 50 million others are held apart by their time. Takes 2 seconds."""
    days = [f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(2500)]
    totals = [claim(f"c{n:05}", exactly(n + 1), as_of=days[n // 4]) for n in range(10000)]
    assert len(pairs(*totals, asked=TOTAL)) == 6 * 2500


def test_only_the_widest_gaps_say_what_holds_without_either_claim() -> None:
    found = compare(situation(*(claim(f"c{n}", exactly(n)) for n in range(10))))
    assert len(found.contradictions) == 45
    assert [one.pair for one in found.left_out] == [pair for pair in found.contradictions[:20] for _ in range(2)]


def test_running_totals_of_nested_questions_need_beginnings_that_nest() -> None:
    def clash(inner: str | None, outer: str | None, measure: Measure = Measure.CUMULATIVE) -> bool:
        killed = question("killed", measure, broader="harmed", since=inner)
        harmed = question("harmed", measure, since=outer)
        claims = (claim("c1", exactly(9), question="killed"), claim("c2", exactly(5), question="harmed"))
        asked = [situation(*claims, asked=one, others=(other,)) for one, other in ((killed, harmed), (harmed, killed))]
        one, other = (bool(compare(each).contradictions) for each in asked)
        assert one == other
        return one

    assert clash(None, None)
    assert clash("2024-10", "2024-10-01")
    assert clash("2024-11", "2024-10")
    assert not clash("2024-10", "2024-11")
    assert not clash("2024-10", None)
    assert not clash(None, "2024-10")
    assert clash("2024-10", None, Measure.STOCK)
