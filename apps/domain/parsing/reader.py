"""The grammar of a figure: what stands before a number, the number or range itself, and what follows it.

The text is scanned once from left to right. What is neither a figure nor a word that changes one is context and is
passed over; a second figure, a date, or a word that changes a number in a way that is not read is refused.
"""

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.domain.figures import Interval
from apps.domain.parsing.amounts import Amounts, Vague
from apps.domain.parsing.dates import DATE, is_date
from apps.domain.parsing.found import LOWER_BOUNDS, SECOND_FIGURE, UPPER_BOUNDS, Found, two_sided
from apps.domain.parsing.language import Hedge, Lexicon, Phrases
from apps.domain.parsing.ranges import Ranges
from apps.domain.parsing.tokens import Kind, Text

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


_NOT_ENGLISH = "{} is not English: choose the language of the words."


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text holds: a figure, or words that are vague, and an interval named around the figure."""

    found: Found | None
    vague: Vague | None
    interval_kind: str
    interval_level: Decimal | None


class Reader:
    """Reads the one figure among some tokens."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text, self.words, self.lexicon = text, text.words, lexicon
        self.amounts = Amounts(text, lexicon)
        self.ranges = Ranges(text, lexicon, self.amounts)
        self.found: Found | None = None
        self.vague: Vague | None = None
        self.weak: Vague | None = None
        self.stop: tuple[int, int] | None = None
        self.dangling: tuple[int, int] | None = None
        self.foreign: tuple[int, int] | None = None
        self.unclear: tuple[int, int] | None = None
        self.is_in_brackets = False
        self.interval_kind = ""
        self.interval_level: Decimal | None = None

    def scan(self) -> Scanned:
        """Read all tokens. FigureError at the first that cannot be read."""
        place = 0
        while place < len(self.text):
            place = self._step(place)
        if self.found is None and self.vague is None and self.weak is None and self.dangling is not None:
            raise self.text.refuse(self.dangling[0], f"{self.text.shown(*self.dangling)} has no number: give one.")
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

    def _refuse_date(self, place: int) -> None:
        if is_date(self.text, self.lexicon, place):
            raise self.text.refuse(place, DATE)

    # A figure with the words before it

    def _figure(self, place: int) -> int:
        """Take the figure that begins here with its hedges; the place after all that was read."""
        start, hedges = place, list[tuple[Hedge, int]]()
        is_between, between_at, is_detached = False, place, False
        while place < len(self.text) and not self._is_stopped(place):
            self._refuse_date(place)
            vague = self._vague(place)
            hedge = self.lexicon.before.at(self.words, place)
            if vague is not None and vague.is_weak and hedge is not None and hedge[1] > vague.end:
                vague = None  # "több mint" is more than, not several
            is_joined = bool(hedges) and self.text.is_glued(place)
            core = None if vague is not None and not vague.is_weak else self.ranges.at(place, is_between, is_joined)
            if core is not None:
                if is_detached:
                    words = self.text.shown(start, place)
                    raise self.text.refuse(start, f"{words} may mean something else here: put the hedge at the number.")
                self._add(replace(core, start=start, hedges=(*hedges, *core.hedges)))
                return core.end
            if vague is not None:
                self._add_vague(replace(vague, start=start), is_hedged=bool(hedges))
                return vague.end
            if hedge is not None:
                hedges.append((hedge[0], place))
                place = hedge[1]
            elif (end := self.lexicon.between.after(self.words, place)) is not None:
                is_between, between_at, place = True, place, end
            elif place > start and (end := self.lexicon.fillers.after(self.words, place)) is not None:
                is_detached = is_detached or self._is_detached(hedges, place)
                place = end
            else:
                break
        self._note_hedges(hedges)
        if is_between and self.words[between_at] not in self.lexicon.weak and self.found is None:
            self.dangling = self.dangling or (between_at, between_at + 1)
        return place

    def _is_detached(self, hedges: list[tuple[Hedge, int]], place: int) -> bool:
        """Whether an article parts a number from a word that is more than a hedge: "under the 12 agreements"."""
        is_weak = bool(hedges) and self.words[hedges[-1][1]] in self.lexicon.weak
        return is_weak and self.lexicon.determiners.at(self.words, place) is not None

    def _is_stopped(self, place: int) -> bool:
        """Whether words that are not read begin here ("some of", "not"), and no longer hedge does ("not more than")."""
        stop, hedge = self.lexicon.stops.after(self.words, place), self.lexicon.before.after(self.words, place)
        return stop is not None and stop > (hedge or 0)

    def _note_hedges(self, hedges: list[tuple[Hedge, int]]) -> None:
        """Remember hedges without a number: words that only ever hedge must not be lost before one."""
        if hedges and self.found is not None:
            self._refuse_change(hedges[0][1])
        strong = [place for _, place in hedges if self.words[place] not in self.lexicon.weak]
        if strong and self.found is None and self.dangling is None:
            found = self.lexicon.before.at(self.words, strong[0])
            self.dangling = (strong[0], strong[0] + 1 if found is None else found[1])

    def _vague(self, place: int) -> Vague | None:
        vague = self.amounts.vague(place)
        things = self.lexicon.unquantified
        behind = self.lexicon.articles.after(self.words, place) or place
        end = things.after(self.words, place) or things.after(self.words, behind)
        return Vague(place, end, is_weak=True, is_unquantified=True) if vague is None and end is not None else vague

    # What was found so far

    def _refuse_stopped(self) -> None:
        if self.found is None and self.stop is not None:
            words = self.text.shown(*self.stop)
            raise self.text.refuse(self.stop[0], f"{words} before a figure changes it in a way that is not read.")

    def _add(self, new: Found) -> None:
        self._refuse_stopped()
        if self.found is None and self.dangling is not None:
            words = self.text.shown(*self.dangling)
            raise self.text.refuse(self.dangling[0], f"{words} does not stand at its number: put it there.")
        if self.weak is not None and not self._is_size_of(self.weak, new):
            # "several people in 3 attacks": the number may be one of something else
            raise self.text.refuse(new.start, SECOND_FIGURE)
        if self.foreign is not None and self.foreign[1] == new.start:
            raise self.text.refuse(self.foreign[0], _NOT_ENGLISH.format(self.text.shown(*self.foreign)))
        if self.unclear is not None and self.unclear[1] == new.start:
            words = self.text.shown(*self.unclear)
            raise self.text.refuse(
                self.unclear[0], f"{words} before a figure may mean several things: use other words."
            )
        if self.found is None and self.vague is None:
            self.found = new
        else:
            self.found = self._joined(new)

    def _is_size_of(self, thing: Vague, new: Found) -> bool:
        """Whether a figure says how large the thing before it is: "a crowd of up to 50,000"."""
        is_plain = thing.is_unquantified and not thing.is_hedged
        return is_plain and self.lexicon.of.after(self.words, thing.end) == new.start

    def _joined(self, new: Found) -> Found:
        """Two finds that are one figure: two bounds, or an estimate and its interval. FigureError for two figures."""
        old = self.found
        if old is not None and self.vague is None:
            if self._are_two_bounds(old, new):
                both = two_sided(old, new)
                if both.interval is None or both.interval.is_empty:
                    raise self.text.refuse(new.start, "No number lies between these two bounds: correct one.")
                return both
            is_estimate = old.interval is None and not old.kinds & (LOWER_BOUNDS | UPPER_BOUNDS)
            if is_estimate and new.interval is not None and self._is_in_brackets(new):
                return self._with_interval(old, new)
        raise self.text.refuse(new.start, SECOND_FIGURE)

    def _are_two_bounds(self, old: Found, new: Found) -> bool:
        is_joined = self.lexicon.but.after(self.words, old.end) == new.start or old.end == new.start
        both_single = old.interval is None and new.interval is None
        return is_joined and both_single and bool(old.kinds & LOWER_BOUNDS) and bool(new.kinds & UPPER_BOUNDS)

    def _is_in_brackets(self, new: Found) -> bool:
        return self.is_in_brackets or new.is_bracketed or bool(self.interval_kind)

    def _with_interval(self, old: Found, new: Found) -> Found:
        """An estimate and the interval printed behind it."""
        assert old.number is not None
        assert new.interval is not None
        if old.number not in Interval(new.interval.lower, new.interval.upper):
            raise self.text.refuse(new.start, f"The interval does not hold {old.number:,f}, the number before it.")
        is_closed = self.text.is_sign(new.end, ")]")
        # "About" on the number itself says nothing of the interval, which is stated.
        return replace(new, start=old.start, end=new.end + is_closed, number=old.number, is_percent=old.is_percent)

    def _add_vague(self, new: Vague, *, is_hedged: bool) -> None:
        self._refuse_stopped()
        if new.is_weak:
            if is_hedged and self.found is not None:
                return
            self.weak = self.weak or replace(new, is_hedged=is_hedged)
        elif self.found is not None:
            raise self.text.refuse(new.start, SECOND_FIGURE)
        else:
            self.vague = new if self.vague is None else replace(self.vague, end=new.end)

    def _suffix(self, place: int) -> int | None:
        """A hedge after the figure ("or more"); it belongs to the last number.

        Words that are among `stops_after` too hedge only directly behind it ("300 felett"), and only when no longer
        ones change the figure ("500 lebih sedikit").
        """
        found = self.lexicon.after.at(self.words, place) if self.found is not None else None
        if found is None or self.found is None or self._begins_figure(place, found[1]):
            return None
        stop = self.lexicon.stops_after.after(self.words, place)
        if stop is not None and (place > self.found.end or stop > found[1]):
            return None
        hedge, end = found
        end += self.is_in_brackets and self.text.is_sign(end, ")]")
        if (percent := self.lexicon.percent.after(self.words, end)) is not None:
            self.found, end = replace(self.found, is_percent=True), percent
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
        if self.text.tokens[place].kind is Kind.NUMBER and (after := self.lexicon.percent.after(self.words, place + 1)):
            amount = self.amounts.at(place)
            level, begin = (None if amount is None else amount.value), after
        kind = INTERVAL_KINDS.at(self.words, begin)
        if kind is None:
            return None
        self.interval_kind, self.interval_level = kind[0], level
        return kind[1]

    def _note(self, place: int) -> None:
        """Remember what stands here if it matters later; refuse what cannot stand here."""
        if self.text.is_sign(place, "±"):
            raise self.text.refuse(place, "“±” needs a number on both sides: give both.")
        if self.text.is_sign(place, "([)]"):
            self.is_in_brackets = self.text.is_sign(place, "([")
        elif self.found is None:
            is_unknown = unicodedata.category(self.words[place][0]) == "Sm"
            end = place + 1 if is_unknown else self.lexicon.stops.after(self.words, place)
            self.stop = self.stop or (None if end is None else (place, end)) or self._counted_before(place)
            foreign = self.lexicon.foreign.after(self.words, place)
            self.foreign = self.foreign if foreign is None else (place, foreign)
            unclear = self.lexicon.unclear.after(self.words, place)
            self.unclear = self.unclear if unclear is None else (place, unclear)
        else:
            self._refuse_change(place)

    def _counted_before(self, place: int) -> tuple[int, int] | None:
        """ "A man and" before "two women": one more is counted in the words than the number says."""
        end = self.lexicon.ands.after(self.words, place)
        begins = (at for at in (place - 2, place - 3) if at >= 0 and self.lexicon.articles.at(self.words, at))
        begin = next(begins, None)
        return None if end is None or begin is None else (begin, end)

    def _refuse_change(self, place: int) -> None:
        """Refuse words behind a figure that make it another ("500 fewer than last week", "6 Mio.")."""
        end = self.lexicon.foreign_scales.after(self.words, place)
        if end is not None and self.found is not None and place == self.found.end:
            raise self.text.refuse(place, _NOT_ENGLISH.format(self.text.shown(place, end)))
        if (end := self.lexicon.stops_after.after(self.words, place)) is not None:
            words = self.text.shown(place, end)
            raise self.text.refuse(place, f"{words} after a figure changes it in a way that is not read.")

    def _refuse_share_of_nothing(self) -> None:
        """Refuse "10 percent of" without a whole, and "of what"."""
        if self.found is None or not self.found.is_percent:
            return
        place = self.found.end
        of = self.lexicon.of.after(self.words, place)
        if of is not None and (of >= len(self.text) or self.lexicon.what.after(self.words, of) is not None):
            raise self.text.refuse(place, "A share of what is not said: name the whole, or leave “of” out.")
