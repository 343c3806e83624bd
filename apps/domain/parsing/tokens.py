"""A text cut into numbers, words and single signs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from apps.domain.parsing.characters import plain


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    POWER = "power"
    WORD = "word"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the plain text. `start` and `end` are places in the text given.

    `is_glued` says that nothing stands between it and the token before it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    is_glued: bool


#: Digits that are no decimal digits ("²", "½", "①") are letters to Python; here each is a sign of its own.
_LETTER = r"[^\W\d_²³¹¼-¾⁰-₉⅐-↋①-⓿❶-➓㊀-㋿]"
#: Every alternative begins with another character and repeats without overlap, so the scan takes linear time.
#: A space inside a number is followed by exactly three digits and preceded by at most three.
_PIECES = re.compile(
    r"(?P<power>[0-9]++(?:[.,][0-9]++)?+e[+-]?[0-9]++(?![^\W_]))"
    r"|(?P<number>[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:[.,٫][0-9]+)*|[0-9]+(?:[.,'٬٫][0-9]+)*)"
    rf"|(?P<word>{_LETTER}+)"
    r"|(?P<sign>\S)"
)


#: Cuts a word into the lengths of its parts; told whether a number stands directly before it.
type Cut = Callable[[str, bool], Sequence[int]]


def tokens_of(given: str, cut: Cut | None = None) -> tuple[Token, ...]:
    """Cut a text. FigureError for characters that cannot be printed."""
    characters = plain(given)
    tokens: list[Token] = []
    last_end = 0
    for match in _PIECES.finditer(characters.text):
        kind, start = Kind(match.lastgroup), match.start()
        is_glued = bool(tokens) and start == last_end
        is_after_number = is_glued and tokens[-1].kind is Kind.NUMBER
        lengths = cut(match.group(), is_after_number) if cut and kind is Kind.WORD else (len(match.group()),)
        for length in lengths:
            first, last = characters.spans[start], characters.spans[start + length - 1]
            tokens.append(Token(kind, characters.text[start : start + length], first[0], last[1], is_glued))
            start, is_glued = start + length, True
        last_end = match.end()
    return tuple(tokens)
