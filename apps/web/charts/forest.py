"""Figures on one day: rows of a forest table on a shared axis, its header, the claim's own axis, the list strip."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString

from apps.web.charts.glyphs import (
    EDGE,
    FULL,
    band_markup,
    clamp,
    glyph,
    grid_lines,
    reading_span,
    safe,
    slot_class,
)
from apps.web.charts.marks import CAPPED, WORDLESS, Band, Mark
from apps.web.charts.scale import Scale, percent, tick_labels

#: Below this share of the axis (percent) two labels would run into each other.
LABEL_ROOM = 24
LANE = 9
TALLEST_LANES = 126
STRIP_EDGE = 3


def row_svg(
    mark: Mark | None, scale: Scale, bands: Sequence[Band] = (), *, note: str = "", note_detail: str = ""
) -> SafeString:
    """One row's cell: bands, grid, the figure's glyph as a link.

    `note` names the gap ("500 apart") beside the first clash band, `note_detail` is appended on wide screens
    (": no number fits both"). Without a mark, or for words without a reading, only bands and grid are drawn.
    """
    body = glyph(mark, scale) if mark else ""
    inner = ""
    if mark and body:
        inner = f'<svg y="50%" height="1" overflow="visible" class="{slot_class(mark.slot)}">{body}</svg>'
    # A group, not an image: an image's children, and so the link in it, would be hidden from screen readers.
    role = "" if inner else ' aria-hidden="true"'
    words = _gap_note(mark, scale, bands, note, note_detail) if note else ""
    return safe(f'<svg class="g"{role}>{band_markup(bands, scale)}{grid_lines(scale)}{inner}{words}</svg>')


def _gap_note(mark: Mark | None, scale: Scale, bands: Sequence[Band], note: str, detail: str) -> str:
    """The width of the gap, on the side of the band that the row's own glyph leaves free."""
    clash = next((band for band in bands if band.kind == "clash"), None)
    if clash is None:
        return ""
    start = EDGE if clash.lower is None else clamp(scale.p(clash.lower))
    end = FULL - EDGE if clash.upper is None else clamp(scale.p(clash.upper))
    is_glyph_right = mark is not None and reading_span(mark, scale)[1] > end + 0.1
    x, dx, anchor, room = (start, -9, "end", start) if is_glyph_right else (end, 9, "start", FULL - end)
    tail = f'<tspan class="full">{escape(detail)}</tspan>' if detail and room > 40 else ""
    return (
        f'<text class="clashtxt" x="{percent(x)}" dx="{dx}" y="50%" dy="4" text-anchor="{anchor}">'
        f"{escape(note)}{tail}</text>"
    )


def group_svg(scale: Scale, bands: Sequence[Band] = ()) -> SafeString:
    """A group header's cell: the bands run through it and say what they are ("all hold here")."""
    labels, taken = [], -FULL
    for band in sorted((band for band in bands if band.label), key=lambda band: band.lower or scale.low):
        start = EDGE if band.lower is None else clamp(scale.p(band.lower))
        end = FULL - EDGE if band.upper is None else clamp(scale.p(band.upper))
        middle = (start + end) / 2
        if middle - taken < LABEL_ROOM:
            continue  # the next band says the same; two labels on top of each other say nothing
        taken = middle
        anchor = "start" if middle < 12 else "end" if middle > 88 else "middle"
        labels.append(
            f'<text class="{band.kind}" x="{percent(middle)}" y="100%" dy="-7" text-anchor="{anchor}">'
            f"{escape(band.label)}</text>"
        )
    return safe(
        f'<svg class="g" aria-hidden="true">{band_markup(bands, scale)}{grid_lines(scale)}{"".join(labels)}</svg>'
    )


def ruler_svg(scale: Scale, *, height: int = 28, every: int = 1) -> SafeString:
    """The axis above a forest, `height` px tall, ticks standing on its lower edge; every n-th tick is labelled.

    Every second label carries the class `alt` when labels are long: the stylesheet drops it on narrow screens.
    """
    parts = []
    for tick in scale.ticks[:-1]:
        for tenth in range(1, 10):
            x = percent(scale.p(tick + scale.step * tenth / 10))
            top = height - (6 if tenth == 5 else 3)
            parts.append(f'<line class="tick" x1="{x}" x2="{x}" y1="{top}" y2="{height}"/>')
    labels = tick_labels(scale)
    is_long = max(map(len, labels)) > 6
    for index, (tick, label) in enumerate(zip(scale.ticks, labels, strict=True)):
        x = percent(scale.p(tick))
        parts.append(f'<line class="tick major" x1="{x}" x2="{x}" y1="{height - 9}" y2="{height}"/>')
        if index % every == 0:
            css = "ticklab alt" if is_long and index % 2 else "ticklab"
            parts.append(f'<text class="{css}" x="{x}" y="{height - 13}" text-anchor="middle">{label}</text>')
    return safe(f'<svg class="ruler" height="{height}" aria-hidden="true">{"".join(parts)}</svg>')


def claim_axis_svg(mark: Mark, scale: Scale | None = None) -> SafeString:
    """One claim's figure on its own axis, for the top of its page. Empty when there is nothing to draw."""
    if mark.qualifier in WORDLESS and not mark.is_interpretation:
        return safe("")
    scale = scale or _own_scale(mark)
    body = glyph(mark, scale, half=8)
    if not body:
        return safe("")
    return safe(
        f'<div class="bigaxis"><svg class="g" height="40"><svg y="50%" height="1" overflow="visible" '
        f'class="{slot_class(mark.slot)}">{body}</svg></svg>{ruler_svg(scale, height=26)}</div>'
    )


def _own_scale(mark: Mark) -> Scale:
    """An axis for a single figure: room for the arrow of an open end, and 0 in sight where it is the floor."""
    numbers: list[Decimal | None] = list(mark.numbers)
    if mark.qualifier in WORDLESS:
        numbers += [mark.read_lower, mark.read_upper]
    if mark.is_open_above and mark.anchor is not None:
        numbers.append(mark.anchor + abs(mark.anchor) / 5)
    return Scale.of(numbers, zero=mark.is_open_below and mark.read_lower == 0)


def _strip_lane(mark: Mark, scale: Scale, y: float, radius: float) -> str:
    """One claimant's lane: a line over what the wording allows, tips where no end is known, a dot at the number."""
    if mark.qualifier in WORDLESS:
        return ""
    left, right = reading_span(mark, scale)
    has_left_tip = mark.is_open_below and (mark.read_lower is None or not scale.holds(mark.read_lower))
    has_right_tip = mark.is_open_above
    is_open = mark.is_open_below or has_right_tip
    start, end = clamp(left), clamp(right)
    parts = []
    if end > start:
        css = "lane open" if is_open else "lane"
        parts.append(f'<line class="{css}" x1="{percent(start)}" x2="{percent(end)}" y1="{y:g}" y2="{y:g}"/>')
    if has_right_tip:
        parts.append(f'<use href="#c-tipr" x="{percent(FULL - EDGE)}" y="{y:g}" class="tip"/>')
    if has_left_tip:
        parts.append(f'<use href="#c-tipl" x="{percent(EDGE)}" y="{y:g}" class="tip"/>')
    if mark.qualifier == "between":
        ends = [percent(scale.p(end)) for end in mark.stated_ends if scale.holds(end)]
        parts += [f'<line class="tip" x1="{x}" x2="{x}" y1="{y - radius:g}" y2="{y + radius:g}"/>' for x in ends]
    if mark.anchor is not None and scale.holds(mark.anchor):
        css = "dot open" if mark.is_hollow else "dot"
        parts.append(f'<circle class="{css}" cx="{percent(scale.p(mark.anchor))}" cy="{y:g}" r="{radius:g}"/>')
    return f'<g class="{slot_class(mark.slot)}">{"".join(parts)}</g>'


def strip_svg(marks: Sequence[Mark], title: str, scale: Scale | None = None, bands: Sequence[Band] = ()) -> SafeString:
    """A small forest for lists: a lane per claimant and two labelled ticks; `title` says it in words.

    Bands cover the lanes that they name. Lanes get thinner when there are more than fourteen. Empty without numbers.
    """
    drawn = [mark for mark in marks if mark.numbers]
    if not drawn:
        return safe("")
    scale = scale or Scale.for_marks(drawn, zero=all(mark.qualifier in CAPPED for mark in drawn))
    lane = min(float(LANE), TALLEST_LANES / len(marks))
    radius = min(3.2, lane * 0.4)
    height = lane * len(marks) + 2 * STRIP_EDGE
    parts = []
    for band in bands:
        last = len(marks) - 1 if band.last is None else band.last
        top, tall = STRIP_EDGE + lane * band.first, lane * (last - band.first + 1)
        parts.append(f'<svg y="{top:g}" height="{tall:g}">{band_markup([band], scale)}</svg>')
    parts.append(f'<line class="base" x1="0" x2="100%" y1="{height:g}" y2="{height:g}"/>')
    for index, mark in enumerate(marks):
        parts.append(_strip_lane(mark, scale, STRIP_EDGE + lane * (index + 0.5), radius))
    labels = tick_labels(scale)
    for tick, label, side in ((scale.ticks[0], labels[0], "start"), (scale.ticks[-1], labels[-1], "end")):
        x, anchor = percent(scale.p(tick)), side if len(label) > 7 else "middle"
        parts.append(
            f'<line class="tick major" x1="{x}" x2="{x}" y1="{height - 3:g}" y2="{height + 3:g}"/>'
            f'<text class="end" x="{x}" y="{height + 14:g}" text-anchor="{anchor}">{label}</text>'
        )
    name = escape(title)
    return safe(
        f'<svg class="g strip" role="img" aria-label="{name}" height="{height + 16:g}"><title>{name}</title>'
        f"{''.join(parts)}</svg>"
    )
