"""A figure: a number as it was stated, with its open ends left open (model.md §2)."""

from dataclasses import dataclass
from decimal import Decimal

from apps.domain.vocabulary import Qualifier

#: More digits than any estimate means; wider numbers are a typing error.
MAX_DIGITS = 15
#: Places before or after the decimal point; no estimate needs more, and printing 1e400000 would fill a page.
MAX_PLACES = 30


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `lower` to `upper`; None is an open end. Ends are closed unless said otherwise."""

    lower: Decimal | None
    upper: Decimal | None
    lower_inclusive: bool = True
    upper_inclusive: bool = True

    def __contains__(self, number: Decimal) -> bool:
        above = self.lower is None or number > self.lower or (number == self.lower and self.lower_inclusive)
        below = self.upper is None or number < self.upper or (number == self.upper and self.upper_inclusive)
        return above and below

    @property
    def is_empty(self) -> bool:
        """Whether no number at all fits."""
        if self.lower is None or self.upper is None:
            return False
        closed = self.lower_inclusive and self.upper_inclusive
        return self.lower > self.upper or (self.lower == self.upper and not closed)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was said, number by number. None means not stated, never zero.

    `stated_value` is the exact wording in any language; `lower` and `upper` are bounds that the
    words themselves give; `point` is the headline number; `hedged` says that an "about" came on
    top of a bound or a range.
    """

    stated_value: str
    qualifier: Qualifier
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None
    point: Decimal | None = None
    hedged: bool = False

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that was stated, low to high, without repetition: ends and point."""
        return tuple(sorted({n for n in (self.lower, self.point, self.upper) if n is not None}))

    @property
    def has_number(self) -> bool:
        """Whether any number was stated at all ("thousands" has none)."""
        return bool(self.numbers)


@dataclass(frozen=True, slots=True)
class FigureProblem:
    """One rule of the table in model.md §2 that a figure breaks: which field, and a sentence for the editor."""

    field: str
    code: str
    message: str
