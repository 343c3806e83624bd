"""A number, a range of two, a number with its spread, or an interval in brackets: a figure without its hedges."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from apps.domain.figures import Interval
from apps.domain.parsing.amounts import Amount, Amounts, plain_number
from apps.domain.parsing.dates import DATE, is_date
from apps.domain.parsing.digits import BadDigits, check_size
from apps.domain.parsing.found import SECOND_FIGURE, Found
from apps.domain.parsing.language import Hedge, Lexicon
from apps.domain.parsing.tokens import Kind, Text

_INFINITY = "∞"
_BRACKETS = "([])"
#: Signs that, directly beside digits, make them something else: a formula, a code, a power.
_BEFORE_DIGITS, _AFTER_DIGITS = "+-*/^#.", "^*/=²³‰"


def is_formula(word: str) -> bool:
    """Whether a token is a sign that may change the number after it: mathematics, a code."""
    return word in _BEFORE_DIGITS or unicodedata.category(word[0]) == "Sm"


class Ranges:
    """Reads what `Amounts` gives as single numbers or as ranges."""

    def __init__(self, text: Text, lexicon: Lexicon, amounts: Amounts) -> None:
        self.text, self.words, self.lexicon, self.amounts = text, text.words, lexicon, amounts

    def at(self, place: int, is_between: bool, is_joined: bool) -> Found | None:
        """A number, a range, a number with its spread, or an interval in brackets, without hedges.

        `is_joined`: a hedge stands directly before it, whose last sign is no sign of the number ("c.200").
        """
        notation = self._notation(place)
        if notation is not None:
            return notation
        low = self.amounts.at(place)
        if low is None:
            return None
        self._refuse_signs(low, is_joined)
        end, is_percent = self._percent(low)
        spread = self.lexicon.plus_minus.after(self.words, end)
        if spread is not None and (width := self.amounts.at(spread, is_linked=True)) is not None:
            return self._spread(low, width)
        link = self._link(low, end, is_between=is_between)
        if link is not None:
            return self._range(low, *link, is_percent=is_percent)
        if is_between:
            raise self.text.refuse(place, "“Between” needs two numbers: give the lower and the higher one.")
        return Found(low.start, end, low.value, is_percent=is_percent, is_loose=low.is_loose, is_cut=low.is_cut)

    def _percent(self, amount: Amount) -> tuple[int, bool]:
        end = self.lexicon.percent.after(self.words, amount.end)
        return (amount.end, amount.is_share) if end is None else (end, True)

    def _link(self, low: Amount, end: int, *, is_between: bool) -> tuple[int, Amount] | None:
        """The hedge (or none) before the second number of a range, and that number."""
        end = self._after_counter(end)
        if self.text.is_sign(end, "-~") and end + 1 == len(self.text):
            raise self.text.refuse(end, "The range has no second number: give it, or take the dash away.")
        place = self._link_end(low, end)
        is_and = place is None and bool(is_between or self.lexicon.language.closing)
        place = self.lexicon.ands.after(self.words, end) if is_and else place
        if place is None:
            return None
        hedge = self.lexicon.before.at(self.words, place)
        begin = hedge[1] if hedge is not None and hedge[0] is Hedge.ABOUT else place
        high = self.amounts.at(begin, is_linked=True)
        if high is None or (is_and and not is_between and self._closing(high) is None):
            return None
        return (place if begin > place else -1, high)

    def _link_end(self, low: Amount, end: int) -> int | None:
        """The place after a word or sign that joins two numbers of a range without a word before them."""
        place = self.lexicon.to.after(self.words, end) or self.lexicon.ors.after(self.words, end)
        is_bracketed = self.text.is_sign(low.start - 1, "([")
        is_sign = self.text.is_sign(end, "-~") or (self.text.is_sign(end, ",") and is_bracketed)
        return end + 1 if place is None and is_sign else place

    def _closing(self, high: Amount) -> int | None:
        """The place after words that close a range ("között")."""
        return self.lexicon.closing.after(self.words, self._after_counter(self._percent(high)[0]))

    def _after_counter(self, place: int) -> int:
        return self.lexicon.counters.after(self.words, place) or place

    def _range(self, low: Amount, hedged_at: int, high: Amount, *, is_percent: bool) -> Found:
        end, is_high_percent = self._percent(high)
        if is_percent and not is_high_percent:
            raise self.text.refuse(high.start, SECOND_FIGURE)
        if is_date(self.text, self.lexicon, high.end - 1) or _are_years(self.words[low.start : high.end], low, high):
            raise self.text.refuse(low.start, DATE)
        if high.is_share and not (low.is_share or is_percent):
            raise self.text.refuse(low.start, "The first number lacks its part or percent: write both in full.")
        lower = shared_scale(low, high)
        if lower == low.value and _may_lack_scale(low, high):
            message = f"The range falls, or “{self.words[low.start]}” lacks its scale: write both numbers in full."
            raise self.text.refuse(low.start, message)
        if lower > high.value:
            raise self.text.refuse(
                high.start, f"The range falls from {lower:,f} to {high.value:,f}: put the lower number first."
            )
        hedges = () if hedged_at < 0 else ((Hedge.ABOUT, hedged_at),)
        return Found(low.start, self._closing(high) or end, None, Interval(lower, high.value), hedges, is_high_percent)

    def _spread(self, point: Amount, width: Amount) -> Found:
        end, is_relative = self._percent(width)
        if width.value < 0:
            raise self.text.refuse(width.start, "A spread has no sign of its own: write it as “± 500”.")
        by = abs(point.value) * width.value / 100 if is_relative else width.value
        low, high = plain_number(point.value - by), plain_number(point.value + by)
        try:
            check_size(low, self.words[width.start])
            check_size(high, self.words[width.start])
        except BadDigits:
            message = "The ends of this range have too many digits for a figure: give them rounded."
            raise self.text.refuse(width.start, message) from None
        return Found(point.start, end, point.value, Interval(low, high))

    def _notation(self, place: int) -> Found | None:
        """An interval as mathematics writes it: [10,000, ∞[ has its lower end and no upper one; ]a, b[ neither end."""
        if not self.text.is_sign(place, _BRACKETS):
            return None
        low, comma = self._end(place + 1)
        if comma is None or not self.text.is_sign(comma, ","):
            return None
        high, close = self._end(comma + 1)
        if close is None or not self.text.is_sign(close, _BRACKETS):
            return None
        if (self.words[place], self.words[close]) == ("(", ")"):
            return None  # round brackets are mostly those of an estimate's interval
        interval = Interval(low, high, self.words[place] == "[", self.words[close] == "]")
        if interval.is_empty or low is high is None:
            raise self.text.refuse(place, "Every number or none lies in this interval: give one that says something.")
        return Found(place, close + 1, None, interval, is_bracketed=True)

    def _end(self, place: int) -> tuple[Decimal | None, int | None]:
        """One end of an interval in brackets (None: infinite) and the place after it (None: there is no end here)."""
        begin = place + 1 if self.text.is_sign(place, "-") else place
        if self.text.is_sign(begin, _INFINITY):
            return None, begin + 1
        amount = self.amounts.at(place)
        return (None, None) if amount is None else (amount.value, amount.end)

    def _refuse_signs(self, amount: Amount, is_joined: bool) -> None:
        """Refuse digits that signs make something else."""
        before = amount.start
        while not is_joined and before > 0 and self.text.is_glued(before) and is_formula(self.words[before - 1]):
            before -= 1
        if before < amount.start and self.text.tokens[amount.start].kind is not Kind.WORD:
            raise self.text.refuse(before, f"The sign “{self.words[before]}” before the number is not read: remove it.")
        after = amount.end
        if self.text.is_glued(after) and self.words[after] in _AFTER_DIGITS:
            raise self.text.refuse(after, f"The sign “{self.words[after]}” after the number is not read: remove it.")


def shared_scale(low: Amount, high: Amount) -> Decimal:
    """The lower number of a range, with the scale of the higher one where both share it.

    "10-15k", "11 to 12,000" and "a hundred to two hundred thousand" share it; "500 to 1,000" does not, because 500 is
    not below 1.
    """
    if low.scale not in (1, 100) or low.is_share or not 0 < low.value < 1000:
        return low.value
    if high.scale > 1:
        factor, lead = high.scale / low.scale, high.coefficient
        is_shared = low.coefficient < lead and (low.scale == 1 or _is_power_of_thousand(factor))
        if low.scale == 100 and _is_power_of_thousand(high.scale):  # "doscientos a trescientos mil"
            factor, is_shared = high.scale, low.value < lead
        is_shared = is_shared and not _may_lack_hundred(low, high)
    else:
        factor = _thousands(high.value)
        is_shared = low.value == low.value.to_integral_value() and low.value < high.value // factor and factor > 1
    return low.value * factor if is_shared else low.value


def _may_lack_hundred(low: Amount, high: Amount) -> bool:
    """Whether the lower number may lack "hundred" too: "zwei- bis dreihunderttausend"."""
    is_hundreds = _is_power_of_thousand(high.scale) and high.coefficient % 100 == 0
    return is_hundreds and low.scale == 1 and low.value < high.coefficient / 100


def _is_power_of_thousand(number: Decimal) -> bool:
    return number in (10**3, 10**6, 10**9, 10**12)


def _are_years(words: Sequence[str], low: Amount, high: Amount) -> bool:
    """Whether both ends are written as years are, not far apart: "2014 to 2022"."""
    are_bare = all(len(word) == 4 and word[:2] in ("19", "20") for word in (words[0], words[-1]))
    return are_bare and all(word.isdecimal() for word in (words[0], words[-1])) and high.value - low.value <= 50


def _may_lack_scale(low: Amount, high: Amount) -> bool:
    """Whether nobody can tell if the lower number shares the scale: "4 to 3 million", "10-10,500"."""
    is_bare = low.scale == 1 and 0 < low.value < 1000 and not low.is_share
    factor = _thousands(high.value)
    return is_bare and (high.scale > 1 or (factor > 1 and low.value == high.value // factor))


def _thousands(number: Decimal) -> Decimal:
    """1,000 for 12,000 and 12,500, a million for 3,000,000: what "11 to 12,000" leaves out at the first number."""
    factor = Decimal(1)
    while abs(number) >= factor * 1000 and number % (factor * 100) == 0:
        factor *= 1000
    return factor
