"""English expressions and the figures that they state: the oracle of the parser, written from model.md §2 and §3.

One row an expression. A new row goes where its form belongs; its expectation comes from the specification, never from
what the parser happens to answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier

Number = int | str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A text and the one figure in it; `span` are the very words of that figure (empty: not asked)."""

    words: str
    figure: Figure
    span: str = ""
    unit: str | None = None
    interval_kind: str = ""
    interval_level: Decimal | None = None
    language: str | None = None


def _row(
    words: str, qualifier: Qualifier, low: Number, high: Number, point: Number, ends: str, hedged: bool, span: str
) -> Row:
    """`ends` is two marks as on paper: "[" and "]" for an end that is included, "(" and ")" for one that is not."""
    lower, upper, central = (None if number is None else Decimal(number) for number in (low, high, point))
    closed_low = None if lower is None else ends[0] == "["
    closed_high = None if upper is None else ends[1] == "]"
    return Row(words, Figure(words, qualifier, lower, upper, closed_low, closed_high, central, hedged), span)


def exactly(words: str, number: Number, *, span: str = "") -> Row:
    return _row(words, Qualifier.EXACTLY, number, number, number, "[]", False, span)


def about(words: str, number: Number, *, span: str = "") -> Row:
    return _row(words, Qualifier.ABOUT, None, None, number, "()", False, span)


def nearly(words: str, number: Number, *, span: str = "") -> Row:
    """About, from below: the number itself is not reached."""
    return _row(words, Qualifier.ABOUT, None, number, number, "()", False, span)


def just_over(words: str, number: Number, *, span: str = "") -> Row:
    """About, from above: the number itself is passed."""
    return _row(words, Qualifier.ABOUT, number, None, number, "()", False, span)


def at_least(words: str, number: Number, *, hedged: bool = False, span: str = "") -> Row:
    return _row(words, Qualifier.AT_LEAST, number, None, number, "[]", hedged, span)


def more_than(words: str, number: Number, *, hedged: bool = False, span: str = "") -> Row:
    return _row(words, Qualifier.MORE_THAN, number, None, number, "()", hedged, span)


def up_to(words: str, number: Number, *, hedged: bool = False, span: str = "") -> Row:
    return _row(words, Qualifier.UP_TO, None, number, number, "[]", hedged, span)


def less_than(words: str, number: Number, *, hedged: bool = False, span: str = "") -> Row:
    return _row(words, Qualifier.LESS_THAN, None, number, number, "()", hedged, span)


def between(
    words: str,
    low: Number,
    high: Number,
    *,
    point: Number = None,
    ends: str = "[]",
    hedged: bool = False,
    span: str = "",
) -> Row:
    return _row(words, Qualifier.BETWEEN, low, high, point, ends, hedged, span)


def vague(words: str, *, span: str = "") -> Row:
    return _row(words, Qualifier.ORDER_OF_MAGNITUDE, None, None, None, "()", False, span)


def unquantified(words: str, *, span: str = "") -> Row:
    return _row(words, Qualifier.UNQUANTIFIED, None, None, None, "()", False, span)


def interval(row: Row, kind: str, level: int | None = None) -> Row:
    return replace(row, interval_kind=kind, interval_level=None if level is None else Decimal(level))


def shares(*rows: Row) -> tuple[Row, ...]:
    """The same rows, in percent."""
    return tuple(replace(row, unit="percent") for row in rows)


def said_in(language: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The same rows, in this language."""
    return tuple(replace(row, language=language) for row in rows)


DIGITS: tuple[Row, ...] = (
    exactly("0", 0),
    exactly("1", 1),
    exactly("40", 40),
    exactly("876", 876, span="876"),
    exactly("3000", 3000),
    exactly("12000", 12000),
    exactly("12,000", 12000, span="12,000"),
    exactly("1,500", 1500),
    exactly("100,000", 100000),
    exactly("1,234,567", 1234567),
    exactly("10,000,000", 10000000),
    exactly("123,456,789,012,345", 123456789012345),
    exactly("1000000000000000", 1000000000000000),
    exactly("10 000", 10000),
    exactly("1 100", 1100),
    exactly("100 000 soldiers", 100000, span="100 000"),
    exactly("12 500 000", 12500000),
    exactly("10\u00a0000", 10000),
    exactly("10\u202f900 troops", 10900, span="10\u202f900"),
    exactly("10\u2009000", 10000),
    exactly("1\u2009234\u2009567", 1234567),
    exactly("5.3", "5.3"),
    exactly("5.25", "5.25"),
    exactly("0.5", "0.5"),
    exactly("0.125", "0.125"),
    exactly(".5", "0.5"),
    exactly("33.3", "33.3"),
    exactly("1,000.5", "1000.5"),
    exactly("12,345.67", "12345.67"),
    exactly("-5", -5),
    exactly("−5", -5),
    exactly("１２０００", 12000),
    exactly("１２，０００", 12000),
    exactly("١٢٠٠٠", 12000),
    exactly("١٢٬٠٠٠", 12000),
    exactly("۳۵۰", 350),
    exactly("१२०००", 12000),
    about("about １２，０００ soldiers", 12000, span="about １２，０００"),
)

#: Separators of other languages that can mean one thing only, so that no language is needed.
WITHOUT_LANGUAGE: tuple[Row, ...] = (
    exactly("1.000.000", 1000000),
    exactly("12.345.678", 12345678),
    exactly("0,8m", 800000),
    about("about 1.200.000 shells", 1200000, span="about 1.200.000"),
)

SCALES: tuple[Row, ...] = (
    exactly("10k", 10000),
    exactly("10K", 10000),
    exactly("12.5k", 12500),
    exactly("10 k", 10000),
    exactly("15k troops", 15000, span="15k"),
    exactly("1.2m", 1200000),
    exactly("3M", 3000000),
    exactly("0.8m", 800000),
    exactly("2bn", 2000000000),
    exactly("1.5bn", 1500000000),
    exactly("1.2 million", 1200000, span="1.2 million"),
    exactly("3.7 million rounds", 3700000, span="3.7 million"),
    exactly("3.75 million", 3750000),
    exactly("1 million", 1000000),
    exactly("1 Million", 1000000),
    exactly("2 billion", 2000000000),
    exactly("1.5 billion", 1500000000),
    exactly("10 thousand", 10000),
    exactly("1.5 thousand", 1500),
    exactly("4 thousand fell", 4000, span="4 thousand"),
    exactly("12 hundred", 1200),
    exactly("15-hundred", 1500, span="15-hundred"),
    exactly("6\u00a0million", 6000000),
    exactly("9-million", 9000000),
    exactly("1,200 thousand", 1200000),
)

WORDS: tuple[Row, ...] = (
    exactly("zero", 0),
    exactly("one", 1),
    exactly("six", 6),
    exactly("Nine", 9),
    exactly("eleven", 11),
    exactly("seventeen", 17),
    exactly("forty", 40),
    exactly("forty-two", 42),
    exactly("forty two", 42),
    exactly("ninety-nine", 99),
    exactly("one hundred", 100),
    exactly("a hundred", 100),
    exactly("one hundred and five", 105),
    exactly("one hundred five", 105),
    exactly("a hundred and twenty", 120),
    exactly("three hundred and fifty", 350),
    exactly("eight hundred seventy-six", 876),
    exactly("twelve hundred", 1200),
    exactly("fifteen-hundred", 1500),
    exactly("twenty-one hundred", 2100),
    exactly("a thousand", 1000),
    exactly("a thousand troops", 1000, span="a thousand"),
    exactly("one thousand", 1000),
    exactly("one-thousand", 1000, span="one-thousand"),
    exactly("three thousand", 3000),
    exactly("eleven thousand", 11000),
    exactly("ELEVEN THOUSAND", 11000),
    exactly("twelve thousand five hundred", 12500),
    exactly("two thousand three hundred and forty-five", 2345),
    exactly("four-thousand-100", 4100, span="four-thousand-100"),
    exactly("one hundred thousand", 100000),
    exactly("a hundred thousand", 100000),
    exactly("a million", 1000000),
    exactly("six million", 6000000),
    exactly("six million heavy artillery rounds", 6000000, span="six million"),
    exactly("one million two hundred thousand", 1200000),
    exactly("one billion", 1000000000),
    exactly("two and a half thousand", 2500, span="two and a half thousand"),
    exactly("two and a half million", 2500000),
    exactly("two-and-a-half thousand", 2500),
    exactly("one and a half million", 1500000),
    exactly("a million and a half", 1500000),
    exactly("three and a quarter million", 3250000),
    exactly("half a million", 500000, span="half a million"),
    exactly("Half a million shells", 500000, span="Half a million"),
    exactly("half a billion", 500000000),
    exactly("half a thousand", 500),
    exactly("a quarter of a million", 250000, span="a quarter of a million"),
    exactly("Quarter of a million", 250000),
    exactly("three quarters of a million", 750000),
    exactly("two dozen", 24, span="two dozen"),
    exactly("three dozen officers", 36, span="three dozen"),
    exactly("half a dozen", 6),
)

AROUND_THE_FIGURE: tuple[Row, ...] = (
    exactly("12,000 North Korean soldiers", 12000, span="12,000"),
    exactly("seven North Korean soldiers", 7, span="seven"),
    exactly("One soldier", 1, span="One"),
    exactly("three generals and their staff", 3, span="three"),
    exactly("a total of 15,000 soldiers", 15000),
    exactly("a total of 101", 101),
    exactly("already 12,000", 12000),
    exactly("only 350", 350),
    exactly("just 40 men", 40),
    exactly("another 1,000", 1000),
    exactly("another thousand soldiers", 1000),
    exactly("an additional 15,000", 15000),
    exactly("additional 2,500 troops", 2500),
    exactly("40 more soldiers", 40, span="40"),
    exactly("a further 500", 500),
    exactly("the 8,000 soldiers", 8000, span="8,000"),
    exactly("lost 4,500 men", 4500, span="4,500"),
    exactly("reached 4,500", 4500, span="4,500"),
    exactly("rose to 12,000", 12000),
    exactly("5,000 were wounded", 5000, span="5,000"),
    exactly("12,000 by December", 12000, span="12,000"),
    exactly("40-man unit", 40, span="40"),
    exactly("a 40-man unit", 40),
    exactly("five-man crew", 5, span="five"),
    exactly("a 10,000-strong contingent", 10000),
    exactly("11,000-strong", 11000, span="11,000"),
    exactly("exactly 40", 40, span="exactly 40"),
    exactly("exactly 12,000 soldiers", 12000, span="exactly 12,000"),
    exactly("precisely 101", 101),
    exactly("92 casualties per day", 92, span="92"),
    exactly("200 long-range guns", 200, span="200"),
    exactly("“12,000”", 12000, span="12,000"),
    exactly('"three thousand"', 3000, span="three thousand"),
    exactly("«12 000»", 12000, span="12 000"),
    exactly("(876)", 876, span="876"),
    exactly("12,000.", 12000, span="12,000"),
    exactly("12,000, he said", 12000, span="12,000"),
    exactly("12,000!", 12000, span="12,000"),
    exactly("  12,000  ", 12000, span="12,000"),
    exactly("\u200f12,000\u200f", 12000, span="12,000"),
    about("‘about 12,000’", 12000, span="about 12,000"),
    about("“some 300” soldiers", 300, span="some 300"),
    more_than('"more than 40"', 40, span="more than 40"),
    more_than("(over 500)", 500, span="over 500"),
    vague("“Several thousand”", span="Several thousand"),
)

ABOUT: tuple[Row, ...] = (
    about("about 11,500", 11500),
    about("About 12,000 troops", 12000, span="About 12,000"),
    about("ABOUT 12,000", 12000),
    about("about  12,000", 12000),
    about("about\u00a012,000", 12000),
    about("about\t12,000", 12000),
    about("about 10k", 10000),
    about("about 1.2 million", 1200000),
    about("about eleven thousand", 11000),
    about("about twelve hundred men", 1200, span="about twelve hundred"),
    about("around 876", 876),
    about("Around 2,500 soldiers", 2500, span="Around 2,500"),
    about("around half a million", 500000),
    about("some 3,000 soldiers", 3000, span="some 3,000"),
    about("Some 12,000", 12000),
    about("some 15-hundred special forces", 1500, span="some 15-hundred"),
    about("some two dozen officers", 24, span="some two dozen"),
    about("roughly 500", 500),
    about("roughly two and a half thousand", 2500),
    about("approximately 12,500", 12500),
    about("Approximately nine million shells", 9000000, span="Approximately nine million"),
    about("approx. 500", 500, span="approx. 500"),
    about("approx 500", 500),
    about("circa 500", 500),
    about("ca. 500", 500),
    about("an estimated 28,500", 28500),
    about("An estimated 14,500 troops", 14500, span="An estimated 14,500"),
    about("estimated 2,500", 2500),
    about("an estimated total of 14,000", 14000),
    about("close to 1,000", 1000, span="close to 1,000"),
    about("in the region of 500", 500),
    about("on the order of 10,000", 10000),
    about("~200", 200),
    about("~ 200", 200),
    about("~10k", 10000),
    about("≈200", 200),
    about("≈ 1.2 million", 1200000),
    about("500 or so", 500, span="500 or so"),
    about("a thousand or so", 1000),
    about("a dozen or so", 12),
    about("about 500 or so", 500),
    about("another roughly 2,500 troops", 2500),
    about("about a dozen", 12, span="about a dozen"),
    about("around two dozen", 24),
    about("about half a dozen", 6),
    about("about a hundred people", 100, span="about a hundred"),
    about("approximately a couple thousand troops", 2000, span="approximately a couple thousand"),
    about("about a couple of hundred", 200),
    about("about a couple of dozen", 24),
    about("already about 3,500", 3500, span="about 3,500"),
    about("now reached about 3,000", 3000, span="about 3,000"),
    about("-- about 40 --", 40, span="about 40"),
)

NEARLY: tuple[Row, ...] = (
    nearly("nearly 11,500", 11500),
    nearly("Nearly 16,000 containers", 16000, span="Nearly 16,000"),
    nearly("nearly three million", 3000000),
    nearly("nearly two dozen", 24),
    nearly("almost 12,000", 12000, span="almost 12,000"),
    nearly("Almost a thousand", 1000),
    nearly("almost half a million", 500000),
    nearly("approaching 1,500", 1500),
    nearly("losses approaching 5,000", 5000, span="approaching 5,000"),
    nearly("just under 12,000", 12000, span="just under 12,000"),
    nearly("slightly less than 12,000", 12000),
    just_over("just over 1,000", 1000, span="just over 1,000"),
    just_over("Just over half a million", 500000),
    just_over("slightly more than 1,000", 1000),
    just_over("slightly over 2,500 men", 2500, span="slightly over 2,500"),
)

LOWER_BOUNDS: tuple[Row, ...] = (
    at_least("at least 40", 40, span="at least 40"),
    at_least("At least 12,500 soldiers", 12500, span="At least 12,500"),
    at_least("at least three thousand", 3000),
    at_least("at least 1.2 million", 1200000),
    at_least("at least a dozen", 12),
    at_least("at least two dozen", 24),
    at_least("at least half a million", 500000),
    at_least("40 at least", 40),
    at_least("no fewer than 40", 40, span="no fewer than 40"),
    at_least("No fewer than 3,000", 3000),
    at_least("no less than 40", 40),
    at_least("not less than 40", 40, span="not less than 40"),
    at_least("not fewer than 500", 500),
    at_least("a minimum of 40", 40, span="a minimum of 40"),
    at_least("a minimum of three thousand", 3000),
    at_least("min. 40", 40),
    at_least("40 or more", 40, span="40 or more"),
    at_least("10,000 or more soldiers", 10000, span="10,000 or more"),
    at_least("three thousand or more", 3000),
    at_least("a dozen or more", 12),
    at_least("300+", 300, span="300+"),
    at_least("300+ soldiers", 300, span="300+"),
    at_least("10k+", 10000),
    at_least("1.2 million+", 1200000),
    at_least("10,000-plus", 10000),
    at_least("10,000-plus troops", 10000, span="10,000-plus"),
    at_least("≥ 50", 50, span="≥ 50"),
    at_least("≥50", 50),
    at_least(">= 50", 50),
    more_than("more than 41", 41),
    more_than("More than 12,500 soldiers", 12500, span="More than 12,500"),
    more_than("more than three and a half million", 3500000),
    more_than("more than a dozen", 12, span="more than a dozen"),
    more_than("more than two dozen", 24),
    more_than("more than a hundred", 100),
    more_than("more than half a million", 500000),
    more_than("over 41", 41),
    more_than("Over 5,500", 5500),
    more_than("OVER 5,500 CASUALTIES", 5500, span="OVER 5,500"),
    more_than("over a thousand soldiers", 1000, span="over a thousand"),
    more_than("well over 100", 100, span="well over 100"),
    more_than("well over a thousand", 1000),
    more_than("far more than 500", 500),
    more_than("above 500", 500),
    more_than("greater than 500", 500),
    more_than("exceeding 500", 500),
    more_than("exceeded 3,500 troops", 3500, span="exceeded 3,500"),
    more_than("exceeds 12,000", 12000),
    more_than("in excess of 5,000", 5000, span="in excess of 5,000"),
    more_than("upwards of 10,000", 10000, span="upwards of 10,000"),
    more_than("forty-odd", 40),
    more_than("forty-odd soldiers", 40, span="forty-odd"),
    more_than("40-odd", 40),
    more_than(">50", 50, span=">50"),
    more_than("> 50", 50),
    more_than("> 1.2 million", 1200000),
)

UPPER_BOUNDS: tuple[Row, ...] = (
    up_to("up to 41", 41),
    up_to("Up to 12,500 troops", 12500, span="Up to 12,500"),
    up_to("up to a dozen", 12),
    up_to("up to a thousand", 1000),
    up_to("up to 10k", 10000),
    up_to("possibly up to 12,500", 12500, span="up to 12,500"),
    up_to("totaling up to 15,500", 15500, span="up to 15,500"),
    up_to("up to an additional 30,000", 30000),
    up_to("as many as 41", 41),
    up_to("As many as nine million rounds", 9000000, span="As many as nine million"),
    up_to("as much as 500", 500),
    up_to("at most 500", 500, span="at most 500"),
    up_to("500 at most", 500, span="500 at most"),
    up_to("no more than 500", 500, span="no more than 500"),
    up_to("No more than three thousand", 3000),
    up_to("not more than 500", 500),
    up_to("a maximum of 500", 500, span="a maximum of 500"),
    up_to("max. 500", 500),
    up_to("max 500", 500),
    up_to("500 or fewer", 500, span="500 or fewer"),
    up_to("500 or less", 500),
    up_to("≤ 500", 500, span="≤ 500"),
    up_to("≤500", 500),
    up_to("<= 500", 500),
    less_than("fewer than 500", 500, span="fewer than 500"),
    less_than("Fewer than 1,500 soldiers", 1500, span="Fewer than 1,500"),
    less_than("fewer than a dozen", 12),
    less_than("less than 500", 500),
    less_than("less than half a million", 500000),
    less_than("under 500", 500, span="under 500"),
    less_than("well under 500", 500),
    less_than("below 500", 500),
    less_than("<500", 500),
    less_than("< 500", 500, span="< 500"),
)

RANGES: tuple[Row, ...] = (
    between("10,000-12,000", 10000, 12000, span="10,000-12,000"),
    between("10,000–12,000", 10000, 12000, span="10,000–12,000"),
    between("10,000—12,000", 10000, 12000),
    between("10,000‑12,000", 10000, 12000),
    between("10,000‒12,000", 10000, 12000),
    between("10,000‐12,000", 10000, 12000),
    between("10,000 - 12,000", 10000, 12000),
    between("10,000 – 12,000 soldiers", 10000, 12000, span="10,000 – 12,000"),
    between("10 000–12 000", 10000, 12000),
    between("10,000 to 12,000", 10000, 12000, span="10,000 to 12,000"),
    between("from 10,000 to 12,000", 10000, 12000),
    between("between 10,000 and 12,000", 10000, 12000, span="between 10,000 and 12,000"),
    between("Between 3,000 and 4,500 troops", 3000, 4500, span="Between 3,000 and 4,500"),
    between("anywhere from 200 to 400", 200, 400),
    between("anywhere between 200 and 400", 200, 400),
    between("10-12,000", 10000, 12000, span="10-12,000"),
    between("11-12,000 strong contingent", 11000, 12000, span="11-12,000"),
    between("11–12,000", 11000, 12000),
    between("11 to 12,000", 11000, 12000, span="11 to 12,000"),
    between("8 to 10,000", 8000, 10000),
    between("between 11 and 12,000", 11000, 12000),
    between("between 11 and 12 thousand", 11000, 12000),
    between("10-20 thousand troops", 10000, 20000, span="10-20 thousand"),
    between("10-15k", 10000, 15000, span="10-15k"),
    between("10k-15k", 10000, 15000),
    between("10k–15k troops", 10000, 15000, span="10k–15k"),
    between("3m-4m", 3000000, 4000000),
    between("1.2m to 1.5m", 1200000, 1500000),
    between("12-12.5k", 12000, 12500),
    between("1 to 1.5 million", 1000000, 1500000),
    between("3-3.5 million shells", 3000000, 3500000, span="3-3.5 million"),
    between("between 1 and 1.2 million", 1000000, 1200000),
    between("10 to 15k", 10000, 15000),
    between("3-4m", 3000000, 4000000),
    between("3 to 4 million", 3000000, 4000000, span="3 to 4 million"),
    between("between 3 and 4 million", 3000000, 4000000),
    between("5.5 to 6.5 million shells", 5500000, 6500000, span="5.5 to 6.5 million"),
    between("3 million to 4 million", 3000000, 4000000),
    between("800,000 to 1.2 million", 800000, 1200000),
    between("500 to 1,000", 500, 1000, span="500 to 1,000"),
    between("500-1,000", 500, 1000),
    between("900 to 1,100", 900, 1100),
    between("between 100 and 1,000", 100, 1000),
    between("5-6", 5, 6),
    between("20 to 30 soldiers", 20, 30, span="20 to 30"),
    between("1.5 to 2.5", "1.5", "2.5"),
    between("between -10 and -5", -10, -5),
    between("three to five", 3, 5),
    between("ten to twelve thousand", 10000, 12000),
    between("three to four million rounds", 3000000, 4000000, span="three to four million"),
    between("two to three hundred", 200, 300),
    between("between one and two thousand", 1000, 2000),
    between("between one hundred and two hundred", 100, 200),
    between("between three thousand and four thousand soldiers", 3000, 4000),
    between("between two and three hundred thousand", 200000, 300000),
    between("two to three hundred thousand", 200000, 300000),
    between("one hundred to one hundred and fifty", 100, 150),
    between("one and a half to two million", 1500000, 2000000),
    between("half a million to a million", 500000, 1000000),
    between("another 25,000 to 30,000", 25000, 30000),
    between("an additional 2,000-3,000 troops", 2000, 3000),
    between("１０，０００-１２，０００", 10000, 12000),
    between("more than 10,000 but fewer than 12,000", 10000, 12000, ends="()"),
    between("over 10,000 but under 12,000", 10000, 12000, ends="()"),
    between("at least 10,000 but no more than 12,000", 10000, 12000),
    between("at least 40 but fewer than 50", 40, 50, ends="[)"),
    between("10,000 ± 500", 9500, 10500, point=10000, span="10,000 ± 500"),
    between("10,000±500", 9500, 10500, point=10000),
    between("10,000 +/- 500", 9500, 10500, point=10000),
    between("10,000 plus or minus 500", 9500, 10500, point=10000),
    between("15,000 (12,000–18,000)", 12000, 18000, point=15000, span="15,000 (12,000–18,000)"),
    between("15,000 [12,000–18,000]", 12000, 18000, point=15000, span="15,000 [12,000–18,000]"),
    between("15,000 (12,000 to 18,000)", 12000, 18000, point=15000),
    interval(
        between("15,000 (95% CI 12,000–18,000)", 12000, 18000, point=15000, span="15,000 (95% CI 12,000–18,000)"),
        "confidence",
        95,
    ),
    interval(between("15,000 (95 % CI: 12,000 to 18,000)", 12000, 18000, point=15000), "confidence", 95),
    interval(between("15,000 [95% CI 12,000-18,000]", 12000, 18000, point=15000), "confidence", 95),
    interval(between("15,000 (90% confidence interval 12,000-18,000)", 12000, 18000, point=15000), "confidence", 90),
    interval(between("15,000 (CI 12,000–18,000)", 12000, 18000, point=15000), "confidence"),
    interval(between("15,000 (95% credible interval 12,000–18,000)", 12000, 18000, point=15000), "credible", 95),
    interval(between("15,000 (80% prediction interval 12,000–18,000)", 12000, 18000, point=15000), "prediction", 80),
)

DOUBLE_HEDGES: tuple[Row, ...] = (
    between("around 11 to 12,000 soldiers", 11000, 12000, hedged=True, span="around 11 to 12,000"),
    between("about 10,000-12,000", 10000, 12000, hedged=True),
    between("some 10,000 to 12,000", 10000, 12000, hedged=True),
    between("approximately 10-12,000", 10000, 12000, hedged=True),
    between("an estimated 15,000 to 18,000 troops", 15000, 18000, hedged=True, span="an estimated 15,000 to 18,000"),
    between("roughly between 3 and 4 million", 3000000, 4000000, hedged=True),
    between("between roughly 3 and 4 million", 3000000, 4000000, hedged=True),
    between("between about 200 and 400", 200, 400, hedged=True),
    between("~10-15k", 10000, 15000, hedged=True),
    between("~3–4 million", 3000000, 4000000, hedged=True),
    between("20 to 30 or so", 20, 30, hedged=True),
    at_least("some 3,500 or more", 3500, hedged=True, span="some 3,500 or more"),
    at_least("about 500 or more", 500, hedged=True),
    at_least("an estimated 10,000+", 10000, hedged=True),
    at_least("~3,000+", 3000, hedged=True),
    at_least("at least about 500", 500, hedged=True, span="at least about 500"),
    at_least("at least some 3,000 soldiers", 3000, hedged=True, span="at least some 3,000"),
    at_least("at least an estimated 500", 500, hedged=True),
    at_least("at least 500 or so", 500, hedged=True),
    more_than("more than about 40", 40, hedged=True),
    more_than("over an estimated 5,000", 5000, hedged=True),
    more_than("approximately more than 200", 200, hedged=True),
    up_to("up to about 5,000", 5000, hedged=True, span="up to about 5,000"),
    up_to("up to around 12,000 soldiers", 12000, hedged=True, span="up to around 12,000"),
    up_to("up to some 500", 500, hedged=True),
    up_to("up to an estimated 500", 500, hedged=True),
    up_to("around 12,000 at most", 12000, hedged=True, span="around 12,000 at most"),
    up_to("about 500 or fewer", 500, hedged=True),
    up_to("as many as roughly 40", 40, hedged=True),
    less_than("fewer than about 500", 500, hedged=True),
    less_than("under approximately 500", 500, hedged=True),
)

VAGUE: tuple[Row, ...] = (
    vague("a few soldiers", span="a few"),
    vague("A few"),
    vague("a couple"),
    vague("a couple of soldiers"),
    vague("a dozen", span="a dozen"),
    vague("a dozen soldiers", span="a dozen"),
    vague("several"),
    vague("several officers", span="several"),
    vague("dozens", span="dozens"),
    vague("Dozens of soldiers", span="Dozens"),
    vague("several dozen"),
    vague("a few dozen"),
    vague("scores"),
    vague("scores of officers", span="scores"),
    vague("Hundreds"),
    vague("hundreds of soldiers", span="hundreds"),
    vague("hundreds more"),
    vague("many hundreds"),
    vague("several hundred", span="several hundred"),
    vague("several hundred soldiers", span="several hundred"),
    vague("a few hundred"),
    vague("thousands"),
    vague("THOUSANDS OF TROOPS", span="THOUSANDS"),
    vague("several thousand", span="several thousand"),
    vague("several thousands of troops", span="several thousands"),
    vague("a few thousand men", span="a few thousand"),
    vague("many thousands"),
    vague("tens of thousands", span="tens of thousands"),
    vague("Tens of thousands of soldiers", span="Tens of thousands"),
    vague("hundreds of thousands"),
    vague("several hundred thousand"),
    vague("millions"),
    vague("several million", span="several million"),
    vague("several million rounds", span="several million"),
    vague("a few million"),
    vague("millions of shells", span="millions"),
    vague("100s"),
    vague("100s of soldiers", span="100s"),
    vague("1000s", span="1000s"),
    vague("1,000s"),
    vague("at least several hundred"),
    vague("up to several thousand"),
    vague("about several hundred"),
    vague("more than a few"),
    vague("at least a few dozen"),
    vague("as many as several thousand"),
    vague("some hundreds"),
    vague("at least hundreds"),
)

UNQUANTIFIED: tuple[Row, ...] = (
    unquantified("a battalion", span="a battalion"),
    unquantified("a battalion of North Korean infantry"),
    unquantified("up to a brigade"),
    unquantified("half a battalion"),
    unquantified("about a company"),
    unquantified("at least a platoon"),
    unquantified("a regiment"),
    unquantified("a division of special forces"),
    unquantified("busloads"),
    unquantified("busloads of soldiers"),
    unquantified("truckloads of ammunition"),
)

SHARES: tuple[Row, ...] = shares(
    exactly("40 percent", 40, span="40 percent"),
    exactly("40 per cent", 40),
    exactly("40 %", 40),
    exactly("40%", 40),
    exactly("40\u00a0%", 40),
    exactly("12.5 percent", "12.5"),
    exactly("0.5%", "0.5"),
    exactly("half a percent", "0.5"),
    exactly("forty percent", 40),
    exactly("40 percent of the force", 40, span="40 percent"),
    about("about 40 percent", 40, span="about 40 percent"),
    about("roughly 40%", 40),
    about("~40%", 40),
    nearly("nearly 40 percent", 40),
    just_over("just over 40 percent", 40),
    at_least("at least 40%", 40, span="at least 40%"),
    at_least("40 percent or more", 40),
    more_than("more than 40 percent of the ammunition", 40, span="more than 40 percent"),
    up_to("up to 60 %", 60),
    up_to("as much as 40 per cent", 40, span="as much as 40 per cent"),
    less_than("less than 5%", 5),
    between("40 to 50 percent of the force", 40, 50, span="40 to 50 percent"),
    between("between 40 and 50 percent of the troops", 40, 50),
    between("40–50% of the troops", 40, 50),
    between("about 40 to 50 percent of the force", 40, 50, hedged=True),
    exactly("half", 50, span="half"),
    exactly("Half of the contingent", 50),
    exactly("half the force", 50),
    exactly("one half", 50),
    about("about half", 50, span="about half"),
    about("roughly half of the soldiers", 50),
    nearly("Nearly half of the deployed soldiers", 50),
    nearly("almost half", 50),
    nearly("just under half", 50),
    just_over("just over half", 50),
    more_than("more than half of the force", 50),
    more_than("over half", 50),
    at_least("at least half", 50),
    less_than("less than half", 50),
    up_to("up to half", 50),
    exactly("a quarter", 25, span="a quarter"),
    exactly("one-quarter of the men", 25),
    exactly("three quarters", 75),
    exactly("three-quarters of the force", 75),
    about("about a quarter", 25),
    more_than("more than three-quarters", 75),
    about("a third", "33.3", span="a third"),
    about("a third of the force", "33.3"),
    about("one third", "33.3"),
    about("about a third of the soldiers", "33.3"),
    more_than("More than a third of the troops", "33.3"),
    nearly("nearly a third", "33.3"),
    up_to("up to a third", "33.3"),
    at_least("at least a third", "33.3"),
    at_least("a third or more", "33.3"),
    about("two-thirds", "66.7", span="two-thirds"),
    about("two thirds", "66.7"),
    about("around two-thirds", "66.7"),
    more_than("more than two-thirds of them", "66.7"),
    exactly("a fifth", 20),
    exactly("four fifths", 80),
    exactly("three eighths of them", "37.5"),
    exactly("one twentieth", 5),
    exactly("one hundredth of the force", 1),
    about("two sevenths of the force", "28.6"),
    exactly("a tenth of the force", 10),
    less_than("less than a tenth", 10),
    between("between a third and half of the force", "33.3", 50),
)

#: Read the same with no language and as English.
#: Each was once read as another figure.
MISREAD_ONCE: tuple[Row, ...] = (
    between("a hundred to two hundred thousand", 100000, 200000),
    between("five hundred or six hundred thousand", 500000, 600000),
    between("two hundred to three thousand", 200, 3000),
    about("a third of a million", 333333),
    about("two thirds of a million", 666667),
    more_than("death toll tops 500", 500, span="tops 500"),
    more_than("past 500", 500),
    up_to("crowd of up to 50,000", 50000, span="up to 50,000"),
    about("brigade of some 3,000", 3000),
    exactly("a battalion of 500", 500),
    nearly("nears 500", 500),
    about("est. 10,000", 10000),
    about("10,000 (approx.)", 10000),
    at_least("10,000 or even more", 10000),
    at_least("500 and climbing", 500),
    more_than("300 and change", 300),
    at_least("at least 30 soldiers in several attacks", 30),
)

EXPRESSIONS: tuple[Row, ...] = (
    *MISREAD_ONCE,
    *DIGITS,
    *SCALES,
    *WORDS,
    *AROUND_THE_FIGURE,
    *ABOUT,
    *NEARLY,
    *LOWER_BOUNDS,
    *UPPER_BOUNDS,
    *RANGES,
    *DOUBLE_HEDGES,
    *VAGUE,
    *UNQUANTIFIED,
    *SHARES,
)
