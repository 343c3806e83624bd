"""Words to figures (model.md §3): the one place where a number in a text is read.

`parse` takes any text and gives one figure with the characters that make it, or a `FigureError` that says where
and why. It never guesses: what may be read in two ways is refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Context, localcontext
from functools import cache

from apps.domain.figures import Figure
from apps.domain.parsing.assembly import clash, figure_of
from apps.domain.parsing.canonical import words_for
from apps.domain.parsing.language import Lexicon
from apps.domain.parsing.languages import ALL, BY_CODE, ENGLISH, foreign_hedges, foreign_scales
from apps.domain.parsing.reader import Reader, Scanned
from apps.domain.parsing.results import FigureError, ParsedFigure
from apps.domain.parsing.tokens import Text, tokens_of
from apps.domain.vocabulary import Qualifier

__all__ = ["LANGUAGES", "MAX_CHARACTERS", "FigureError", "ParsedFigure", "language_code", "parse", "words_for"]

#: Wide enough that no sum or product of two figures is rounded.
_EXACT = Context(prec=100)
#: Longer texts are no figures.
MAX_CHARACTERS = 1000
#: Languages that can be chosen: code → name.
LANGUAGES: Mapping[str, str] = {language.code: language.name for language in ALL}


def parse(text: str, *, language: str | None = None) -> ParsedFigure:
    """Read the one figure in a text.

    `language` is the text's language ("en", "ko", also "en-GB"); None reads English words and refuses numbers whose
    separators mean different things in different languages ("3.000"). Raises FigureError, and nothing else.
    """
    if len(text) > MAX_CHARACTERS:
        raise FigureError(
            MAX_CHARACTERS, f"The text is longer than {MAX_CHARACTERS:,} characters: give the figure alone."
        )
    lexicon = _lexicon(language)
    with localcontext(_EXACT):
        return _read(text, lexicon)


def _read(text: str, lexicon: Lexicon) -> ParsedFigure:
    tokens = Text(tokens_of(text, lexicon.cut))
    if not len(tokens):
        raise FigureError(0, "There are no words: give a figure, for example “more than 10,000”.")
    return _parsed(text, tokens, Reader(tokens, lexicon).scan())


def language_code(given: str) -> str | None:
    """The code under which a language is known here: "en" for "en", "en-GB" and "EN"; None for one that is not read."""
    code = given.strip().partition("-")[0].casefold()
    return code if code in BY_CODE else None


def _lexicon(language: str | None) -> Lexicon:
    if language is None:
        return _made("")
    code = language_code(language)
    if code is None:
        raise FigureError(0, f"Figures in the language “{language}” cannot be read yet: give the numbers by hand.")
    return _made(code)


@cache
def _made(code: str) -> Lexicon:
    """The dictionary of a language; without one, English words and no trust in separators."""
    return Lexicon(BY_CODE[code]) if code else Lexicon(replace(ENGLISH, name=""), foreign_hedges(), foreign_scales())


def _parsed(text: str, tokens: Text, scanned: Scanned) -> ParsedFigure:
    found, vague = scanned.found, scanned.vague
    if found is not None:
        if (problem := clash(found)) is not None:
            raise tokens.refuse(*problem)
        figure, span = figure_of(found, text), (found.start, found.end)
    elif vague is not None:
        qualifier = Qualifier.UNQUANTIFIED if vague.is_unquantified else Qualifier.ORDER_OF_MAGNITUDE
        figure, span = Figure(text, qualifier), (vague.start, vague.end)
    else:
        raise FigureError(0, f"There is no figure in “{_shown(text)}”: give one, for example “more than 10,000”.")
    return ParsedFigure(
        figure=figure,
        start=tokens.tokens[span[0]].start,
        end=tokens.tokens[span[1] - 1].end,
        unit="percent" if found is not None and found.is_percent else None,
        interval_kind=scanned.interval_kind,
        interval_level=scanned.interval_level,
    )


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:40]}…"
