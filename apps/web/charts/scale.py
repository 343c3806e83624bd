"""Scales: from a number or a day to a position in percent of the drawing's width.

Positions are percentages, so one SVG fits every width without scaling its strokes, marks or type.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

from apps.web.charts.marks import Mark, Series, numbers_of
from apps.web.formats import MONTHS, day_text, figure_text

MOST_TICKS = 6
FEWEST_TICKS = 4
PAD = Decimal("0.25")
MILLION = Decimal(1_000_000)
#: Wide enough for a sum of the two furthest numbers that a figure may hold (15 significant digits each).
ROOMY = Context(prec=60)


def percent(value: float) -> str:
    """Write a position for an SVG attribute: two decimals, no trailing zeros (`12.5%`)."""
    return f"{round(value, 2):g}%"


def _steps(start: Decimal) -> Iterable[Decimal]:
    """1, 2 and 5 times powers of ten, upwards from `start`'s power of ten."""
    power = Decimal(1).scaleb(start.adjusted())
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _snap(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (number / step).to_integral_value(rounding=rounding) * step


def _widened(lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """Give a single number some context: a fifth of it on either side, or 0 to 1 around zero."""
    if lowest != highest:
        return lowest, highest
    margin = abs(lowest) / 5 or Decimal(1)
    return (lowest - margin if lowest else lowest), highest + margin


def _ticks(lowest: Decimal, highest: Decimal, finest: Decimal) -> tuple[Decimal, ...]:
    """Four to six ticks that enclose both numbers, at the finest step of 1, 2 or 5 x 10^n that allows it."""
    for step in _steps(max(finest, (highest - lowest) / 10)):
        if step < finest:
            continue
        first, last = _snap(lowest, step, ROUND_FLOOR), _snap(highest, step, ROUND_CEILING)
        if (last - first) / step < MOST_TICKS:
            break
    while (last - first) / step < FEWEST_TICKS - 1:
        # Room goes to the side that has less of it, but an axis of counts never starts below zero.
        can_go_down = first - step >= 0 or lowest < 0
        if can_go_down and lowest - first < last - highest:
            first -= step
        else:
            last += step
    count = int((last - first) / step) + 1
    return tuple(first + index * step for index in range(count))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis. `ticks` are four to six multiples of `step`; the domain is a little wider on both sides."""

    ticks: tuple[Decimal, ...]
    step: Decimal
    pad: Decimal = PAD

    @classmethod
    def of(cls, values: Iterable[Decimal | None], *, zero: bool = False, pad: Decimal = PAD) -> "Scale":
        """Build an axis that shows every value. `zero` makes it start at 0 (or end there, for negative numbers).

        None is skipped; without any number the axis runs from 0 to 3. Whole numbers never get a fractional step.
        """
        with localcontext(ROOMY):
            numbers = [value for value in values if value is not None]
            whole = all(value == value.to_integral_value() for value in numbers)
            if zero or not numbers:
                numbers.append(Decimal(0))
            lowest, highest = _widened(min(numbers), max(numbers))
            finest = Decimal(1) if whole else Decimal(1).scaleb((highest - lowest).adjusted() - 3)
            ticks = _ticks(lowest, highest, finest)
            return cls(ticks, ticks[1] - ticks[0], pad)

    @classmethod
    def for_marks(cls, marks: Iterable[Mark], *, zero: bool = False) -> "Scale":
        """An axis over the numbers of marks: stated ones and finite ends of their readings."""
        return cls.of(numbers_of(marks), zero=zero)

    @property
    def low(self) -> Decimal:
        """The number at the left edge: a quarter step before the first tick."""
        return self.ticks[0] - self.pad * self.step

    @property
    def high(self) -> Decimal:
        """The number at the right edge."""
        return self.ticks[-1] + self.pad * self.step

    def p(self, value: Decimal) -> float:
        """Position in percent; below 0 or above 100 when the value is off the axis."""
        return float(100 * (value - self.low) / (self.high - self.low))

    def holds(self, value: Decimal) -> bool:
        """Whether the value can be drawn on this axis."""
        return self.low <= value <= self.high


def tick_labels(scale: Scale) -> tuple[str, ...]:
    """The words under the ticks; millions are written out when every tick is at least a round tenth of one."""
    if scale.step >= MILLION / 10:
        return tuple(f"{figure_text(tick / MILLION)} million" if tick else "0" for tick in scale.ticks)
    return tuple(figure_text(tick) for tick in scale.ticks)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from `first` to `last`, both included; a day is placed at its middle."""

    first: date
    last: date

    @classmethod
    def of(cls, series: Sequence[Series], day: date) -> "TimeScale":
        """An axis over all marks and the day shown, with a little room on both sides.

        A mark counts with its last possible day: a figure dated "2024" must not stretch the axis to January.
        """
        days = [timed.last for one in series for timed in one.marks] + [day]
        margin = max(1, round((max(days) - min(days)).days * 0.03))
        first, last = min(days).toordinal() - 2 * margin, max(days).toordinal() + margin
        # The calendar has ends, and an address may ask for the last day of the year 9999.
        return cls(
            date.fromordinal(max(first, date.min.toordinal())), date.fromordinal(min(last, date.max.toordinal()))
        )

    @property
    def length(self) -> int:
        """Days on the axis."""
        return (self.last - self.first).days + 1

    def p(self, day: date) -> float:
        """Position in percent of the middle of a day."""
        return 100 * ((day - self.first).days + 0.5) / self.length


MOST_LABELS = 8
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


def _every_days(scale: TimeScale, step: int) -> list[date]:
    """Days that are multiples of `step` since a Monday, so that weeks start on Mondays."""
    offset = -scale.first.toordinal() + 1
    first = scale.first + timedelta(days=offset % step)
    return [first + timedelta(days=n) for n in range(0, (scale.last - first).days + 1, step)]


def _every_months(scale: TimeScale, step: int) -> list[date]:
    """First days of every `step`-th month, counted from the year 0."""
    start = scale.first.year * 12 + scale.first.month - 1
    end = scale.last.year * 12 + scale.last.month - 1
    months = range(-(-start // step) * step, end + 1, step)
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month >= 12]
    return [day for day in days if day >= scale.first]


@dataclass(frozen=True, slots=True)
class TimeTicks:
    """Labelled days, unlabelled days between them, and whether days, months or years are written."""

    major: tuple[date, ...]
    minor: tuple[date, ...]
    unit: str


def time_ticks(scale: TimeScale, most: int = MOST_LABELS) -> TimeTicks:
    """The finest of days, weeks, months or years that needs at most `most` labels."""
    candidates = [("day", step) for step in DAY_STEPS if scale.length <= step * (most + 2)]
    candidates += [("month" if step < 12 else "year", step) for step in MONTH_STEPS]
    finer: tuple[date, ...] = ()
    for unit, step in candidates:
        days = tuple(_every_days(scale, step) if unit == "day" else _every_months(scale, step))
        if len(days) <= most:
            break
        finer = days if len(days) <= 70 else ()
    if unit == "day" and step > 1:
        finer = tuple(_every_days(scale, 1 if scale.length <= 70 else 7))
    return TimeTicks(days, tuple(day for day in finer if day not in days), unit)


def time_label(day: date, unit: str, before: date | None) -> str:
    """A tick's words; the year stands at the first tick and wherever it changes. `before` is the tick to its left."""
    new_year = before is None or before.year != day.year
    if unit == "year":
        return str(day.year)
    if unit == "month":
        return f"{MONTHS[day.month - 1]} {day.year}" if new_year else MONTHS[day.month - 1]
    return day_text(day) if new_year else f"{day.day} {MONTHS[day.month - 1]}"


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart to at least `gap`, inside low..high, each as little as possible (least squares).

    Neighbours that collide form a block placed at the mean of what its members want. When the labels do not fit,
    they keep their gap and run past `high`: make room first.
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    blocks: list[tuple[float, int]] = []  # (sum of wished starts, members): a block starts at sum / members
    for index in order:
        total, members = positions[index], 1
        while blocks and blocks[-1][0] / blocks[-1][1] + blocks[-1][1] * gap > total / members:
            above, count = blocks.pop()
            total, members = above + total - members * count * gap, count + members
        blocks.append((total, members))
    placed: list[float] = [total / members + place * gap for total, members in blocks for place in range(members)]
    for place in range(len(placed)):
        ceiling = high - (len(placed) - 1 - place) * gap
        placed[place] = max(min(placed[place], ceiling), low + place * gap)
    result = [0.0] * len(positions)
    for place, index in enumerate(order):
        result[index] = placed[place]
    return result
