"""Numbers in words: through text2num where it knows the language, else from a table of words."""

from collections.abc import Mapping, Sequence
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
    """The number words of a language that text2num knows."""

    #: What the library takes for zero, but is a letter or an exclamation.
    _NO_NUMBERS = frozenset(("o", "oh", "ou", "nul"))

    def __init__(self, code: str) -> None:
        self._code = code
        self._read = lru_cache(maxsize=4096)(self._total)

    def value(self, word: str) -> int | None:
        return None if word in self._NO_NUMBERS else self._read(word)

    def total(self, words: Sequence[str]) -> int | None:
        return self._read(" ".join(words))

    def _total(self, words: str) -> int | None:
        try:
            return int(text2num(words, self._code))
        except ValueError:
            return None


class TableNumbers:
    """The number words of a language from its table.

    `numbers` are added up, those among `multipliers` multiply what stands before them in their group, `scales`
    (1,000 and more) multiply and close a group. `is_compound`: words are written together ("kétezer").
    `joiner` may stand glued before a later word of a number (Arabic "و").
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        scales: Mapping[str, int],
        *,
        multipliers: Sequence[int],
        is_compound: bool,
        joiner: str,
    ) -> None:
        self._values = {**scales, **numbers}
        self._multipliers = frozenset(multipliers)
        self._parts = sorted(self._values, key=len, reverse=True) if is_compound else []
        self._joiner = joiner
        self._split = lru_cache(maxsize=4096)(self._split_word)

    def value(self, word: str) -> int | None:
        return self.total((word,))

    def total(self, words: Sequence[str]) -> int | None:
        values: list[int] = []
        for at, word in enumerate(words):
            parts = self._split(word.removeprefix(self._joiner) if at and self._joiner else word)
            if not parts:
                return None
            values += parts
        return self._composed(values)

    def _split_word(self, word: str) -> tuple[int, ...]:
        """The values of the parts of one word; empty when it is no number word."""
        if word in self._values:
            return (self._values[word],)
        values: list[int] = []
        while word:
            part = next((part for part in self._parts if word.startswith(part)), None)
            if part is None:
                return ()
            values.append(self._values[part])
            word = word[len(part) :]
        return tuple(values)

    def _composed(self, values: Sequence[int]) -> int | None:
        """Add and multiply from left to right; None when a value does not fit behind the one before it."""
        total = group = last = 0
        room = scale_room = None
        for value in values:
            if value >= 1000 and value not in self._multipliers:
                if scale_room is not None and value >= scale_room:
                    return None
                total += (group + last or 1) * value
                group, last, room, scale_room = 0, 0, None, value
            elif value in self._multipliers:
                if room is not None and value >= room:
                    return None
                group += (last or 1) * value
                last, room = 0, value
            else:
                if last and not (value < 10 and last % 10 == 0):
                    return None
                last += value
                if room is not None and last >= room:
                    return None
        return total + group + last
