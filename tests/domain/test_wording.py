"""How numbers, days and figures are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from apps.domain.figures import Figure, Interval
from apps.domain.periods import PartialDate, Period
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import (
    count_words,
    day_words,
    days_words,
    figure_words,
    interval_words,
    listed,
    number,
    numbers_words,
    partial_words,
    period_words,
    quantity_words,
    things,
)
from tests.domain.figure_examples import about, at_least, between, exactly, just_over, nearly, vague
from tests.domain.strategies import numbers


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10800", "10,800"),
        ("10800.0", "10,800"),
        ("1E+6", "1,000,000"),
        ("33.30", "33.3"),
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("100", "100"),
    ],
)
def test_a_number(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


@given(numbers)
def test_no_digit_of_a_number_gets_lost(value: Decimal) -> None:
    assert Decimal(number(value).replace(",", "")) == value


def interval(low: str | None, high: str | None, ends: str = "[]") -> Interval:
    return Interval(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        lower_inclusive=ends[0] == "[",
        upper_inclusive=ends[1] == "]",
    )


@pytest.mark.parametrize(
    ("given_interval", "words"),
    [
        (interval("10800", "13200"), "10,800 to 13,200"),
        (interval("10800", "12000", "[)"), "10,800 to below 12,000"),
        (interval("12000", "13200", "(]"), "above 12,000 and up to 13,200"),
        (interval("10", "20", "()"), "above 10 and below 20"),
        (interval("10000", None), "10,000 or more"),
        (interval("10000", None, "(]"), "above 10,000"),
        (interval(None, "10000"), "10,000 or fewer"),
        (interval(None, "10000", "[)"), "below 10,000"),
        (interval("10000", "10000"), "exactly 10,000"),
        (interval(None, None), "any number"),
    ],
)
def test_an_interval(given_interval: Interval, words: str) -> None:
    assert interval_words(given_interval) == words


@pytest.mark.parametrize(
    ("given_interval", "unit", "words"),
    [
        (interval("10800", "13200"), "persons", "10,800 to 13,200 people"),
        (interval("1", "1"), "persons", "exactly 1 person"),
        (interval("2400.3", None), "persons", "2,401 or more people"),
        (interval("2400.3", None, "(]"), "persons", "above 2,400 people"),
        (interval(None, "99.9"), "persons", "99 or fewer people"),
        (interval("0.2", "0.4"), "persons", "0.2 to 0.4 people"),
        (interval("2400.5", "2500"), "tonnes", "2,400.5 to 2,500 tonnes"),
        (interval(None, "40"), "percent", "40 percent or less"),
        (interval("45", None), "percent", "45 percent or more"),
        (interval("29.7", "36.3"), "percent", "29.7 to 36.3 percent"),
        (interval("5", "6"), "", "5 to 6"),
    ],
)
def test_an_interval_of_things(given_interval: Interval, unit: str, words: str) -> None:
    assert quantity_words(given_interval, unit) == words


@pytest.mark.parametrize(
    ("unit", "n", "words"),
    [
        ("persons", None, "people"),
        ("persons", 1, "person"),
        ("persons/day", 2, "people a day"),
        ("containers", 1, "container"),
        ("percent", 1, "percent"),
        ("", 3, ""),
    ],
)
def test_things(unit: str, n: int | None, words: str) -> None:
    assert things(unit, n) == words


def test_days_have_no_zero_in_front() -> None:
    assert day_words(date(2024, 11, 4)) == "4 Nov 2024"
    assert (days_words(1), days_words(12)) == ("1 day", "12 days")


@pytest.mark.parametrize(("iso", "words"), [("2024", "2024"), ("2024-11", "Nov 2024"), ("2024-11-05", "5 Nov 2024")])
def test_a_partial_date(iso: str, words: str) -> None:
    assert partial_words(PartialDate.parse(iso)) == words


def test_a_period() -> None:
    start, end = PartialDate(2025, 1, 1), PartialDate(2025, 2)
    assert period_words(Period(start)) == period_words(Period(start, start)) == "1 Jan 2025"
    assert period_words(Period(start, end)) == "1 Jan 2025 to Feb 2025"


def test_counts_up_to_twelve_are_words() -> None:
    counts = [count_words(n) for n in (0, 1, 2, 12, 13, 1200)]
    assert counts == ["No", "One", "Two", "Twelve", "13", "1,200"]


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("More than 10,000", "“more than 10,000”"),
        ("Thousands", "“thousands”"),
        ("North Korean soldiers, 3,000", "“North Korean soldiers, 3,000”"),
        ("‘Several hundred’", "“several hundred”"),
        ("1만여 명", "“1만여 명”"),
        ("USD 3", "“USD 3”"),
    ],
)
def test_a_figure_is_quoted_as_stated(stated: str, words: str) -> None:
    assert figure_words(vague(stated)) == words


def test_other_digits_and_letters_are_left_alone() -> None:
    assert figure_words(exactly("9", "nine lives")) == "“nine lives”"


def test_a_list() -> None:
    assert [listed(list("ABC"[:n])) for n in range(4)] == ["", "A", "A and B", "A, B and C"]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (between("11000", "12000"), "11,000 to 12,000"),
        (between("12000", "18000", point="15000"), "12,000 to 18,000, with 15,000 as the headline number"),
        (between("3", "3"), "3 to 3"),
        (about("12000"), "about 12,000"),
        (nearly("500"), "nearly 500"),
        (just_over("500"), "just over 500"),
        (at_least("3000"), "3,000 or more"),
        (at_least("3000", is_hedged=True), "about 3,000 or more"),
        (Figure("a battalion", Qualifier.UNQUANTIFIED), "an amount without a number"),
        (Figure("12,000", Qualifier.EXACTLY, point=Decimal(12_000)), "any number, with 12,000 as the headline number"),
        (Figure("12,000", Qualifier.EXACTLY), "“exactly” without a number"),
    ],
)
def test_what_the_numbers_say(figure: Figure, words: str) -> None:
    assert numbers_words(figure) == words
