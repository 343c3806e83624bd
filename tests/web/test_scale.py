from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.web.charts import Scale, TimeScale
from apps.web.charts.scale import spread, tick_labels, time_label, time_ticks
from tests.web.samples import mark

figures = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=3) | st.integers(
    -(10**15), 10**15
).map(Decimal)


@given(st.lists(figures | st.none(), max_size=6), st.booleans())
def test_axis_has_four_to_six_round_ticks_around_every_number(values: list[Decimal | None], zero: bool) -> None:
    scale = Scale.of(values, zero=zero)
    assert 4 <= len(scale.ticks) <= 6
    assert scale.step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    numbers = [value for value in values if value is not None]
    assert all(scale.ticks[0] <= number <= scale.ticks[-1] for number in numbers)
    assert all(0 <= scale.p(number) <= 100 for number in numbers)
    assert all(tick % scale.step == 0 for tick in scale.ticks)


@given(st.lists(st.integers(0, 10**12).map(Decimal), min_size=1, max_size=5))
def test_counts_get_whole_ticks_that_start_at_no_less_than_zero(values: list[Decimal]) -> None:
    scale = Scale.of(values)
    assert scale.ticks[0] >= 0
    assert all(tick == tick.to_integral_value() for tick in scale.ticks)


@given(figures, figures)
def test_a_larger_number_lies_further_right(one: Decimal, other: Decimal) -> None:
    scale = Scale.of([one, other])
    assert (scale.p(one) < scale.p(other)) == (one < other)


def test_the_ticks_of_the_seed_article() -> None:
    scale = Scale.of(Decimal(n) for n in (10_000, 10_500, 11_500, 13_200))
    assert scale.ticks == tuple(Decimal(n) for n in (10_000, 11_000, 12_000, 13_000, 14_000))
    assert scale.low == 9_750


def test_a_single_number_gets_context_on_both_sides() -> None:
    scale = Scale.of([Decimal(10_000)])
    assert scale.ticks[0] < 10_000 < scale.ticks[-1]


def test_without_numbers_the_axis_runs_from_zero_to_three() -> None:
    assert Scale.of([None]).ticks == (0, 1, 2, 3)


def test_from_three_to_nine_million_is_labelled_in_millions() -> None:
    assert tick_labels(Scale.of([Decimal(3), Decimal(9_000_000)]))[:2] == ("0", "2 million")


def test_the_floor_under_an_up_to_does_not_stretch_the_axis() -> None:
    assert Scale.for_marks([mark("up_to", "10000"), mark("about", "11000")]).ticks[0] > 0


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_time_has_at_most_eight_labels(first: date, length: int) -> None:
    scale = TimeScale(first, first + timedelta(days=length))
    ticks = time_ticks(scale)
    assert len(ticks.major) <= 8
    assert list(ticks.major) == sorted(set(ticks.major))
    assert all(scale.first <= day <= scale.last for day in (*ticks.major, *ticks.minor))
    assert not set(ticks.major) & set(ticks.minor)


def test_fifteen_months_are_labelled_in_months_and_name_the_year_where_it_changes() -> None:
    ticks = time_ticks(TimeScale(date(2024, 2, 20), date(2025, 5, 20)))
    assert ticks.unit == "month"
    assert ticks.major[0] == date(2024, 3, 1)
    assert time_label(date(2025, 1, 1), "month", date(2024, 11, 1)) == "Jan 2025"
    assert time_label(date(2025, 3, 1), "month", date(2025, 1, 1)) == "Mar"


def test_three_weeks_are_labelled_on_mondays() -> None:
    ticks = time_ticks(TimeScale(date(2024, 10, 15), date(2024, 11, 6)))
    assert [day.weekday() for day in ticks.major] == [0, 0, 0]


def test_decades_are_labelled_in_years() -> None:
    assert time_ticks(TimeScale(date(1950, 1, 1), date(2024, 1, 1))).unit == "year"


@given(st.lists(st.floats(0, 400), min_size=1, max_size=12))
def test_labels_are_spread_inside_the_panel_in_their_order(wished: list[float]) -> None:
    placed = spread(wished, 34, 16, 16 + 34 * 12)
    assert all(16 - 1e-6 <= y <= 16 + 34 * 12 + 1e-6 for y in placed)
    ordered = sorted(placed)
    assert all(b - a >= 34 - 1e-6 for a, b in pairwise(ordered))
    for i, one in enumerate(wished):
        for j, other in enumerate(wished):
            assert one >= other or placed[i] < placed[j]


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([100.0, 20.0, 60.0], 34, 0, 200) == [100.0, 20.0, 60.0]
