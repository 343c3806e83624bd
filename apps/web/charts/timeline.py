"""Figures over time: one panel per place, a line for as long as a figure stands, and the axis of days below.

The vertical axis starts at 0 unless every figure lies in its upper half; a cropped axis says so beside the title.
Plans and words without a number are not drawn here: the table lists them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString

from apps.web.charts.glyphs import linked, mark_class, safe, shape_id, slot_class, use
from apps.web.charts.marks import CAPPED, FLOORED, Mark, Series, TimeClash, TimedMark
from apps.web.charts.scale import Scale, TimeScale, percent, spread, tick_labels, time_label, time_ticks
from apps.web.formats import figure_text

HEIGHT, HEIGHT_OF_AXIS = 220, 34
TOP = 26
#: px of tint on the open side of a held line, and the length of an arrow's stem.
FADE, STEM = 22, 20
LABEL_GAP = 34
#: Characters of a name and of a stated figure that fit beside a panel, and of a name beside a narrow one.
NAME, STATED, TINY = 28, 34, 12
LABEL_TOP, LABEL_BOTTOM = 16, 14
#: Marks closer than this (percent, px) would cover one another; their series are then set apart sideways.
NEAR_X, NEAR_Y = 1.3, 26
#: Sideways places in half steps; the stylesheet has a class dg-8 .. dg8 for each and sets the width of a step.
PLACES = (0, 2, -2, 4, -4, 6, -6, 8, -8)


def y_scale(series: Sequence[Series]) -> Scale:
    """The shared vertical axis of some series; pass it to several panels to make them comparable."""
    numbers = [number for one in series for timed in _drawn(one) for number in timed.mark.numbers]
    if not numbers:
        return Scale.of([], pad=Decimal(0))
    lowest, highest = min(numbers), max(numbers)
    is_cropped = lowest * 2 > highest > lowest > 0
    if not is_cropped:
        return Scale.of(numbers, zero=True, pad=Decimal(0))
    room = (highest - lowest) / 4
    floor = max(Decimal(0), lowest - room)
    is_whole = all(number == number.to_integral_value() for number in numbers)
    return Scale.of([*numbers, floor.to_integral_value() if is_whole else floor], pad=Decimal(0))


def _drawn(series: Series) -> list[TimedMark]:
    """Marks that have a place on the chart, oldest first."""
    marks = [timed for timed in series.marks if timed.mark.numbers and not timed.mark.is_plan]
    return sorted(marks, key=lambda timed: (timed.last, timed.first))


@dataclass(frozen=True, slots=True)
class TimePanel:
    """A panel in its parts, each drawn `height` px tall: the plot, and the labels that stand right of it.

    `detail` is what is said beside the `title`: given words, and where the vertical axis starts if not at 0.
    """

    title: str
    detail: str
    height: int
    plot: str
    labels: str

    @property
    def markup(self) -> SafeString:
        """The panel as it stands in a page."""
        name = escape(", ".join(filter(None, [self.title, "over time"])))
        return safe(
            f'<div class="tc-panel">{self._heading()}<div class="tc-plot">'
            f'<svg class="g tc" height="{self.height}" role="group" aria-label="{name}">{self.plot}</svg></div>'
            f'<svg class="tc-labels" height="{self.height}" aria-hidden="true">{self.labels}</svg></div>'
        )

    def _heading(self) -> str:
        if not self.title and not self.detail:
            return ""
        detail = f" <small>{escape(self.detail)}</small>" if self.detail else ""
        return f"<h3>{escape(self.title)}{detail}</h3>"


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The days below some panels, drawn `HEIGHT_OF_AXIS` px tall."""

    plot: str

    @property
    def markup(self) -> SafeString:
        """The axis as it stands in a page."""
        return safe(
            f'<div class="tc-panel tc-axis"><div class="tc-plot"><svg class="g" height="{HEIGHT_OF_AXIS}" '
            f'aria-hidden="true">{self.plot}</svg></div></div>'
        )


@dataclass(frozen=True, slots=True)
class _Panel:
    """The frame of one panel: where a number and a day fall."""

    scale: Scale
    times: TimeScale
    day: date
    height: int

    @property
    def day_x(self) -> float:
        return self.times.p(self.day)

    def y(self, value: Decimal) -> float:
        return round(TOP + (self.height - TOP - 1) * (1 - self.scale.p(value) / 100), 1)

    def held_x(self, day: date) -> str:
        """The same day inside the viewport that is clipped at the day shown."""
        return percent(100 * self.times.p(day) / self.day_x)

    def mark_y(self, mark: Mark) -> float:
        """Where a mark's line runs: at its number, a px aside for open ends, at the middle of a range's ink."""
        if mark.anchor is None:
            ends = [self.y(end) for end in mark.stated_ends]
            return sum(ends) / len(ends)
        aside = -1 if mark.qualifier in FLOORED else 1 if mark.qualifier in CAPPED else 0
        return self.y(mark.anchor) + aside

    def reading(self, mark: Mark) -> tuple[float, float] | None:
        """Top and bottom (px) of a closed reading; None when it is a point or has an open end."""
        lower = mark.read_lower if mark.read_lower is not None else mark.lower
        upper = mark.read_upper if mark.read_upper is not None else mark.upper
        if lower is None or upper is None or lower == upper or mark.qualifier in CAPPED:
            return None
        return max(0.0, self.y(upper)), min(self.height - 1.0, self.y(lower))


def time_panel(
    title: str,
    series: Sequence[Series],
    times: TimeScale,
    day: date,
    *,
    detail: str = "",
    unit: str = "",
    scale: Scale | None = None,
    clashes: Sequence[TimeClash] = (),
    note: str = "",
) -> TimePanel | None:
    """A panel: heading, plot and direct labels. Lines hold until revised and stop at the day shown.

    `unit` follows the topmost number of the axis ("soldiers"); `note` is written into the plot's empty upper left.
    The panel grows when its labels need more than 220 px. None when no series has anything to draw.
    """
    drawn = [(one, marks) for one in series if (marks := _drawn(one))]
    if not drawn:
        return None
    scale = scale or y_scale(series)
    height = max(HEIGHT, LABEL_TOP + LABEL_BOTTOM + LABEL_GAP * len(drawn))
    panel = _Panel(scale, times, day, height)
    aside = _sideways(panel, drawn)
    held = "".join(_held(panel, one, marks, css) for (one, marks), css in zip(drawn, aside, strict=True))
    points = "".join(_points(panel, one, marks, css) for (one, marks), css in zip(drawn, aside, strict=True))
    x = percent(panel.day_x)
    plot = (
        _y_axis(panel, unit)
        + f'<line class="dayline" x1="{x}" x2="{x}" y1="0" y2="{height}"/>'
        + f'<svg width="{x}" height="{height}" overflow="hidden">{held}</svg>'
        + _clashes(panel, clashes)
        + "".join(_leader(panel, one, marks[-1]) for one, marks in drawn)
        + points
        + (f'<text class="panelnote full" x="12%" y="{height // 2}">{escape(note)}</text>' if note else "")
    )
    cropped = f"axis starts at {figure_text(scale.ticks[0])}" if scale.ticks[0] > 0 else ""
    beside = "; ".join(filter(None, [detail, cropped]))
    return TimePanel(title, beside, height, plot, _labels(panel, drawn))


def _y_axis(panel: _Panel, unit: str) -> str:
    parts = []
    for tick, label in zip(panel.scale.ticks, tick_labels(panel.scale), strict=True):
        y = panel.y(tick)
        css = "grid zero" if tick == panel.scale.ticks[0] else "grid"
        words = f"{label} {escape(unit)}".rstrip() if tick == panel.scale.ticks[-1] else label
        parts.append(
            f'<line class="{css}" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>'
            f'<text class="ytick" x="0" y="{y - 5:g}">{words}</text>'
        )
    return "".join(parts)


def _sideways(panel: _Panel, drawn: Sequence[tuple[Series, list[TimedMark]]]) -> list[str]:
    """CSS class per series that sets apart those whose marks would cover one another."""
    near: dict[int, list[tuple[float, float, int]]] = {}
    rivals: list[set[int]] = [set() for _ in drawn]
    for index, (_, marks) in enumerate(drawn):
        for timed in marks:
            x, y = panel.times.p(timed.last), panel.mark_y(timed.mark)
            cell = int(x / NEAR_X)
            for other_x, other_y, other in [*near.get(cell - 1, ()), *near.get(cell, ()), *near.get(cell + 1, ())]:
                if other != index and abs(x - other_x) < NEAR_X and abs(y - other_y) < NEAR_Y:
                    rivals[index].add(other)
            near.setdefault(cell, []).append((x, y, index))
    places: list[int] = []
    for index in range(len(drawn)):
        taken = {places[other] for other in rivals[index]}
        places.append(next((place for place in PLACES if place not in taken), PLACES[index % len(PLACES)]))
    return [f" dg{place}" if place else "" for place in places]


def _held(panel: _Panel, one: Series, marks: Sequence[TimedMark], aside: str) -> str:
    """Lines and tints for as long as each figure stands, and the step to the next."""
    parts = []
    for timed, following in pairwise([*marks, None]):
        if timed is not None:
            parts += _held_one(panel, timed, following)
    return f'<g class="{slot_class(one.slot)}{aside}">{"".join(parts)}</g>'


def _held_one(panel: _Panel, timed: TimedMark, following: TimedMark | None) -> list[str]:
    mark, y = timed.mark, panel.mark_y(timed.mark)
    is_revised = following is not None and (timed.ends is None or timed.ends >= following.last)
    start = 100 * panel.times.p(timed.last) / panel.day_x
    if is_revised and following is not None:
        end = 100 * panel.times.p(following.last) / panel.day_x
    else:
        # 104: past the clipped edge, so that a line set aside to the left still reaches the day shown.
        end = 104.0 if timed.ends is None else min(104.0, 100 * panel.times.p(timed.ends) / panel.day_x)
    parts = []
    if timed.last < panel.day and end > start:
        parts.append(_held_tint(panel, mark, start, end - start, y))
        if mark.anchor is not None:
            parts.append(f'<line class="hold" x1="{percent(start)}" x2="{percent(end)}" y1="{y:g}" y2="{y:g}"/>')
    if is_revised and following is not None:
        to_y = panel.mark_y(following.mark)
        parts.append(f'<line class="step" x1="{percent(end)}" x2="{percent(end)}" y1="{y:g}" y2="{to_y:g}"/>')
    if timed.first < timed.last:
        left = percent(max(0.0, 100 * panel.times.p(timed.first) / panel.day_x))
        parts.append(f'<line class="whisker" x1="{left}" x2="{percent(start)}" y1="{y:g}" y2="{y:g}"/>')
    return parts


def _held_tint(panel: _Panel, mark: Mark, start: float, width: float, y: float) -> str:
    """Tint along a held line: between the ends of the reading, or fading away on the open side."""
    where = f'class="tint" x="{percent(start)}" width="{percent(width)}"'
    if mark.qualifier in FLOORED and mark.is_open_above:
        return f'<rect {where} y="{y - FADE:g}" height="{FADE}" mask="url(#fade-u)"/>'
    if mark.qualifier in CAPPED:
        tall = max(0.0, min(float(FADE), panel.height - 1 - y))
        return f'<rect {where} y="{y:g}" height="{tall:g}" mask="url(#fade-d)"/>'
    reading = panel.reading(mark)
    if reading is None:
        return ""
    top, bottom = reading
    return f'<rect {where} y="{top:g}" height="{bottom - top:.1f}"/>'


def _points(panel: _Panel, one: Series, marks: Sequence[TimedMark], aside: str) -> str:
    """The marks themselves, each a link with its figure in words."""
    reach = 8 if aside else 12
    links = "".join(
        linked(
            timed.mark,
            _point(panel, timed),
            x=panel.times.p(timed.last),
            y=panel.mark_y(timed.mark),
            reach=reach,
        )
        for timed in marks
    )
    return f'<g class="{slot_class(one.slot)}{aside}">{links}</g>'


def _point(panel: _Panel, timed: TimedMark) -> str:
    mark, x = timed.mark, panel.times.p(timed.last)
    y = panel.mark_y(mark)
    parts = []
    if mark.qualifier == "between":
        parts.append(_range(panel, mark, x))
    elif mark.qualifier == "about" and (reading := panel.reading(mark)):
        parts.append(_half_pill(x, *reading, is_whole=timed.last >= panel.day))
    if mark.is_open_above:
        parts.append(use("c-up", x, "ray", y))
    if mark.qualifier in CAPPED:
        has_room = y + STEM < panel.height
        # A count never runs below the axis' zero: there the stem stops without an arrow.
        stem = f'<line class="ray" x1="{percent(x)}" x2="{percent(x)}" y1="{y:g}" y2="{panel.height - 1}"/>'
        parts.append(use("c-down", x, "ray", y) if has_room else stem)
    if mark.anchor is not None:
        parts.append(use(shape_id(mark.slot), x, mark_class(mark), y))
    return "".join(parts)


def _range(panel: _Panel, mark: Mark, x: float) -> str:
    """A stated range: an upright line with a cap at each stated end."""
    ends = [panel.y(end) for end in mark.stated_ends]
    line = f'<line class="ray" x1="{percent(x)}" x2="{percent(x)}" y1="{min(ends):g}" y2="{max(ends):g}"/>'
    return line + "".join(use("c-hcap", x, "cap", y) for y in ends)


def _half_pill(x: float, top: float, bottom: float, *, is_whole: bool) -> str:
    """The rounded start of an "about" tint; the held tint is its other half, except on the day shown."""
    if bottom - top <= 3:
        return ""
    r = round(min(7.0, (bottom - top) / 2), 1)
    left = f"M0 {top:g}H-1a{r:g} {r:g} 0 0 0 -{r:g} {r:g}V{bottom - r:.1f}a{r:g} {r:g} 0 0 0 {r:g} {r:g}H0Z"
    right = f"M0 {top:g}H1a{r:g} {r:g} 0 0 1 {r:g} {r:g}V{bottom - r:.1f}a{r:g} {r:g} 0 0 1 -{r:g} {r:g}H0Z"
    return f'<svg x="{percent(x)}" overflow="visible"><path class="tint" d="{left}{right if is_whole else ""}"/></svg>'


def _clashes(panel: _Panel, clashes: Sequence[TimeClash]) -> str:
    """Gaps between figures that cannot both hold, from the day both stood; labels that would collide are left out."""
    parts: list[str] = []
    label_ys: list[float] = []
    for clash in clashes:
        x = panel.times.p(clash.start)
        top, bottom = panel.y(clash.upper), panel.y(clash.lower)
        parts.append(
            f'<rect class="band clash" x="{percent(x)}" width="{percent(max(0.0, panel.day_x - x))}" '
            f'y="{top:g}" height="{max(1.5, bottom - top - 2):g}"/>'
        )
        y = (top + bottom) / 2 + 4
        if any(abs(y - other) < 15 for other in label_ys):
            continue
        label_ys.append(y)
        dx, anchor = (-26, "end") if x > 25 else (26, "start")
        parts.append(
            f'<text class="clashtxt" x="{percent(x)}" dx="{dx}" y="{y:g}" text-anchor="{anchor}">'
            f"{escape(clash.label)}</text>"
        )
    return "".join(parts)


def _leader(panel: _Panel, one: Series, last: TimedMark) -> str:
    """A thin line from the end of the held line to the label."""
    y = panel.mark_y(last.mark)
    end = panel.times.p(last.last if last.ends is None else last.ends)
    x = percent(max(min(panel.day_x, end), panel.times.p(last.last)) if last.ends else max(panel.day_x, end))
    return f'<line class="leader {slot_class(one.slot)}" x1="{x}" x2="100%" y1="{y:g}" y2="{y:g}"/>'


def _labels(panel: _Panel, drawn: Sequence[tuple[Series, list[TimedMark]]]) -> str:
    wished = [panel.mark_y(marks[-1].mark) for _, marks in drawn]
    placed = spread(wished, LABEL_GAP, LABEL_TOP, panel.height - LABEL_BOTTOM)
    return "".join(
        _label(one, marks[-1].mark, y, at) for (one, marks), y, at in zip(drawn, wished, placed, strict=True)
    )


def _label(one: Series, mark: Mark, y: float, at: float) -> str:
    return (
        f'<g class="{slot_class(one.slot)}"><path class="leader" d="M0 {y:.1f}C12 {y:.1f} 8 {at:.1f} 20 {at:.1f}"/>'
        f'<use href="#{shape_id(one.slot)}" x="30" y="{at - 8:.1f}" class="mk"/>'
        f'<text class="name full" x="43" y="{at - 3:.1f}">{escape(_cut(one.name, NAME))}</text>'
        f'<text class="name tiny" x="42" y="{at - 3:.1f}">{escape(_cut(one.name, TINY))}</text>'
        f'<text class="full" x="43" y="{at + 12:.1f}">{escape(_cut(mark.stated, STATED))}</text>'
        f'<text class="tiny" x="42" y="{at + 12:.1f}">{_short_figure(mark)}</text></g>'
    )


def _cut(words: str, most: int) -> str:
    """The mark itself names all of it."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _short_figure(mark: Mark) -> str:
    if mark.anchor is not None:
        return figure_text(mark.anchor)
    return "\u2013".join(figure_text(end) for end in mark.stated_ends)


def time_axis(times: TimeScale, day: date) -> TimeAxis:
    """The axis below the panels: at most eight labels, in days, months or years, and the day shown in bold."""
    ticks = time_ticks(times)
    parts = [_tick(times.p(minor), 4, "tick") for minor in ticks.minor]
    before: date | None = None
    labelled = [major for major in ticks.major if abs(times.p(major) - times.p(day)) > 7 and times.p(major) > 2]
    for index, major in enumerate(ticks.major):
        parts.append(_tick(times.p(major), 8, "tick major"))
        if major in labelled:
            is_spare = len(labelled) > 3 and (len(ticks.major) - index) % 2
            # `alt` labels go on narrow screens, where they would run into each other or into the day shown.
            css = "ticklab alt" if is_spare or abs(times.p(major) - times.p(day)) < 24 else "ticklab"
            parts.append(_tick_label(times.p(major), time_label(major, ticks.unit, before), css))
            before = major
    parts.append(_tick(times.p(day), 8, "tick major"))
    parts.append(_tick_label(times.p(day), time_label(day, "day", before), "ticklab now"))
    return TimeAxis("".join(parts))


def _tick(x: float, length: int, css: str) -> str:
    return f'<line class="{css}" x1="{percent(x)}" x2="{percent(x)}" y2="{length}"/>'


def _tick_label(x: float, words: str, css: str) -> str:
    anchor = "end" if x > 97 else "middle"
    return f'<text class="{css}" x="{percent(x)}" y="22" text-anchor="{anchor}">{words}</text>'
