"""Charts as server-rendered SVG, with percentages across and pixels down, so that one SVG serves every width.

They know no model and no rule: the caller turns a claim and its reading into a `Mark`. They return safe markup in
which all text is escaped, with neither ids nor inline styles; shapes come from templates/_components/sprite.html and
looks from static/css/parallax.css. Every mark with an `href` is a focusable link named by its `label`.

What goes in (apps.web.charts.marks; all frozen, `Decimal | None` for numbers, None = no end):

    Mark(*, key: str, slot: int, qualifier: str, label: str, stated: str = "", href: str = "", hedged: bool = False,
         point=None, lower=None, upper=None, lower_inclusive: bool = True, upper_inclusive: bool = True,
         read_lower=None, read_upper=None, is_plan: bool = False, is_interpretation: bool = False)
    Band(kind: "agree" | "clash", lower, upper, label: str = "", first: int = 0, last: int | None = None)
    TimedMark(mark: Mark, first: date, last: date, ends: date | None = None)
    Series(slot: int, name: str, marks: tuple[TimedMark, ...])
    TimeClash(start: date, lower: Decimal, upper: Decimal, label: str = "cannot both hold")
    slot_for(position: int) -> int                                          1 to 8, the ninth and later 8

Axes (apps.web.charts.scale):

    Scale.of(values: Iterable[Decimal | None], *, zero: bool = False) -> Scale
    Scale.for_marks(marks: Iterable[Mark], *, zero: bool = False) -> Scale  give it the compared marks only
    TimeScale.of(series: Sequence[Series], day: date) -> TimeScale          give it the series of all panels
    y_scale(series: Sequence[Series]) -> Scale                              one vertical axis for several panels

Drawings:

    row_svg(mark: Mark | None, scale, bands: Sequence[Band] = (), *, note: str = "", note_detail: str = "")
    group_svg(scale, bands: Sequence[Band] = ())                            bands with a label are named
    ruler_svg(scale, *, height: int = 28, every: int = 1)
    claim_axis_svg(mark: Mark, scale: Scale | None = None)                  "" when there is nothing to draw
    strip_svg(marks: Sequence[Mark], title: str, scale: Scale | None = None, bands: Sequence[Band] = ())
    time_panel(title, series, times: TimeScale, day: date, *, detail: str = "", unit: str = "",
               scale: Scale | None = None, clashes: Sequence[TimeClash] = (), note: str = "") -> TimePanel | None
    time_axis(times: TimeScale, day: date) -> TimeAxis
    TimePanel(title, detail, height, plot, labels), TimeAxis(plot)          `markup` is what stands in a page
    key_svg(slot: int)
    legend_svg() · legend_items() -> tuple[LegendItem(label, svg), ...]
    legend_sample_svg(qualifier, *, width: int = 40, is_plan: bool = False) · legend_time_svg(qualifier)
"""

from apps.web.charts.forest import claim_axis_svg, group_svg, row_svg, ruler_svg, strip_svg
from apps.web.charts.glyphs import key_svg
from apps.web.charts.legend import LegendItem, legend_items, legend_sample_svg, legend_svg, legend_time_svg
from apps.web.charts.marks import Band, Mark, Series, TimeClash, TimedMark, slot_for
from apps.web.charts.scale import Scale, TimeScale
from apps.web.charts.timeline import HEIGHT_OF_AXIS, TimeAxis, TimePanel, time_axis, time_panel, y_scale

__all__ = [
    "HEIGHT_OF_AXIS",
    "Band",
    "LegendItem",
    "Mark",
    "Scale",
    "Series",
    "TimeAxis",
    "TimeClash",
    "TimePanel",
    "TimeScale",
    "TimedMark",
    "claim_axis_svg",
    "group_svg",
    "key_svg",
    "legend_items",
    "legend_sample_svg",
    "legend_svg",
    "legend_time_svg",
    "row_svg",
    "ruler_svg",
    "slot_for",
    "strip_svg",
    "time_axis",
    "time_panel",
    "y_scale",
]
