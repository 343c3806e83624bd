"""Partial dates and the periods they stand for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.domain.periods import PartialDate, Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-11-05", date(2024, 11, 5), date(2024, 11, 5)),
    ],
)
def test_a_partial_date_is_its_whole_period(text: str, first: date, last: date) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.first, parsed.last) == (first, last)
    assert parsed.iso == str(parsed) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-2",
        "2024-13",
        "2024-02-30",
        "2024-11-5",
        "2024-11-05 ",
        "2024-11-05T00:00",
        "0000",
        "٢٠٢٤",
        "2024-11-05\n",
    ],
)
def test_what_is_no_date_is_refused_with_what_was_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="wanted a date like 2024, 2024-11 or 2024-11-05"):
        PartialDate.parse(text)


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    parsed = PartialDate.parse(day.isoformat())
    assert parsed.first == parsed.last == day
    assert parsed.is_day


def test_less_precise_dates_sort_before_what_they_contain() -> None:
    texts = ["2024-11-05", "2024", "2025", "2024-11", "2024-12"]
    assert [str(each) for each in sorted(map(PartialDate.parse, texts))] == sorted(texts)


def test_a_period_runs_to_the_last_day_of_its_end() -> None:
    period = Period(PartialDate(2024, 10), PartialDate(2024, 11))
    assert (period.first, period.last) == (date(2024, 10, 1), date(2024, 11, 30))
    assert not period.is_day


def test_a_period_without_an_end_is_its_start() -> None:
    assert Period(PartialDate(2024, 11)).last == date(2024, 11, 30)
    assert Period(PartialDate(2024, 11, 5)).is_day
