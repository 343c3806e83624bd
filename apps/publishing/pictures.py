"""What pictures that stand alone are made of: a paper with title and lines, as SVG and the same as PNG.

Glyphs and colours are those of the page: its drawings, its sprite and the tokens of its stylesheet. Nothing is loaded
from elsewhere, so that a picture looks the same in a document, in a mail and on paper.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
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

from apps.publishing.atom import xml_text

type Theme = Literal["light", "dark"]

WIDTH, MARGIN = 960, 24
#: Characters that fit into a line: of the title, of the sentence and the foot.
TITLE, LINE = 82, 138
FONTS = sorted(map(str, (Path(__file__).parent / "fonts").glob("*.ttf")))
#: What the pictures' own font has letters for (Latin, Cyrillic, punctuation); other scripts need the system's fonts.
_OWN_LETTERS = re.compile(r"[\x00-\u024f\u0400-\u045f\u2010-\u2026\u20ac\u2212\s]*")
_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);")
_STYLE = Template(
    'text{font-family:"Parallax Sans","IBM Plex Sans",Arial,sans-serif;font-size:12px;fill:$ink_2}'
    ".paper{fill:$paper}.title{font-size:21px;font-weight:600;fill:$ink}.say{font-size:13.5px}"
    ".big{font-size:50px;font-weight:600;fill:$ink}"
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
    ".zero{stroke:$rule_2}.hold,.whisker{stroke:currentColor;stroke-width:2}.step{stroke:currentColor;stroke-width:1.25}"
    ".whisker{stroke-dasharray:.1 6;stroke-linecap:round}.dayline{stroke:$ink;stroke-dasharray:2 3}"
    ".leader{fill:none;stroke:currentColor;opacity:.55}.now{font-weight:600;fill:$ink}.tiny{display:none}"
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


def as_svg(title: str, body: str, height: int, theme: Theme) -> str:
    """A document of the site's width that holds a drawing, with the rules and shapes that it uses."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img"><title>{escape(xml_text(title))}</title><style>{style(theme)}</style>{_shapes()}'
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>{body}</svg>'
    )


def as_png(svg: str, *, width: int) -> bytes:
    """A document of ours as PNG, `width` px wide."""
    own_letters = bool(_OWN_LETTERS.fullmatch(re.sub(r"<style>.*?</style>", "", svg)))
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=FONTS, skip_system_fonts=own_letters))


def placed(markup: str, *, x: int, y: int, width: int, height: int) -> str:
    """A drawing of the page in a place of its own; its positions are shares of that."""
    return f'<svg x="{x}" y="{y}" width="{width}" height="{height}" overflow="visible">{markup}</svg>'


def text_at(words: str, x: int, y: int, css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text{named} x="{x}" y="{y}">{escape(xml_text(words))}</text>'


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def lines_of(words: str, width: int, *, most: int) -> list[str]:
    return wrap(words, width, max_lines=most, placeholder=" …")


def policies(themes: Iterable[Theme] = ("light", "dark")) -> list[str]:
    """The styles that a picture may bring along."""
    return [style_hash(theme) for theme in themes]
