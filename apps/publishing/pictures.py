"""Comparisons as pictures that stand alone: title, rows, stamp and source line in one SVG, and the same as PNG.

Glyphs and colours are those of the page: its drawings, its sprite and the tokens of its stylesheet. Nothing is loaded
from elsewhere, so that a picture looks the same in a document, in a mail and on paper.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from textwrap import wrap
from typing import Literal

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape

from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.pages.forest import Group, Row
from apps.domain.wording import day_words
from apps.publishing.atom import xml_text
from apps.web.charts.glyphs import shape_id, slot_class

type Theme = Literal["light", "dark"]

#: Rows of a picture: a taller one is shown by no tool whole.
MOST_ROWS = 40
WIDTH, MARGIN = 960, 24
WHO, STATED, AXIS = MARGIN, 270, 470
AXIS_WIDTH = WIDTH - AXIS - MARGIN - 30
ROW, GROUP, RULER = 38, 32, 30
#: Characters that fit into a line: of the title, of the sentence and the foot, of a name, of a figure.
TITLE, LINE, NAME, FIGURE = 82, 138, 31, 26
FONTS = sorted(map(str, (Path(__file__).parent / "fonts").glob("*.ttf")))
#: What the pictures' own font has letters for (Latin, Cyrillic, punctuation); other scripts need the system's fonts.
_OWN_LETTERS = re.compile(r"[\x00-\u024f\u0400-\u045f\u2010-\u2026\u20ac\u2212\s]*")
_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);")
_STYLE = Template(
    'text{font-family:"Parallax Sans","IBM Plex Sans",Arial,sans-serif;font-size:12px;fill:$ink_2}'
    ".paper{fill:$paper}.title{font-size:21px;font-weight:600;fill:$ink}.say{font-size:13.5px}"
    ".name,.stated{font-size:14px;font-weight:600;fill:$ink}.grp{font-size:13px;font-weight:600;fill:$ink}"
    ".rule{stroke:$rule}.strong{stroke:$ink}"
    ".s1{color:$s1}.s2{color:$s2}.s3{color:$s3}.s4{color:$s4}.s5{color:$s5}.s6{color:$s6}.s7{color:$s7}.s8{color:$s8}"
    ".mk{fill:currentColor}.mk.open{fill:$paper;stroke:currentColor;stroke-width:2}"
    ".mk.plan{fill:$paper;stroke:currentColor;stroke-width:1.5;stroke-dasharray:2.5 2}"
    ".ray,.cap{stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;fill:none}"
    ".ray.plan{stroke-dasharray:3 4}.cap{stroke-width:2.25}.tint{fill:currentColor;fill-opacity:.22}"
    ".tint.plan{fill:none;stroke:currentColor;stroke-dasharray:3 3}"
    ".tint.ours{fill-opacity:.1;stroke:currentColor;stroke-opacity:.6;stroke-dasharray:2 3}.hit{fill:none}"
    ".grid{stroke:$rule}.tick{stroke:$rule_2}.tick.major{stroke:$ink}"
    ".band.agree{fill:$agree}.band.clash{fill:url(#hatch)}.hatch-bg{fill:$clash_tint}.hatch-ln{stroke:$clash_hatch}"
    ".band-edge{stroke:$agree_edge;stroke-dasharray:3 3}.band-edge.clash{stroke:$clash}.band-edge.only{stroke-width:3}"
    ".offmk{stroke:$ink_3;fill:none}.agree{fill:$agree_ink}text.agree{font-weight:600}"
    "text.clash,.clashtxt{fill:$clash;font-weight:600}"
)


@cache
def style(theme: Theme) -> str:
    """The rules of a picture, in the colours of the site's stylesheet."""
    css = (settings.BASE_DIR / "static/css/parallax.css").read_text()
    tokens = {name.replace("-", "_"): (light, dark) for name, light, dark in _TOKEN.findall(css)}
    return _STYLE.substitute({name: pair[theme == "dark"] for name, pair in tokens.items()})


def style_hash(theme: Theme) -> str:
    """The rules as a content security policy allows them."""
    return f"'sha256-{b64encode(sha256(style(theme).encode()).digest()).decode()}'"


@cache
def _shapes() -> str:
    """The marks, fades and hatching of the page's sprite."""
    sprite = render_to_string("_components/sprite.html")
    return sprite[sprite.index("<defs>") : sprite.index("</defs>") + len("</defs>")]


@dataclass(frozen=True)
class Picture:
    """A comparison on its day. `host` is the site's address without a path; `tallest` cuts it to a number of px."""

    page: ComparisonPage
    host: str
    stamp: str
    theme: Theme = "light"
    tallest: int | None = None

    def svg(self) -> str:
        """The picture as one document."""
        body, height = self._drawn()
        height = self.tallest or height
        title = escape(xml_text(self.page.compared.question.title))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'role="img"><title>{title}</title><style>{style(self.theme)}</style>{_shapes()}'
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>{body}</svg>'
        )

    def png(self, *, width: int) -> bytes:
        """The same, `width` px wide."""
        svg = self.svg()
        own_letters = bool(_OWN_LETTERS.fullmatch(re.sub(r"<style>.*?</style>", "", svg)))
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=FONTS, skip_system_fonts=own_letters)
        )

    def _drawn(self) -> tuple[str, int]:
        head, y = self._head()
        foot = self._foot_lines()
        room = None if self.tallest is None else self.tallest - 18 * len(foot) - 46
        rows, y = self._rows(y, room)
        if self.tallest is not None:
            y = self.tallest - 18 * len(foot) - 18
        lines = [_text(line, WHO, y + 20 + 18 * index) for index, line in enumerate(foot)]
        rule = f'<line class="rule" x1="{WHO}" x2="{WIDTH - MARGIN}" y1="{y}" y2="{y}"/>'
        return "".join([head, rows, rule, *lines]), y + 18 * len(foot) + 18

    def _head(self) -> tuple[str, int]:
        title = _lines(self.page.compared.question.title, TITLE, most=2)
        say = _lines(self.page.compared.summary_text, LINE, most=3 if self.tallest else 6)
        parts = [_text(line, WHO, 40 + 26 * index, "title") for index, line in enumerate(title)]
        y = 40 + 26 * len(title)
        parts += [_text(line, WHO, y + 19 * index, "say") for index, line in enumerate(say)]
        return "".join(parts), y + 19 * len(say)

    def _rows(self, y: int, room: int | None) -> tuple[str, int]:
        parts = [_placed(self.page.forest.ruler, y, RULER)] if self.page.forest.groups else []
        y += RULER
        parts.append(f'<line class="strong" x1="{WHO}" x2="{WIDTH - MARGIN}" y1="{y}" y2="{y}"/>')
        drawn = total = 0
        for group, row in self._each():
            total += row is not None
            tall = GROUP if row is None else ROW
            is_full = drawn >= MOST_ROWS or (room is not None and y + tall + (ROW if row is None else 0) > room)
            if is_full or drawn < total - 1:
                continue
            parts.append(self._group(group, y) if row is None else self._row(row, y))
            drawn += row is not None
            y += tall
        left_out = total - drawn + sum(group.left_out for group in self.page.forest.groups)
        if not total:
            parts.append(_text("No figure stands on this day.", WHO, y + 24, "grp"))
            y += GROUP
        if left_out:
            parts.append(_text(f"And {left_out:,} more figures, at the address below.", WHO, y + 20, "grp"))
        return "".join(parts), y + (GROUP if left_out else 0) + 8

    def _each(self) -> Iterator[tuple[Group, Row | None]]:
        for group in self.page.forest.groups:
            yield group, None
            yield from ((group, row) for row in group.rows)

    def _group(self, group: Group, y: int) -> str:
        words = _text(_cut(f"{group.title} {group.detail}".strip(), NAME + FIGURE), WHO, y + 22, "grp")
        return words + _placed(group.header, y, GROUP)

    def _row(self, row: Row, y: int) -> str:
        actor, middle = row.claim.claimant, y + ROW // 2
        name = actor.name if len(actor.name) <= NAME else actor.label
        return (
            f'<g class="{slot_class(row.slot)}"><use href="#{shape_id(row.slot)}" x="{WHO + 7}" y="{middle - 7}" '
            f'class="mk"/></g>{_text(_cut(name, NAME), WHO + 22, middle - 2, "name")}'
            f"{_text(_cut(f'{row.claim.place.name}, {row.dated}', NAME + 5), WHO + 22, middle + 14)}"
            f"{_text(_cut(row.claim.stated_value, FIGURE), STATED, middle - 2, 'stated')}"
            f"{_text(_cut(row.read_as, FIGURE + 6), STATED, middle + 14)}"
            f"{_placed(self._absolute(row.glyph), y, ROW)}"
            f'<line class="rule" x1="{WHO}" x2="{WIDTH - MARGIN}" y1="{y + ROW}" y2="{y + ROW}"/>'
        )

    def _absolute(self, markup: str) -> str:
        return markup.replace('href="/', f'href="{escape(self.host)}/')

    def _foot_lines(self) -> list[str]:
        return [
            "Mark: stated. Tint: allowed by the wording. Arrow: no end stated. Hatched: no number fits both.",
            *_lines(self._printed_by(), LINE, most=1),
            _cut(self.stamp, LINE),
            _cut(f"Parallax, {self.host}{self.page.permalink}", LINE + 10),
        ]

    def _printed_by(self) -> str:
        rows = (row for _, row in self._each() if row is not None and row.citation is not None)
        names = dict.fromkeys(row.citation.source.publisher.label for row in rows if row.citation)
        return f"Printed by {', '.join(names)}" if names else ""


def stamp_words(page: ComparisonPage, known: str) -> str:
    """The days of a picture in words."""
    return f"As of {day_words(page.on)}, as known on {known}, {page.on_file} on file"


def _placed(markup: str, y: int, height: int) -> str:
    """A drawing in the column of the axis; its positions are shares of that."""
    return f'<svg x="{AXIS}" y="{y}" width="{AXIS_WIDTH}" height="{height}" overflow="visible">{markup}</svg>'


def _text(words: str, x: int, y: int, css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text{named} x="{x}" y="{y}">{escape(xml_text(words))}</text>'


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _lines(words: str, width: int, *, most: int) -> list[str]:
    return wrap(words, width, max_lines=most, placeholder=" …")


def policies(themes: Iterable[Theme] = ("light", "dark")) -> list[str]:
    """The styles that a picture may bring along."""
    return [style_hash(theme) for theme in themes]
