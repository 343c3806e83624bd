"""The live box of the methodology page: what a reader typed, how it is read, and how it is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from apps.comparisons.pages.comparison import Option
from apps.domain.figures import Figure
from apps.domain.parsing import LANGUAGES, FigureError, ParsedFigure, parse, words_for
from apps.domain.reading import READING_RULES, read
from apps.domain.results import Reading
from apps.domain.wording import number, quantity_words
from apps.web.charts import Mark, Scale, row_svg, ruler_svg
from apps.web.queries import shown

#: How much of a long text is shown on each side of what matters in it.
AROUND = 60
#: Figures to click, with their language (empty: English words, separators only where they are unambiguous).
EXAMPLES = (
    ("about 12,000", ""),
    ("10,000", ""),
    ("nearly half a million", ""),
    ("more than 40", ""),
    ("around 11 to 12,000", ""),
    ("15,000 (95% CI 12,000–18,000)", ""),
    ("some 3,000 or more", ""),
    ("tens of thousands", ""),
    ("40여 명", "ko"),
    ("rund 3.000 Soldaten", "de"),
    ("3.000", ""),
    ("1,50", ""),
)
RULES = {rule.code: rule for rule in READING_RULES}


@dataclass(frozen=True, slots=True)
class Example:
    """A figure to click: its words, the code of its language (empty: not chosen), and the address that reads it."""

    text: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the part that matters between its two sides; long sides are cut at an ellipsis."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One way to read the figure. `anchor` leads to the rule on the page; both are empty where nothing is read."""

    name: str
    words: str
    rule: str
    anchor: str
    is_interpretation: bool
    glyph: SafeString


@dataclass(frozen=True)
class FigureBox:
    """What was typed into the box; `text` is None before anything was. It starts no query and raises nothing.

    `tolerance` is the site's (a fraction). No question is asked here, so there is no floor.
    """

    text: str | None
    language: str | None
    tolerance: Decimal

    @cached_property
    def _outcome(self) -> ParsedFigure | FigureError | None:
        if self.text is None:
            return None
        try:
            return parse(self.text, language=self.language)
        except FigureError as problem:
            return problem

    @property
    def parsed(self) -> ParsedFigure | None:
        """What was read; None when nothing was typed or it cannot be read."""
        return self._outcome if isinstance(self._outcome, ParsedFigure) else None

    @property
    def error(self) -> FigureError | None:
        """Why it cannot be read."""
        return self._outcome if isinstance(self._outcome, FigureError) else None

    @property
    def text_shown(self) -> Marked:
        """The text with the figure marked, or the first character that cannot be read (nothing: its end)."""
        if self.parsed is not None:
            return marked(self.text or "", self.parsed.start, self.parsed.end)
        position = self.error.position if self.error else 0
        return marked(self.text or "", position, position + 1)

    @property
    def error_place(self) -> str:
        """Where it is, for those who count from one."""
        position = self.error.position if self.error else 0
        return "at its end" if position >= len(self.text or "") else f"at character {position + 1:,}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the words themselves say: names and values of a list."""
        return tuple(_facts(self.parsed)) if self.parsed else ()

    @property
    def sentence(self) -> str:
        """What the site makes of the words."""
        reading, _ = self._drawn["By the rules"]
        if reading is None:
            return "These words name no number, and we read none into them."
        words = self._words(reading)
        if reading.is_interpretation:
            return f"These words name no number; that we read {words} into them is our interpretation, never compared."
        return f"Read as {words}. The rule: {RULES[reading.rule].says_at(self.tolerance)}."

    @property
    def rows(self) -> tuple[Row, ...]:
        """By the rules of the site, then strictly."""
        return tuple(self._row(name, *drawn) for name, drawn in self._drawn.items())

    @property
    def ruler(self) -> SafeString | None:
        """The axis of both rows; None when there is nothing to draw."""
        return ruler_svg(self._scale) if self._scale else None

    @property
    def languages(self) -> tuple[Option, ...]:
        return tuple(Option(code, name, code == self.language) for code, name in LANGUAGES.items())

    @property
    def examples(self) -> tuple[Example, ...]:
        return tuple(Example(text, code, f"?{_query(text, code)}#try") for text, code in EXAMPLES)

    @cached_property
    def _drawn(self) -> Mapping[str, tuple[Reading | None, Mark]]:
        if self.parsed is None:
            return {}
        figure = self.parsed.figure
        usual = read(figure, floor=None, tolerance=self.tolerance, is_strict=False)
        strict = read(figure, floor=None, tolerance=self.tolerance, is_strict=True)
        return {
            "By the rules": (usual, self._mark(figure, usual)),
            "Strict": (strict, self._mark(figure, strict)),
        }

    @cached_property
    def _scale(self) -> Scale | None:
        """One axis for both rows, with room for the arrow of an open end."""
        numbers = [each for reading, mark in self._drawn.values() for each in _on_axis(reading, mark)]
        return Scale.of(numbers) if numbers else None

    def _mark(self, figure: Figure, reading: Reading | None) -> Mark:
        return Mark(
            key="figure",
            slot=1,
            qualifier=figure.qualifier,
            label=f"“{shown(figure.stated_value)}”, read as {self._words(reading)}",
            stated=figure.stated_value,
            hedged=figure.hedged,
            point=figure.point,
            lower=figure.lower,
            upper=figure.upper,
            lower_inclusive=figure.lower_inclusive is not False,
            upper_inclusive=figure.upper_inclusive is not False,
            read_lower=reading.interval.lower if reading else None,
            read_upper=reading.interval.upper if reading else None,
            is_interpretation=bool(reading and reading.is_interpretation),
        )

    def _words(self, reading: Reading | None) -> str:
        if reading is None or self.parsed is None:
            return "no number"
        return quantity_words(reading.interval, self.parsed.unit or "")

    def _row(self, name: str, reading: Reading | None, mark: Mark) -> Row:
        code = reading.rule if reading else ""
        return Row(
            name=name,
            words=self._words(reading),
            rule=code,
            anchor=f"rule-{code}" if code in RULES else code,
            is_interpretation=bool(reading and reading.is_interpretation),
            glyph=row_svg(mark if reading else None, self._scale) if self._scale else SafeString(""),
        )


def marked(text: str, start: int, end: int) -> Marked:
    """Cut a text around the part from `start` to `end`; what is far away becomes an ellipsis."""
    before, part, after = text[:start], text[start:end], text[end:]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:]}"
    if len(part) > 2 * AROUND:
        part = f"{part[:AROUND]} … {part[-AROUND:]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND]}…"
    return Marked(before, part, after)


def _facts(parsed: ParsedFigure) -> Iterator[tuple[str, str]]:
    figure = parsed.figure
    hedge = "; hedged on top" if figure.hedged else ""
    yield "Wording", f"{figure.qualifier.replace('_', ' ')}{hedge}"
    if figure.has_number:
        yield "Lower end", _end_words(figure.lower, figure.lower_inclusive)
        yield "Upper end", _end_words(figure.upper, figure.upper_inclusive)
    yield "Number", number(figure.point) if figure.point is not None else "none stated"
    yield "Unit", parsed.unit or "none; the question has one"
    if parsed.interval_kind:
        level = f", {number(parsed.interval_level)} %" if parsed.interval_level is not None else ""
        yield "Interval", f"{parsed.interval_kind.replace('_', ' ')}{level}"
    if figure.has_number:
        yield "In plain words", f"{words_for(figure)} {parsed.unit or ''}".strip()


def _end_words(end: Decimal | None, is_inclusive: bool | None) -> str:
    if end is None:
        return "none stated"
    return number(end) if is_inclusive is not False else f"{number(end)}, itself excluded"


def _on_axis(reading: Reading | None, mark: Mark) -> Iterator[Decimal]:
    """The numbers that the axis must show."""
    yield from mark.numbers
    if reading is not None and reading.is_interpretation:
        yield from (end for end in (reading.interval.lower, reading.interval.upper) if end is not None)
    if mark.is_open_above and mark.anchor is not None:
        yield mark.anchor + abs(mark.anchor) / 5


def _query(text: str, language: str) -> str:
    return urlencode({"figure": text, "language": language} if language else {"figure": text})
