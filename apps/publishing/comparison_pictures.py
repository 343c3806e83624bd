"""Comparisons as pictures: where each claimant stands on a day, and how that came about over time."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import override

from django.utils.html import escape

from apps.claims.models import Citation
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.pages.forest import Group, Row
from apps.domain.wording import day_words
from apps.publishing.pictures import LINE, MARGIN, TITLE, WIDTH, Theme, as_png, as_svg, cut, lines_of, placed, text_at
from apps.web.charts import HEIGHT_OF_AXIS, TimePanel
from apps.web.charts.glyphs import shape_id, slot_class

#: Rows of a picture of a day, and px of the panels of one over time: a taller picture is shown by no tool whole.
MOST_ROWS, MOST_PX = 40, 1_600
STATED, AXIS = 270, 470
AXIS_WIDTH = WIDTH - AXIS - MARGIN - 30
ROW, GROUP, RULER = 38, 32, 30
#: Characters that fit: of a name, of a figure.
NAME, FIGURE = 31, 26
#: px of a panel over time: its plot, the labels right of it, and its heading.
PLOT, LABELS, HEADING = 672, 240, 42
#: Lines at the foot.
MOST_FOOT = 4
#: px of one sideways step of marks that would cover one another.
STEP = 5.5
_ASIDE = re.compile(r'class="(s[1-8]) dg(-?\d)"')


@dataclass(frozen=True)
class ComparisonPicture(ABC):
    """A comparison on its day. `host` is the site's address without a path; `tallest` cuts it to a number of px."""

    page: ComparisonPage
    host: str
    stamp: str
    theme: Theme = "light"
    tallest: int | None = None

    #: How to read the marks, in a line.
    legend = ""

    def svg(self) -> str:
        """The picture as one document."""
        body, height = self._drawn()
        return as_svg(self.page.compared.question.title, body, self.tallest or height, self.theme)

    def png(self, *, width: int) -> bytes:
        """The same, `width` px wide."""
        return as_png(self.svg(), width=width)

    def _drawn(self) -> tuple[str, int]:
        head, y = self._head()
        room = None if self.tallest is None else self.tallest - 18 * MOST_FOOT - 46
        body, y, citations = self._body(y, room)
        foot = self._foot_lines(citations)
        if self.tallest is not None:
            y = self.tallest - 18 * len(foot) - 18
        lines = [text_at(line, MARGIN, y + 20 + 18 * index) for index, line in enumerate(foot)]
        return "".join([head, body, _line("rule", y), *lines]), y + 18 * len(foot) + 18

    def _head(self) -> tuple[str, int]:
        title = lines_of(self.page.compared.question.title, TITLE, most=2)
        say = lines_of(self.page.compared.summary_text, LINE, most=3 if self.tallest else 6)
        parts = [text_at(line, MARGIN, 40 + 26 * index, "title") for index, line in enumerate(title)]
        y = 40 + 26 * len(title)
        parts += [text_at(line, MARGIN, y + 19 * index, "say") for index, line in enumerate(say)]
        return "".join(parts), y + 19 * len(say)

    @abstractmethod
    def _body(self, y: int, room: int | None) -> tuple[str, int, Iterable[Citation]]:
        """What is drawn from `y` px on, down to `room` px where that is given; where it ends, and what it is from."""

    def _absolute(self, markup: str) -> str:
        return markup.replace('href="/', f'href="{escape(self.host)}/')

    def _foot_lines(self, citations: Iterable[Citation]) -> list[str]:
        return [
            self.legend,
            *lines_of(_printed_by(citations), LINE, most=1),
            cut(self.stamp, LINE),
            cut(f"Parallax, {self.host}{self.page.permalink}", LINE + 10),
        ]


class DayPicture(ComparisonPicture):
    """The table of a day: a row for each figure, in the groups of the page."""

    legend = "Mark: stated. Tint: allowed by the wording. Arrow: no end stated. Hatched: no number fits both."

    @override
    def _body(self, y: int, room: int | None) -> tuple[str, int, Iterable[Citation]]:
        parts = [_on_axis(self.page.forest.ruler, y, RULER)] if self.page.forest.groups else []
        y += RULER
        parts.append(_line("strong", y))
        drawn: list[Row] = []
        for group, row in self._each():
            tall = GROUP if row is None else ROW
            # A heading needs room for a row, too. What does not fit is the end: no row stands under another heading.
            if len(drawn) >= MOST_ROWS or (room is not None and y + tall + (ROW if row is None else 0) > room):
                break
            parts.append(_group(group, y) if row is None else self._row(row, y))
            drawn += [] if row is None else [row]
            y += tall
        total = sum(len(group.rows) + group.left_out for group in self.page.forest.groups)
        left_out = total - len(drawn)
        if not total:
            parts.append(text_at("No figure stands on this day.", MARGIN, y + 24, "grp"))
            y += GROUP
        if left_out:
            parts.append(text_at(f"And {left_out:,} more figures, at the address below.", MARGIN, y + 20, "grp"))
        citations = [row.citation for row in drawn if row.citation]
        return "".join(parts), y + (GROUP if left_out else 0) + 8, citations

    def _each(self) -> Iterator[tuple[Group, Row | None]]:
        for group in self.page.forest.groups:
            yield group, None
            yield from ((group, row) for row in group.rows)

    def _row(self, row: Row, y: int) -> str:
        actor, middle = row.claim.claimant, y + ROW // 2
        name = actor.name if len(actor.name) <= NAME else actor.label
        return (
            f'<g class="{slot_class(row.slot)}"><use href="#{shape_id(row.slot)}" x="{MARGIN + 7}" y="{middle - 7}" '
            f'class="mk"/></g>{text_at(cut(name, NAME), MARGIN + 22, middle - 2, "name")}'
            f"{text_at(cut(f'{row.claim.place.name}, {row.dated}', NAME + 5), MARGIN + 22, middle + 14)}"
            f"{text_at(cut(row.claim.stated_value, FIGURE), STATED, middle - 2, 'stated')}"
            f"{text_at(cut(row.read_as, FIGURE + 6), STATED, middle + 14)}"
            f"{_on_axis(self._absolute(row.glyph), y, ROW)}{_line('rule', y + ROW)}"
        )


class TimePicture(ComparisonPicture):
    """The chart over time, up to the day: a panel for each place, as on the page."""

    legend = "Mark: stated. Line: holds until revised. Tint: left open by the wording. Dots: the period it is about."

    @override
    def _body(self, y: int, room: int | None) -> tuple[str, int, Iterable[Citation]]:
        shown = self._that_fit(MOST_PX if room is None else room - y)
        parts = []
        for panel in shown:
            parts.append(self._panel(panel, y))
            y += HEADING + panel.height
        if shown:
            axis = self.page.over_time.axis.plot
            parts.append(placed(axis, x=MARGIN, y=y, width=PLOT, height=HEIGHT_OF_AXIS))
            y += HEIGHT_OF_AXIS
        for words in self._not_drawn(shown):
            parts.append(text_at(words, MARGIN, y + 20, "grp"))
            y += GROUP
        return "".join(parts), y + 8, self._citations(shown)

    def _that_fit(self, room: int) -> tuple[TimePanel, ...]:
        """The first panel, however tall, and those after it that there is room for."""
        panels = self.page.over_time.panels
        used, count = 0, 0
        for panel in panels:
            used += HEADING + panel.height
            count += not count or used <= room
        return panels[:count]

    def _panel(self, panel: TimePanel, y: int) -> str:
        title = cut(" ".join(filter(None, [panel.title, f"({panel.detail})" if panel.detail else ""])), LINE)
        plot, labels = self._absolute(_aside(panel.plot)), _aside(panel.labels)
        return (
            text_at(title, MARGIN, y + 28, "grp")
            + placed(plot, x=MARGIN, y=y + HEADING, width=PLOT, height=panel.height)
            + placed(labels, x=MARGIN + PLOT, y=y + HEADING, width=LABELS, height=panel.height)
        )

    def _not_drawn(self, shown: tuple[TimePanel, ...]) -> Iterator[str]:
        over_time = self.page.over_time
        if not shown:
            yield "No dated figure with a number up to this day."
        if words := over_time.not_drawn(hidden=len(over_time.panels) - len(shown)):
            yield f"Not drawn: {words}. They are at the address below."

    def _citations(self, shown: tuple[TimePanel, ...]) -> Iterator[Citation]:
        places = {panel.title for panel in shown}
        for claim in self.page.over_time.claims:
            if self.page.compared.places.names[claim.place.slug] in places:
                yield from claim.citations.all()[:1]


def _printed_by(citations: Iterable[Citation]) -> str:
    names = dict.fromkeys(citation.source.publisher.label for citation in citations)
    return f"Printed by {', '.join(names)}" if names else ""


def stamp_words(page: ComparisonPage, known: str) -> str:
    """The days of a picture in words."""
    return f"As of {day_words(page.on)}, as known on {known}, {page.on_file} on file"


def _on_axis(markup: str, y: int, height: int) -> str:
    return placed(markup, x=AXIS, y=y, width=AXIS_WIDTH, height=height)


def _group(group: Group, y: int) -> str:
    words = text_at(cut(f"{group.title} {group.detail}".strip(), NAME + FIGURE), MARGIN, y + 22, "grp")
    return words + _on_axis(group.header, y, GROUP)


def _line(css: str, y: int) -> str:
    return f'<line class="{css}" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y}" y2="{y}"/>'


def _aside(markup: str) -> str:
    """Sideways steps as attributes: the page's stylesheet has them as a property that few tools know."""
    return _ASIDE.sub(lambda found: f'class="{found[1]}" transform="translate({int(found[2]) * STEP:g} 0)"', markup)
