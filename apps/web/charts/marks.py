"""What a chart is given: small frozen values that know no model, no request and no rule of comparison.

Numbers are Decimals in the question's unit. `None` means "no end stated" or "not known", never zero.
The reading (`read_lower`, `read_upper`) is computed elsewhere; charts only draw it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

#: The eighth slot is grey. Every claimant from the ninth on shares it and is told apart by its name.
LAST_SLOT = 8

FLOORED = frozenset({"at_least", "more_than"})
CAPPED = frozenset({"up_to", "less_than"})
WORDLESS = frozenset({"order_of_magnitude", "unquantified"})


def slot_for(position: int) -> int:
    """Slot (1 to 8) of the claimant at a 1-based position; the ninth and all later ones get slot 8."""
    return max(1, min(position, LAST_SLOT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure, ready to draw.

    `label` is the mark's name in words ("US State Department: as many as 10,000, Kursk, as of 4 Nov 2024");
    with an `href` it becomes a link. `qualifier` is one of the nine words of model.md §2. `is_plan` draws a plan,
    projection or hypothetical; `is_interpretation` says that the reading is ours and not the claimant's.
    """

    key: str
    slot: int
    qualifier: str
    label: str
    stated: str = ""
    href: str = ""
    hedged: bool = False
    point: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_inclusive: bool = True
    upper_inclusive: bool = True
    read_lower: Decimal | None = None
    read_upper: Decimal | None = None
    is_plan: bool = False
    is_interpretation: bool = False

    @property
    def anchor(self) -> Decimal | None:
        """The stated number that carries the mark. None for a range without a stated centre, and for mere words."""
        if self.point is not None or self.qualifier in WORDLESS:
            return self.point
        if self.qualifier == "between":
            return None
        return self.lower if self.lower is not None else self.upper

    @property
    def stated_ends(self) -> tuple[Decimal, ...]:
        """The ends that were stated, lower first."""
        return tuple(end for end in (self.lower, self.upper) if end is not None)

    @property
    def is_hollow(self) -> bool:
        """Whether the stated number itself is excluded ("more than", "nearly"), which a hollow mark says."""
        excluded = (None if self.lower_inclusive else self.lower, None if self.upper_inclusive else self.upper)
        return self.qualifier in {"more_than", "less_than"} or (self.anchor is not None and self.anchor in excluded)

    @property
    def is_open_above(self) -> bool:
        """Whether no upper end was stated or read: the drawing gets an arrow."""
        return self.qualifier in FLOORED and self.upper is None and self.read_upper is None

    @property
    def is_open_below(self) -> bool:
        """Whether no lower end was stated. A floor may still be read ("a count is never below 0")."""
        return self.qualifier in CAPPED and self.lower is None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number an axis should show: stated ones, and read ends except the floor under an "up to"."""
        if self.qualifier in WORDLESS:
            return ()
        read_lower = None if self.is_open_below else self.read_lower
        given = (self.point, self.lower, self.upper, read_lower, self.read_upper)
        return tuple(number for number in given if number is not None)


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded stretch of the axis: `agree` (all hold here) or `clash` (no number fits both). None = no end.

    `label` is written in a group's header. `first` and `last` (0-based lanes) limit it to some lanes of a list strip.
    """

    kind: Literal["agree", "clash"]
    lower: Decimal | None
    upper: Decimal | None
    label: str = ""
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class TimedMark:
    """A mark and the day it is about. `first` < `last` when the date is known only to the month or year.

    A figure about a period (flow) is placed on its last day: give that day as both. `ends` is the day from which it
    no longer stands (withdrawn); None means that it stands until the claimant's next mark or the day shown.
    """

    mark: Mark
    first: date
    last: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One claimant's figures for one place."""

    slot: int
    name: str
    marks: tuple[TimedMark, ...]


@dataclass(frozen=True, slots=True)
class TimeClash:
    """Two figures that cannot both hold from `start` on, and the gap between them."""

    start: date
    lower: Decimal
    upper: Decimal
    label: str = "cannot both hold"


def numbers_of(marks: Iterable[Mark]) -> list[Decimal]:
    """Every number that an axis over these marks should show, in order of the marks."""
    return [number for mark in marks for number in mark.numbers]
