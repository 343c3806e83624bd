"""Marks with the least data, for the tests of charts."""

from datetime import date
from decimal import Decimal
from typing import Any

from apps.web.charts import Mark, Series, TimedMark


def mark(qualifier: str, number: str | None = None, upto: str | None = None, **more: Any) -> Mark:
    """A mark worded that way around `number` (and `upto` for a range), read as model.md §3 reads it."""
    n = None if number is None else Decimal(number)
    fields: dict[str, Any] = {"key": "c001", "slot": 1, "label": "Claimant: figure", "href": "/claims/c001/"}
    if qualifier == "exactly":
        fields |= {"point": n, "lower": n, "upper": n, "read_lower": n, "read_upper": n}
    elif qualifier == "about" and n is not None:
        fields |= {"point": n, "read_lower": n * 9 / 10, "read_upper": n * 11 / 10}
    elif qualifier in ("at_least", "more_than"):
        fields |= {"lower": n, "read_lower": n, "lower_inclusive": qualifier == "at_least"}
    elif qualifier in ("up_to", "less_than"):
        fields |= {"upper": n, "read_lower": Decimal(0), "read_upper": n, "upper_inclusive": qualifier == "up_to"}
    elif qualifier == "between":
        fields |= {"lower": n, "upper": Decimal(upto or 0), "read_lower": n, "read_upper": Decimal(upto or 0)}
    return Mark(qualifier=qualifier, **(fields | more))


def series(name: str, *timed: tuple[Mark, date], slot: int = 1) -> Series:
    """A series whose dates are all known to the day."""
    return Series(slot, name, tuple(TimedMark(mark, day, day) for mark, day in timed))
