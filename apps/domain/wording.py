"""How numbers, days, names and figures are written in every sentence and table (DESIGN.md, "Generated sentences")."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from apps.domain.figures import Figure, Interval
from apps.domain.periods import PartialDate, Period
from apps.domain.reading import read
from apps.domain.vocabulary import Qualifier

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
#: First words of a figure that are not names, so that they may lose their capital inside a sentence.
_SMALL_WORDS = frozenset(
    (
        "a",
        "about",
        "all",
        "almost",
        "already",
        "an",
        "another",
        "approximately",
        "around",
        "as",
        "at",
        "between",
        "close",
        "dozens",
        "estimated",
        "exactly",
        "exceeding",
        "few",
        "fewer",
        "hundreds",
        "just",
        "less",
        "lost",
        "millions",
        "more",
        "nearly",
        "no",
        "only",
        "over",
        "roughly",
        "scores",
        "several",
        "some",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "one",
        "two",
        "three",
        "four",
        "five",
        "tens",
        "thousands",
        "under",
        "up",
        "upwards",
        "well",
    )
)
_QUOTES = "“”‘’\"'«»„"
#: Units whose plural is not the singular and an "s", and how a unit is spoken of.
_THINGS = {
    "persons": ("person", "people"),
    "persons/day": ("person a day", "people a day"),
    "percent": ("percent", "percent"),
}


def number(value: Decimal) -> str:
    """All digits, thousands set apart by commas: 10,800; 33.3; never 1E+4 and no zeros after the point."""
    if not value.is_finite():
        return str(value)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count_words(n: int) -> str:
    """A count that opens a sentence: "No", "One" … "Twelve", then digits."""
    return _COUNTS[n] if 0 <= n < len(_COUNTS) else f"{n:,}"


def interval_words(interval: Interval) -> str:
    """An interval in plain words; only ends that are not included are said so."""
    low, high = interval.lower, interval.upper
    if low is None and high is None:
        return "any number"
    if low is None or high is None:
        return _half_open_words(interval)
    if low == high:
        return f"exactly {number(low)}"
    if interval.lower_inclusive:
        return f"{number(low)} to {'' if interval.upper_inclusive else 'below '}{number(high)}"
    return f"above {number(low)} and {'up to' if interval.upper_inclusive else 'below'} {number(high)}"


def _half_open_words(interval: Interval) -> str:
    if interval.lower is not None:
        low = number(interval.lower)
        return f"{low} or more" if interval.lower_inclusive else f"above {low}"
    assert interval.upper is not None
    high = number(interval.upper)
    return f"{high} or fewer" if interval.upper_inclusive else f"below {high}"


def things(unit: str, n: Decimal | int | None = None) -> str:
    """What is counted, for `n` of them (None: many): "people", "container", "percent"."""
    singular, plural = _THINGS.get(unit, (unit.removesuffix("s"), unit))
    return singular if n == 1 else plural


def counted(n: int, unit: str) -> str:
    """How many of what: "1 claim", "83,184 claims"."""
    return f"{n:,} {things(unit, n)}"


def quantity_words(interval: Interval, unit: str) -> str:
    """An interval of things: "10,800 to 13,200 people", "exactly 1 person", "above 33.3 percent".

    People are whole: "2,401 or more people" where the interval begins at 2,400.3.
    """
    words = interval_words(_whole(interval) if unit == "persons" else interval)
    if unit == "percent":  # a share is not counted: "40 percent or less", not "40 or fewer percent"
        for ending, instead in ((" or fewer", " percent or less"), (" or more", " percent or more")):
            if words.endswith(ending):
                return words.removesuffix(ending) + instead
    is_one = interval.lower == interval.upper == Decimal(1)
    return f"{words} {things(unit, 1 if is_one else None)}".strip()


def _whole(interval: Interval) -> Interval:
    """The same whole numbers with whole ends; unchanged when there is no whole number inside."""
    low, high = interval.lower, interval.upper
    whole = Interval(
        None if low is None else low.to_integral_value(ROUND_CEILING if interval.lower_inclusive else ROUND_FLOOR),
        None if high is None else high.to_integral_value(ROUND_FLOOR if interval.upper_inclusive else ROUND_CEILING),
        lower_inclusive=interval.lower_inclusive,
        upper_inclusive=interval.upper_inclusive,
    )
    return interval if whole.is_empty else whole


def day_words(day: date) -> str:
    """4 Nov 2024. English whatever the locale, without zeros in front."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_words(n: int) -> str:
    """A number of days: "1 day", "12 days"."""
    return f"{n:,} {things('days', n)}"


def partial_words(partial: PartialDate) -> str:
    """4 Nov 2024, Nov 2024 or 2024."""
    parts = [str(partial.year)]
    if partial.month is not None:
        parts.insert(0, _MONTHS[partial.month - 1])
    if partial.day is not None:
        parts.insert(0, str(partial.day))
    return " ".join(parts)


def period_words(period: Period) -> str:
    """One partial date, or "1 Jan 2025 to Feb 2025" when an end was stated that differs."""
    if period.end is None or period.end == period.start:
        return partial_words(period.start)
    return f"{partial_words(period.start)} to {partial_words(period.end)}"


def quoted(words: str) -> str:
    """Somebody's words in quotation marks; marks that they carry themselves are not doubled."""
    return f"“{words.strip().strip(_QUOTES).strip()}”"


def figure_words(figure: Figure) -> str:
    """The figure as stated, in quotation marks; a leading "More" or "About" loses its capital inside a sentence."""
    words = figure.stated_value.strip().strip(_QUOTES).strip()
    first = words.split(" ", 1)[0]
    if first.istitle() and first.lower() in _SMALL_WORDS:
        words = words[:1].lower() + words[1:]
    return quoted(words)


def numbers_words(figure: Figure) -> str:
    """What the numbers of a figure say, whatever its words: "10,000 or more", "about 12,000", "nearly 500".

    Sound figures that differ in a number or in the qualifier are said differently; only the point of a pure bound
    ("at least", "up to", …) is not said twice.
    """
    if figure.has_number:
        return f"{'about ' if figure.hedged else ''}{_numbers_words(figure)}"
    vague = {
        Qualifier.ORDER_OF_MAGNITUDE: "an order of magnitude without a number",
        Qualifier.UNQUANTIFIED: "an amount without a number",
    }
    return vague.get(figure.qualifier, f"“{figure.qualifier.replace('_', ' ')}” without a number")


def _numbers_words(figure: Figure) -> str:
    low, high, point = figure.lower, figure.upper, figure.point
    if figure.qualifier is Qualifier.ABOUT and point is not None:
        for ends, words in (((None, None), "about"), ((None, point), "nearly"), ((point, None), "just over")):
            if (low, high) == ends:
                return f"{words} {number(point)}"
    words = _stated_words(figure)
    is_said = figure.qualifier not in (Qualifier.BETWEEN, Qualifier.ABOUT) and point in (low, high)
    return words if point is None or is_said else f"{words}, with {number(point)} as the headline number"


def _stated_words(figure: Figure) -> str:
    if figure.qualifier is Qualifier.BETWEEN and figure.lower == figure.upper and figure.lower is not None:
        return f"{number(figure.lower)} to {number(figure.lower)}"
    if figure.lower is None and figure.upper is None:
        return interval_words(Interval(None, None))
    stated = read(figure, floor=None, tolerance=Decimal(0), is_strict=True)
    assert stated is not None  # a figure with a bound has a strict reading
    return interval_words(stated.interval)


def listed(words: list[str], conjunction: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    return f" {conjunction} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
