"""Tendency: written-out histories, and a slow count over whole comparisons of every day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from time import process_time

import pytest
from hypothesis import given, settings

from apps.domain import tendency
from apps.domain.claims import ClaimFacts, QuestionFacts, Situation, Tree
from apps.domain.comparison import compare
from apps.domain.contradictions import Grounds, Held, clashes, contradicted
from apps.domain.figures import Figure
from apps.domain.periods import PartialDate, Period
from apps.domain.reading import read_for
from apps.domain.standing import Dated, can_stand, dated
from apps.domain.tendency import Tendency, tendencies
from apps.domain.vocabulary import Measure, Nature, RevisionKind
from tests.domain.claim_examples import (
    THOUSANDS,
    about,
    at_least,
    between,
    claim,
    exactly,
    question,
    situation,
    up_to,
)
from tests.domain.random_situations import situations

ON = date(2024, 12, 31)


def of(*claims: ClaimFacts, on: date = ON, asked: QuestionFacts | None = None) -> dict[str, Tendency]:
    """By claimant; everything is said of one place."""
    found = tendencies(situation(*claims, on=on, asked=asked)).rows
    assert len({row.claimant for row in found}) == len(found)
    return {row.claimant: row for row in found}


def said(claimant: str, number: Figure, day: int, **more: object) -> ClaimFacts:
    id = str(more.pop("id", f"{claimant}{day}"))
    return claim(id, number, claimant=claimant, as_of=f"2024-11-{day:02}", **more)  # type: ignore[arg-type]


def counts(row: Tendency) -> tuple[int, int, int, int]:
    return row.days, row.highest, row.lowest, row.contradicting


# --- which days


def test_two_claimants_who_speak_on_one_day() -> None:
    found = of(said("a", exactly(200), 5), said("b", exactly(100), 5))
    assert found["a"] == Tendency("a", "present", "russia", 1, 1, 0, 1, Decimal("2.000"), 1)
    assert found["b"] == Tendency("b", "present", "russia", 1, 0, 1, 1, Decimal("0.500"), 1)


def test_a_figure_that_goes_on_standing_adds_no_day() -> None:
    """Both are compared on 5, 6 and 7 November, but only on the 5th did one of them become known."""
    found = of(said("a", exactly(2), 4), said("b", exactly(1), 5), on=date(2024, 11, 7))
    assert counts(found["a"]) == (1, 1, 0, 1)


def test_a_day_counts_for_those_who_were_silent_on_it() -> None:
    found = of(said("a", exactly(2), 4), said("b", exactly(1), 5), said("b", exactly(3), 6))
    assert counts(found["a"]) == (2, 1, 1, 2)
    assert counts(found["b"]) == (2, 1, 1, 2)


def test_figures_that_never_meet_in_the_window_are_not_set_against_each_other() -> None:
    assert of(said("a", exactly(2), 1), said("b", exactly(1), 5)) == {}


def test_a_day_on_which_only_an_uncompared_figure_became_known_does_not_count() -> None:
    found = of(said("a", exactly(2), 4), said("b", exactly(1), 4), said("c", THOUSANDS, 5))
    assert counts(found["a"]) == (1, 1, 0, 1)
    assert "c" not in found


def test_days_after_the_position_date_do_not_count() -> None:
    claims = [said("a", exactly(2), 4), said("b", exactly(1), 4), said("b", exactly(3), 6)]
    assert counts(of(*claims, on=date(2024, 11, 5))["a"]) == (1, 1, 0, 1)


def test_what_is_stated_later_counts_from_the_day_of_stating() -> None:
    claims = [said("a", exactly(2), 4), said("b", exactly(1), 4, stated="2024-11-06")]
    assert of(*claims, on=date(2024, 11, 5)) == {}
    assert counts(of(*claims, on=date(2024, 11, 6))["a"]) == (1, 1, 0, 1)


def test_a_running_total_meets_all_that_stand() -> None:
    asked = question("present", Measure.CUMULATIVE)
    found = of(said("a", exactly(2), 1), said("b", exactly(9), 20), asked=asked)
    assert counts(found["a"]) == (1, 0, 1, 0)


def test_a_running_total_contradicts_only_forward_in_time() -> None:
    asked = question("present", Measure.CUMULATIVE)
    assert counts(of(said("a", exactly(9), 1), said("b", exactly(2), 20), asked=asked)["b"]) == (1, 0, 1, 1)
    assert counts(of(said("a", exactly(2), 1), said("b", exactly(9), 20), asked=asked)["b"]) == (1, 1, 0, 0)


# --- against whom


def test_another_place_is_not_among_the_others() -> None:
    found = tendencies(situation(claim("c1", exactly(9), place="kursk"), claim("c2", exactly(5)))).rows
    assert found == ()


def test_places_are_counted_apart_and_come_outside_in() -> None:
    claims = [
        claim(f"{place}-{who}", exactly(n), place=place, claimant=who)
        for place in ("kursk", "russia")
        for who, n in (("a", 2), ("b", 1))
    ]
    rows = tendencies(situation(*claims)).rows
    assert [(row.place, row.claimant, row.days) for row in rows] == [
        ("russia", "a", 1),
        ("russia", "b", 1),
        ("kursk", "a", 1),
        ("kursk", "b", 1),
    ]


def test_a_joint_figure_is_each_claimant_s_and_other_to_none_of_them() -> None:
    joint = said("a", exactly(9), 5, joint=("b",))
    assert of(joint) == {}
    found = of(joint, said("c", exactly(1), 5))
    assert {who: counts(row) for who, row in found.items()} == {
        "a": (1, 1, 0, 1),
        "b": (1, 1, 0, 1),
        "c": (1, 0, 1, 1),
    }


def test_a_claimant_does_not_contradict_itself_in_a_joint_figure() -> None:
    found = of(said("a", exactly(9), 5, joint=("b",)), said("b", exactly(1), 5), said("c", between(1, 9), 5))
    assert counts(found["b"]) == (1, 0, 0, 0)


def test_superseded_and_withdrawn_figures_are_not_among_the_others() -> None:
    first = said("a", exactly(9), 4)
    successor = said("a", exactly(5), 4, id="later", stated="2024-11-05", supersedes="a4", kind=RevisionKind.CORRECTED)
    found = of(first, successor, said("b", exactly(5), 5))
    assert counts(found["a"]) == (1, 0, 0, 0)
    withdrawn = replace(successor, revision_kind=RevisionKind.WITHDRAWN)
    assert of(first, withdrawn, said("b", exactly(5), 5)) == {}


def test_projections_count_only_where_nothing_observed_is_compared() -> None:
    told = {"as_of": "2025-01-31", "nature": Nature.PROJECTION}
    ahead = [claim(f"p{who}", exactly(n), claimant=who, stated="2024-11-05", **told) for who, n in (("a", 2), ("b", 1))]  # type: ignore[arg-type]
    assert counts(of(*ahead)["a"]) == (1, 1, 0, 1)
    observed = [said("c", exactly(8), 5), said("d", exactly(9), 5)]
    assert set(of(*ahead, *observed)) == {"c", "d"}


def test_a_plan_and_a_sub_count_are_not_among_them() -> None:
    total, part = said("a", exactly(9), 5), said("b", exactly(2), 5, id="part", part_of="a5")
    assert of(total, part, said("c", exactly(9), 5, nature=Nature.PLAN)) == {}


def test_hidden_figures_supersede_but_are_not_counted() -> None:
    claims = (said("a", exactly(2), 5), said("b", exactly(1), 5), said("c", exactly(9), 5))
    asked = replace(situation(*claims, on=ON), shown=frozenset({"a5", "b5"}))
    assert {row.claimant: counts(row) for row in tendencies(asked).rows} == {"a": (1, 1, 0, 1), "b": (1, 0, 1, 1)}


# --- what is counted


def test_nobody_is_highest_where_all_state_one_number() -> None:
    found = of(said("a", exactly(5), 5), said("b", at_least(5), 5))
    assert counts(found["a"]) == counts(found["b"]) == (1, 0, 0, 0)


def test_those_who_share_the_highest_number_are_both_highest() -> None:
    found = of(said("a", exactly(5), 5), said("b", exactly(5), 5), said("c", exactly(1), 5))
    assert [row.highest for row in (found["a"], found["b"], found["c"])] == [1, 1, 0]


def test_a_wide_range_can_be_both_highest_and_lowest() -> None:
    found = of(said("a", between(1, 9), 5), said("b", exactly(5), 5))
    assert counts(found["a"]) == (1, 1, 1, 0)
    assert counts(found["b"]) == (1, 0, 0, 0)


def test_words_are_highest_by_the_number_that_they_state() -> None:
    found = of(said("a", up_to(10), 5), said("b", at_least(8), 5))
    assert (counts(found["a"]), counts(found["b"])) == ((1, 1, 0, 0), (1, 0, 1, 0))


def test_strict_takes_the_numbers_as_stated() -> None:
    claims = situation(said("a", about(100), 5), said("b", about(105), 5), on=ON)
    assert [row.contradicting for row in tendencies(claims).rows] == [0, 0]
    assert [row.contradicting for row in tendencies(replace(claims, is_strict=True)).rows] == [1, 1]


# --- the ratio


def test_the_ratio_is_to_the_median_of_the_others() -> None:
    found = of(*(said(who, exactly(n), 5) for who, n in (("a", 600), ("b", 100), ("c", 200), ("d", 300))))
    assert found["a"].ratio == Decimal("3.000")  # 600 to 200
    assert found["b"].ratio == Decimal("0.333")  # 100 to 300
    assert found["c"].ratio == Decimal("0.667")  # 200 to 300


def test_the_ratio_of_many_days_is_their_median() -> None:
    days = [(exactly(2), 1), (exactly(3), 8), (exactly(10), 15)]
    claims = [one for number, day in days for one in (said("a", number, day), said("b", exactly(2), day))]
    found = of(*claims)
    assert (found["a"].ratio, found["a"].ratio_days) == (Decimal("1.500"), 3)
    found = of(*claims[:4])
    assert (found["a"].ratio, found["a"].ratio_days) == (Decimal("1.250"), 2)  # between 1 and 1.5


def test_a_range_without_a_headline_number_has_no_ratio() -> None:
    found = of(said("a", between(1, 9), 5), said("b", exactly(5), 5))
    assert [(row.days, row.ratio, row.ratio_days) for row in found.values()] == [(1, None, 0)] * 2


def test_nothing_is_divided_by_zero() -> None:
    found = of(said("a", exactly(0), 5), said("b", exactly(5), 5), said("c", exactly(10), 5))
    assert [found[who].ratio for who in "abc"] == [None, Decimal("0.500"), Decimal("2.000")]


def test_several_own_numbers_have_no_ratio_but_one_number_said_twice_has() -> None:
    twice = [said("a", exactly(8), 5), said("a", at_least(8), 5, id="again"), said("b", exactly(4), 5)]
    assert of(*twice)["a"].ratio == Decimal("2.000")
    differing = [said("a", exactly(8), 5), said("a", exactly(9), 5, id="again"), said("b", exactly(4), 5)]
    assert (of(*differing)["a"].ratio, of(*differing)["a"].days) == (None, 1)
    assert of(*differing)["b"].ratio == Decimal("0.471")  # 4 to 8.5


# --- the same, slowly


def slowly(asked: Situation) -> set[tuple[object, ...]]:
    """Compare every day anew and count by the words of the definition."""
    tallies: dict[tuple[str, str], list[tuple[bool, bool, bool, Decimal | None]]] = defaultdict(list)
    records = [record for record in map(dated, asked.claims) if record is not None and record.known_on <= asked.on]
    for day in sorted({record.known_on for record in records}):
        found = compare(asked.on_day(day))
        for place in asked.places.parents:
            some = _counted(asked, found.standings, place)
            if any(record.known_on == day and record.claim in some for record in records):
                pairs = {
                    frozenset((pair.lower_claim, pair.upper_claim))
                    for pair in found.contradictions
                    if {pair.lower_claim, pair.upper_claim} <= {one.id for one in some}
                }
                for who in {voice for one in some for voice in one.voices}:
                    own = [one for one in some if who in one.voices]
                    others = [one for one in some if who not in one.voices]
                    if others:
                        tallies[who, place].append(_row(own, others, pairs))
    return {(who, place, *_counts(rows)) for (who, place), rows in tallies.items()}


def _counted(asked: Situation, standings: Iterable[object], place: str) -> list[ClaimFacts]:
    compared = [
        row.claim  # type: ignore[attr-defined]
        for row in standings
        if row.is_compared and row.reading is not None  # type: ignore[attr-defined]
    ]
    here = [one for one in compared if (one.question, one.place) == (asked.question.slug, place)]
    return [one for one in here if one.nature is not Nature.PROJECTION] or here


def _row(
    own: list[ClaimFacts], others: list[ClaimFacts], pairs: set[frozenset[str]]
) -> tuple[bool, bool, bool, Decimal | None]:
    tops = [max(one.figure.numbers) for one in others]
    bottoms = [min(one.figure.numbers) for one in others]
    top, bottom = max(max(one.figure.numbers) for one in own), min(min(one.figure.numbers) for one in own)
    is_clashing = any(frozenset((one.id, other.id)) in pairs for one in own for other in others)
    mine, theirs = ({*map(_headline, own)} - {None}), [n for n in map(_headline, others) if n is not None]
    ratio = mine.pop() / median(theirs) if len(mine) == 1 and theirs else None  # type: ignore[operator]
    return top >= max(tops) and top > min(tops), bottom <= min(bottoms) and bottom < max(bottoms), is_clashing, ratio


def _headline(one: ClaimFacts) -> Decimal | None:
    number = one.figure.point
    if number is None:
        number = one.figure.numbers[0] if len(one.figure.numbers) == 1 else None
    return number if number is not None and number > 0 else None


def _counts(rows: list[tuple[bool, bool, bool, Decimal | None]]) -> tuple[object, ...]:
    ratios = [row[3] for row in rows if row[3] is not None]
    ratio = round(median(ratios), 6) if ratios else None
    return len(rows), *(sum(row[n] for row in rows) for n in range(3)), ratio is None, len(ratios)


@settings(max_examples=300)
@given(situations())
def test_it_counts_what_comparing_every_day_anew_counts(asked: Situation) -> None:
    found = {
        (row.claimant, row.place, *counts(row), row.ratio is None, row.ratio_days) for row in tendencies(asked).rows
    }
    assert found == slowly(asked)


@settings(max_examples=100)
@given(situations())
def test_the_order_of_the_claims_does_not_matter(asked: Situation) -> None:
    assert tendencies(asked) == tendencies(replace(asked, claims=tuple(reversed(asked.claims))))


@settings(max_examples=200)
@given(situations())
def test_contradicted_are_the_claims_of_the_pairs(asked: Situation) -> None:
    records = [record for record in map(dated, asked.claims) if record and record.claim.place == "p0"]
    readings = [(record, read_for(record.claim.figure, asked.question, settings=asked.settings)) for record in records]
    held = [
        Held.of(record, reading)
        for record, reading in readings
        if reading and not reading.is_interpretation and not record.is_projection
    ]
    held = [Held.of(replace_question(one), one.reading) for one in held]
    window = tendency.window_of(asked.question, asked.settings, asked.on)
    grounds = Grounds("q", asked.question.measure, window, Tree(), Tree())
    pairs = [clash for clash in clashes(held, [], grounds) if not clash.is_within_one_voice]
    assert contradicted(held, grounds) == {one.claim.id for clash in pairs for one in (clash.lower, clash.upper)}


def replace_question(held: Held) -> object:
    return held.record._replace(claim=replace(held.claim, question="q"))


# --- cost


def crowd(n: int, claimants: int, days: int, measure: Measure) -> Situation:
    """`n` figures of as many claimants on as many days, all for one place."""
    some = []
    for number in range(n):
        day = date(2020, 1, 1) + timedelta(days=number * days // n)
        placed = Period(PartialDate(day.year, day.month, day.day))
        who, size = f"a{number * 7919 % claimants}", 1000 + number * 104_729 % 500
        some.append(ClaimFacts(f"c{number:05}", "present", "russia", who, about(size), as_of=placed))
    return situation(*some, asked=question("present", measure), on=ON)


@pytest.mark.parametrize("measure", [Measure.STOCK, Measure.CUMULATIVE])
def test_four_times_the_figures_take_four_times_as_long(measure: Measure) -> None:
    """Doubled, for what a busy machine adds; trying figures pair by pair would take sixteen times as long."""
    assert processor_time(20_000, measure) < 8 * processor_time(5_000, measure)


def processor_time(n: int, measure: Measure) -> float:
    asked = crowd(n, claimants=n // 10, days=1_500, measure=measure)
    began = process_time()
    assert len(tendencies(asked).rows) == n // 10
    return process_time() - began


def test_the_oldest_days_are_left_out_where_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = crowd(400, claimants=10, days=40, measure=Measure.CUMULATIVE)
    whole = tendencies(asked)
    assert (whole.since, whole.rows[0].days) == (None, 40)
    monkeypatch.setattr(tendency, "MOST_LOOKS", 100)
    found = tendencies(asked)
    assert (found.since, {row.days for row in found.rows}) == (date(2020, 1, 31), {10})
    monkeypatch.setattr(tendency, "MOST_LOOKS", 1)
    assert {row.days for row in tendencies(asked).rows} == {1}


def half_projections(n: int, ahead: timedelta) -> Situation:
    """On each of `n` days one claimant observes and another projects, about a period of its own `ahead` of the day."""
    some = []
    for number in range(n):
        day = date(2020, 1, 1) + timedelta(days=number)
        then, today = (Period(PartialDate(one.year, one.month, one.day)) for one in (day + ahead, day))
        told = {"as_of": then, "stated_on": today.start, "nature": Nature.PROJECTION}
        some.append(ClaimFacts(f"o{number:05}", "present", "russia", f"a{number % 2}", about(1000), as_of=today))
        some.append(ClaimFacts(f"p{number:05}", "present", "russia", "b", about(1500), **told))  # type: ignore[arg-type]
    return situation(*some, asked=question("present", Measure.STOCK), on=ON)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[Dated]:
    """Every figure that is walked, once for each day on which it is."""
    found: list[Dated] = []

    def noted(record: Dated, on: date) -> bool:
        found.append(record)
        return can_stand(record, on)

    monkeypatch.setattr(tendency, "can_stand", noted)
    return found


def test_projections_that_have_ended_are_walked_no_more(walked: list[Dated]) -> None:
    found = tendencies(half_projections(400, ahead=timedelta(days=3)))
    assert found.since is None
    assert {row.days for row in found.rows} == {399}
    assert len(walked) <= 400 * 8  # two observed and at most four projections a day, and some room


@pytest.mark.parametrize("measure", list(Measure))
def test_projections_that_still_stand_are_counted_as_looks(
    walked: list[Dated], monkeypatch: pytest.MonkeyPatch, measure: Measure
) -> None:
    asked = half_projections(400, ahead=timedelta(days=1000))
    monkeypatch.setattr(tendency, "MOST_LOOKS", 5_000)
    found = tendencies(replace(asked, question=question("present", measure)))
    assert found.since is not None
    assert 4_000 < len(walked) <= 5_000


def test_figures_of_one_claimant_that_tie_are_counted_as_looks(
    walked: list[Dated], monkeypatch: pytest.MonkeyPatch
) -> None:
    tied = [said("a", exactly(n), 1, id=f"tied{n}") for n in range(1, 101)]
    later = [said("b", exactly(5), day) for day in range(2, 22)]
    monkeypatch.setattr(tendency, "MOST_LOOKS", 1_010)
    found = tendencies(situation(*tied, *later, asked=question("present", Measure.CUMULATIVE), on=ON))
    assert (found.since, len(walked)) == (date(2024, 11, 12), 1_010)


@pytest.mark.parametrize("measure", [Measure.STOCK, Measure.CUMULATIVE])
def test_hidden_figures_are_not_walked_and_leave_out_no_day(
    walked: list[Dated], monkeypatch: pytest.MonkeyPatch, measure: Measure
) -> None:
    asked = crowd(2_000, claimants=100, days=40, measure=measure)
    two = frozenset(one.id for one in asked.claims if one.claimant in {"a0", "a1"})
    alone = tendencies(replace(asked, claims=tuple(one for one in asked.claims if one.id in two)))
    monkeypatch.setattr(tendency, "MOST_LOOKS", 2 * len(two))
    walked.clear()
    assert tendencies(replace(asked, shown=two)) == alone
    assert (alone.since, len(alone.rows)) == (None, 2)
    assert len(walked) <= 2 * len(two)


def test_those_of_one_claimant() -> None:
    found = tendencies(situation(said("a", exactly(200), 5), said("b", exactly(100), 5), on=ON))
    assert [row.claimant for row in found.of("b")] == ["b"]
