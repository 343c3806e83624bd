"""Text made plain enough to compare, with the way back to the characters that were given.

Digits of every script become 0–9, letters small, spaces, dashes and quotation marks one of each kind; accents are
composed, vowel marks and direction marks fall away. One plain character stands for one or more given ones.
"""

import unicodedata
from dataclasses import dataclass

from apps.domain.parsing.results import FigureError

_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("〜∼˜", "~"),
        **dict.fromkeys("’ʼ‘`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("٪﹪", "%"),
        **dict.fromkeys("،、", ","),
        **dict.fromkeys("⩾≧", "≥"),
        **dict.fromkeys("⩽≦", "≤"),
        "ё": "е",  # Russian is printed with and without the dots
        **dict.fromkeys("أإآٱ", "ا"),  # so is Arabic with its hamza
        "ى": "ي",
    }
)
#: Letters that are drawn longer for looks in Arabic script; they are no sound.
_TATWEEL = "ـ"


@dataclass(frozen=True, slots=True)
class Characters:
    """`text` is the plain text; `spans[i]` is where its character i begins and ends in the text given."""

    text: str
    spans: tuple[tuple[int, int], ...]


def plain(given: str) -> Characters:
    """Make a text plain. FigureError for what is no text at all: control characters and halves of pairs."""
    found = [(_plain_character(given[start:end], start), (start, end)) for start, end in _clusters(given)]
    kept = [(character, span) for character, span in found if character]
    return Characters("".join(character for character, _ in kept), tuple(span for _, span in kept))


def _clusters(given: str) -> list[tuple[int, int]]:
    """Spans of a character with the marks that belong to it, and of the parts of one Korean syllable."""
    spans: list[tuple[int, int]] = []
    for at, character in enumerate(given):
        if spans and (unicodedata.combining(character) or _is_later_jamo(character)):
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _is_later_jamo(character: str) -> bool:
    return "\u1160" <= character <= "\u11ff"


def _plain_character(cluster: str, position: int) -> str:
    """One plain character, or none for a mark that is not seen."""
    first = cluster[0] if len(cluster) == 1 else unicodedata.normalize("NFC", cluster)[0]
    category = unicodedata.category(first)
    if category == "Nd":
        return str(unicodedata.decimal(first))
    if category in ("Zs", "Zl", "Zp") or first in "\t\n\r\v\f":
        return " "
    if category == "Cf" or first == _TATWEEL:
        return ""
    if category in ("Cc", "Cs", "Cn"):
        raise FigureError(position, f"Character {position + 1} (U+{ord(first):04X}) cannot be printed: remove it.")
    return _small(_half_width(first)).translate(_SAME)


def _half_width(character: str) -> str:
    """The ASCII character of which this is the wide form, as East Asian texts print them."""
    return chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character
