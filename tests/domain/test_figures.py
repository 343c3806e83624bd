"""Intervals with open ends, and the numbers of a figure."""

from decimal import Decimal

import pytest

from apps.domain.figures import Interval
from tests.domain.figure_examples import about, between, exactly, nearly, up_to, vague

TEN, TWENTY = Decimal(10), Decimal(20)


@pytest.mark.parametrize(
    ("interval", "number", "is_inside"),
    [
        (Interval(TEN, TWENTY), 10, True),
        (Interval(TEN, TWENTY), 20, True),
        (Interval(TEN, TWENTY), 21, False),
        (Interval(TEN, TWENTY, lower_inclusive=False), 10, False),
        (Interval(TEN, TWENTY, upper_inclusive=False), 20, False),
        (Interval(None, TWENTY), -1000, True),
        (Interval(TEN, None), 10**12, True),
        (Interval(None, None), 0, True),
    ],
)
def test_whether_a_number_is_inside(interval: Interval, number: int, is_inside: bool) -> None:
    assert (Decimal(number) in interval) is is_inside


@pytest.mark.parametrize(
    ("interval", "is_empty"),
    [
        (Interval(TEN, TEN), False),
        (Interval(TEN, TEN, upper_inclusive=False), True),
        (Interval(TWENTY, TEN), True),
        (Interval(None, TEN, upper_inclusive=False), False),
        (Interval(None, None), False),
    ],
)
def test_whether_nothing_is_inside(interval: Interval, is_empty: bool) -> None:
    assert interval.is_empty is is_empty


def test_numbers_are_sorted_and_said_once() -> None:
    assert exactly("40").numbers == (Decimal(40),)
    assert between("10", "20", point="15").numbers == (Decimal(10), Decimal(15), Decimal(20))


def test_null_is_never_zero() -> None:
    assert up_to("40").numbers == (Decimal(40),)
    assert vague("thousands").numbers == ()
    assert not vague("thousands").has_number
    assert exactly("0").has_number


def test_numbers_of_an_approximation() -> None:
    assert about("12000").numbers == nearly("12000").numbers == (Decimal(12000),)
