"""Digits that are a date or a time and no figure."""

from apps.domain.parsing.language import Lexicon
from apps.domain.parsing.tokens import Kind, Text

DATE = "This is a date or a time: give the figure alone."


def is_date(text: Text, lexicon: Lexicon, place: int) -> bool:
    """Whether a date or a time begins at a token: "2024-11-05", "5/11", "10:30", "5 November", "in 2024"."""
    if not text.is_kind(place, Kind.NUMBER):
        after = lexicon.months.after(text.words, place)
        return after is not None and text.is_kind(lexicon.of.after(text.words, after) or after, Kind.NUMBER)
    if _is_year(text, lexicon, place):
        return True
    is_iso = _is_joined(text, "-", place + 1) and _is_joined(text, "-", place + 3)
    return is_iso or _is_joined(text, "/:", place + 1) or _is_day_of_month(text, lexicon, place)


def _is_joined(text: Text, signs: str, place: int) -> bool:
    """Whether one of some signs stands here with digits directly after it."""
    return text.is_sign(place, signs) and text.is_kind(place + 1, Kind.NUMBER) and text.is_glued(place + 1)


def _is_year(text: Text, lexicon: Lexicon, place: int) -> bool:
    """Four digits of a recent year behind a word such as "in" or "since", or before one such as "года"."""
    is_named = place > 0 and text.words[place - 1] in lexicon.year_words
    # "до 2024" is a year, "до 2000" mostly up to two thousand
    is_named = is_named and not (text.words[place].endswith("00") and lexicon.before.at(text.words, place - 1))
    is_named = is_named or lexicon.years.after(text.words, place + 1) is not None
    return is_named and len(text.words[place]) == 4 and text.words[place][:2] in ("19", "20")


def _is_day_of_month(text: Text, lexicon: Lexicon, place: int) -> bool:
    """A number before a month ("5 November", "5. November", "5-Nov", "5 de noviembre").

    Before a name that is another word too ("may") only a day, and no word after it.
    """
    month = place + 1 + (text.is_sign(place + 1, ".-/") and text.is_glued(place + 1))
    month = lexicon.of.after(text.words, month) or month
    after = lexicon.months.after(text.words, month)
    if after is None or text.words[month] not in lexicon.doubtful_months:
        return after is not None
    is_day = text.words[place].isdecimal() and int(text.words[place]) <= 31
    return is_day and not text.is_kind(after, Kind.WORD)
