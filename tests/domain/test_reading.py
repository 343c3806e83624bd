"""How words are read as numbers: each row of the table, and what holds for all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.domain.claims import QuestionFacts, Settings
from apps.domain.figures import Figure, Interval
from apps.domain.reading import READING_RULES, STRICT, Rule, read, read_for, tolerance_for
from apps.domain.results import Reading
from apps.domain.vocabulary import Measure, Qualifier
from apps.domain.wording import interval_words
from tests.domain.figure_examples import (
    GOOD,
    about,
    at_least,
    between,
    exactly,
    figure,
    just_over,
    less_than,
    more_than,
    nearly,
    up_to,
    vague,
)
from tests.domain.strategies import any_figures, numbers, sound_figures, tolerances

ZERO, TENTH = Decimal(0), Decimal("0.10")


def read_counts(given_figure: Figure, *, is_strict: bool = False) -> Reading | None:
    """As a count, which cannot be below 0, with the site's tolerance."""
    return read(given_figure, floor=ZERO, tolerance=TENTH, is_strict=is_strict)


#: rule, figure, the interval in words
ROWS = [
    ("exact", exactly("12000", "exactly 12,000"), "exactly 12,000"),
    ("exact", exactly("12000", "Precisely 12,000 soldiers"), "exactly 12,000"),
    ("exact", exactly("12000", "정확히 12,000명"), "exactly 12,000"),
    ("bare", exactly("12000"), "11,500 to 12,500"),
    ("bare", exactly("10000"), "9,500 to 10,500"),
    ("bare", exactly("3000"), "2,950 to 3,050"),
    ("bare", exactly("12500"), "12,450 to 12,550"),
    ("bare", exactly("11000", "already eleven thousand"), "10,500 to 11,500"),
    ("bare", exactly("100"), "95 to 105"),
    ("bare", exactly("110"), "105 to 115"),
    ("bare", exactly("6000000"), "5,950,000 to 6,050,000"),
    ("bare", exactly("-12000"), "-12,500 to -11,500"),
    ("bare", exactly("12000.0"), "11,500 to 12,500"),
    ("bare", exactly("1.2E+4"), "11,500 to 12,500"),
    ("as_stated", exactly("876"), "exactly 876"),
    ("as_stated", exactly("40"), "exactly 40"),
    ("as_stated", exactly("90"), "exactly 90"),
    ("as_stated", exactly("5.3"), "exactly 5.3"),
    ("as_stated", exactly("0"), "exactly 0"),
    ("as_stated", exactly("1200.5"), "exactly 1,200.5"),
    ("about", about("12000"), "10,800 to 13,200"),
    ("about", about("33.3"), "29.97 to 36.63"),
    ("nearly", nearly("12000"), "10,800 to below 12,000"),
    ("just_over", just_over("12000"), "above 12,000 and up to 13,200"),
    ("at_least", at_least("10000"), "10,000 or more"),
    ("more_than", more_than("10000"), "above 10,000"),
    ("up_to", up_to("10000"), "0 to 10,000"),
    ("less_than", less_than("500"), "0 to below 500"),
    ("hedged_bound", at_least("3000", is_hedged=True), "2,700 or more"),
    ("hedged_bound", up_to("3000", is_hedged=True), "0 to 3,300"),
    ("between", between("11000", "12000"), "11,000 to 12,000"),
    ("hedged_between", between("11000", "12000", is_hedged=True), "9,900 to 13,200"),
    ("a_couple", vague("a couple"), "exactly 2"),
    ("a_few", vague("a few soldiers"), "3 to 9"),
    ("a_dozen", vague("a dozen"), "exactly 12"),
    ("dozens", vague("Dozens of them"), "24 to 99"),
    ("scores", vague("scores"), "40 to 99"),
    ("hundreds", vague("Several hundred casualties"), "200 to 999"),
    ("hundreds", vague("‘Several hundred’"), "200 to 999"),
    ("hundreds", vague("a few hundred"), "200 to 999"),
    ("thousands", vague("Thousands"), "2,000 to 9,999"),
    ("thousands", vague("Several thousands"), "2,000 to 9,999"),
    ("tens_of_thousands", vague("tens of  thousands"), "20,000 to 99,999"),
    ("hundreds_of_thousands", vague("hundreds of thousands"), "200,000 to 999,999"),
    ("millions", vague("several million artillery shells"), "2,000,000 to 9,999,000"),
]


@pytest.mark.parametrize(("rule", "words", "interval"), ROWS)
def test_a_row_of_the_table(rule: str, words: Figure, interval: str) -> None:
    reading = read_counts(words)
    assert reading is not None
    assert (reading.rule, interval_words(reading.interval)) == (rule, interval)


def test_every_rule_has_a_row() -> None:
    assert {rule.code for rule in READING_RULES} == {rule for rule, _, _ in ROWS}


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in READING_RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", READING_RULES, ids=lambda rule: rule.code)
def test_every_rule_can_be_printed(rule: Rule) -> None:
    assert rule.words
    assert rule.source
    assert "{" not in rule.says_at(Decimal("0.1"))


def test_the_tolerance_is_printed_in_percent() -> None:
    says = {rule.code: rule.says_at(Decimal("0.20")) for rule in READING_RULES}
    assert says["about"] == "N ± 20 %"


@pytest.mark.parametrize(
    "words",
    [
        "a battalion",
        "up to a battalion",
        "all of them, except for one",
        "hundreds of 40-man units",
        "tens of millions",
        "hundreds of dozens",
        "between hundreds and thousands",
        "hundredsfold",
        "",
    ],
)
def test_words_that_are_not_in_the_table_are_not_guessed(words: str) -> None:
    assert read_counts(vague(words)) is None


def test_interpretations_are_ours_and_marked_so() -> None:
    reading, stated = read_counts(vague("thousands")), read_counts(about("3000"))
    assert reading is not None
    assert stated is not None
    assert (reading.is_interpretation, stated.is_interpretation) == (True, False)


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        (exactly("12000"), "exactly 12,000"),
        (about("12000"), "exactly 12,000"),
        (nearly("12000"), "below 12,000"),
        (just_over("12000"), "above 12,000"),
        (at_least("3000", is_hedged=True), "3,000 or more"),
        (up_to("10000"), "10,000 or fewer"),
        (less_than("500"), "below 500"),
        (between("11000", "12000", is_hedged=True), "11,000 to 12,000"),
    ],
)
def test_strictly_only_stated_bounds_count(words: Figure, interval: str) -> None:
    reading = read_counts(words, is_strict=True)
    assert reading is not None
    assert (reading.rule, interval_words(reading.interval)) == (STRICT, interval)


def test_strictly_a_vague_word_is_not_read() -> None:
    assert read_counts(vague("thousands"), is_strict=True) is None


def test_a_hedge_never_goes_below_the_floor() -> None:
    reading = read(about("5"), floor=Decimal("4.9"), tolerance=TENTH, is_strict=False)
    assert reading == Reading(Interval(Decimal("4.9"), Decimal("5.5")), "about")


def test_without_a_floor_an_upper_bound_stays_open_below() -> None:
    reading = read(up_to("40"), floor=None, tolerance=TENTH, is_strict=False)
    assert reading == Reading(Interval(None, Decimal(40)), "up_to")


def test_a_number_stated_below_the_floor_is_kept() -> None:
    reading = read_counts(exactly("-5"))
    assert reading == Reading(Interval(Decimal(-5), Decimal(-5)), "as_stated")


def test_the_tolerance_is_taken_of_the_size_of_a_negative_number() -> None:
    reading = read(about("-100"), floor=None, tolerance=TENTH, is_strict=False)
    assert reading == Reading(Interval(Decimal(-110), Decimal(-90)), "about")


def _closed(interval: Interval) -> Interval:
    return Interval(interval.lower, interval.upper)


def _contains(outer: Interval, inner: Interval) -> bool:
    is_below = outer.lower is None or (inner.lower is not None and outer.lower <= inner.lower)
    is_above = outer.upper is None or (inner.upper is not None and outer.upper >= inner.upper)
    return is_below and is_above


@given(sound_figures, st.none() | numbers, tolerances, st.booleans())
def test_stated_numbers_lie_within_their_reading_or_at_its_ends(
    words: Figure, floor: Decimal | None, tolerance: Decimal, is_strict: bool
) -> None:
    reading = read(words, floor=floor, tolerance=tolerance, is_strict=is_strict)
    if reading is None or reading.is_interpretation:
        assert not words.has_number
    else:
        assert all(number in _closed(reading.interval) for number in words.numbers)


@given(sound_figures, st.none() | numbers, tolerances, tolerances)
def test_a_larger_tolerance_contains_a_smaller(
    words: Figure, floor: Decimal | None, one: Decimal, other: Decimal
) -> None:
    narrow, wide = (read(words, floor=floor, tolerance=each, is_strict=False) for each in sorted((one, other)))
    if narrow is None or wide is None:
        assert narrow is wide
    else:
        assert narrow.rule == wide.rule
        assert _contains(wide.interval, narrow.interval)


@given(sound_figures, tolerances)
def test_what_is_read_contains_what_is_stated_strictly_from_the_floor_up(words: Figure, tolerance: Decimal) -> None:
    strict = read(words, floor=None, tolerance=tolerance, is_strict=True)
    usual = read(words, floor=None, tolerance=tolerance, is_strict=False)
    if strict is not None and usual is not None and words.qualifier is not Qualifier.ABOUT:
        assert _contains(usual.interval, strict.interval)


@given(any_figures, st.none() | numbers, tolerances, st.booleans())
def test_no_figure_whatever_makes_it_fail(
    words: Figure, floor: Decimal | None, tolerance: Decimal, is_strict: bool
) -> None:
    read(words, floor=floor, tolerance=tolerance, is_strict=is_strict)


@pytest.mark.parametrize("words", [one for one in GOOD if one.has_number], ids=lambda one: one.stated_value)
def test_every_sound_figure_with_a_number_is_read(words: Figure) -> None:
    assert read_counts(words) is not None


def test_a_bound_without_its_number_is_not_read() -> None:
    assert read_counts(figure("up to", Qualifier.UP_TO, point="40")) is None


def test_a_question_s_own_tolerance_and_floor_read_its_figures() -> None:
    site = Settings(tolerance=Decimal("0.10"))
    own = QuestionFacts("q", "persons", Measure.STOCK, floor=Decimal(3), tolerance=Decimal("0.5"))
    plain = QuestionFacts("p", "persons", Measure.STOCK)
    assert read_for(about("100"), own, settings=site) == Reading(Interval(Decimal(50), Decimal(150)), "about")
    assert read_for(about("100"), plain, settings=site) == Reading(Interval(Decimal(90), Decimal(110)), "about")
    assert read_for(up_to("10"), own, settings=site) == Reading(Interval(Decimal(3), Decimal(10)), "up_to")
    assert read_for(up_to("10"), own, settings=site, is_strict=True) == Reading(Interval(None, Decimal(10)), STRICT)


def test_a_tolerance_of_zero_is_a_tolerance() -> None:
    own = QuestionFacts("q", "persons", Measure.STOCK, tolerance=Decimal(0))
    assert tolerance_for(own, Settings()) == 0


@pytest.mark.parametrize(
    "words",
    [
        "at least several hundred",
        "more than a few hundred",
        "up to thousands",
        "fewer than a dozen",
        "hundreds or more",
    ],
)
def test_a_vague_word_with_a_bound_has_no_interpretation(words: str) -> None:
    stated = Figure(words, Qualifier.ORDER_OF_MAGNITUDE)
    assert read(stated, floor=Decimal(0), tolerance=Decimal("0.1"), is_strict=False) is None
