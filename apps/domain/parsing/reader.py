"""The grammar of a figure: what stands before a number, the number or range itself, and what follows it.

The text is scanned once from left to right. What is neither a figure nor a word that changes one is context and is
passed over; a second figure, a date, or a word that changes a number in a way that is not read is refused.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from apps.domain.figures import Interval
from apps.domain.parsing.amounts import Amount, Amounts, Vague
from apps.domain.parsing.language import Hedge, Lexicon, Phrases
from apps.domain.parsing.tokens import Kind, Token

_INFINITY = "∞"
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
#: Signs that, directly beside digits, make them something else: a formula, a code, a power.
_BEFORE_DIGITS, _AFTER_DIGITS = frozenset("+-*/^#."), frozenset("^*/=²³")
_SECOND = "A second figure stands here: give one figure at a time."
_LOWER, _UPPER = frozenset((Hedge.AT_LEAST, Hedge.MORE_THAN)), frozenset((Hedge.UP_TO, Hedge.LESS_THAN))

#: Names of intervals around an estimate, in the abbreviations that every language borrows → the kind of interval.
INTERVAL_KINDS = Phrases(
    {
        "ci": "confidence",
        "confidence interval": "confidence",
        "cri": "credible",
        "credible interval": "credible",
        "pi": "prediction",
        "prediction interval": "prediction",
        "ui": "other",
        "uncertainty interval": "other",
    }.items()
)


@dataclass(frozen=True, slots=True)
class Found:
    """One figure among the tokens: a single `number`, or an `interval` with perhaps a central number.

    `hedges` are the words beside it with their places. `is_loose`, `is_cut` as in Amount.
    """

    start: int
    end: int
    number: Decimal | None = None
    interval: Interval | None = None
    hedges: tuple[tuple[Hedge, int], ...] = ()
    is_percent: bool = False
    is_loose: bool = False
    is_cut: bool = False
    is_bracketed: bool = False

    @property
    def kinds(self) -> frozenset[Hedge]:
        return frozenset(hedge for hedge, _ in self.hedges)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text holds: a figure, or words that are vague, and an interval named around the figure."""

    found: Found | None
    vague: Vague | None
    interval_kind: str
    interval_level: Decimal | None


class Reader:
    """Reads the one figure among some tokens."""

    def __init__(self, tokens: tuple[Token, ...], lexicon: Lexicon) -> None:
        self.tokens, self.lexicon = tokens, lexicon
        self.amounts = Amounts(tokens, lexicon)
        self.words = self.amounts.words
        self.found: Found | None = None
        self.vague: Vague | None = None
        self.weak: Vague | None = None
        self.stop: int | None = None
        self.dangling: tuple[int, int] | None = None
        self.is_in_brackets = False
        self.interval_kind = ""
        self.interval_level: Decimal | None = None

    def scan(self) -> Scanned:
        """Read all tokens. FigureError at the first that cannot be read."""
        place = 0
        while place < len(self.tokens):
            place = self._step(place)
        if self.found is None and self.vague is None and self.weak is None and self.dangling is not None:
            words = " ".join(self.words[slice(*self.dangling)])
            raise self.amounts.refuse(self.dangling[0], f"“{words}” has no number: give one.")
        self._refuse_share_of_nothing()
        return Scanned(self.found, self.vague or self.weak, self.interval_kind, self.interval_level)

    def _step(self, place: int) -> int:
        """Read what begins at a token; the place after it."""
        self._refuse_date(place)
        if (end := self._named_interval(place)) is not None:
            return end
        if (end := self._suffix(place)) is not None:
            return end
        end = self._figure(place)
        if end > place:
            return end
        self._note(place)
        return place + 1

    # A figure with the words before it

    def _figure(self, place: int) -> int:
        """Take the figure that begins here with its hedges; the place after all that was read."""
        start, hedges, is_between = place, list[tuple[Hedge, int]](), False
        while place < len(self.tokens) and not self._is_stopped(place):
            vague = self._vague(place)
            is_joined = bool(hedges) and self.amounts.is_glued(place)
            core = None if vague is not None and not vague.is_weak else self._core(place, is_between, is_joined)
            if core is not None:
                self._add(replace(core, start=start, hedges=(*hedges, *core.hedges)))
                return core.end
            if vague is not None:
                self._add_vague(replace(vague, start=start), is_hedged=bool(hedges))
                return vague.end
            if (hedge := self.lexicon.before.at(self.words, place)) is not None:
                hedges.append((hedge[0], place))
                place = hedge[1]
            elif (end := self.lexicon.between.after(self.words, place)) is not None:
                is_between, place = True, end
            elif place > start and (end := self.lexicon.fillers.after(self.words, place)) is not None:
                place = end
            else:
                break
        self._note_hedges(hedges)
        return place

    def _is_stopped(self, place: int) -> bool:
        """Whether words that are not read begin here ("some of", "not"), and no longer hedge does ("not more than")."""
        stop, hedge = self.lexicon.stops.after(self.words, place), self.lexicon.before.after(self.words, place)
        return stop is not None and stop > (hedge or 0)

    def _note_hedges(self, hedges: list[tuple[Hedge, int]]) -> None:
        """Remember hedges without a number: words that only ever hedge must not be lost before one."""
        strong = [place for _, place in hedges if self.words[place] not in self.lexicon.weak]
        if strong and self.found is None and self.dangling is None:
            found = self.lexicon.before.at(self.words, strong[0])
            self.dangling = (strong[0], strong[0] + 1 if found is None else found[1])

    def _vague(self, place: int) -> Vague | None:
        vague = self.amounts.vague(place)
        begin = self.lexicon.articles.after(self.words, place) or place
        if vague is None and (end := self.lexicon.unquantified.after(self.words, begin)) is not None:
            return Vague(place, end, is_weak=True, is_unquantified=True)
        return vague

    def _core(self, place: int, is_between: bool, is_joined: bool) -> Found | None:
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
            raise self.amounts.refuse(place, "“Between” needs two numbers: give the lower and the higher one.")
        return Found(low.start, end, low.value, is_percent=is_percent, is_loose=low.is_loose, is_cut=low.is_cut)

    def _percent(self, amount: Amount) -> tuple[int, bool]:
        end = self.lexicon.percent.after(self.words, amount.end)
        return (amount.end, amount.is_share) if end is None else (end, True)

    # Ranges

    def _link(self, low: Amount, end: int, *, is_between: bool) -> tuple[int, Amount] | None:
        """The hedge (or none) before the second number of a range, and that number."""
        place = self._link_end(low, end, is_between=is_between)
        if place is None:
            return None
        hedge = self.lexicon.before.at(self.words, place)
        begin = hedge[1] if hedge is not None and hedge[0] is Hedge.ABOUT else place
        high = self.amounts.at(begin, is_linked=True)
        return None if high is None else (place if begin > place else -1, high)

    def _link_end(self, low: Amount, end: int, *, is_between: bool) -> int | None:
        if end >= len(self.tokens):
            return None
        if self.words[end] in "-~" or (
            self.words[end] == "," and self.words[low.start - 1 : low.start] in (("(",), ("[",))
        ):
            return end + 1
        if is_between and (place := self.lexicon.ands.after(self.words, end)) is not None:
            return place
        return self.lexicon.to.after(self.words, end) or self.lexicon.ors.after(self.words, end)

    def _range(self, low: Amount, hedged_at: int, high: Amount, *, is_percent: bool) -> Found:
        end, is_high_percent = self._percent(high)
        if is_percent and not is_high_percent:
            raise self.amounts.refuse(high.start, _SECOND)
        lower = shared_scale(low, high)
        is_bare = low.scale == 1 and 0 < low.value < 1000
        if is_bare and high.scale > 1 and lower == low.value:
            message = f"The range falls, or “{self.words[low.start]}” lacks its scale: write both numbers in full."
            raise self.amounts.refuse(low.start, message)
        if lower > high.value:
            raise self.amounts.refuse(
                high.start, f"The range falls from {lower:,f} to {high.value:,f}: put the lower number first."
            )
        hedges = () if hedged_at < 0 else ((Hedge.ABOUT, hedged_at),)
        return Found(low.start, end, None, Interval(lower, high.value), hedges, is_high_percent)

    def _spread(self, point: Amount, width: Amount) -> Found:
        end, is_relative = self._percent(width)
        by = abs(point.value) * width.value / 100 if is_relative else width.value
        return Found(point.start, end, point.value, Interval(point.value - by, point.value + by))

    def _notation(self, place: int) -> Found | None:
        """An interval as mathematics writes it: [10,000, ∞[ has its lower end and no upper one; ]a, b[ neither end."""
        if self.words[place] not in _OPENING | _CLOSING:
            return None
        low, comma = self._end(place + 1)
        if comma is None or not self.amounts.is_sign(comma, ","):
            return None
        high, close = self._end(comma + 1)
        if close is None or close >= len(self.tokens) or self.words[close] not in _OPENING | _CLOSING:
            return None
        if (self.words[place], self.words[close]) == ("(", ")"):
            return None  # round brackets are mostly those of an estimate's interval
        if low is not None and high is not None and low > high:
            raise self.amounts.refuse(comma + 1, "The interval falls: put the lower number first.")
        interval = Interval(low, high, self.words[place] == "[", self.words[close] == "]")
        return Found(place, close + 1, None, interval, is_bracketed=True)

    def _end(self, place: int) -> tuple[Decimal | None, int | None]:
        """One end of an interval in brackets (None: infinite) and the place after it (None: there is no end here)."""
        begin = place + 1 if self.amounts.is_sign(place, "-") else place
        if self.amounts.is_sign(begin, _INFINITY):
            return None, begin + 1
        amount = self.amounts.at(place)
        return (None, None) if amount is None else (amount.value, amount.end)

    # What was found so far

    def _add(self, new: Found) -> None:
        if self.stop is not None and self.found is None:
            word = self.words[self.stop]
            raise self.amounts.refuse(self.stop, f"“{word}” before a figure changes it in a way that is not read.")
        if self.dangling is not None and self.found is None:
            words = " ".join(self.words[slice(*self.dangling)])
            raise self.amounts.refuse(self.dangling[0], f"“{words}” does not stand at its number: put it there.")
        if self.found is None and self.vague is None:
            self.found = new
        else:
            self.found = self._joined(new)

    def _joined(self, new: Found) -> Found:
        """Two finds that are one figure: two bounds, or an estimate and its interval. FigureError for two figures."""
        old = self.found
        if old is not None and self.vague is None:
            if self._are_two_bounds(old, new):
                both = _two_sided(old, new)
                if both.interval is None or both.interval.is_empty:
                    raise self.amounts.refuse(new.start, "No number lies between these two bounds: correct one.")
                return both
            is_estimate = old.interval is None and not old.kinds & (_LOWER | _UPPER)
            if is_estimate and new.interval is not None and self._is_in_brackets(new):
                return self._with_interval(old, new)
        raise self.amounts.refuse(new.start, _SECOND)

    def _are_two_bounds(self, old: Found, new: Found) -> bool:
        is_joined = self.lexicon.but.after(self.words, old.end) == new.start or old.end == new.start
        both_single = old.interval is None and new.interval is None
        return is_joined and both_single and bool(old.kinds & _LOWER) and bool(new.kinds & _UPPER)

    def _is_in_brackets(self, new: Found) -> bool:
        return self.is_in_brackets or new.is_bracketed or bool(self.interval_kind)

    def _with_interval(self, old: Found, new: Found) -> Found:
        """An estimate and the interval printed behind it."""
        assert old.number is not None
        assert new.interval is not None
        if old.number not in Interval(new.interval.lower, new.interval.upper):
            raise self.amounts.refuse(new.start, f"The interval does not hold {old.number:,f}, the number before it.")
        is_closed = new.end < len(self.tokens) and self.words[new.end] in _CLOSING
        # "About" on the number itself says nothing of the interval, which is stated.
        return replace(new, start=old.start, end=new.end + is_closed, number=old.number, is_percent=old.is_percent)

    def _add_vague(self, new: Vague, *, is_hedged: bool) -> None:
        if new.is_weak:
            if is_hedged and self.found is not None:
                return
            self.weak = self.weak or replace(new, is_hedged=is_hedged)
        elif self.found is not None:
            raise self.amounts.refuse(new.start, _SECOND)
        else:
            self.vague = new if self.vague is None else replace(self.vague, end=new.end)

    def _suffix(self, place: int) -> int | None:
        """A hedge after the figure ("or more"); it belongs to the last number."""
        found = self.lexicon.after.at(self.words, place) if self.found is not None else None
        if found is None or self.found is None or self._begins_figure(place, found[1]):
            return None
        hedge, end = found
        self.found = replace(self.found, end=end, hedges=(*self.found.hedges, (hedge, place)))
        return end

    def _begins_figure(self, place: int, end: int) -> bool:
        """Whether the words of a suffix are rather those before the next number ("at least 3")."""
        return self.lexicon.before.at(self.words, place) is not None and self.amounts.at(end) is not None

    def _named_interval(self, place: int) -> int | None:
        """ "95% CI" or "confidence interval" after a figure: keep kind and level."""
        if self.found is None:
            return None
        level, begin = None, place
        if self.tokens[place].kind is Kind.NUMBER and (after := self.lexicon.percent.after(self.words, place + 1)):
            amount = self.amounts.at(place)
            level, begin = (None if amount is None else amount.value), after
        kind = INTERVAL_KINDS.at(self.words, begin)
        if kind is None:
            return None
        self.interval_kind, self.interval_level = kind[0], level
        return kind[1]

    def _note(self, place: int) -> None:
        """Remember what stands here if it matters later."""
        word = self.words[place]
        if word == "±":
            raise self.amounts.refuse(place, "“±” needs a number on both sides: give both.")
        if word in _OPENING:
            self.is_in_brackets = True
        elif word in _CLOSING:
            self.is_in_brackets = False
        elif self.stop is None and self.lexicon.stops.at(self.words, place) is not None:
            self.stop = place
        elif self.found is not None and self.lexicon.stops_after.at(self.words, place) is not None:
            raise self.amounts.refuse(place, f"“{word}” after a figure changes it in a way that is not read.")

    # Refusals

    def _refuse_signs(self, amount: Amount, is_joined: bool) -> None:
        """Refuse digits that signs make something else."""
        before = amount.start
        while (
            not is_joined and before > 0 and self.amounts.is_glued(before) and self.words[before - 1] in _BEFORE_DIGITS
        ):
            before -= 1
        if before < amount.start and self.tokens[amount.start].kind is not Kind.WORD:
            raise self.amounts.refuse(
                before, f"The sign “{self.words[before]}” before the number is not read: remove it."
            )
        after = amount.end
        if self.amounts.is_glued(after) and self.words[after] in _AFTER_DIGITS:
            raise self.amounts.refuse(after, f"The sign “{self.words[after]}” after the number is not read: remove it.")

    def _refuse_date(self, place: int) -> None:
        if self._is_date(place):
            raise self.amounts.refuse(place, "This is a date or a time: give the figure alone.")

    def _is_date(self, place: int) -> bool:
        def is_digits(at: int) -> bool:
            return at < len(self.tokens) and self.tokens[at].kind is Kind.NUMBER

        def are_joined(sign: str, at: int) -> bool:
            return self.amounts.is_sign(at, sign) and is_digits(at + 1) and self.amounts.is_glued(at + 1)

        months = self.lexicon.months
        if not is_digits(place):
            after = months.after(self.words, place)
            return after is not None and is_digits(after)
        is_three = are_joined("-", place + 1) and are_joined("-", place + 3)
        if is_three or are_joined("/", place + 1) or are_joined(":", place + 1):
            return True
        after = months.after(self.words, place + 1)
        if after is None or self.words[place + 1] not in self.lexicon.doubtful_months:
            return after is not None
        is_day = self.words[place].isdecimal() and int(self.words[place]) <= 31
        return is_day and (after >= len(self.tokens) or self.tokens[after].kind is not Kind.WORD)

    def _refuse_share_of_nothing(self) -> None:
        """Refuse "10 percent of" without a whole, and "of what"."""
        if self.found is None or not self.found.is_percent:
            return
        place = self.found.end
        of = self.lexicon.of.after(self.words, place)
        if of is not None and (of >= len(self.tokens) or self.lexicon.what.after(self.words, of) is not None):
            raise self.amounts.refuse(place, "A share of what is not said: name the whole, or leave “of” out.")


def shared_scale(low: Amount, high: Amount) -> Decimal:
    """The lower number of a range, with the scale of the higher one where both share it.

    "10-15k" and "11 to 12,000" share it; "500 to 1,000" does not, because 500 is not below 1.
    """
    if low.scale != 1 or low.is_share or low.value <= 0:
        return low.value
    factor = high.scale if high.scale > 1 else _thousands(high.value)
    is_whole = high.scale > 1 or low.value == low.value.to_integral_value()
    lead = high.value / factor if high.scale > 1 else high.value // factor
    is_shared = factor > 1 and is_whole and low.value < lead and low.value < 1000
    return low.value * factor if is_shared else low.value


def _thousands(number: Decimal) -> Decimal:
    """1,000 for 12,000 and 12,500, a million for 3,000,000: what "11 to 12,000" leaves out at the first number."""
    factor = Decimal(1)
    while abs(number) >= factor * 1000 and number % (factor * 100) == 0:
        factor *= 1000
    return factor


def _two_sided(old: Found, new: Found) -> Found:
    """ "More than 10 but fewer than 20": one figure with two bounds."""
    interval = Interval(old.number, new.number, Hedge.AT_LEAST in old.kinds, Hedge.UP_TO in new.kinds)
    hedges = tuple(hedge for hedge in (*old.hedges, *new.hedges) if hedge[0] not in _LOWER | _UPPER)
    return Found(old.start, new.end, None, interval, hedges, old.is_percent or new.is_percent)
