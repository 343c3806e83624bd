from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.domain.claims import Settings, Situation
from apps.domain.comparability import Judged
from apps.domain.comparison import compare, judged_claims
from apps.domain.default_day import default_day
from apps.domain.results import Reason, Relation
from apps.domain.vocabulary import Measure, Nature
from tests.domain.claim_examples import (
    ON,
    THOUSANDS,
    about,
    at_least,
    bare,
    between,
    claim,
    exactly,
    more_than,
    nearly,
    question,
    situation,
    up_to,
)
from tests.domain.random_situations import situations

TROOPS_PRESENT = (
    claim("c001", THOUSANDS, claimant="rok", stated="2024-11-05"),
    claim("c002", more_than(10000), claimant="rok-mnd", stated="2024-11-05"),
    claim("c013", between(11000, 12000, hedged=True), claimant="us-dod", as_of="2024-11-04", stated="2024-11-04"),
    claim("c065", about(12000), claimant="ua-mod", stated="2024-11-05"),
    claim("c059", up_to(8000), claimant="us-state", as_of="2024-10-31", place="kursk"),
    claim("c012", up_to(10000), claimant="us-state", as_of="2024-11-04", place="kursk", supersedes="c059"),
    claim("c014", at_least(10000), claimant="us-dod", as_of="2024-11-04", place="kursk", part_of="c013"),
    claim("c061", about(8000), claimant="us-mission-un", as_of="2024-10-31", place="kursk"),
    claim("c064", bare("already 11,000", 11000), claimant="ua-president", as_of="2024-11-04", place="kursk"),
)
TROOPS_SENT = (
    claim("c030", about(3000), as_of="2024-10-23", stated="2024-10-23", question="sent"),
    claim("c034", nearly(12000), as_of=None, stated="2024-10-24", question="sent"),
    claim("c040", about(10000), as_of=None, stated="2024-10-28", question="sent"),
    claim("c055", at_least(11000), as_of="2024-10-30", stated="2024-10-30", question="sent"),
    claim("c058", bare("10,000", 10000), as_of=None, stated="2024-10-31", question="sent"),
)
SENT = question("sent", Measure.CUMULATIVE)


def pairs(asked: Situation) -> list[tuple[str, str, int, Relation]]:
    found = compare(asked).contradictions
    return [(one.lower_claim, one.upper_claim, int(one.gap), one.relation) for one in found]


def test_as_many_as_10_000_and_already_11_000_in_kursk_cannot_both_hold() -> None:
    assert pairs(situation(*TROOPS_PRESENT)) == [("c064", "c012", 500, Relation.SAME)]


def test_strictly_they_are_1000_apart() -> None:
    assert pairs(situation(*TROOPS_PRESENT, is_strict=True)) == [("c064", "c012", 1000, Relation.SAME)]


def test_all_three_figures_for_russia_hold_from_10_800_to_13_200() -> None:
    russia = compare(situation(*TROOPS_PRESENT)).agreements[0]
    assert (russia.place, russia.n, russia.of) == ("russia", 3, 3)
    assert (russia.interval.lower, russia.interval.upper) == (10800, 13200)


def test_standings_go_from_outside_in_and_the_compared_ones_first() -> None:
    listed = [(one.claim.id, one.reason) for one in compare(situation(*TROOPS_PRESENT)).standings]
    assert listed == [
        ("c002", None),
        ("c065", None),
        ("c013", None),
        ("c064", None),
        ("c014", None),
        ("c012", None),
        ("c001", Reason.NO_NUMBER),
        ("c061", Reason.TOO_OLD),
    ]


def test_a_figure_from_before_the_window_says_how_old_it_is() -> None:
    too_old = compare(situation(*TROOPS_PRESENT)).apart[-1]
    assert (too_old.claim, too_old.code) == ("c061", Reason.TOO_OLD)
    assert too_old.text == "As of 31 Oct 2024, 5 days before this day; figures are compared when at most 3 days old."


def test_what_holds_without_either_claim_of_a_pair() -> None:
    left_out = compare(situation(*TROOPS_PRESENT)).left_out
    kursk = {
        one.without: [(a.interval.lower, a.interval.upper, a.n, a.of) for a in one.agreements if a.place == "kursk"]
        for one in left_out
    }
    assert kursk == {"c064": [(10000, 10000, 2, 2)], "c012": [(10500, 11500, 2, 2)]}


def test_a_claim_of_another_question_is_not_left_out() -> None:
    sides = question("killed", broader="losses")
    asked = question("losses")
    inner, outer = claim("c1", exactly(9), question="killed"), claim("c2", exactly(5), question="losses")
    found = compare(situation(inner, outer, asked=asked, others=(sides,)))
    assert [one.without for one in found.left_out] == ["c2"]
    assert [(one.claim.id, one.is_compared) for one in found.standings] == [("c2", True), ("c1", True)]


def test_an_earlier_total_above_a_later_one_cannot_hold_with_it() -> None:
    assert pairs(situation(*TROOPS_SENT, asked=SENT)) == [
        ("c055", "c058", 500, Relation.EARLIER_LATER),
        ("c034", "c058", 300, Relation.EARLIER_LATER),
    ]


def test_the_span_is_of_stated_numbers_only() -> None:
    spans = compare(situation(*TROOPS_PRESENT)).spans
    assert [(one.place, one.low, one.high, one.ratio, one.n) for one in spans] == [
        ("russia", 10000, 12000, Decimal("1.200"), 3),
        ("kursk", 10000, 11000, Decimal("1.100"), 3),
    ]


def test_a_span_from_zero_has_no_ratio() -> None:
    spans = compare(situation(claim("c1", exactly(0)), claim("c2", exactly(5)))).spans
    assert [(one.low, one.high, one.ratio) for one in spans] == [(0, 5, None)]


def test_projections_count_only_where_nothing_was_observed() -> None:
    ahead = {"nature": Nature.PROJECTION, "as_of": "2024-12", "stated": "2024-11-01"}
    projected = (claim("p1", exactly(5), **ahead), claim("p2", exactly(7), **ahead))
    observed = claim("c1", exactly(9))
    alone, beside = compare(situation(*projected)), compare(situation(*projected, observed))
    assert [(one.low, one.high, one.n) for one in alone.spans] == [(5, 7, 2)]
    assert [(one.low, one.high, one.n) for one in beside.spans] == [(9, 9, 1)]
    assert [(one.lower_claim, one.upper_claim) for one in beside.contradictions] == [("p2", "p1")]


def test_the_default_day_is_the_last_with_two_claimants_compared() -> None:
    asked = situation(claim("c1", exactly(1), as_of="2024-11-01"), claim("c2", exactly(2), as_of="2024-11-03"))
    assert default_day(asked, date(2025, 1, 1)) == date(2024, 11, 4)
    assert default_day(asked, date(2024, 11, 3)) == date(2024, 11, 3)


def test_the_default_day_of_running_totals_is_today() -> None:
    assert default_day(situation(*TROOPS_SENT, asked=SENT), date(2025, 1, 1)) == date(2025, 1, 1)


def test_without_company_the_default_day_is_that_of_the_newest_figure() -> None:
    asked = situation(
        claim("c1", exactly(1), as_of="2024-11-01", claimant="a"),
        claim("c2", exactly(2), as_of="2024-11-02", claimant="a"),
    )
    assert default_day(asked, date(2025, 1, 1)) == date(2024, 11, 2)
    assert default_day(asked, date(2024, 10, 1)) == date(2024, 10, 1)


def test_the_default_day_comes_before_a_figure_is_replaced() -> None:
    asked = situation(
        claim("c1", exactly(1), as_of="2024-11-01"),
        claim("c2", exactly(2), as_of="2024-11-01", claimant="a"),
        claim("c3", THOUSANDS, as_of="2024-11-03", claimant="a"),
    )
    assert default_day(asked, date(2025, 1, 1)) == date(2024, 11, 2)


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_claims_never_matters(asked: Situation, random: Random) -> None:
    shuffled = list(asked.claims)
    random.shuffle(shuffled)
    again = replace(asked, claims=tuple(shuffled))
    assert compare(again) == compare(asked)
    assert default_day(again, asked.on) == default_day(asked, asked.on)


@given(situations())
def test_the_default_day_is_the_one_that_trying_every_day_finds(asked: Situation) -> None:
    tried = (asked.on - timedelta(days=n) for n in range(70))
    expected = next((day for day in tried if _has_company(asked, day)), None)
    if expected is not None:
        assert default_day(asked, asked.on) == expected


def _has_company(asked: Situation, day: date) -> bool:
    standings = compare(asked.on_day(day)).standings
    groups: dict[bool, set[str]] = {True: set(), False: set()}
    for one in standings:
        if one.is_compared and one.claim.question == asked.question.slug:
            groups[one.claim.nature is Nature.PROJECTION].add(one.claim.claimant)
    return any(len(some) > 1 for some in groups.values())


def test_settings_give_the_window_unless_the_question_has_its_own() -> None:
    old = claim("c1", exactly(1), as_of="2024-10-31")
    wide = replace(situation(old), settings=Settings(window_days=5))
    assert compare(wide).standings[0].is_compared
    assert not compare(situation(old)).standings[0].is_compared
    assert compare(situation(old, asked=question(window_days=5))).standings[0].is_compared


def test_a_plan_for_later_does_not_decide_the_default_day() -> None:
    planned = claim("c1", exactly(1), as_of="2026-01-01", stated="2024-01-10", nature=Nature.PLAN)
    counted = claim("c2", exactly(2), as_of="2024-11-04")
    assert default_day(situation(planned, counted), date(2025, 1, 1)) == date(2024, 11, 4)


def test_nothing_is_found_in_figures_that_a_filter_hides() -> None:
    fallen = [
        claim("c1", exactly(900), question="sent", claimant="a", as_of="2024-11-01"),
        claim("c2", exactly(500), question="sent", claimant="a", as_of="2024-11-04"),
    ]
    asked = situation(*fallen, asked=question("sent", measure=Measure.CUMULATIVE))
    assert [one.kind for one in compare(asked).findings] == ["falling_total"]
    assert compare(replace(asked, shown=frozenset())).findings == ()


def test_flows_about_periods_that_never_meet_are_not_tried_day_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[date] = []

    def judged(*given: Any) -> list[Judged]:
        tried.append(given[3].on)
        return judged_claims(*given)

    monkeypatch.setattr("apps.domain.default_day.judged_claims", judged)
    flow = question("present", Measure.FLOW)
    apart = [claim(f"c{n}", exactly(n), as_of=f"20{n}-01-01/20{n}-01-09") for n in range(10, 25)]
    projected = claim("c1", exactly(1), as_of="2030-01-01", stated="2010-01-01", nature=Nature.PROJECTION)
    assert default_day(situation(*apart, projected, asked=flow), ON) == date(2024, 1, 9)
    assert tried == []
    company = claim("c2", exactly(1), as_of="2012-01-04/2012-01-06")
    assert default_day(situation(*apart, projected, company, asked=flow), ON) == date(2013, 1, 8)
    assert tried
