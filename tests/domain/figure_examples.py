"""Figures that satisfy and that break each rule; the tests of the domain and of the database share them."""

from decimal import Decimal

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier

_N = Decimal


def figure(
    words: str,
    qualifier: Qualifier,
    *,
    low: str | None = None,
    high: str | None = None,
    point: str | None = None,
    has_low: bool | None = None,
    has_high: bool | None = None,
    is_hedged: bool = False,
) -> Figure:
    """A figure from texts; `has_low` and `has_high` say whether that end is included."""
    return Figure(
        stated_value=words,
        qualifier=qualifier,
        lower=None if low is None else _N(low),
        upper=None if high is None else _N(high),
        lower_inclusive=has_low,
        upper_inclusive=has_high,
        point=None if point is None else _N(point),
        hedged=is_hedged,
    )


def exactly(number: str, words: str | None = None) -> Figure:
    return figure(
        words or number,
        Qualifier.EXACTLY,
        low=number,
        high=number,
        point=number,
        has_low=True,
        has_high=True,
    )


def about(number: str, words: str | None = None) -> Figure:
    return figure(words or f"about {number}", Qualifier.ABOUT, point=number)


def nearly(number: str) -> Figure:
    return figure(f"nearly {number}", Qualifier.ABOUT, high=number, has_high=False, point=number)


def just_over(number: str) -> Figure:
    return figure(f"just over {number}", Qualifier.ABOUT, low=number, has_low=False, point=number)


def at_least(number: str, *, is_hedged: bool = False) -> Figure:
    words = f"some {number} or more" if is_hedged else f"at least {number}"
    return figure(
        words,
        Qualifier.AT_LEAST,
        low=number,
        has_low=True,
        point=number,
        is_hedged=is_hedged,
    )


def more_than(number: str) -> Figure:
    return figure(
        f"more than {number}",
        Qualifier.MORE_THAN,
        low=number,
        has_low=False,
        point=number,
    )


def up_to(number: str, *, is_hedged: bool = False) -> Figure:
    words = f"around {number} at most" if is_hedged else f"up to {number}"
    return figure(
        words,
        Qualifier.UP_TO,
        high=number,
        has_high=True,
        point=number,
        is_hedged=is_hedged,
    )


def less_than(number: str) -> Figure:
    return figure(
        f"fewer than {number}",
        Qualifier.LESS_THAN,
        high=number,
        has_high=False,
        point=number,
    )


def between(low: str, high: str, *, point: str | None = None, is_hedged: bool = False) -> Figure:
    words = f"around {low} to {high}" if is_hedged else f"{low} to {high}"
    return figure(
        words,
        Qualifier.BETWEEN,
        low=low,
        high=high,
        has_low=True,
        has_high=True,
        point=point,
        is_hedged=is_hedged,
    )


def vague(words: str) -> Figure:
    return figure(words, Qualifier.ORDER_OF_MAGNITUDE)


GOOD: list[Figure] = [
    exactly("12000"),
    exactly("0"),
    exactly("-5"),
    exactly("123456789012345"),
    exactly("1000000000000000"),  # sixteen digits, one of them significant
    about("12000"),
    nearly("12000"),
    just_over("12000"),
    at_least("10000"),
    at_least("3000", is_hedged=True),
    figure("10,000 or more", Qualifier.AT_LEAST, low="10000", has_low=True),
    more_than("40"),
    figure("over 40", Qualifier.MORE_THAN, low="40", has_low=False),
    up_to("40"),
    figure("40 or fewer", Qualifier.UP_TO, high="40", has_high=True),
    less_than("500"),
    figure("under 500", Qualifier.LESS_THAN, high="500", has_high=False),
    between("11000", "12000", is_hedged=True),
    up_to("3000", is_hedged=True),
    figure(
        "around 10,000, perhaps nearly", Qualifier.ABOUT, high="10000", has_high=False, point="10000", is_hedged=True
    ),
    between("12000", "18000", point="15000"),
    between("33.3", "33.3"),
    figure(
        "between 1 and 2",
        Qualifier.BETWEEN,
        low="1",
        high="2",
        has_low=False,
        has_high=False,
    ),
    vague("Thousands"),
    figure("a battalion", Qualifier.UNQUANTIFIED),
]

_Q = Qualifier
#: (code, figure): each breaks this one rule and no other.
BAD: list[tuple[str, Figure]] = [
    ("figure_words", figure("", _Q.ABOUT, point="12000")),
    ("figure_words", figure(" \t ", _Q.ABOUT, point="12000")),
    ("figure_digits", about("1234567890123456")),
    ("figure_digits", more_than("0.1234567890123456")),
    ("figure_digits", exactly("100000000000000.1")),
    ("figure_exactly", figure("12,000", _Q.EXACTLY, point="12000")),
    (
        "figure_exactly",
        figure(
            "12,000",
            _Q.EXACTLY,
            low="11000",
            high="13000",
            point="12000",
            has_low=True,
            has_high=True,
        ),
    ),
    (
        "figure_exactly",
        figure(
            "12,000",
            _Q.EXACTLY,
            low="12000",
            high="12000",
            point="12000",
            has_low=True,
            has_high=False,
        ),
    ),
    (
        "figure_exactly",
        figure("12,000", _Q.EXACTLY, low="12000", high="12000", has_low=True, has_high=True),
    ),
    ("figure_about", figure("about 12,000", _Q.ABOUT)),
    (
        "figure_about",
        figure("nearly 12,000", _Q.ABOUT, high="12000", has_high=True, point="12000"),
    ),
    (
        "figure_about",
        figure("about 12,000", _Q.ABOUT, low="10800", has_low=False, point="12000"),
    ),
    (
        "figure_about",
        figure(
            "about 12,000",
            _Q.ABOUT,
            low="10800",
            high="13200",
            point="12000",
            has_low=True,
            has_high=True,
        ),
    ),
    ("figure_at_least", figure("at least 40", _Q.AT_LEAST, low="40", has_low=False)),
    ("figure_at_least", figure("at least 40", _Q.AT_LEAST, point="40")),
    (
        "figure_at_least",
        figure("at least 40", _Q.AT_LEAST, low="40", has_low=True, point="50"),
    ),
    (
        "figure_at_least",
        figure("at least 40", _Q.AT_LEAST, low="40", high="50", has_low=True, has_high=True),
    ),
    ("figure_more_than", figure("more than 40", _Q.MORE_THAN, low="40", has_low=True)),
    ("figure_more_than", figure("more than 40", _Q.MORE_THAN)),
    (
        "figure_more_than",
        figure("more than 40", _Q.MORE_THAN, low="40", has_low=False, point="41"),
    ),
    ("figure_up_to", figure("up to 40", _Q.UP_TO, high="40", has_high=False)),
    ("figure_up_to", figure("up to 40", _Q.UP_TO, low="40", has_low=True)),
    (
        "figure_up_to",
        figure("up to 40", _Q.UP_TO, high="40", has_high=True, point="30"),
    ),
    (
        "figure_less_than",
        figure("fewer than 40", _Q.LESS_THAN, high="40", has_high=True),
    ),
    ("figure_less_than", figure("fewer than 40", _Q.LESS_THAN, point="40")),
    (
        "figure_less_than",
        figure(
            "fewer than 40",
            _Q.LESS_THAN,
            low="0",
            high="40",
            has_low=True,
            has_high=False,
        ),
    ),
    ("figure_between", figure("10 to 20", _Q.BETWEEN, low="10", has_low=True)),
    (
        "figure_between",
        figure("10 to 20", _Q.BETWEEN, high="20", has_high=True, point="15"),
    ),
    ("figure_no_number", figure("thousands", _Q.ORDER_OF_MAGNITUDE, point="1000")),
    (
        "figure_no_number",
        figure("a battalion", _Q.UNQUANTIFIED, high="800", has_high=True),
    ),
    ("figure_order", between("15000", "10000")),
    ("figure_order", between("10", "20", point="21")),
    ("figure_order", between("10", "20", point="9")),
    (
        "figure_between_holds",
        figure("20 to 20", _Q.BETWEEN, low="20", high="20", has_low=True, has_high=False),
    ),
    (
        "figure_between_holds",
        figure("20 to 20", _Q.BETWEEN, low="20", high="20", has_low=False, has_high=True),
    ),
    (
        "figure_lower_inclusive",
        figure("10 to 20", _Q.BETWEEN, low="10", high="20", has_high=True),
    ),
    (
        "figure_lower_inclusive",
        figure("about 12,000", _Q.ABOUT, point="12000", has_low=True),
    ),
    (
        "figure_upper_inclusive",
        figure("10 to 20", _Q.BETWEEN, low="10", high="20", has_low=True),
    ),
    ("figure_upper_inclusive", figure("a battalion", _Q.UNQUANTIFIED, has_high=False)),
    (
        "figure_hedged",
        figure(
            "about 12,000",
            _Q.EXACTLY,
            low="12000",
            high="12000",
            point="12000",
            has_low=True,
            has_high=True,
            is_hedged=True,
        ),
    ),
    (
        "figure_hedged",
        figure(
            "around six",
            _Q.EXACTLY,
            low="6",
            high="6",
            point="6",
            has_low=True,
            has_high=True,
            is_hedged=True,
        ),
    ),
    ("figure_hedged", figure("around 11,000", _Q.ABOUT, point="11000", is_hedged=True)),
    ("figure_hedged", figure("around thousands", _Q.ORDER_OF_MAGNITUDE, is_hedged=True)),
    ("figure_hedged", figure("around a battalion", _Q.UNQUANTIFIED, is_hedged=True)),
]
