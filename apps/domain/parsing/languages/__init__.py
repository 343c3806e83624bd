"""The languages that can be read, each with its table."""

from apps.domain.parsing.language import Hedge, Language, split
from apps.domain.parsing.languages.arabic import ARABIC
from apps.domain.parsing.languages.dutch import DUTCH
from apps.domain.parsing.languages.english import ENGLISH
from apps.domain.parsing.languages.french import FRENCH
from apps.domain.parsing.languages.german import GERMAN
from apps.domain.parsing.languages.hungarian import HUNGARIAN
from apps.domain.parsing.languages.indonesian import INDONESIAN
from apps.domain.parsing.languages.italian import ITALIAN
from apps.domain.parsing.languages.korean import KOREAN
from apps.domain.parsing.languages.macedonian import MACEDONIAN
from apps.domain.parsing.languages.polish import POLISH
from apps.domain.parsing.languages.portuguese import PORTUGUESE
from apps.domain.parsing.languages.russian import RUSSIAN
from apps.domain.parsing.languages.slovene import SLOVENE
from apps.domain.parsing.languages.spanish import SPANISH
from apps.domain.parsing.languages.ukrainian import UKRAINIAN

__all__ = ["ALL", "BY_CODE", "ENGLISH", "bound_phrases", "exact_phrases", "foreign_hedges", "foreign_scales"]

#: In the order in which they are offered: English first, the others by their English names.
ALL: tuple[Language, ...] = (
    ENGLISH,
    ARABIC,
    DUTCH,
    FRENCH,
    GERMAN,
    HUNGARIAN,
    INDONESIAN,
    ITALIAN,
    KOREAN,
    MACEDONIAN,
    POLISH,
    PORTUGUESE,
    RUSSIAN,
    SLOVENE,
    SPANISH,
    UKRAINIAN,
)
BY_CODE = {language.code: language for language in ALL}


def exact_phrases() -> tuple[str, ...]:
    """Every phrase of every language that says that a number is exact, once each."""
    phrases = (phrase for language in ALL for phrase in split(language.before.get(Hedge.EXACT, "")))
    return tuple(dict.fromkeys(phrases))


def bound_phrases() -> tuple[str, ...]:
    """Every English phrase that bounds a number on one side ("at least", "or fewer")."""
    tables = (ENGLISH.before, ENGLISH.after)
    bounds = (Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.UP_TO, Hedge.LESS_THAN)
    return tuple(phrase for table in tables for hedge in bounds for phrase in split(table.get(hedge, "")))


def foreign_hedges() -> tuple[str, ...]:
    """Every hedge before a number that is no word of English: such a text is in another language."""
    own = {word for table in (ENGLISH.before, ENGLISH.after) for words in table.values() for word in split(words)}
    own |= {*split(ENGLISH.fillers), *split(ENGLISH.stops), *split(ENGLISH.several), *_ENGLISH_TOO}
    others = (language for language in ALL if language is not ENGLISH)
    phrases = (phrase for one in others for words in one.before.values() for phrase in split(words))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase not in own))


def foreign_scales() -> tuple[str, ...]:
    """Every word of another language that multiplies the number before it ("6 Mio."), and is no word of English."""
    own = {*ENGLISH.scales, *ENGLISH.numbers, *_ENGLISH_UNITS}
    others = (language for language in ALL if language is not ENGLISH)
    return tuple(dict.fromkeys(word for one in others for word in one.scales if word not in own))


#: Scales of other languages that are units in English.
_ENGLISH_UNITS = ("miles", "mi", "cent", "cents", "md", "bi")
#: Hedges of other languages that are ordinary words of English.
_ENGLISH_TOO = (
    "fast",
    "gut",
    "grob",
    "tops",
    "pile",
    "rond",
    "min",
    "max",
    "ok",
    "ok .",
    "env",
    "koło",
    "do",
    "za",
    "pod",
    "na",
)
