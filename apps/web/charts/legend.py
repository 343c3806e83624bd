"""How to read the marks: the strip of samples above a forest, and the table of wordings for the methodology page."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString

from apps.web.charts.glyphs import glyph, mark_class, safe, shape_id, use
from apps.web.charts.marks import CAPPED, FLOORED, Mark
from apps.web.charts.scale import Scale

#: A bare axis from 0 to 100, so that a sample's numbers are percentages of its width.
_AXIS = Scale((Decimal(0), Decimal(100)), Decimal(100), Decimal(0))

#: wording: (stated lower, stated upper, point, read lower, read upper), in percent of the sample's width.
_SAMPLES: dict[str, tuple[int | None, int | None, int | None, int | None, int | None]] = {
    "exactly": (50, 50, 50, 50, 50),
    "about": (None, None, 50, 12, 88),
    "at_least": (20, None, None, 20, None),
    "more_than": (20, None, None, 20, None),
    "up_to": (None, 80, None, None, 80),
    "less_than": (None, 80, None, None, 80),
    "between": (6, 94, None, 6, 94),
}
WORDINGS = {
    "exactly": "exactly",
    "about": "about",
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "less_than": "less than",
    "between": "between",
}


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A wording or a state of a mark, and its sample."""

    label: str
    svg: SafeString


def sample_mark(qualifier: str, *, slot: int = 1, is_plan: bool = False) -> Mark:
    """A mark of that wording on an axis from 0 to 100. Raises KeyError for words without a number."""
    lower, upper, point, read_lower, read_upper = (
        None if number is None else Decimal(number) for number in _SAMPLES[qualifier]
    )
    return Mark(
        key=f"sample-{qualifier}",
        slot=slot,
        qualifier=qualifier,
        label="",
        lower=lower,
        upper=upper,
        point=point,
        read_lower=read_lower,
        read_upper=read_upper,
        is_plan=is_plan,
    )


def legend_sample_svg(qualifier: str, *, width: int = 40, is_plan: bool = False) -> SafeString:
    """A small horizontal sample, `width` x 20 px, hidden from screen readers: the word beside it says it."""
    return _sample(_bare(glyph(sample_mark(qualifier, is_plan=is_plan), _AXIS)), width)


def _sample(body: str, width: int) -> SafeString:
    return safe(
        f'<svg width="{width}" height="20" aria-hidden="true"><svg y="50%" height="1" overflow="visible">'
        f"{body}</svg></svg>"
    )


def _bare(body: str) -> str:
    """The glyph without its name and role: a sample is decoration."""
    return body.replace('<g role="img" aria-label=""><title></title>', "<g>")


def legend_items() -> tuple[LegendItem, ...]:
    """The samples shown above every forest, in reading order."""
    dotted = '<line class="whisker" x1="3%" x2="86%" y1="0" y2="0"/>' + use("m-circle", 88, "mk")
    return (
        LegendItem("exactly", legend_sample_svg("exactly", width=14)),
        LegendItem("about", legend_sample_svg("about", width=44)),
        LegendItem("at least", legend_sample_svg("at_least")),
        LegendItem("more than", legend_sample_svg("more_than")),
        LegendItem("up to", legend_sample_svg("up_to")),
        LegendItem("between", legend_sample_svg("between")),
        LegendItem("dated to a month", _sample(dotted, 40)),
        LegendItem("plan", legend_sample_svg("exactly", width=14, is_plan=True)),
    )


def legend_svg() -> SafeString:
    """The legend as a list. It stands once on a page, above the forest."""
    items = "".join(f"<li>{item.svg}{escape(item.label)}</li>" for item in legend_items())
    teach = '<li class="teach">Mark: the number stated. Tint: the numbers it allows.</li>'
    return safe(f'<ul class="legend" aria-label="How to read the marks">{teach}{items}</ul>')


def legend_time_svg(qualifier: str) -> SafeString:
    """The same wording in a chart over time: a 60 x 48 px cell."""
    mark, y = sample_mark(qualifier), 24
    line = f'<line class="hold" x1="16" x2="56" y1="{y}" y2="{y}"/>'
    if qualifier in FLOORED:
        body = (
            f'<rect class="tint" x="16" width="40" y="{y - 23}" height="22" mask="url(#fade-u)"/>{line}'
            f'<use href="#c-up" x="16" y="{y}" class="ray"/>'
        )
    elif qualifier in CAPPED:
        body = (
            f'<rect class="tint" x="16" width="40" y="{y + 1}" height="22" mask="url(#fade-d)"/>{line}'
            f'<use href="#c-down" x="16" y="{y}" class="ray"/>'
        )
    elif qualifier == "about":
        body = f'<path class="tint" d="M56 {y - 7}H15a7 7 0 0 0 0 14H56Z"/>{line}'
    elif qualifier == "between":
        body = (
            f'<rect class="tint" x="16" width="40" y="{y - 11}" height="22"/>'
            f'<path class="ray" d="M16 {y - 11}V{y + 11}"/>'
            f'<path class="cap" d="M8.5 {y - 11}H23.5M8.5 {y + 11}H23.5"/>'
        )
    else:
        body = line
    if mark.anchor is not None:
        body += f'<use href="#{shape_id(mark.slot)}" x="16" y="{y}" class="{mark_class(mark)}"/>'
    return safe(f'<svg class="vleg" width="60" height="48" aria-hidden="true">{body}</svg>')
