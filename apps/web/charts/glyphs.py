"""The glyph of one figure on a horizontal axis, and the small pieces that all charts share.

Mark = the number stated. Tint = the numbers the wording allows. Arrow = no end stated. Cap = an end stated.
Hollow = the bound itself is excluded. Dashed = a plan. Faint and dashed = our reading of mere words.

Shapes and fades are `<use>`d from templates/_components/sprite.html; nothing here carries an id or an inline style.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.web.charts.marks import CAPPED, FLOORED, LAST_SLOT, WORDLESS, Band, Mark
from apps.web.charts.scale import Scale, percent
from apps.web.formats import figure_text

SHAPES = ("circle", "square", "diamond", "bow", "plus", "cross", "tri", "bar")
#: Percent kept clear at both ends of a row's axis: where open rays end.
EDGE = 1.4
FULL = 100.0
#: Half the height of a row's tint, in px.
HALF_TINT = 6


def safe(markup: str) -> SafeString:
    """Mark markup as safe. Everything that came from outside was escaped where it was put in."""
    return mark_safe(markup)


def slot_class(slot: int) -> str:
    """CSS class of a claimant's colour; slots past the eighth share the eighth."""
    return f"s{min(max(slot, 1), LAST_SLOT)}"


def shape_id(slot: int) -> str:
    """Sprite id of a claimant's shape."""
    return f"m-{SHAPES[min(max(slot, 1), LAST_SLOT) - 1]}"


def use(symbol: str, x: float, css: str, y: float = 0) -> str:
    """A sprite symbol at x (percent) and y (px)."""
    return f'<use href="#{symbol}" x="{percent(x)}" y="{y:g}" class="{css}"/>'


def mark_class(mark: Mark) -> str:
    """CSS classes of the mark itself: hollow for an excluded bound, dashed for a plan."""
    return "mk plan" if mark.is_plan else "mk open" if mark.is_hollow else "mk"


def linked(mark: Mark, body: str, *, x: float, y: float = 0, reach: int = 12) -> str:
    """Wrap a glyph in a link (or a named group) with the figure in words; its target is `reach` px around the mark."""
    name = escape(mark.label)
    target = (
        f'<rect class="hit" x="{percent(x)}" y="{y - reach:g}" width="{2 * reach}" height="{2 * reach}" '
        f'transform="translate({-reach} 0)"/>'
    )
    inside = f"<title>{name}</title>{target}{body}"
    if mark.href:
        return f'<a href="{escape(mark.href)}" class="marklink" aria-label="{name}">{inside}</a>'
    return f'<g role="img" aria-label="{name}">{inside}</g>'


def grid_lines(scale: Scale) -> str:
    """Hairlines at the ticks, full height."""
    lines = (percent(scale.p(tick)) for tick in scale.ticks)
    return "".join(f'<line class="grid" x1="{x}" x2="{x}" y2="100%"/>' for x in lines)


def clamp(x: float, low: float = EDGE, high: float = FULL - EDGE) -> float:
    """Keep a position (percent) on the drawing."""
    return max(low, min(high, x))


def band_markup(bands: Iterable[Band], scale: Scale) -> str:
    """Shaded stretches at full height, so that rows join up; a dashed edge where the stretch ends."""
    return "".join(_one_band(band, scale) for band in bands)


def _one_band(band: Band, scale: Scale) -> str:
    start = EDGE if band.lower is None else clamp(scale.p(band.lower), 0, FULL)
    end = FULL - EDGE if band.upper is None else clamp(scale.p(band.upper), 0, FULL)
    if end <= 0 or start >= FULL:
        return ""  # off this axis; the words beside the chart carry it
    if end - start < 0.3:
        x = percent(start)
        return f'<line class="band-edge {band.kind} only" x1="{x}" x2="{x}" y2="100%"/>'
    edges = [(x, number) for x, number in ((start, band.lower), (end, band.upper)) if number is not None]
    return (
        f'<rect class="band {band.kind}" x="{percent(start)}" width="{percent(end - start)}" height="100%"/>'
        + "".join(
            f'<line class="band-edge {band.kind}" x1="{percent(x)}" x2="{percent(x)}" y2="100%"/>'
            for x, number in edges
            if scale.holds(number)
        )
    )


def _tint(start: float, end: float, *, half: float, css: str = "tint", fade: str = "", radius: float = 0) -> str:
    start, end = clamp(start), clamp(end)
    if end <= start:
        return ""
    mask = f' mask="url(#fade-{fade})"' if fade else ""
    round_ends = f' rx="{radius:g}"' if radius else ""
    return (
        f'<rect class="{css}" x="{percent(start)}" width="{percent(end - start)}" y="{-half:g}" '
        f'height="{2 * half:g}"{round_ends}{mask}/>'
    )


def _ray(start: float, end: float, css: str) -> str:
    start, end = clamp(start), clamp(end)
    return f'<line class="{css}" x1="{percent(start)}" x2="{percent(end)}"/>' if end > start else ""


def reading_span(mark: Mark, scale: Scale) -> tuple[float, float]:
    """Left and right end (percent) of what the wording allows; the drawing's edge where no end is known.

    Ends may lie off the axis. Without a reading the stated ends are taken: a `strict` page has no readings.
    """
    lower = mark.read_lower if mark.read_lower is not None else mark.lower
    upper = mark.read_upper if mark.read_upper is not None else mark.upper
    if mark.qualifier in {"exactly", "about"}:
        lower, upper = (mark.anchor if end is None else end for end in (lower, upper))
    left = EDGE if lower is None else scale.p(lower)
    right = FULL - EDGE if upper is None else scale.p(upper)
    return left, right


def _has_left_arrow(mark: Mark, scale: Scale) -> bool:
    """An open lower end gets an arrow, unless the axis shows the floor it stops at."""
    return mark.is_open_below and (mark.read_lower is None or not scale.holds(mark.read_lower))


def _body(mark: Mark, scale: Scale, half: float) -> str:
    """Tint, line, arrows and caps: all of the glyph but the mark itself."""
    ray = "ray plan" if mark.is_plan else "ray"
    left, right = reading_span(mark, scale)
    # An end that was stated but lies off the axis stops short, to leave room for the `//` that says so.
    # A floor nobody stated ("a count is never below 0") is not such an end: there the ray runs to its arrow.
    left = EDGE if _has_left_arrow(mark, scale) else max(left, EDGE + 3) if left < 0 else left
    right = min(right, FULL - EDGE - 3) if right > FULL else right
    if mark.qualifier in FLOORED:
        start = scale.p(mark.anchor) if mark.anchor is not None else left
        arrow = use("c-right", FULL - EDGE, ray) if mark.is_open_above else ""
        fade = "r" if mark.is_open_above else ""
        return _tint(left, right, half=half, fade=fade) + _ray(start, right, ray) + arrow
    if mark.qualifier in CAPPED:
        end = scale.p(mark.anchor) if mark.anchor is not None else right
        arrow = use("c-left", EDGE, ray) if _has_left_arrow(mark, scale) else ""
        return _tint(left, right, half=half, fade="l") + _ray(left, end, ray) + arrow
    if mark.qualifier == "between":
        ends = [scale.p(end) for end in mark.stated_ends]
        caps = "".join(use("c-cap", x, "cap") for x in ends if 0 <= x <= FULL)
        return _tint(left, right, half=half) + _ray(min(ends, default=0), max(ends, default=0), ray) + caps
    css = "tint plan" if mark.is_plan else "tint"
    return _tint(left, right, half=half + 1, css=css, radius=half + 1)


def _off_axis(mark: Mark, side: str, number: Decimal, y: float) -> str:
    """`//`, the mark at the edge, and its number in words."""
    is_left = side == "left"
    edge, step = (EDGE, 1) if is_left else (FULL - EDGE, -1)
    anchor = "start" if is_left else "end"
    words = f"{figure_text(number)}, {side} of this axis"
    shape = use(shape_id(mark.slot), edge + 4.5 * step, mark_class(mark)) if mark.anchor is not None else ""
    return (
        use("c-off", edge, "offmk")
        + shape
        + f'<text class="offtxt" x="{percent(edge + 7.5 * step)}" y="{y:g}" text-anchor="{anchor}">{words}</text>'
    )


def _off_notes(mark: Mark, scale: Scale, has_body: bool) -> str:
    """What is said about stated numbers that the axis does not reach."""
    numbers = mark.stated_ends if mark.anchor is None else (mark.anchor,)
    y = -11 if has_body else 4  # above the line when there is one
    return "".join(
        _off_axis(mark, "left" if number < scale.low else "right", number, y)
        for number in numbers
        if not scale.holds(number)
    )


def glyph(mark: Mark, scale: Scale, *, half: float = HALF_TINT) -> str:
    """One figure around y = 0. Rays run to the edge: an open claim really is open. Empty for mere words."""
    if mark.qualifier in WORDLESS:
        return _interpretation(mark, scale, half)
    body = _body(mark, scale, half)
    notes = _off_notes(mark, scale, bool(body))
    anchor = mark.anchor
    shape = ""
    if anchor is not None and scale.holds(anchor):
        shape = use(shape_id(mark.slot), scale.p(anchor), mark_class(mark))
    return linked(mark, body + notes + shape, x=target_x(mark, scale))


def _interpretation(mark: Mark, scale: Scale, half: float) -> str:
    """Words without a number: nothing, or our reading, faint, dashed and called so."""
    if not mark.is_interpretation or (mark.read_lower is None and mark.read_upper is None):
        return ""
    left, right = reading_span(mark, scale)
    tint = _tint(left, right, half=half + 1, css="tint ours", radius=half + 1)
    if not tint:
        return ""
    left, right = clamp(left), clamp(right)
    if right < 75:
        x, anchor, dx = right, "start", 8
    else:
        x, anchor, dx = (left, "end", -8) if left > 30 else ((left + right) / 2, "middle", 0)
    words = f'<text class="ourstxt" x="{percent(x)}" dx="{dx}" y="4" text-anchor="{anchor}">our reading</text>'
    return linked(mark, tint + words, x=(left + right) / 2)


def target_x(mark: Mark, scale: Scale) -> float:
    """Where the pointer's target sits (percent): at the mark, else in the middle of the range."""
    if mark.anchor is not None and scale.holds(mark.anchor):
        return scale.p(mark.anchor)
    if mark.anchor is not None:
        return EDGE + 4.5 if mark.anchor < scale.low else FULL - EDGE - 4.5
    left, right = reading_span(mark, scale)
    return (clamp(left) + clamp(right)) / 2


def key_svg(slot: int) -> SafeString:
    """A claimant's mark on its own, 14 x 14 px, for names in text. Hidden from readers: the name says it."""
    return safe(
        f'<svg class="key {slot_class(slot)}" viewBox="-7 -7 14 14" aria-hidden="true">'
        f'<use href="#{shape_id(slot)}" class="mk"/></svg>'
    )
