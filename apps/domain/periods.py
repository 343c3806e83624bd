"""Partial dates and the periods they stand for (model.md §2: a partial date is its whole period)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day: `2024`, `2024-11`, `2024-11-05`. Sorts by its ISO text."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read an ISO date of one of the three precisions; ValueError says what was wanted."""
        match = _SHAPE.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            parsed = cls(*(int(part) for part in match.groups() if part is not None))
            date(parsed.year, parsed.month or 1, parsed.day or 1)  # a day that is not in the calendar fails here
        except ValueError:
            raise ValueError("wanted a date like 2024, 2024-11 or 2024-11-05") from None
        return parsed

    @property
    def iso(self) -> str:
        """The shortest ISO text that says just this much."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        return self.day is not None

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: "PartialDate") -> bool:
        return self.iso < other.iso


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of `start` to the last day of `end` (of `start`, when no end was stated)."""

    start: PartialDate
    end: PartialDate | None = None

    @property
    def first(self) -> date:
        return self.start.first

    @property
    def last(self) -> date:
        return (self.end or self.start).last

    @property
    def is_day(self) -> bool:
        """Whether it means one known day."""
        return self.first == self.last
