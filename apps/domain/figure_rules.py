"""What one figure must satisfy by itself: the table of model.md §2, rule by rule.

The database mirrors every rule by a constraint of the same code, with the same sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figures import MAX_DIGITS, Figure, FigureProblem
from apps.domain.vocabulary import Qualifier


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One rule: `code` names it everywhere, `field` is the field to correct, `message` the editor's sentence.

    `holds` is whether a figure satisfies it; it needs finite numbers.
    """

    code: str
    field: str
    message: str
    holds: Callable[[Figure], bool]


def significant_digits(number: Decimal) -> int:
    """Digits between the first and the last that is not zero: 12,000 has two, 5.30 has two, 0 has none."""
    return len("".join(str(digit) for digit in number.as_tuple().digits).strip("0"))


def _are_numbers(figure: Figure) -> bool:
    """Whether every number is finite and short enough. NaN and infinity count as too long."""
    stated = (number for number in (figure.lower, figure.upper, figure.point) if number is not None)
    return all(number.is_finite() and _is_short(number) for number in stated)


def _is_short(number: Decimal) -> bool:
    """Zeros at the ends are looked for only where they could make the difference."""
    return len(number.as_tuple().digits) <= MAX_DIGITS or significant_digits(number) <= MAX_DIGITS


def _is_exactly(figure: Figure) -> bool:
    is_one_number = figure.point is not None and figure.lower == figure.point == figure.upper
    return is_one_number and figure.lower_inclusive is True and figure.upper_inclusive is True


def _is_about(figure: Figure) -> bool:
    """A point, and at most one side closed at that point, without the point itself ("nearly", "just over")."""
    if figure.point is None or (figure.lower is not None and figure.upper is not None):
        return False
    nearly = figure.upper is None or (figure.upper == figure.point and figure.upper_inclusive is False)
    just_over = figure.lower is None or (figure.lower == figure.point and figure.lower_inclusive is False)
    return nearly and just_over


def _is_lower_bound(is_inclusive: bool) -> Callable[[Figure], bool]:
    def holds(figure: Figure) -> bool:
        is_bound = figure.lower is not None and figure.upper is None and figure.lower_inclusive is is_inclusive
        return is_bound and figure.point in (None, figure.lower)

    return holds


def _is_upper_bound(is_inclusive: bool) -> Callable[[Figure], bool]:
    def holds(figure: Figure) -> bool:
        is_bound = figure.upper is not None and figure.lower is None and figure.upper_inclusive is is_inclusive
        return is_bound and figure.point in (None, figure.upper)

    return holds


def _is_hedged_soundly(figure: Figure) -> bool:
    """No hedge, or one on top of a bound or a range: "around 11,000" alone is an "about", not a hedged number."""
    has_end = figure.lower is not None or figure.upper is not None
    return not figure.hedged or (has_end and figure.qualifier is not Qualifier.EXACTLY)


def _holds_numbers(figure: Figure) -> bool:
    """Two ends, or one number as both of them that is included."""
    return figure.lower != figure.upper or (figure.lower_inclusive is True and figure.upper_inclusive is True)


def _when(holds: Callable[[Figure], bool], *qualifiers: Qualifier) -> Callable[[Figure], bool]:
    """The rule for figures of these qualifiers; all others satisfy it."""
    return lambda figure: figure.qualifier not in qualifiers or holds(figure)


def _is_in_order(figure: Figure) -> bool:
    stated = [number for number in (figure.lower, figure.point, figure.upper) if number is not None]
    return stated == sorted(stated)


FIGURE_RULES: tuple[FigureRule, ...] = (
    FigureRule(
        "figure_words",
        "stated_value",
        "Give the figure in the words that were used, for example “more than 10,000”.",
        lambda figure: bool(figure.stated_value.strip()),
    ),
    FigureRule(
        "figure_digits",
        "point",
        f"Give numbers of at most {MAX_DIGITS} significant digits, for example 12000 or 33.3; "
        "wider ones are typing errors.",
        _are_numbers,
    ),
    FigureRule(
        "figure_exactly",
        "point",
        "“Exactly” needs one number as lower end, upper end and point, with both ends included: "
        "“12,000” is 12000 three times.",
        _when(_is_exactly, Qualifier.EXACTLY),
    ),
    FigureRule(
        "figure_about",
        "point",
        "“About” needs a point and leaves both ends empty: “about 12,000” has the point 12000. Only “nearly” has an "
        "upper end and only “just over” a lower end: the point itself, not included.",
        _when(_is_about, Qualifier.ABOUT),
    ),
    FigureRule(
        "figure_at_least",
        "lower",
        "“At least” needs a lower end that is included and no upper end; a point, if given, is the lower end: "
        "“at least 10,000” is 10000 and up.",
        _when(_is_lower_bound(is_inclusive=True), Qualifier.AT_LEAST),
    ),
    FigureRule(
        "figure_more_than",
        "lower",
        "“More than” needs a lower end that is not included and no upper end; a point, if given, is the lower end: "
        "“more than 10,000” is above 10000.",
        _when(_is_lower_bound(is_inclusive=False), Qualifier.MORE_THAN),
    ),
    FigureRule(
        "figure_up_to",
        "upper",
        "“Up to” needs an upper end that is included and no lower end; a point, if given, is the upper end: "
        "“as many as 10,000” is 10000 and down.",
        _when(_is_upper_bound(is_inclusive=True), Qualifier.UP_TO),
    ),
    FigureRule(
        "figure_less_than",
        "upper",
        "“Less than” needs an upper end that is not included and no lower end; a point, if given, is the upper end: "
        "“fewer than 500” is below 500.",
        _when(_is_upper_bound(is_inclusive=False), Qualifier.LESS_THAN),
    ),
    FigureRule(
        "figure_between",
        "lower",
        "“Between” needs a lower and an upper end: “11,000 to 12,000” has 11000 and 12000. The point stays empty "
        "unless a central number was stated.",
        _when(
            lambda figure: figure.lower is not None and figure.upper is not None,
            Qualifier.BETWEEN,
        ),
    ),
    FigureRule(
        "figure_no_number",
        "qualifier",
        "Words without a number (“thousands”, “a battalion”) have no lower end, upper end or point: leave them empty.",
        _when(
            lambda figure: not figure.has_number,
            Qualifier.ORDER_OF_MAGNITUDE,
            Qualifier.UNQUANTIFIED,
        ),
    ),
    FigureRule(
        "figure_order",
        "upper",
        "The lower end cannot be above the point or the upper end, nor the point above the upper end: "
        "“10,000 to 15,000” goes from 10000 to 15000.",
        _is_in_order,
    ),
    FigureRule(
        "figure_between_holds",
        "upper_inclusive",
        "No number lies between a number and itself unless both ends are included: “20 to 20” includes 20.",
        _when(_holds_numbers, Qualifier.BETWEEN),
    ),
    FigureRule(
        "figure_lower_inclusive",
        "lower_inclusive",
        "Say whether the lower end is included when there is one, and only then: “at least 40” includes 40, "
        "“more than 40” does not.",
        lambda figure: (figure.lower is None) == (figure.lower_inclusive is None),
    ),
    FigureRule(
        "figure_upper_inclusive",
        "upper_inclusive",
        "Say whether the upper end is included when there is one, and only then: “up to 40” includes 40, "
        "“fewer than 40” does not.",
        lambda figure: (figure.upper is None) == (figure.upper_inclusive is None),
    ),
    FigureRule(
        "figure_hedged",
        "hedged",
        "“Hedged” is for an “about” on top of a bound or a range, as in “around 11 to 12,000”; “around 11,000” alone "
        "has the qualifier “about”.",
        _is_hedged_soundly,
    ),
)


def figure_problems(figure: Figure) -> tuple[FigureProblem, ...]:
    """Every rule that the figure breaks, in the order of the table; empty when it is sound.

    A number that is none (NaN, infinity) or too long is reported alone: nothing else can be said of it.
    """
    if _are_numbers(figure):
        broken = [rule for rule in FIGURE_RULES if rule.holds is not _are_numbers and not rule.holds(figure)]
    else:
        broken = [rule for rule in FIGURE_RULES if rule.holds is _are_numbers]
    return tuple(FigureProblem(rule.field, rule.code, rule.message) for rule in broken)
