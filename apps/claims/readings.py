"""How the words of a figure are read, held against the numbers that an editor gave."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figures import Figure, Interval
from apps.domain.parsing import FigureError, parse
from apps.domain.reading import READING_RULES, Rule, read
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import interval_words, number, quoted, things

#: Of these the point says nothing that the bound does not say: it is that number or empty (model.md §2).
_PURE_BOUNDS = {Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.UP_TO, Qualifier.LESS_THAN}
_RULES = {rule.code: rule for rule in READING_RULES}
_LANGUAGE_OF_ROW = re.compile(r"citations-([0-9]{1,4})-language", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heard:
    """Words as the parser reads them: a figure, or the character at which it stumbles and a sentence that says why.

    `is_share` is whether they name a share ("a third" is 33.3 percent). `unit` is what the question counts in;
    empty: not known.
    """

    words: str
    unit: str
    figure: Figure | None = None
    is_share: bool = False
    position: int = 0
    message: str = ""

    @property
    def is_share_of_something(self) -> bool:
        """Whether the number is hidden in the context: a share, where the question does not ask for one."""
        return self.is_share and self.unit not in ("", "percent")

    @property
    def numbers(self) -> Figure | None:
        """The figure whose numbers may be taken as they are; None when somebody has to give them by hand."""
        return None if self.is_share_of_something else self.figure

    @property
    def says(self) -> str:
        """The numbers in words; empty when nothing was read."""
        return "" if self.figure is None else says(self.figure) + (" percent" if self.is_share else "")

    @property
    def around(self) -> tuple[str, str, str]:
        """The words before the character that cannot be read, itself (empty: they end too early), and those after."""
        at = self.position
        return self.words[:at], self.words[at : at + 1], self.words[at + 1 :]

    @property
    def problem(self) -> str:
        """Why the words alone give no numbers, and where they stumble, counted from one; empty when they do."""
        if self.is_share_of_something:
            return f"The words name a share, {self.says}, and the question counts {things(self.unit)}."
        if self.figure is not None:
            return ""
        place = f"at character {self.position + 1}" if self.position < len(self.words) else "to their end"
        return f"The words cannot be read {place}: {self.message}"

    def differs(self, given: Figure) -> bool:
        """Whether the numbers given are other ones. The words do not count, nor does the point of a pure bound."""
        return self.figure is not None and (self.is_share_of_something or _numbers(self.figure) != _numbers(given))

    def disagreement(self, given: Figure) -> str:
        """The sentence that names both sides and asks for a decision; empty when they agree.

        Empty too when the difference is one that no words can name, such as an end of which it is not said whether
        it is included: then the figure is unsound, and the rule that it breaks says so.
        """
        other = says(given)
        if not self.differs(given) or self.says == other:
            return ""
        return (
            f"The words {quoted(self.words)} read as {self.says}; the numbers given say {other}: "
            "correct one of them, or say why they differ."
        )


def hear(words: str, *, language: str, unit: str) -> Heard:
    """Read the words of a figure. `language` is the code that a citation has; empty: unknown, as with `unit`."""
    try:
        parsed = parse(words, language=language or None)
    except FigureError as problem:
        return Heard(words, unit, position=problem.position, message=problem.message)
    return Heard(words, unit, parsed.figure, is_share=parsed.unit == "percent")


def primary_language(data: Mapping[str, str]) -> str | None:
    """The language of the primary citation among the rows of a submitted page; None without rows.

    A single row is primary even when it is not ticked: saving makes it so.
    """
    rows = {found[1]: text for name, text in data.items() if (found := _LANGUAGE_OF_ROW.fullmatch(name))}
    kept = {row: text for row, text in rows.items() if f"citations-{row}-DELETE" not in data}
    primary = kept if len(kept) == 1 else {row: text for row, text in kept.items() if _is_primary(data, row)}
    return next(iter(primary.values()), "") if rows else None


def _is_primary(data: Mapping[str, str], row: str) -> bool:
    return f"citations-{row}-is_primary" in data


def _numbers(figure: Figure) -> tuple[object, ...]:
    point = None if figure.qualifier in _PURE_BOUNDS else figure.point
    ends = (figure.lower, figure.upper, figure.lower_inclusive, figure.upper_inclusive)
    return (figure.qualifier, *ends, point, figure.hedged)


def says(figure: Figure) -> str:
    """What the numbers of a figure say, in words: "10,000 or more", "about 12,000", "about 11,000 to 12,000"."""
    if figure.has_number:
        return f"{'about ' if figure.hedged else ''}{_says_numbers(figure)}"
    vague = {
        Qualifier.ORDER_OF_MAGNITUDE: "an order of magnitude without a number",
        Qualifier.UNQUANTIFIED: "an amount without a number",
    }
    return vague.get(figure.qualifier, f"“{figure.qualifier.replace('_', ' ')}” without a number")


def _says_numbers(figure: Figure) -> str:
    low, high, point = figure.lower, figure.upper, figure.point
    if figure.qualifier is Qualifier.ABOUT and point is not None:
        for ends, words in (((None, None), "about"), ((None, point), "nearly"), ((point, None), "just over")):
            if (low, high) == ends:
                return f"{words} {number(point)}"
    words = interval_words(_stated(figure))
    if figure.qualifier is Qualifier.BETWEEN and low == high and low is not None:
        words = f"{number(low)} to {number(low)}"
    is_said = figure.qualifier not in (Qualifier.BETWEEN, Qualifier.ABOUT) and point in (low, high)
    return words if point is None or is_said else f"{words}, with {number(point)} as the headline number"


def _stated(figure: Figure) -> Interval:
    return Interval(
        figure.lower,
        figure.upper,
        lower_inclusive=figure.lower_inclusive is not False,
        upper_inclusive=figure.upper_inclusive is not False,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """How a comparison takes a figure: the rule, what it says under this tolerance, and the numbers in words."""

    rule: Rule
    says: str
    words: str

    @property
    def name(self) -> str:
        return self.rule.code.replace("_", " ")


def compared_as(heard: Heard, *, floor: Decimal | None, tolerance: Decimal) -> Compared | None:
    """The row of the reading table that applies (model.md §3); None: the words alone are compared with nothing."""
    figure = heard.numbers
    reading = None if figure is None else read(figure, floor=floor, tolerance=tolerance, is_strict=False)
    if reading is None:
        return None
    rule = _RULES[reading.rule]
    return Compared(rule, rule.says_at(tolerance), interval_words(reading.interval))
