"""One number in a text, with the scale that multiplies it: "1.2 million", "two and a half thousand", "a third"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.domain.figure_rules import significant_digits
from apps.domain.figures import MAX_DIGITS
from apps.domain.parsing.digits import BadDigits, check_size, read_digits, read_power
from apps.domain.parsing.language import Lexicon
from apps.domain.parsing.tokens import Kind, Text

_VULGAR = {"¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
_MINUS = "-"
_DIGITS = (Kind.NUMBER, Kind.POWER)
#: Scales are multiplied no further than this; what they make is then refused as too long.
_MOST = 10**30
#: No number has more words than this; looking no further keeps the reading of a long text quick.
_LONGEST_RUN = 40


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at tokens `start` to `end` (not included).

    `value` is `coefficient` × `scale`, plus what follows a scale ("four-thousand-100"); the scale is 1 when no word
    names one. A share is given in percent. `is_loose`: words such as "a dozen" that alone are only a magnitude.
    `is_cut`: a share that has no exact decimals.
    """

    value: Decimal
    start: int
    end: int
    coefficient: Decimal
    scale: Decimal = Decimal(1)
    is_share: bool = False
    is_cut: bool = False
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that are a magnitude, or a thing named in place of a number (`is_unquantified`).

    `is_weak`: they count only when no number stands in the text.
    """

    start: int
    end: int
    is_weak: bool = False
    is_unquantified: bool = False
    is_hedged: bool = False


class Amounts:
    """Reads single numbers at places among the tokens."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text, self.words, self.lexicon = text, text.words, lexicon

    def at(self, place: int, *, is_linked: bool = False) -> Amount | None:
        """The number that begins at a token, None when none does. FigureError for one that cannot be read.

        `is_linked`: it is the second of a range, so that a dash before it is no part of a name.
        """
        if place >= len(self.text) or (not is_linked and self._is_name(place)):
            return None
        return self._fraction(place) or self._loose(place) or self._in_digits(place) or self._in_words(place)

    def vague(self, place: int) -> Vague | None:
        """The magnitude without a number that begins at a token ("several hundred", "tens of thousands", "1000s")."""
        several = self.lexicon.several.after(self.words, place)
        end = None if several is None else self._counted(several)
        end = end or self._magnitude(place) or self._plural_digits(place)
        if end is not None:
            return Vague(place, end)
        return None if several is None else Vague(place, several, is_weak=True)

    def _is_hyphen(self, place: int) -> bool:
        """Whether a dash joins what stands on both sides of it."""
        return self.text.is_sign(place, _MINUS) and self.text.is_glued(place) and self.text.is_glued(place + 1)

    # Magnitudes

    def _magnitude(self, place: int) -> int | None:
        """The place after "hundreds" or "tens of thousands"."""
        end = self.lexicon.magnitudes.after(self.words, place)
        if end is None:
            return None
        while (of := self.lexicon.of.after(self.words, end)) is not None:
            further = self.lexicon.magnitudes.after(self.words, of)
            if further is None:
                break
            end = further
        return self._scales(end)[1]

    def _plural_digits(self, place: int) -> int | None:
        """The place after "1000s"."""
        if place >= len(self.text) or self.text.tokens[place].kind is not Kind.NUMBER:
            return None
        end = place + (2 if self.text.is_sign(place + 1, "'") else 1)
        is_plural = self.text.is_sign(end, "s") and self.text.is_glued(end) and self.text.is_glued(place + 1)
        return end + 1 if is_plural and self.words[place].strip("0,") == "1" else None

    def _counted(self, place: int) -> int | None:
        """The place after what "several" counts: "hundred", "tens of thousands", "zehntausend"."""
        magnitude = self._magnitude(place)
        is_round = (self._value(place) or 0) > 1 and str(self._value(place)).strip("0") == "1"
        if magnitude is None and is_round and (amount := self._in_words(place)) is not None:
            return amount.end
        end = magnitude or self._scales(place)[1]
        return end if end > place else None

    # Scales

    def _scales(self, place: int) -> tuple[int, int]:
        """The product of the scale words that begin here (1 for none), and the place after them."""
        product, end = 1, place
        while product < _MOST:
            begin = (
                end + 1
                if self.text.is_sign(end, _MINUS) and self.text.is_glued(end) and self.text.is_glued(end + 1)
                else end
            )
            table = self.lexicon.suffixes if self.text.is_glued(begin) and end == place else self.lexicon.scales
            found = table.at(self.words, begin) or self.lexicon.scales.at(self.words, begin)
            if found is None:
                break
            product, end = product * found[0], found[1]
        return product, end

    def _scaled(self, start: int, place: int, coefficient: Decimal, scale: Decimal = Decimal(1)) -> Amount:
        """The amount that a number before `place` and the scales and additions after it make."""
        place, coefficient = self._part(place, coefficient)
        factor, place = self._scales(place)
        scale *= factor
        value = coefficient * scale
        place, value = self._part(place, value, scale) if scale > 1 else (place, value)
        place, value = self._additions(place, value, scale)
        if self.text.is_glued(place) and self.text.is_kind(place, Kind.NUMBER) and not self.lexicon.language.is_glued:
            raise self.text.refuse(
                place, "Digits directly after a number in letters make a name: give the figure alone."
            )
        if self.lexicon.ordinals.at(self.words, place) is not None or self._is_unit(place):
            raise self.text.refuse(start, "This is a rank or the name of a unit: give the figure alone.")
        try:
            check_size(value, " ".join(self.words[start:place]))
        except BadDigits as problem:
            raise self.text.refuse(start, str(problem)) from None
        return Amount(plain_number(value), start, place, coefficient, scale)

    def _is_unit(self, place: int) -> bool:
        """Whether a unit of troops is written together with the number before it: "93여단" is the 93rd brigade."""
        return self.text.is_glued(place) and self.lexicon.unquantified.at(self.words, place) is not None

    def _part(self, place: int, number: Decimal, unit: Decimal = Decimal(1)) -> tuple[int, Decimal]:
        """Add "and a half" of a unit to a number."""
        found = self.lexicon.and_parts.at(self.words, place)
        return (place, number) if found is None else (found[1], number + unit * found[0][0] / found[0][1])

    def _additions(self, place: int, value: Decimal, scale: Decimal) -> tuple[int, Decimal]:
        """Smaller numbers that go on after a scale: "four-thousand-100", "1만 2천", "3 آلاف و500"."""
        while scale > 1:
            # A dash alone is one of a range ("35k-40"); only words that are joined throughout go on after it.
            is_hyphened = self._is_hyphen(place) and self._is_hyphen(place - 2)
            is_joiner = self._is_joiner(place) and self.text.is_glued(place + 1)
            begin = place + (is_hyphened or is_joiner)
            is_joined = begin > place or self.lexicon.language.is_glued
            if not is_joined or not self.text.is_kind(begin, Kind.NUMBER):
                break
            factor, end = self._scales(begin + 1)
            addition = self._number(begin) * factor
            if addition >= scale:
                break
            place, value, scale = end, value + addition, Decimal(factor)
        return place, value

    # Digits

    def _in_digits(self, place: int) -> Amount | None:
        start = place
        is_negative = self.text.is_sign(place, _MINUS) and self._is_minus(place)
        place += is_negative
        if self.words[place] in _VULGAR:
            return self._scaled(start, place + 1, _vulgar(self.words[place]))
        is_part = self.text.is_sign(place, ".") and self.text.is_glued(place + 1) and not self.text.is_glued(place)
        if is_part and self.text.tokens[place + 1].text.isdecimal():
            return self._scaled(start, place + 2, Decimal(f"0.{self.words[place + 1]}"))
        if self.text.tokens[place].kind not in _DIGITS:
            return None
        number = self._number(place)
        place += 1
        if place < len(self.text) and self.words[place] in _VULGAR:
            number, place = number + _vulgar(self.words[place]), place + 1
        self._check_letters(place)
        return self._scaled(start, place, -number if is_negative else number)

    def _number(self, place: int) -> Decimal:
        token = self.text.tokens[place]
        read = read_power if token.kind is Kind.POWER else read_digits
        try:
            return read(token.text, self.lexicon.separators)
        except BadDigits as problem:
            raise self.text.refuse(place, str(problem), problem.offset) from None

    def _is_minus(self, place: int) -> bool:
        """Whether a dash stands directly before digits, and not directly after anything."""
        is_before_digits = self.text.is_glued(place + 1) and self.text.tokens[place + 1].kind in _DIGITS
        return is_before_digits and not (self.text.is_glued(place) and self.words[place - 1] not in "([],")

    def _is_name(self, place: int) -> bool:
        """Whether digits belong to a name: "T72", "T-72"."""
        if self.text.tokens[place].kind not in _DIGITS:
            return False
        before = place - 1
        if (
            self.text.is_sign(before, _MINUS)
            and before > 0
            and self.text.is_glued(place)
            and self.text.is_glued(before)
        ):
            before -= 1
        is_after_word = before >= 0 and self.text.is_glued(place) and self.text.tokens[before].kind is Kind.WORD
        return is_after_word and not self.lexicon.language.is_glued and self.words[before] not in self.lexicon.prefixes

    def _check_letters(self, place: int) -> None:
        """Refuse letters that stand directly after digits and are neither scale, percent nor hedge: "152mm"."""
        if (
            not self.text.is_glued(place)
            or self.text.tokens[place].kind is not Kind.WORD
            or self.lexicon.language.is_glued
        ):
            return
        known = (self.lexicon.suffixes, self.lexicon.scales, self.lexicon.percent, self.lexicon.after)
        if not any(phrases.at(self.words, place) for phrases in known):
            letters = self.text.tokens[place].text
            raise self.text.refuse(
                place, f"The letters “{letters}” directly after the number are not read: remove them."
            )

    # Words

    def _in_words(self, place: int) -> Amount | None:
        """A run of number words, which together must make one number; an article counts only before a scale."""
        article = self.lexicon.articles.after(self.words, place)
        if article is not None:
            begin = article if (self._value(article) or 0) >= 100 else place
            if begin == place and self._next_in_run(place, place + 1) is None:
                factor, end = self._scales(article)
                is_one = end > article or self._is_linked(article)
                return self._scaled(place, end, Decimal(1), Decimal(factor)) if is_one else None
        else:
            begin = place
        if self._value(begin) is None:
            return None
        return self._run(place, begin)

    def _is_linked(self, place: int) -> bool:
        """Whether the second number of a range follows: then an article before it is the number one."""
        place += self.text.is_sign(place, _MINUS)
        links = (self.lexicon.to, self.lexicon.ors, self.lexicon.ands)
        ends = (link.after(self.words, place) for link in links)
        return any(end is not None and (self._value(end) or 0) > 1 for end in ends)

    def _run(self, start: int, begin: int) -> Amount:
        """The longest run of number words that make one number; "and" may end it ("between two and three")."""
        ends = [begin + 1]
        while len(ends) < _LONGEST_RUN and (following := self._next_in_run(ends[-1] - 1, ends[-1])) is not None:
            ends.append(following + 1)
        joined = [at for at in ends[:-1] if self.text.is_sign(at, _MINUS) or self._is_joiner(at)]
        for end in (ends[-1], *reversed(joined)):
            run = [word for word in self.words[begin:end] if word != _MINUS]
            total = self.lexicon.words.total(run)
            if total is not None:
                coefficient, scale = self._shared(run, total)
                return self._scaled(start, end, Decimal(coefficient), Decimal(scale))
        words = self.text.shown(begin, ends[-1])
        raise self.text.refuse(begin, f"{words} do not make one number together: give one number.")

    def _shared(self, run: Sequence[str], total: int) -> tuple[int, int]:
        """What a number in words is made of: "three hundred thousand" is 3 and 100,000."""
        scale, rest = 1, len(run)
        while rest and _is_power(power := self.lexicon.words.value(run[rest - 1]) or 0):
            scale, rest = scale * power, rest - 1
        if rest == len(run) == 1:
            scale, rest = _last_unit(total), 0
        is_product = total % scale == 0 and (not rest or self.lexicon.words.total(run[:rest]) == total // scale)
        return (total // scale, scale) if is_product else (total, 1)

    def _value(self, place: int) -> int | None:
        if place >= len(self.text) or self.text.tokens[place].kind is not Kind.WORD:
            return None
        return self.lexicon.words.value(self.words[place])

    def _next_in_run(self, last: int, end: int) -> int | None:
        """The place of the next number word of a run, None when the run ends here."""
        if self.text.is_sign(end, _MINUS):
            is_joined = self._is_hyphen(end) and not self.lexicon.language.is_dash_range
            return end + 1 if is_joined and self._value(end + 1) else None
        if self._is_joiner(end):
            before, after = self._value(last) or 0, self._value(end + 1) or 0
            is_smaller = 0 < after < min(before, self.lexicon.language.joined_below)
            is_ten_after = self.lexicon.language.are_units_first and before < 10 <= after < 100
            return end + 1 if is_smaller or is_ten_after else None
        return end if self._value(end) is not None else None

    def _is_joiner(self, place: int) -> bool:
        return place < len(self.text) and self.words[place] in self.lexicon.joiners

    # Parts and loose numbers

    def _fraction(self, place: int) -> Amount | None:
        found = self.lexicon.fractions.at(self.words, place)
        if found is None:
            return None
        (parts, whole), end = found
        of = self.lexicon.of.after(self.words, end)
        article = self.lexicon.articles.after(self.words, of or end)
        begin = article or of or end
        factor, scaled_end = self._scales(begin)
        if factor > 1 or parts > whole or self.lexicon.percent.at(self.words, begin) is not None:
            return self._part_of_scale(place, scaled_end, (parts, whole), factor)
        if self.lexicon.unquantified.at(self.words, begin) is not None:
            return None
        if article is not None and of is None:
            raise self.text.refuse(place, "Half of a thing is no figure: give the number.")
        self._refuse_rank(place, end)
        if of is not None and self._is_figure_after(of):
            raise self.text.refuse(place, "A part of another figure is no figure by itself: give the number.")
        percent = (Decimal(100) * parts / whole).quantize(Decimal("0.1"))
        is_cut = percent * whole != 100 * parts
        return Amount(plain_number(percent), place, end, percent, is_share=True, is_cut=is_cut)

    def _part_of_scale(self, place: int, end: int, part: tuple[int, int], factor: int) -> Amount:
        """ "Half a million"; "a third of a million" has no last decimal and is cut to a whole number."""
        exact = Decimal(part[0]) * factor / part[1]
        is_cut = factor > 1 and significant_digits(exact) > MAX_DIGITS
        amount = self._scaled(place, end, exact.to_integral_value() if is_cut else exact)
        return replace(amount, is_cut=is_cut, scale=Decimal(factor), coefficient=amount.value / factor)

    def _refuse_rank(self, place: int, end: int) -> None:
        """Refuse "a third wave", which may be a rank as well as a part."""
        if " ".join(self.words[place:end]) not in self.lexicon.ranks or end >= len(self.text):
            return
        known = (self.lexicon.of, self.lexicon.after, self.lexicon.to, self.lexicon.ors, self.lexicon.ands)
        if self.text.tokens[end].kind is not Kind.SIGN and not any(phrases.at(self.words, end) for phrases in known):
            raise self.text.refuse(place, "This may be a rank or a part: for a part say of what.")

    def _is_figure_after(self, place: int) -> bool:
        while (filler := self.lexicon.fillers.after(self.words, place)) is not None:
            place = filler
        return place < len(self.text) and (self.text.tokens[place].kind in _DIGITS or self._value(place) is not None)

    def _loose(self, place: int) -> Amount | None:
        found = self.lexicon.loose.at(self.words, place)
        if found is None:
            return None
        amount = self._scaled(place, found[1], Decimal(found[0]))
        if amount.coefficient != found[0]:
            raise self.text.refuse(place, f"{self.text.shown(place, amount.end)} is not read: give the number.")
        return replace(amount, is_loose=True)


def plain_number(number: Decimal) -> Decimal:
    """The same number without zeros at its end and without an exponent: 800000.0 → 800000, 5.30 → 5.3."""
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def _vulgar(sign: str) -> Decimal:
    parts, whole = _VULGAR[sign]
    return Decimal(parts) / whole


def _last_unit(number: int) -> int:
    """What is counted in a number of one word: thousands in "dreitausend", hundreds in "fünfzehnhundert"."""
    units = (10**9, 10**6, 1000, 100) if number < 2000 else (10**9, 10**6, 1000)
    return next((unit for unit in units if number and number % unit == 0), 1)


def _is_power(number: int) -> bool:
    """Whether a number is 100, 1,000 or a higher power of ten."""
    return number >= 100 and str(number).strip("0") == "1"
