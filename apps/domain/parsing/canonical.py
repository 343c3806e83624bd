"""Figures back to words: short English that parses to the same figure."""

from decimal import Decimal

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier

#: How a bound or an approximation is worded, by the qualifier.
_WORDS = {
    Qualifier.EXACTLY: "",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.UP_TO: "up to ",
    Qualifier.LESS_THAN: "less than ",
}


def words_for(figure: Figure) -> str:
    """Canonical words of a sound figure: parsed as English they give the same qualifier, numbers and hedge.

    What everyday words cannot say (a bound that is no headline number, a range without its ends) is written as an
    interval in square brackets that point outwards where the end is not included: "]10,000, ∞[". A figure without
    a number has only its own words.
    """
    if not figure.has_number:
        return figure.stated_value
    if figure.qualifier is Qualifier.ABOUT:
        return _about(figure)
    hedge = "about " if figure.hedged else ""
    if figure.qualifier is Qualifier.BETWEEN or figure.point is None:
        point = "" if figure.point is None else f"{_number(figure.point)} "
        return f"{point}{hedge}{_interval(figure)}"
    return f"{_WORDS[figure.qualifier]}{hedge}{_number(figure.point)}"


def _about(figure: Figure) -> str:
    assert figure.point is not None
    side = "nearly " if figure.upper is not None else "just over " if figure.lower is not None else ""
    hedge = "about " if figure.hedged or not side else ""
    return f"{hedge}{side}{_number(figure.point)}"


def _interval(figure: Figure) -> str:
    low, high = figure.lower, figure.upper
    is_plain = figure.qualifier is Qualifier.BETWEEN and figure.lower_inclusive and figure.upper_inclusive
    if is_plain and figure.point is None and not _may_share_scale(low, high):
        return f"{_number(low)} to {_number(high)}"
    opening = "[" if figure.lower_inclusive else "]"
    closing = "]" if figure.upper_inclusive else "["
    lower = "-∞" if low is None else _number(low)
    upper = "∞" if high is None else _number(high)
    return f"{opening}{lower}, {upper}{closing}"


def _may_share_scale(low: Decimal | None, high: Decimal | None) -> bool:
    """Whether "low to high" might be read as "11 to 12,000" is."""
    return low is not None and high is not None and 0 < low < 1000 <= high


def _number(number: Decimal | None) -> str:
    """All digits with commas between groups, without zeros after the last decimal."""
    assert number is not None
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
