from apps.domain.claims import ClaimFacts, QuestionFacts
from apps.domain.comparison import compare
from apps.domain.vocabulary import Measure, Nature
from tests.domain.claim_examples import THOUSANDS, claim, exactly, question, situation

FLOW = question("present", Measure.FLOW)
TOTAL = question("present", Measure.CUMULATIVE)


def apart(*claims: ClaimFacts, asked: QuestionFacts | None = None) -> list[tuple[str, str, str]]:
    return [(one.claim, one.code.value, one.text) for one in compare(situation(*claims, asked=asked)).apart]


def codes(*claims: ClaimFacts, asked: QuestionFacts | None = None) -> list[tuple[str, str]]:
    return [(id, code) for id, code, _ in apart(*claims, asked=asked)]


def test_a_stock_is_compared_from_the_first_to_the_last_day_of_the_window() -> None:
    assert codes(claim("c1", exactly(1), as_of="2024-11-02"), claim("c2", exactly(1), as_of="2024-11-01")) == [
        ("c2", "too_old")
    ]


def test_one_day_is_one_day() -> None:
    old = claim("c1", exactly(1), as_of="2024-11-04")
    assert apart(old, asked=question(window_days=0)) == [
        ("c1", "too_old", "As of 4 Nov 2024, 1 day before this day; figures are compared when as of 5 Nov 2024.")
    ]


def test_a_claim_placed_by_the_day_it_was_stated_says_so() -> None:
    ((_, _, text),) = apart(claim("c1", exactly(1), as_of=None, stated="2024-10-30"))
    assert text.startswith("Stated 30 Oct 2024 without saying as of when, 6 days before this day;")


def test_a_period_that_reaches_out_of_the_window_is_too_wide() -> None:
    assert apart(claim("c1", exactly(1), as_of="2024-10-01/2024-11-04")) == [
        (
            "c1",
            "period_too_wide",
            "As of 1 Oct 2024 to 4 Nov 2024, a period not wholly inside the time compared; "
            "figures are compared when at most 3 days old.",
        )
    ]


def test_totals_of_any_age_are_compared() -> None:
    assert apart(claim("c1", exactly(1), as_of="2020"), asked=TOTAL) == []


def test_no_number_goes_before_every_other_reason() -> None:
    assert apart(claim("c1", THOUSANDS, as_of="2020")) == [("c1", "no_number", "It states no number.")]
    assert codes(claim("c1", THOUSANDS, as_of=None)) == [("c1", "no_number")]


def test_a_claim_without_a_date() -> None:
    text = "Neither the time it is about nor the day it was stated is known."
    assert apart(claim("c1", exactly(1), as_of=None)) == [("c1", "no_date", text)]


def test_plans_and_hypotheticals_are_listed_once_stated() -> None:
    ahead = {"as_of": "2025"}
    assert apart(
        claim("c1", exactly(1), nature=Nature.PLAN, stated="2024-11-05", **ahead),
        claim("c2", exactly(1), nature=Nature.HYPOTHETICAL, stated="2024-11-01", **ahead),
        claim("c3", exactly(1), nature=Nature.PLAN, stated="2024-11-06", **ahead),
    ) == [
        ("c1", "nature", "A plan, not an observation; plans are compared with nothing."),
        ("c2", "nature", "A hypothetical, not an observation; hypotheticals are compared with nothing."),
    ]


def test_a_replaced_plan_is_not_listed() -> None:
    plan = {"nature": Nature.PLAN, "as_of": "2025"}
    first = claim("c1", exactly(1), stated="2024-11-01", **plan)
    assert codes(first, claim("c2", exactly(1), stated="2024-11-02", supersedes="c1", **plan)) == [("c2", "nature")]


def test_a_flow_needs_a_start_and_an_end() -> None:
    whole = claim("c1", exactly(1), as_of="2024-10-01/2024-10-31")
    ((id, code, text),) = apart(whole, claim("c2", exactly(1), as_of="2024-10"), asked=FLOW)
    assert (id, code) == ("c2", "period")
    assert (
        text
        == "It does not give both a start and an end of its period; figures over a period need both to be compared."
    )


def test_flows_are_compared_over_the_newest_period() -> None:
    older = claim("c1", exactly(1), as_of="2024-09-01/2024-09-30")
    newer = claim("c2", exactly(1), as_of="2024-10-01/2024-10-31")
    assert apart(older, newer, asked=FLOW) == [
        (
            "c1",
            "period",
            "It is about 1 Sep 2024 to 30 Sep 2024; the figures compared here are about 1 Oct 2024 to 31 Oct 2024.",
        )
    ]


def test_of_several_projected_periods_the_earliest_is_compared() -> None:
    ahead = {"nature": Nature.PROJECTION, "stated": "2024-11-01", "claimant": "a"}
    near, far = claim("c1", exactly(1), as_of="2024-12", **ahead), claim("c2", exactly(1), as_of="2025-01", **ahead)
    assert apart(near, far) == [("c2", "period", "It is about Jan 2025; the figures compared here are about Dec 2024.")]
