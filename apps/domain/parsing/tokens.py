"""A text cut into numbers, words and single signs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from apps.domain.parsing.characters import plain
from apps.domain.parsing.results import FigureError


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
#: Between Cyrillic letters an apostrophe belongs to the word ("п'ять").
_APOSTROPHE = "(?<=[а-яєіїґ])'(?=[а-яєіїґ])"
#: Every alternative begins with another character and repeats without overlap, so the scan takes linear time.
#: A space inside a number is followed by exactly three digits and preceded by at most three.
_PIECES = re.compile(
    r"(?P<power>[0-9]++(?:[.,][0-9]++)?+e[+-]?[0-9]++(?![^\W_]))"
    r"|(?P<number>[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:[.,٫][0-9]+)*|[0-9]+(?:[.,'٬٫][0-9]+)*)"
    rf"|(?P<word>{_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*)"
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


class Text:
    """The tokens of one text, with what is asked of places among them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        self.words = tuple(token.text for token in tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def is_glued(self, place: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return place < len(self.tokens) and self.tokens[place].is_glued

    def is_sign(self, place: int, signs: str) -> bool:
        """Whether a token is one of some signs."""
        return 0 <= place < len(self.tokens) and self.words[place] in tuple(signs)

    def is_kind(self, place: int, *kinds: Kind) -> bool:
        """Whether a token is of one of these kinds."""
        return 0 <= place < len(self.tokens) and self.tokens[place].kind in kinds

    def shown(self, start: int, end: int) -> str:
        """Some tokens in quotation marks, cut when they are many."""
        words = " ".join(self.words[start:end])
        return f"“{words}”" if len(words) <= 40 else f"“{words[:40]}…”"

    def refuse(self, place: int, message: str, offset: int = 0) -> FigureError:
        """A refusal at a token (the last one, when the text ends before)."""
        return FigureError(self.tokens[min(place, len(self.tokens) - 1)].start + offset, message)
