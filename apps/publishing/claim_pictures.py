"""One claim as a picture: the figure in its own words, who gave it, where it is printed, and as of when."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.comparisons.pages.claim import ClaimPage
from apps.publishing.pictures import LINE, MARGIN, TITLE, WIDTH, Theme, as_svg, cut, lines_of, text_at
from apps.web.formats import partial_text

#: px: drawn twice as high as half of what networks show, 1200 × 630.
HEIGHT = 504
#: px of the mark and its axis.
AXIS = 70
#: Characters of a line of the figure, of which two fit, and of the words quoted, of which three fit.
BIG, QUOTED = 34, 104


@dataclass(frozen=True, slots=True)
class ClaimPicture:
    """A claim; `host` is the site's address without a path, `known` the day as of which it is known, in words."""

    page: ClaimPage
    host: str
    known: str
    theme: Theme = "light"

    def svg(self) -> str:
        """The picture as one document."""
        return as_svg(self.page.card_title, "".join(self._parts()), HEIGHT, self.theme)

    def _parts(self) -> Iterator[str]:
        y = 44
        for words, css, step in self._head():
            yield text_at(words, MARGIN, y, css)
            y += step
        if axis := self._axis():
            yield f'<svg x="{MARGIN}" y="{y - 12}" width="{WIDTH - 2 * MARGIN}" height="{AXIS}">{axis}</svg>'
            y += AXIS + 20
        for words, css, step in self._words():
            yield text_at(words, MARGIN, y, css)
            y += step
        yield from self._foot()

    def _head(self) -> Iterator[tuple[str, str, int]]:
        """(words, class, px to the next line): the question, the figure, what it counts and where, and who says so."""
        title = lines_of(self.page.claim.question.title, TITLE, most=2)
        yield from ((line, "title", 26 if line is not title[-1] else 62) for line in title)
        figure = lines_of(self.page.claim.stated_value, BIG, most=2)
        yield from ((line, "big", 54 if line is not figure[-1] else 32) for line in figure)
        yield cut(f"{self.page.unit_words}, {self.page.place_words}", LINE), "say", 26
        yield cut(self.page.claim.claimant.name, TITLE), "title", 24

    def _axis(self) -> str:
        """The drawing of the page: the mark, and its axis below."""
        inside = self.page.axis.removeprefix('<div class="bigaxis">').removesuffix("</div>")
        return inside.replace('<svg class="ruler"', '<svg y="40" class="ruler"')

    def _words(self) -> Iterator[tuple[str, str, int]]:
        """Whether it still stands, and the words of the source."""
        is_retracted = self.page.claim.status == "retracted"
        if is_retracted:
            yield from ((line, "clash", 22) for line in lines_of(f"Retracted: {self._why()}", QUOTED, most=2))
        if self.page.primary and self.page.primary.quote:
            most = 1 if is_retracted else 3
            yield from ((line, "name", 22) for line in lines_of(f"“{self.page.primary.quote}”", QUOTED, most=most))

    def _why(self) -> str:
        return self.page.claim.retracted_why

    def _foot(self) -> Iterator[str]:
        lines = self._foot_lines()
        y = HEIGHT - 18 * len(lines) - 18
        yield f'<line class="rule" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y}" y2="{y}"/>'
        yield from (text_at(line, MARGIN, y + 20 + 18 * place) for place, line in enumerate(lines))

    def _foot_lines(self) -> list[str]:
        days = [f"As of {self.page.as_of_words}" if self.page.claim.as_of_start else "No as-of date"]
        if self.page.claim.stated_on:
            days.append(f"stated {partial_text(self.page.claim.stated_on.iso)}")
        return [
            *([cut(f"Printed by {self._source()}", LINE)] if self.page.primary else []),
            cut(f"{', '.join([*days, f'as known on {self.known}'])}", LINE),
            cut(f"Parallax, {self.page.permalink}", LINE + 10),
        ]

    def _source(self) -> str:
        assert self.page.primary is not None  # asked before
        source = self.page.primary.source
        dated = f", {partial_text(source.published_on.iso)}" if source.published_on else ""
        return f"{source.publisher.label}{dated}"
