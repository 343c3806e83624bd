"""Cuts words of languages that write together what others write apart.

A cutter gives the lengths of the parts of a word; it is told whether digits stand directly before.
"""

import re
from collections.abc import Collection, Iterable

#: No word has more letters of this kind before it ("وبال…").
_MOST_PREFIXES = 3


class PrefixCutter:
    """Cuts letters off the words that they are written together with: "وبنحو" is و ب نحو.

    `known` are the words that are cut free; everything else stays whole ("وزير").
    """

    def __init__(self, prefixes: Iterable[str], known: Collection[str]) -> None:
        self._prefixes = sorted(prefixes, key=len, reverse=True)
        self._known = frozenset(known)

    def __call__(self, word: str, is_after_number: bool) -> list[int]:
        lengths: list[int] = []
        while (rest := word[sum(lengths) :]) not in self._known:
            prefix = next((prefix for prefix in self._prefixes if rest.startswith(prefix)), None)
            if prefix is None or len(lengths) == _MOST_PREFIXES:
                return [len(word)]
            lengths.append(len(prefix))
        return [*lengths, len(rest)]


class GluedCutter:
    """Cuts numbers, a hedge, a counter, another hedge and an ending, written in this order: "수천명이라고", "이상으로".

    Behind digits everything known is cut free. Elsewhere a number needs its counter behind it, or else the whole word
    must be known; what is not stays one word ("만발한"). The first of the `counters` is the one for people. `things`
    are words that begin like a hedge ("여단" is a brigade, "여" more than).
    """

    def __init__(
        self,
        numbers: Collection[str],
        hedges: Iterable[str],
        counters: Iterable[str],
        endings: Iterable[str],
        things: Iterable[str],
    ) -> None:
        counters = list(counters)
        self._numbers, self._person = frozenset(numbers), counters[0]
        number, hedge = _one_of(numbers), rf"(?!{_one_of(things)}){_one_of(hedges)}"
        self._number = re.compile(number)
        # Possessive repeats: nothing is tried twice, so that long words take linear time.
        self._parts = re.compile(
            rf"(?P<numbers>{number}*+)(?P<hedge>(?:{hedge})?+)(?P<counter>{_one_of(counters)}?+)"
            rf"(?P<late>(?:{hedge})?+)(?P<ending>{_one_of(endings)}?+)"
        )

    def __call__(self, word: str, is_after_number: bool) -> list[int]:
        parts = self._parts.match(word)
        if parts is None or not (is_after_number or self._is_known(parts)):
            return [len(word)]
        pieces = [*self._number.findall(parts["numbers"]), *parts.group("hedge", "counter", "late")]
        lengths = [len(piece) for piece in pieces if piece]
        rest = word[sum(lengths) :]
        if lengths and rest in self._numbers:  # "명만" is "only", not ten thousand
            return [*lengths[:-1], lengths[-1] + len(rest)]
        return [*lengths, len(rest)] if rest else lengths

    def _is_known(self, parts: re.Match[str]) -> bool:
        """Whether a word without digits before it may be cut.

        Single syllables are mostly other words: such a number needs a hedge or the counter for people, and such a
        hedge no ending ("세대" is a generation, not three vehicles).
        """
        numbers, hedge, counter, _, ending = parts.groups()
        is_number = len(numbers) > 1 or bool(numbers and (hedge or counter == self._person))
        if is_number and counter:
            return True
        is_word = is_number or (not counter and (len(hedge) > 1 or not ending))
        return is_word and parts.end() == len(parts.string)


def _one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; for none it never matches."""
    longest = sorted((word for word in words if word.isalpha()), key=len, reverse=True)
    return f"(?:{'|'.join(longest) or '(?!)'})"
