"""How the words of a figure are read, held against the numbers that an editor gave."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figures import Figure
from apps.domain.parsing import FigureError, language_code, parse
from apps.domain.reading import READING_RULES, Rule, read
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import interval_words, numbers_words, quoted, things

#: Of these the point says nothing that the bound does not say: it is that number or empty (model.md §2).
_PURE_BOUNDS = {Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.UP_TO, Qualifier.LESS_THAN}
_RULES = {rule.code: rule for rule in READING_RULES}
_LANGUAGE_OF_ROW = re.compile(r"citations-([0-9]{1,4})-language", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heard:
    """Words as the parser reads them: a figure, or the character at which it stumbles and a sentence that says why.

    `is_share` is whether they name a share ("a third" is 33.3 percent). `unit` is what the question counts in;
    empty: not known. `interval_kind` and `interval_level` (percent) are what the words say that the ends stand for;
    empty: nothing. `position` is None where the words are not at fault: no figure in their language can be read.
    """

    words: str
    unit: str
    figure: Figure | None = None
    is_share: bool = False
    interval_kind: str = ""
    interval_level: Decimal | None = None
    position: int | None = None
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
        return "" if self.figure is None else numbers_words(self.figure) + (" percent" if self.is_share else "")

    @property
    def around(self) -> tuple[str, str, str]:
        """The words before the character that cannot be read, itself (empty: they end too early), and those after."""
        at = len(self.words) if self.position is None else self.position
        return self.words[:at], self.words[at : at + 1], self.words[at + 1 :]

    @property
    def problem(self) -> str:
        """Why the words alone give no numbers, and where they stumble, counted from one; empty when they do."""
        if self.is_share_of_something:
            return f"The words name a share, {self.says}, and the question counts {things(self.unit)}."
        if self.figure is not None:
            return ""
        if self.position is None:
            return self.message
        place = f"at character {self.position + 1}" if self.position < len(self.words) else "to their end"
        return f"The words cannot be read {place}: {self.message}"

    def reads_as(self, other: "Heard") -> bool:
        """Whether other words, or the same ones elsewhere, say the same; words that cannot be read say nothing."""
        if self.figure is None or other.figure is None:
            return self.figure is other.figure
        is_alike = self.is_share_of_something == other.is_share_of_something
        return is_alike and _numbers(self.figure) == _numbers(other.figure)

    def differs(self, given: Figure) -> bool:
        """Whether the numbers given are other ones. The words do not count, nor does the point of a pure bound."""
        return self.figure is not None and (self.is_share_of_something or _numbers(self.figure) != _numbers(given))

    def disagreement(self, given: Figure) -> str:
        """The sentence that names both sides and asks for a decision; empty when they agree.

        Empty too when the difference is one that no words can name, such as an end of which it is not said whether
        it is included: then the figure is unsound, and the rule that it breaks says so.
        """
        other = numbers_words(given)
        if not self.differs(given) or self.says == other:
            return ""
        return (
            f"The words {quoted(self.words)} read as {self.says}; the numbers given say {other}: "
            "correct one of them, or say why they differ."
        )


def hear(words: str, *, language: str, unit: str) -> Heard:
    """Read the words of a figure. `language` is the code that a citation has; empty: unknown, as with `unit`."""
    is_read = not language or language_code(language) is not None
    try:
        parsed = parse(words, language=language or None)
    except FigureError as problem:
        return Heard(words, unit, position=problem.position if is_read else None, message=problem.message)
    kind, level = parsed.interval_kind, parsed.interval_level
    is_share = parsed.unit == "percent"
    return Heard(words, unit, parsed.figure, is_share=is_share, interval_kind=kind, interval_level=level)


def says_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same numbers. The words do not count, nor does the point of a pure bound."""
    return _numbers(one) == _numbers(other)


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
