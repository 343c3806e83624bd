"""Numbers in words: through text2num where it knows the language, else from a table of words."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from text_to_num import text2num  # type: ignore[attr-defined]  # re-exported without saying so


class NumberWords(Protocol):
    """The number words of one language."""

    def value(self, word: str) -> int | None:
        """The number that one word is, None when it is none."""

    def total(self, words: Sequence[str]) -> int | None:
        """The number that several number words make together, None when they make none."""


class LibraryNumbers:
    """The number words of a language that text2num knows.

    `no_numbers` are words that it takes for numbers but are none; `spellings` are words that it does not know, each
    with one that it knows.
    """

    #: What the library takes for zero, but is a letter or an exclamation.
    _NO_NUMBERS = frozenset(("o", "oh", "ou", "nul"))

    def __init__(self, code: str, no_numbers: Iterable[str] = (), spellings: Mapping[str, str] | None = None) -> None:
        self._code = code
        self._no_numbers = self._NO_NUMBERS.union(no_numbers)
        self._spellings = dict(spellings or {})
        self._read = lru_cache(maxsize=4096)(self._total)

    def value(self, word: str) -> int | None:
        return None if word in self._no_numbers else self.total((word,))

    def total(self, words: Sequence[str]) -> int | None:
        return self._read(" ".join(self._spellings.get(word, word) for word in words))

    def _total(self, words: str) -> int | None:
        try:
            return int(text2num(words, self._code))
        except ValueError:
            return None


class TableNumbers:
    """The number words of a language from its table.

    `numbers` are added up, those among `multipliers` multiply what stands before them in their group, `scales`
    (1,000 and more) multiply and close a group. `joiners` between the words say nothing. `is_compound`: words are
    written together ("kétezer"). `are_units_first`: units may stand before tens (Arabic).
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        scales: Mapping[str, int],
        *,
        multipliers: Sequence[int] = (100,),
        joiners: Sequence[str] = (),
        is_compound: bool = False,
        are_units_first: bool = False,
    ) -> None:
        self._values = {**scales, **numbers}
        self._scales = frozenset(scales.values())
        self._multipliers = frozenset(multipliers)
        self._joiners = frozenset(joiners)
        self._parts = sorted(self._values, key=len, reverse=True) if is_compound else []
        self._are_units_first = are_units_first
        self._split = lru_cache(maxsize=4096)(self._split_word)

    def value(self, word: str) -> int | None:
        return self.total((word,))

    def total(self, words: Sequence[str]) -> int | None:
        values: list[int] = []
        for word in words:
            if word in self._joiners:
                continue
            parts = self._split(word)
            if not parts:
                return None
            values += parts
        return self._composed(values)

    def _split_word(self, word: str) -> tuple[int, ...]:
        """The values of the parts of one word; empty when it is no number word."""
        if word in self._values:
            return (self._values[word],)
        values: list[int] = []
        at = 0
        while at < len(word):
            part = next((part for part in self._parts if word.startswith(part, at)), None)
            if part is None:
                return ()
            values.append(self._values[part])
            at += len(part)
        return tuple(values)

    def _composed(self, values: Sequence[int]) -> int | None:
        """Add and multiply from left to right; None when a value does not fit behind the one before it."""
        if not values or (0 in values and len(values) > 1):
            return None
        total = group = last = 0
        room = scale_room = 10**30
        least = min(self._scales, default=scale_room)
        for value in values:
            if value in self._scales:
                if value >= scale_room:
                    return None
                total += (group + last or 1) * value
                group, last, room, scale_room = 0, 0, value, value
            elif value >= least:  # a word that holds its scale: "ألفين" is two thousand
                if group or last or value >= scale_room:
                    return None
                total, room, scale_room = total + value, least, _last_place(value)
            elif value in self._multipliers:
                if value >= room:
                    return None
                group, last, room = group + (last or 1) * value, 0, value
            else:
                if last and not self._fits(last, value):
                    return None
                last += value
                if last >= room:
                    return None
        return total + group + last

    def _fits(self, last: int, value: int) -> bool:
        """Whether a number is added to the one before it: 5 to 20, or in Arabic 20 to 5."""
        is_ten = value < 100 and value % 10 == 0
        return value < _last_place(last) or (self._are_units_first and last < 10 and is_ten)


def _last_place(number: int) -> int:
    """The place value of the last digit that is no zero: 100 for 2,500."""
    place = 1
    while number and number % (place * 10) == 0:
        place *= 10
    return place
