"""How the words of a figure are read as numbers: one table, printed on the methodology page (model.md §3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from apps.domain.claims import Settings
from apps.domain.figures import Figure, Interval
from apps.domain.parsing.languages import bound_phrases, exact_phrases
from apps.domain.results import Reading
from apps.domain.vocabulary import Qualifier

#: Words that turn a bare number into an exact one, in every language that is read; a figure does not say its own.
EXACT_WORDS = (*exact_phrases(), "full count")
_EXACT = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, EXACT_WORDS))})(?!\w)")
#: Words that bound what they stand beside: "at least several hundred" is no reading of "several hundred".
_BOUND = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, bound_phrases()))})(?!\w)")

#: What a methodology page names as the source of a convention that is not in the words themselves.
_CONVENTION = "Convention of this site; wider ones exist, e.g. Ferson et al. 2015, “Natural language of uncertainty”."
_KENNEDY = "Kennedy 2015: “at least” includes the number, “more than” does not; neither says how much more."
_WORDS = "The words themselves."
_ROUNDING = "Convention of this site: a round number stands for everything that rounds to it."
_VAGUE = "Interpretation of this site; other projects read these words differently."


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the reading table.

    `words` are examples for readers; in an interpretation they are the words that are looked for.
    `says` is how it is read; `{tolerance}` in it stands for the tolerance in percent.
    `applies` and `interval` do it: figure → bool, (figure, tolerance as a fraction) → Interval.
    `source` says where the rule comes from.
    """

    code: str
    qualifiers: tuple[Qualifier, ...]
    words: tuple[str, ...]
    says: str
    source: str
    applies: Callable[[Figure], bool]
    interval: Callable[[Figure, Decimal], Interval]
    is_interpretation: bool = False

    def says_at(self, tolerance: Decimal) -> str:
        """How it is read under this tolerance (a fraction: 0.10 is printed as 10)."""
        return self.says.replace("{tolerance}", f"{(tolerance * 100).normalize():f}")


def _qualified(*qualifiers: Qualifier, hedged: bool | None = None) -> Callable[[Figure], bool]:
    """A test for figures of these qualifiers, hedged or not (None: either) that have the bound they need."""
    needs_lower = {Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.BETWEEN}
    needs_upper = {Qualifier.UP_TO, Qualifier.LESS_THAN, Qualifier.BETWEEN}

    def applies(figure: Figure) -> bool:
        is_whole = (figure.qualifier not in needs_lower or figure.lower is not None) and (
            figure.qualifier not in needs_upper or figure.upper is not None
        )
        return figure.qualifier in qualifiers and hedged in (None, figure.hedged) and is_whole

    return applies


def _exact_number(figure: Figure) -> Decimal | None:
    return figure.numbers[0] if figure.qualifier is Qualifier.EXACTLY and len(figure.numbers) == 1 else None


def _says_exactly(figure: Figure) -> bool:
    return _EXACT.search(figure.stated_value.casefold()) is not None


def rounding_step(number: Decimal) -> Decimal | None:
    """The 10^k to which a bare number counts as rounded, or None when it is read as stated.

    Integers of 100 and more (either sign) with trailing zeros; k = min(trailing zeros, digits - 2).
    """
    if number != number.to_integral_value():
        return None
    digits = f"{abs(number):f}".split(".")[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    k = min(zeros, len(digits) - 2)  # not above 0 below 100
    return Decimal(10) ** k if k > 0 else None


def _is_rounded(figure: Figure) -> bool:
    number = _exact_number(figure)
    return number is not None and rounding_step(number) is not None


def _rounded(figure: Figure, _: Decimal) -> Interval:
    number = figure.numbers[0]
    half = (rounding_step(number) or Decimal(0)) / 2
    return Interval(number - half, number + half)


def _as_stated(figure: Figure, _: Decimal) -> Interval:
    return Interval(
        figure.lower,
        figure.upper,
        lower_inclusive=figure.lower_inclusive is not False,
        upper_inclusive=figure.upper_inclusive is not False,
    )


def _point(figure: Figure, _: Decimal) -> Interval:
    return Interval(figure.numbers[0], figure.numbers[0])


def _around(figure: Figure, tolerance: Decimal) -> Interval:
    """Both sides opened by the tolerance, except a side that the words close ("nearly", "just over")."""
    low, high = figure.numbers[0], figure.numbers[-1]
    return Interval(
        low - abs(low) * tolerance if figure.lower is None else figure.lower,
        high + abs(high) * tolerance if figure.upper is None else figure.upper,
        lower_inclusive=figure.lower is None or figure.lower_inclusive is not False,
        upper_inclusive=figure.upper is None or figure.upper_inclusive is not False,
    )


def _widened(figure: Figure, tolerance: Decimal) -> Interval:
    """Stated bounds moved outwards by the tolerance, open ends left open."""
    stated = _as_stated(figure, tolerance)
    return Interval(
        None if stated.lower is None else stated.lower - abs(stated.lower) * tolerance,
        None if stated.upper is None else stated.upper + abs(stated.upper) * tolerance,
        lower_inclusive=stated.lower_inclusive,
        upper_inclusive=stated.upper_inclusive,
    )


def _is_about(lower: bool, upper: bool) -> Callable[[Figure], bool]:
    """A test for "about" figures whose words close these sides."""

    def applies(figure: Figure) -> bool:
        is_about = figure.qualifier is Qualifier.ABOUT and figure.has_number
        return is_about and (
            (figure.lower is not None),
            (figure.upper is not None),
        ) == (lower, upper)

    return applies


#: Number words and digits that make a vague word mean something else ("a few thousand", "hundreds of 40-man units").
_SCALE = re.compile(
    r"\d|(?<!\w)(?:half|quarter|third|one|two|three|four|five|six|seven|eight|nine|ten|couple|few|several"
    r"|dozens?|scores?|tens?|hundreds?|thousands?|millions?|billions?|trillions?)(?!\w)"
)


def _vague_rule(code: str, low: int, high: int, *words: str) -> Rule:
    interval = Interval(Decimal(low), Decimal(high))
    says = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return Rule(
        code=code,
        qualifiers=(Qualifier.ORDER_OF_MAGNITUDE, Qualifier.UNQUANTIFIED),
        words=words,
        says=says,
        source=_VAGUE,
        applies=lambda figure: _vague_code(figure) == code,
        interval=lambda figure, tolerance: interval,
        is_interpretation=True,
    )


_VAGUE_RULES = (
    _vague_rule("a_couple", 2, 2, "a couple", "a couple of"),
    _vague_rule("a_few", 3, 9, "a few"),
    _vague_rule("a_dozen", 12, 12, "a dozen"),
    _vague_rule("dozens", 24, 99, "dozens", "several dozen", "a few dozen"),
    _vague_rule("scores", 40, 99, "scores", "several score"),
    _vague_rule(
        "hundreds",
        200,
        999,
        "hundreds",
        "several hundred",
        "several hundreds",
        "a few hundred",
    ),
    _vague_rule(
        "thousands",
        2_000,
        9_999,
        "thousands",
        "several thousand",
        "several thousands",
        "a few thousand",
    ),
    _vague_rule("tens_of_thousands", 20_000, 99_999, "tens of thousands"),
    _vague_rule("hundreds_of_thousands", 200_000, 999_999, "hundreds of thousands"),
    _vague_rule(
        "millions",
        2_000_000,
        9_999_000,
        "millions",
        "several million",
        "several millions",
        "a few million",
    ),
)


#: Longest first, so that "tens of thousands" is found before "thousands".
_VAGUE_PHRASES = sorted(
    ((word, rule.code) for rule in _VAGUE_RULES for word in rule.words),
    key=lambda pair: (-len(pair[0]), pair[0]),
)


def _vague_code(figure: Figure) -> str | None:
    """The rule of the longest vague phrase in the words, or None: no phrase, or a bound or number words beside it."""
    if figure.has_number or figure.qualifier not in (
        Qualifier.ORDER_OF_MAGNITUDE,
        Qualifier.UNQUANTIFIED,
    ):
        return None
    words = " ".join(figure.stated_value.casefold().split())
    if _BOUND.search(words):
        return None
    for phrase, code in _VAGUE_PHRASES:
        if match := re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words):
            rest = words[: match.start()] + " | " + words[match.end() :]
            return None if _SCALE.search(rest) else code
    return None


#: The reading rules in the order in which they are tried; the first that applies reads the figure.
READING_RULES: tuple[Rule, ...] = (
    Rule(
        "exact",
        (Qualifier.EXACTLY,),
        ("exactly N", "precisely N"),
        "N and nothing else",
        _WORDS,
        applies=lambda figure: _exact_number(figure) is not None and _says_exactly(figure),
        interval=_point,
    ),
    Rule(
        "bare",
        (Qualifier.EXACTLY,),
        ("12,000", "10,000", "3,000", "12,500"),
        "whole numbers of 100 and more that end in zeros are compared with their rounding: ± half of 10 to the power "
        "of k, where k is the number of zeros, at most the number of digits less two (12,000: 11,500 to 12,500; "
        "10,000: 9,500 to 10,500; 3,000: 2,950 to 3,050; 12,500: 12,450 to 12,550)",
        _ROUNDING,
        applies=_is_rounded,
        interval=_rounded,
    ),
    Rule(
        "as_stated",
        (Qualifier.EXACTLY,),
        ("876", "40", "5.3"),
        "any other bare number: N",
        _WORDS,
        applies=lambda figure: _exact_number(figure) is not None,
        interval=_point,
    ),
    Rule(
        "about",
        (Qualifier.ABOUT,),
        (
            "about",
            "around",
            "some",
            "roughly",
            "approximately",
            "an estimated",
            "close to",
            "~",
        ),
        "N ± {tolerance} %",
        _CONVENTION,
        applies=_is_about(lower=False, upper=False),
        interval=_around,
    ),
    Rule(
        "nearly",
        (Qualifier.ABOUT,),
        ("nearly", "almost", "approaching"),
        "from N less {tolerance} % to below N",
        _CONVENTION,
        applies=_is_about(lower=False, upper=True),
        interval=_around,
    ),
    Rule(
        "just_over",
        (Qualifier.ABOUT,),
        ("just over",),
        "from above N to N plus {tolerance} %",
        _CONVENTION,
        applies=_is_about(lower=True, upper=False),
        interval=_around,
    ),
    Rule(
        "hedged_bound",
        (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.UP_TO, Qualifier.LESS_THAN),
        ("some N or more", "around N at most"),
        "as the same words without the hedge, with N moved outwards by {tolerance} %",
        _CONVENTION,
        applies=_qualified(
            Qualifier.AT_LEAST,
            Qualifier.MORE_THAN,
            Qualifier.UP_TO,
            Qualifier.LESS_THAN,
            hedged=True,
        ),
        interval=_widened,
    ),
    Rule(
        "at_least",
        (Qualifier.AT_LEAST,),
        ("at least", "no fewer than", "a minimum of", "N or more", "N+"),
        "N or more, without an upper end",
        _KENNEDY,
        applies=_qualified(Qualifier.AT_LEAST),
        interval=_as_stated,
    ),
    Rule(
        "more_than",
        (Qualifier.MORE_THAN,),
        ("more than", "over", "exceeding", "upwards of"),
        "above N, without an upper end",
        _KENNEDY,
        applies=_qualified(Qualifier.MORE_THAN),
        interval=_as_stated,
    ),
    Rule(
        "up_to",
        (Qualifier.UP_TO,),
        ("up to", "as many as", "at most", "no more than", "N or fewer"),
        "N or fewer, down to the question's floor (0 for counts)",
        _WORDS,
        applies=_qualified(Qualifier.UP_TO),
        interval=_as_stated,
    ),
    Rule(
        "less_than",
        (Qualifier.LESS_THAN,),
        ("less than", "under", "fewer than"),
        "below N, down to the question's floor (0 for counts)",
        _WORDS,
        applies=_qualified(Qualifier.LESS_THAN),
        interval=_as_stated,
    ),
    Rule(
        "hedged_between",
        (Qualifier.BETWEEN,),
        ("around A to B",),
        "from A less {tolerance} % to B plus {tolerance} %",
        _CONVENTION,
        applies=_qualified(Qualifier.BETWEEN, hedged=True),
        interval=_widened,
    ),
    Rule(
        "between",
        (Qualifier.BETWEEN,),
        ("between A and B", "A–B", "A to B"),
        "A to B",
        _WORDS,
        applies=_qualified(Qualifier.BETWEEN),
        interval=_as_stated,
    ),
    *_VAGUE_RULES,
)

#: The same rules by qualifier, so that a page of 20,000 figures does not try every row on every figure.
_RULES_FOR = {word: tuple(rule for rule in READING_RULES if word in rule.qualifiers) for word in Qualifier}

#: The code that a reading carries when nothing but the stated bounds was used.
STRICT = "strict"


class Conventions(Protocol):
    """What a question may settle for itself: the lowest possible number, and what "about" allows (a fraction).

    None: no floor, and the site's own tolerance.
    """

    @property
    def floor(self) -> Decimal | None: ...

    @property
    def tolerance(self) -> Decimal | None: ...


def tolerance_for(question: Conventions, settings: Settings) -> Decimal:
    """The question's own tolerance, or else the site's, as a fraction."""
    return settings.tolerance if question.tolerance is None else question.tolerance


def read_for(figure: Figure, question: Conventions, *, settings: Settings, is_strict: bool = False) -> Reading | None:
    """How the words of a figure are read where they answer this question."""
    tolerance = tolerance_for(question, settings)
    return read(figure, floor=question.floor, tolerance=tolerance, is_strict=is_strict)


def read(figure: Figure, *, floor: Decimal | None, tolerance: Decimal, is_strict: bool) -> Reading | None:
    """The numbers that the words of a figure allow, or None when they allow no reading.

    `floor` is the lowest possible number of the question (None: no floor), `tolerance` a fraction.
    Strict uses the bounds exactly as stated: no floor, rounding, tolerance, hedge or interpretation.
    """
    if is_strict:
        return _read_strictly(figure)
    for rule in _RULES_FOR[figure.qualifier]:
        if rule.applies(figure):
            interval = rule.interval(figure, tolerance)
            return Reading(_clamped(interval, figure, floor), rule.code, rule.is_interpretation)
    return None


def _read_strictly(figure: Figure) -> Reading | None:
    if not figure.has_number:
        return None
    has_bound = figure.lower is not None or figure.upper is not None
    interval = _as_stated(figure, Decimal(0)) if has_bound else _point(figure, Decimal(0))
    return Reading(interval, STRICT)


def _clamped(interval: Interval, figure: Figure, floor: Decimal | None) -> Interval:
    """Keep the lower end at the floor or above; a number that was stated below the floor stays as it was stated."""
    if floor is None or (interval.lower is not None and interval.lower >= floor):
        return interval
    if any(number < floor for number in figure.numbers):
        return interval
    return Interval(floor, interval.upper, upper_inclusive=interval.upper_inclusive)
