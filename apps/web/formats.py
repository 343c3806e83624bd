"""How numbers and dates are written on pages: one place, so that a chart and the text beside it agree."""

from datetime import date
from decimal import Decimal

from apps.domain.periods import PartialDate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figure_text(value: Decimal | int) -> str:
    """Write a number with commas between thousands and no trailing zeros: `10,000`, `5.3`, `-0.25`."""
    # A plain "f" format, not normalize(): normalize() turns 10000 into 1E+4 and rounds to the context's precision.
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(value: date) -> str:
    """Write a day without zero padding: `4 Nov 2024`. Month names do not depend on the server's locale."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def partial_text(iso: str) -> str:
    """Write `2024`, `2024-11` or `2024-11-05` as `2024`, `Nov 2024` or `5 Nov 2024`.

    Raises ValueError for anything else, naming what was given.
    """
    given = PartialDate.parse(iso)
    if given.is_day:
        return day_text(given.first)
    return f"{MONTHS[given.month - 1]} {given.year}" if given.month else str(given.year)
