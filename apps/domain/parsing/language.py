"""What the reading needs to know of a language: one table of words, and the dictionary made from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from apps.domain.parsing.characters import plain
from apps.domain.parsing.cutting import GluedCutter, PrefixCutter
from apps.domain.parsing.digits import Separators
from apps.domain.parsing.number_words import LibraryNumbers, NumberWords, TableNumbers
from apps.domain.parsing.tokens import Cut, tokens_of


class Hedge(Enum):
    """What words beside a number say of it."""

    EXACT = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    UP_TO = "up to"
    LESS_THAN = "less than"


@dataclass(frozen=True, slots=True)
class Language:
    """The number and hedge words of one language. Several words are given in one string, with "|" between them.

    Phrases are written in small letters and may be of several words or hold signs ("c .", "d ' environ").
    """

    code: str
    name: str
    #: Signs before decimals, and signs between groups of three digits (a space and ' are known everywhere).
    decimals: str
    groups: str
    #: Words before and after a number, by what they say.
    before: Mapping[Hedge, str]
    after: Mapping[Hedge, str]
    #: Words that may stand before a number without any word of hedging being meant ("over the weekend").
    weak: str = ""
    #: Words that may stand between a hedge and its number ("an estimated total of 14,000").
    fillers: str = ""
    #: Those of them after which a hedge that is weak means something else ("under the 12 agreements").
    determiners: str = ""
    #: Words between the two numbers of a range; `between` opens one whose numbers are joined by `ands`.
    to: str = ""
    ors: str = ""
    between: str = ""
    ands: str = ""
    #: Words behind a range, where `ands` may join it without a word before ("10 és 12 ezer között").
    closing: str = ""
    #: Joins two bounds of one figure ("more than 10 but fewer than 20").
    but: str = ""
    plus_minus: str = ""
    #: Word → value: multiplies the number before it.
    #: `suffixes` are no number by themselves; those that are no scales count only when nothing stands between.
    scales: Mapping[str, int] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)
    #: Words for one that are articles too: a number only before a scale ("a thousand").
    articles: str = ""
    #: "and a half" after a number, other parts after it, and parts alone ("half"), as (parts, of how many).
    and_half: str = ""
    and_parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fractions: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    #: Fractions whose words may also be a rank ("a third"): they need an `of` or the end after them.
    ranks: str = ""
    of: str = ""
    what: str = ""
    percent: str = ""
    #: Scales in the plural that are a magnitude when no number stands before them ("thousands").
    magnitudes: str = ""
    #: Words before a scale or a magnitude that make it vague ("several hundred"), and alone are vague themselves.
    several: str = ""
    #: Words that are a small number only roughly: counted or hedged they count ("about a dozen"), alone they are vague.
    loose: Mapping[str, int] = field(default_factory=dict)
    #: Things named in place of a number ("a battalion").
    unquantified: str = ""
    #: Words that change a number in ways that are not read ("twice 3,000"), before or after it.
    stops: str = ""
    stops_after: str = ""
    #: Words that, only directly before a number, may say how it changed or have another sense ("um 20 Prozent").
    unclear: str = ""
    #: Words directly behind a number that make it a rank ("тридцать первая").
    ordinals: str = ""
    months: str = ""
    #: Months whose name is another word too: only with a year ("may").
    doubtful_months: str = ""
    #: Words before four digits that make them a year, and words behind them.
    year_words: str = ""
    years: str = ""
    #: Own number words: word → value, where text2num does not know the language (`library` is then empty).
    library: str = ""
    #: Words that text2num takes for numbers but are none ("unos"), and spellings that it does not know → one it knows.
    no_numbers: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    #: Values among `numbers` that multiply what stands before them inside a group of thousands.
    multipliers: tuple[int, ...] = (100,)
    #: Words between number words that say nothing ("one hundred and twenty"); what follows them is smaller than what
    #: stands before, and than this.
    joiners: str = ""
    joined_below: int = 100
    #: Units stand before tens ("خمسة وعشرين").
    are_units_first: bool = False
    #: A dash between number words makes a range ("две-три тысячи"), never one number ("twenty-three").
    is_dash_range: bool = False
    #: Letters written together with the word or number behind them ("وألف", "بنحو", "و500").
    prefixes: str = ""
    #: Number words are written together ("kétezer", "삼천").
    is_compound: bool = False
    #: Numbers, hedges and counters are written together and are cut apart ("1100여명", "수천명이").
    is_glued: bool = False
    #: For these languages: counters that may follow there, the one for people first, and endings of words.
    counters: str = ""
    endings: str = ""


#: Signs that mean the same in every language.
_SIGNS_BEFORE = {
    Hedge.ABOUT: "~ | ≈ | ≃ | ∼",
    Hedge.AT_LEAST: "≥ | > =",
    Hedge.MORE_THAN: ">",
    Hedge.UP_TO: "≤ | < =",
    Hedge.LESS_THAN: "<",
}
_SIGNS_AFTER = {Hedge.AT_LEAST: "+"}


class Phrases[T]:
    """Phrases to look for at a place among the words of a text; the longest wins."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in phrases:
            words = tuple(token.text for token in tokens_of(phrase))
            self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], place: int) -> tuple[T, int] | None:
        """The value of the longest phrase that begins at this place, and the place after it."""
        if place >= len(words):
            return None
        for phrase, value in self._by_first.get(words[place], ()):
            end = place + len(phrase)
            if tuple(words[place:end]) == phrase:
                return value, end
        return None

    def after(self, words: Sequence[str], place: int) -> int | None:
        """The place after the longest phrase that begins here, None when none does."""
        found = self.at(words, place)
        return None if found is None else found[1]


def split(words: str) -> list[str]:
    """The entries of one string of a table."""
    return [word.strip() for word in words.split("|") if word.strip()]


def paired(firsts: str, seconds: str) -> str:
    """Every entry of one string followed by every entry of another: "rose | fell" and "by | from"."""
    return " | ".join(f"{first} {second}" for first in split(firsts) for second in split(seconds))


def by_word(words: Mapping[int, str]) -> dict[str, int]:
    """Word → value, from value → all forms of its word ("два | две | двух")."""
    return {form: value for value, forms in words.items() for form in split(forms)}


def _plain_phrases(words: str) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in split(words))


def _plain_words(words: str) -> frozenset[str]:
    return frozenset(plain(word).text for word in split(words))


def _hedges(words: Mapping[Hedge, str], signs: Mapping[Hedge, str]) -> Phrases[Hedge]:
    return Phrases((phrase, hedge) for table in (words, signs) for hedge in table for phrase in split(table[hedge]))


class Lexicon:
    """A language made ready for looking things up."""

    def __init__(self, language: Language, foreign: Iterable[str] = (), foreign_scales: Iterable[str] = ()) -> None:
        """`foreign` are hedges of other languages, and their scales; they are looked for only to be refused."""
        self.language = language
        self.foreign_scales = Phrases((phrase, phrase) for phrase in foreign_scales)
        self.foreign = Phrases((phrase, phrase) for phrase in foreign)
        self.before = _hedges(language.before, _SIGNS_BEFORE)
        self.after = _hedges(language.after, _SIGNS_AFTER)
        self.weak = _plain_words(language.weak)
        self.fillers = _plain_phrases(language.fillers)
        self.determiners = _plain_phrases(f"{language.determiners} | {language.articles}")
        self.to = _plain_phrases(language.to)
        self.ors = _plain_phrases(language.ors)
        self.between = _plain_phrases(language.between)
        self.ands = _plain_phrases(language.ands)
        words = split(f"{language.but} | {language.ands} | {language.to}")
        self.but = _plain_phrases(" | ".join((*words, *(f", {word}" for word in words), ",")))
        self.plus_minus = _plain_phrases(f"± | + / - | {language.plus_minus}")
        self.scales = Phrases(language.scales.items())
        self.suffixes = Phrases(language.suffixes.items())
        self.articles = _plain_phrases(language.articles)
        halves = dict.fromkeys(split(language.and_half), (1, 2))
        self.and_parts = Phrases({**halves, **language.and_parts}.items())
        self.fractions = Phrases(language.fractions.items())
        self.ranks = frozenset(split(language.ranks))
        self.of = _plain_phrases(language.of)
        self.what = _plain_phrases(language.what)
        self.percent = _plain_phrases(f"% | {language.percent}")
        self.magnitudes = _plain_phrases(language.magnitudes)
        self.several = _plain_phrases(language.several)
        self.loose = Phrases(language.loose.items())
        self.unquantified = _plain_phrases(language.unquantified)
        self.stops = _plain_phrases(language.stops)
        self.stops_after = _plain_phrases(f"‰ | {language.stops_after}")
        self.unclear = _plain_phrases(language.unclear)
        self.ordinals = _plain_phrases(language.ordinals)
        self.months = _plain_phrases(language.months)
        self.doubtful_months = _plain_words(language.doubtful_months)
        self.year_words = _plain_words(language.year_words)
        self.years = _plain_phrases(language.years)
        self.joiners = _plain_words(language.joiners)
        self.prefixes = _plain_words(language.prefixes)
        self.closing = _plain_phrases(language.closing)
        self.counters = _plain_phrases(language.counters)
        self.words = _number_words(language)
        self.separators = Separators(language.decimals, language.groups, language.name)
        self.cut = _cutter(language)


def _number_words(language: Language) -> NumberWords:
    if language.library:
        return LibraryNumbers(language.library, split(language.no_numbers), language.spellings)
    alone = {
        word: value
        for word, value in language.scales.items()
        if value >= 1000 and value not in language.multipliers and word not in language.suffixes
    }
    return TableNumbers(
        _plain_keys(language.numbers),
        _plain_keys(alone) if language.numbers else {},
        multipliers=language.multipliers,
        joiners=split(language.joiners),
        is_compound=language.is_compound or language.is_glued,
        are_units_first=language.are_units_first,
    )


def _plain_keys(words: Mapping[str, int]) -> dict[str, int]:
    return {plain(word).text: value for word, value in words.items()}


def _cutter(language: Language) -> Cut | None:
    if language.is_glued:
        return _glued_cutter(language)
    return _prefix_cutter(language) if language.prefixes else None


def _glued_cutter(language: Language) -> GluedCutter:
    return GluedCutter(
        numbers={*language.scales, *language.numbers, *split(language.magnitudes), *split(language.several)},
        hedges=[word for words in language.after.values() for word in split(words)],
        counters=split(language.counters),
        endings=split(language.endings),
        things=split(language.unquantified),
    )


def _prefix_cutter(language: Language) -> PrefixCutter:
    phrases = [*language.numbers, *language.scales, *language.loose, *language.fractions]
    phrases += [phrase for words in _word_tables(language) for phrase in split(words)]
    return PrefixCutter(split(language.prefixes), {token.text for phrase in phrases for token in tokens_of(phrase)})


def _word_tables(language: Language) -> list[str]:
    hedges = (*language.before.values(), *language.after.values())
    vague = (language.magnitudes, language.several, language.unquantified)
    return [*hedges, *vague, language.between, language.percent, language.and_half, language.to, language.stops]
