"""The tables of the languages: every word in them is reached and means one thing, and sentences are read with them.

What is wanted of a word follows from the kind of table that it stands in; the sentences at the end are written by
hand. A test names all words of a language that go wrong.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from apps.domain.parsing import LANGUAGES, FigureError, ParsedFigure, parse
from apps.domain.parsing.language import Hedge, Language, split
from apps.domain.parsing.languages import ALL, BY_CODE
from apps.domain.parsing.tokens import tokens_of
from apps.domain.vocabulary import Qualifier

#: What a hedge makes of the number 4: qualifier, lower and upper.
READ = {
    Hedge.EXACT: (Qualifier.EXACTLY, 4, 4),
    Hedge.ABOUT: (Qualifier.ABOUT, None, None),
    Hedge.NEARLY: (Qualifier.ABOUT, None, 4),
    Hedge.JUST_OVER: (Qualifier.ABOUT, 4, None),
    Hedge.AT_LEAST: (Qualifier.AT_LEAST, 4, None),
    Hedge.MORE_THAN: (Qualifier.MORE_THAN, 4, None),
    Hedge.UP_TO: (Qualifier.UP_TO, None, 4),
    Hedge.LESS_THAN: (Qualifier.LESS_THAN, None, 4),
}
RANGE = (Qualifier.BETWEEN, 3, 4)

every_language = pytest.mark.parametrize("language", ALL, ids=lambda language: language.code)


def _parsed(text: str, language: Language) -> ParsedFigure | None:
    try:
        return parse(text, language=language.code)
    except FigureError:
        return None


def _read(text: str, language: Language) -> object:
    """Qualifier and bounds of a text, or the refusal."""
    try:
        figure = parse(text, language=language.code).figure
    except FigureError as problem:
        return problem.message
    return figure.qualifier, figure.lower, figure.upper


def _point(text: str, language: Language) -> Decimal | None:
    parsed = _parsed(text, language)
    return None if parsed is None else parsed.figure.point


def _qualifier(text: str, language: Language) -> Qualifier | None:
    parsed = _parsed(text, language)
    return None if parsed is None else parsed.figure.qualifier


def _wrong[T](cases: Iterable[T], is_right: Callable[[T], bool]) -> list[T]:
    return [case for case in cases if not is_right(case)]


def _behind(number: str, phrase: str, language: Language) -> str:
    """A phrase behind a number, as people write it: "2000-nél több" from "- nél több", in Korean without a space."""
    space = "" if phrase.startswith("-") or language.is_glued else " "
    return f"{number}{space}{phrase.replace('- ', '-').replace(' -', '-')}"


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens_of(phrase))


# Hedges


@every_language
@pytest.mark.parametrize("hedge", Hedge, ids=lambda hedge: hedge.name.lower())
def test_hedges_before_a_number_are_read(language: Language, hedge: Hedge) -> None:
    phrases = split(language.before.get(hedge, ""))
    assert {phrase: _read(f"{phrase} 4", language) for phrase in phrases} == dict.fromkeys(phrases, READ[hedge])


@every_language
@pytest.mark.parametrize("hedge", Hedge, ids=lambda hedge: hedge.name.lower())
def test_hedges_after_a_number_are_read(language: Language, hedge: Hedge) -> None:
    phrases = split(language.after.get(hedge, ""))
    read = {phrase: _read(_behind("4", phrase, language), language) for phrase in phrases}
    assert read == dict.fromkeys(phrases, READ[hedge])


@every_language
def test_every_language_hedges_in_every_way(language: Language) -> None:
    assert {*language.before, *language.after} == set(Hedge)


@every_language
def test_no_hedge_has_two_meanings_in_one_place(language: Language) -> None:
    for place in (language.before, language.after):
        times = Counter(_key(phrase) for phrases in place.values() for phrase in split(phrases))
        assert [phrase for phrase, number in times.items() if number > 1] == []


@every_language
def test_weak_words_begin_a_hedge(language: Language) -> None:
    first = {_key(phrase)[0] for phrases in language.before.values() for phrase in split(phrases)}
    assert {_key(word)[0] for word in split(language.weak)} - first == set()


@every_language
def test_hedges_that_are_not_weak_are_never_lost(language: Language) -> None:
    weak = {_key(word)[0] for word in split(language.weak)}
    strong = [
        phrase for phrases in language.before.values() for phrase in split(phrases) if _key(phrase)[0] not in weak
    ]
    assert _wrong(strong, lambda phrase: _parsed(f"{phrase} @ 4", language) is None) == []


# Numbers


@every_language
def test_scales_multiply(language: Language) -> None:
    assert _wrong(language.scales.items(), lambda case: _point(f"3 {case[0]}", language) == 3 * case[1]) == []


@every_language
def test_suffixes_multiply_and_are_no_numbers(language: Language) -> None:
    assert _wrong(language.suffixes.items(), lambda case: _point(f"3{case[0]}", language) == 3 * case[1]) == []
    assert _wrong(language.suffixes, lambda word: _parsed(word, language) is None) == []


@every_language
def test_number_words_have_their_value(language: Language) -> None:
    words = {word: value for word, value in language.numbers.items() if word not in split(language.articles)}
    assert _wrong(words.items(), lambda case: _point(f"~ {case[0]}", language) == case[1]) == []


@every_language
def test_articles_are_no_numbers(language: Language) -> None:
    assert _wrong(split(language.articles), lambda word: _parsed(f"~ {word} @", language) is None) == []


@every_language
def test_loose_words_are_numbers_only_when_hedged(language: Language) -> None:
    assert _wrong(language.loose, lambda word: _qualifier(word, language) is Qualifier.ORDER_OF_MAGNITUDE) == []
    assert _wrong(language.loose.items(), lambda case: _point(f"~ {case[0]}", language) == case[1]) == []


@every_language
def test_magnitudes_and_things_are_no_numbers(language: Language) -> None:
    vague = [*split(language.magnitudes), *split(language.several)]
    assert _wrong(vague, lambda words: _qualifier(words, language) is Qualifier.ORDER_OF_MAGNITUDE) == []
    things = split(language.unquantified)
    assert _wrong(things, lambda words: _qualifier(words, language) is Qualifier.UNQUANTIFIED) == []


@every_language
def test_fractions_are_shares(language: Language) -> None:
    def is_right(case: tuple[str, tuple[int, int]]) -> bool:
        parsed, part = _parsed(case[0], language), Decimal(case[1][0]) / case[1][1]
        if parsed is None:
            return False
        wanted = (part, None) if part > 1 else (round(100 * part, 1), "percent")
        return (parsed.figure.point, parsed.unit) == wanted

    assert _wrong(language.fractions.items(), is_right) == []
    assert set(split(language.ranks)) <= set(language.fractions)


@every_language
def test_words_for_percent_are_a_unit(language: Language) -> None:
    def is_right(words: str) -> bool:
        parsed = _parsed(f"40 {words}", language)
        return parsed is not None and (parsed.figure.point, parsed.unit) == (40, "percent")

    assert _wrong(split(language.percent), is_right) == []


# Ranges


@every_language
def test_words_between_two_numbers_make_a_range(language: Language) -> None:
    joining = [*split(language.to), *split(language.ors)]
    assert _wrong(joining, lambda words: _read(f"{_behind('3', words, language)} 4", language) == RANGE) == []


@every_language
def test_words_that_open_a_range_need_two_numbers(language: Language) -> None:
    pairs = [(opening, joined) for opening in split(language.between) for joined in split(language.ands)]
    assert _wrong(pairs, lambda pair: _read(f"{pair[0]} 3 {pair[1]} 4", language) == RANGE) == []
    assert _wrong(split(language.between), lambda words: _parsed(f"{words} 3", language) is None) == []


@every_language
def test_words_that_close_a_range_belong_to_it(language: Language) -> None:
    def is_right(pair: tuple[str, str]) -> bool:
        text = _behind(f"{_behind('3', pair[0], language)} 4", pair[1], language)
        parsed = _parsed(text, language)
        return parsed is not None and _read(text, language) == RANGE and parsed.end == len(text)

    pairs = [(joined, closing) for joined in split(language.ands) for closing in split(language.closing)]
    assert _wrong(pairs, is_right) == []


# What is refused


@every_language
def test_stops_refuse_the_number_beside_them(language: Language) -> None:
    hedges = {phrase for phrases in language.after.values() for phrase in split(phrases)}
    behind = [
        f"4 @ {words}" if words in hedges else _behind("4", words, language) for words in split(language.stops_after)
    ]
    assert _wrong(behind, lambda text: _parsed(text, language) is None) == []
    assert _wrong(split(language.stops), lambda words: _parsed(f"{words} 4", language) is None) == []


@every_language
def test_words_that_may_mean_several_things_refuse_the_number_behind_them(language: Language) -> None:
    assert _wrong(split(language.unclear), lambda words: _parsed(f"{words} 4", language) is None) == []


@every_language
def test_ranks_are_no_numbers(language: Language) -> None:
    assert _wrong(split(language.ordinals), lambda word: _parsed(f"100 {word}", language) is None) == []


@every_language
def test_articles_part_a_number_from_a_word_that_is_more_than_a_hedge(language: Language) -> None:
    weak = {_key(word)[0] for word in split(language.weak)}
    hedges = [phrase for phrases in language.before.values() for phrase in split(phrases)]
    alone = [phrase for phrase in hedges if len(_key(phrase)) == 1 and phrase in weak]
    known = {_key(phrase) for phrase in hedges}
    fillers = split(language.fillers)
    pairs = [(hedge, word) for hedge in alone for word in split(language.determiners) if word in fillers]
    parted = [pair for pair in pairs if (_key(f"{pair[0]} {pair[1]}")) not in known]
    assert _wrong(parted, lambda pair: _parsed(f"{pair[0]} {pair[1]} 4", language) is None) == []


@every_language
def test_days_and_years_are_dates(language: Language) -> None:
    texts = [f"5 {month}" for month in (*split(language.months), *split(language.doubtful_months))]
    texts += [_behind("2024", words, language) for words in split(language.years)]
    texts += [f"{words} 2024" for words in split(language.year_words)]
    assert _wrong(texts, lambda text: "date" in str(_read(text, language))) == []


# Sentences

#: Language, words, qualifier, lower, upper and point.
SENTENCES: tuple[tuple[str, str, str, int | None, int | None, int | None], ...] = (
    ("ar", "أكثر من 12 ألف جندي كوري شمالي", "more_than", 12_000, None, 12_000),
    ("ar", "نحو أحد عشر ألف جندي", "about", None, None, 11_000),
    ("ar", "قتل ثلاثة آلاف وخمسمئة جندي", "exactly", 3_500, 3_500, 3_500),
    ("ar", "ما بين 10 و12 ألف جندي", "between", 10_000, 12_000, None),
    ("ar", "بين ثلاثة آلاف وأربعة آلاف جندي", "between", 3_000, 4_000, None),
    ("ar", "خمسة وعشرون ألفًا", "exactly", 25_000, 25_000, 25_000),
    ("ar", "ألفي جندي", "exactly", 2_000, 2_000, 2_000),
    ("ar", "حتى الآن قتل ٣٬٠٠٠ جندي", "exactly", 3_000, 3_000, 3_000),
    ("ar", "وما لا يقل عن 3 آلاف و500 جريح", "at_least", 3_500, None, 3_500),
    ("ar", "مليون ونصف المليون", "exactly", 1_500_000, 1_500_000, 1_500_000),
    ("ar", "عشرات الآلاف من الجنود", "order_of_magnitude", None, None, None),
    ("nl", "ruim drieduizend militairen", "about", 3_000, None, 3_000),
    ("nl", "twee- tot driehonderd doden", "between", 200, 300, None),
    ("nl", "veel meer dan 300 militairen", "more_than", 300, None, 300),
    ("fr", "près de 3 000 soldats nord-coréens", "about", None, 3_000, 3_000),
    ("fr", "plus d'une centaine de morts", "more_than", 100, None, 100),
    ("fr", "jusqu’à 12 000 hommes", "up_to", None, 12_000, 12_000),
    ("fr", "jusqu'à présent, 300 soldats", "exactly", 300, 300, 300),
    ("fr", "une dizaine de milliers de soldats", "order_of_magnitude", None, None, None),
    ("fr", "deux millions et demi d'obus", "exactly", 2_500_000, 2_500_000, 2_500_000),
    ("fr", "entre trois et quatre mille hommes", "between", 3_000, 4_000, None),
    ("de", "zwei- bis dreitausend Mann", "between", 2_000, 3_000, None),
    ("de", "knapp anderthalb Millionen Granaten", "about", None, 1_500_000, 1_500_000),
    ("de", "gut 3.000 Soldaten", "about", 3_000, None, 3_000),
    ("de", "mehrere zehntausend Soldaten", "order_of_magnitude", None, None, None),
    ("de", "Berichte über Soldaten: bis zu 12 Tsd.", "up_to", None, 12_000, 12_000),
    ("hu", "több mint kétezren", "more_than", 2_000, None, 2_000),
    ("hu", "több ezer katona", "order_of_magnitude", None, None, None),
    ("hu", "10 000 és 12 000 közötti katona", "between", 10_000, 12_000, None),
    ("hu", "háromezer-ötszáz katona", "exactly", 3_500, 3_500, 3_500),
    ("hu", "két-háromezer katona", "between", 2_000, 3_000, None),
    ("hu", "2000-nél is több katona", "more_than", 2_000, None, 2_000),
    ("hu", "közel másfél millió lövedék", "about", None, 1_500_000, 1_500_000),
    ("id", "lebih dari dua puluh lima ribu tentara", "more_than", 25_000, None, 25_000),
    ("id", "puluhan ribu tentara", "order_of_magnitude", None, None, None),
    ("it", "tra i 3.000 e i 4.000 soldati", "between", 3_000, 4_000, None),
    ("it", "oltre tremila soldati", "more_than", 3_000, None, 3_000),
    ("ko", "북한군 약 1만2천여명이", "more_than", 12_000, None, 12_000),
    ("ko", "사상자는 4000명 안팎으로 추산된다", "about", None, None, 4_000),
    ("ko", "최소 1만 1천 명 이상의 병력", "at_least", 11_000, None, 11_000),
    ("ko", "1만명에서 1만2천명 사이", "between", 10_000, 12_000, None),
    ("ko", "수천명이라고 밝혔다", "order_of_magnitude", None, None, None),
    ("ko", "만 2천 명 규모", "exactly", 12_000, 12_000, 12_000),
    ("ko", "사상자 3천 여명", "more_than", 3_000, None, 3_000),
    ("ko", "1000명에 육박하는 사상자", "about", None, 1_000, 1_000),
    ("mk", "илјада и петстотини војници", "exactly", 1_500, 1_500, 1_500),
    ("mk", "повеќе од 3.000 војници", "more_than", 3_000, None, 3_000),
    ("pl", "ponad dwanaście tysięcy żołnierzy", "more_than", 12_000, None, 12_000),
    ("pl", "od 10 do 12 tys. żołnierzy", "between", 10_000, 12_000, None),
    ("pt", "mil e quinhentos soldados", "exactly", 1_500, 1_500, 1_500),
    ("pt", "cerca de 3,5 mil soldados", "about", None, None, 3_500),
    ("ru", "более двух тысяч двухсот военных", "more_than", 2_200, None, 2_200),
    ("ru", "две-три тысячи солдат", "between", 2_000, 3_000, None),
    ("ru", "около тысячи солдат", "about", None, None, 1_000),
    ("ru", "тысячи солдат", "order_of_magnitude", None, None, None),
    ("ru", "от 10 до 12 тыс. человек", "between", 10_000, 12_000, None),
    ("ru", "12-тысячный контингент", "exactly", 12_000, 12_000, 12_000),
    ("ru", "чуть больше трёх десятков тел", "about", 30, None, 30),
    ("ru", "более 10, но менее 20 тел", "between", 10, 20, None),
    ("sl", "več kot petindvajset tisoč vojakov", "more_than", 25_000, None, 25_000),
    ("sl", "več tisoč vojakov", "order_of_magnitude", None, None, None),
    ("es", "más de veintiún mil soldados", "more_than", 21_000, None, 21_000),
    ("es", "unos mil soldados", "about", None, None, 1_000),
    ("es", "hasta hoy han perdido cuatro mil soldados", "exactly", 4_000, 4_000, 4_000),
    ("es", "un millón y medio de proyectiles", "exactly", 1_500_000, 1_500_000, 1_500_000),
    ("es", "decenas de miles de soldados", "order_of_magnitude", None, None, None),
    ("uk", "понад п’ять тисяч військових", "more_than", 5_000, None, 5_000),
    ("uk", "від десяти до дванадцяти тисяч", "between", 10_000, 12_000, None),
    ("uk", "майже півтори тисячі солдатів", "about", None, 1_500, 1_500),
    ("uk", "більше тисячі солдатів", "more_than", 1_000, None, 1_000),
    ("de", "ein oder zwei Millionen", "between", 1_000_000, 2_000_000, None),
    ("de", "hundert bis zweihunderttausend", "between", 100_000, 200_000, None),
    ("de", "zweihundert- bis dreihunderttausend", "between", 200_000, 300_000, None),
    ("de", "500 (geschätzt)", "about", None, None, 500),
    ("fr", "un à deux millions", "between", 1_000_000, 2_000_000, None),
    ("fr", "cinq cents à six cents mille", "between", 500_000, 600_000, None),
    ("fr", "a franchi la barre des 500", "more_than", 500, None, 500),
    ("fr", "au-delà des 500 morts", "more_than", 500, None, 500),
    ("fr", "500 (estimation)", "about", None, None, 500),
    ("it", "uno o due milioni", "between", 1_000_000, 2_000_000, None),
    ("it", "cinquecento o seicentomila", "between", 500_000, 600_000, None),
    ("it", "sfiora i 500", "about", None, 500, 500),
    ("it", "sopra quota 500", "more_than", 500, None, 500),
    ("es", "doscientos a trescientos mil", "between", 200_000, 300_000, None),
    ("es", "mas de 500", "more_than", 500, None, 500),
    ("es", "arriba de 500", "more_than", 500, None, 500),
    ("es", "500 como mucho", "up_to", None, 500, 500),
    ("es", "hasta 2000 soldados", "up_to", None, 2_000, 2_000),
    ("pt", "um ou dois milhões", "between", 1_000_000, 2_000_000, None),
    ("pt", "duzentos a trezentos mil", "between", 200_000, 300_000, None),
    ("pt", "acima dos 500", "more_than", 500, None, 500),
    ("nl", "een of twee miljoen", "between", 1_000_000, 2_000_000, None),
    ("nl", "tweeëneenhalf miljoen", "exactly", 2_500_000, 2_500_000, 2_500_000),
    ("ru", "двести-триста тысяч", "between", 200_000, 300_000, None),
    ("ru", "пол миллиона", "exactly", 500_000, 500_000, 500_000),
    ("ru", "от силы 500", "up_to", None, 500, 500),
    ("ru", "до 2000 человек", "up_to", None, 2_000, 2_000),
    ("ko", "500명도 안 된다", "less_than", None, 500, 500),
    ("ko", "500명(추정)", "about", None, None, 500),
    ("ko", "이만 명", "exactly", 20_000, 20_000, 20_000),
    ("uk", "кількасот військових", "order_of_magnitude", None, None, None),
)
#: What has two readings, hedges what is not read, or is no figure.
REFUSED = (
    ("ar", "3.000 جندي"),
    ("ar", "ألفا جندي"),
    ("ar", "لم يقتل 300 جندي"),
    ("ar", "أكثر من الجنود: 300"),
    ("nl", "meer soldaten dan 300"),
    ("fr", "plus de soldats que 300"),
    ("fr", "10,900 hommes"),
    ("de", "mehr Soldaten als 300"),
    ("de", "3,000 Soldaten"),
    ("de", "am 5. November"),
    ("hu", "több katona, mint 300"),
    ("hu", "300 katona a híd felett"),
    ("id", "dua belas ribu"),
    ("ko", "전사자 40명대"),
    ("ko", "300명이 아니라 500명"),
    ("ko", "제30여단"),
    ("ru", "10.900 человек"),
    ("ru", "больше солдат, чем 300"),
    ("ru", "тысяч десять"),
    ("ru", "30-я бригада"),
    ("ru", "в 2024 году"),
    ("sl", "do 14. decembra"),
    ("es", "4,000 bajas"),
    ("es", "más soldados que 300"),
    ("uk", "до 14 грудня"),
    ("uk", "утричі більше за 300"),
    ("fr", "un sur cinq"),
    ("fr", "un Français sur cinq"),
    ("fr", "500 de moins qu'hier"),
    ("fr", "plus de 500 de moins"),
    ("fr", "vingt-et-unième brigade"),
    ("fr", "dans les 3 villages"),
    ("fr", "sous 3 jours"),
    ("fr", "augmenté de 500 à 1000"),
    ("fr", "hausse de 20 %"),
    ("fr", "500 n'est pas exact"),
    ("fr", "un mort et deux blessés"),
    ("de", "einer von fünf"),
    ("de", "20 Prozent weniger als im Vorjahr"),
    ("de", "500 weniger als gestern"),
    ("de", "10.000 nicht überschreiten"),
    ("de", "übersteigt 10.000 nicht"),
    ("de", "das 20-fache"),
    ("de", "mehr als doppelt so viele"),
    ("de", "unter den 3 Toten"),
    ("de", "um 20 Prozent gestiegen"),
    ("de", "um mehr als 500"),
    ("de", "alle bis auf 3"),
    ("de", "bis auf 500 gestiegen"),
    ("de", "bis 2024"),
    ("de", "50 Promille"),
    ("de", "50 Prozentpunkte"),
    ("de", "zwei- bis dreihunderttausend"),
    ("de", "ein Toter und zwei Verletzte"),
    ("de", "3. Brigade"),
    ("es", "uno de cada cinco"),
    ("es", "500 menos que ayer"),
    ("es", "el tercer ejército"),
    ("es", "3.ª brigada"),
    ("es", "hasta 2024"),
    ("es", "hasta el 5"),
    ("es", "aumentó en 500"),
    ("es", "pasó de 500 a 600"),
    ("es", "subió un 20 %"),
    ("es", "bajo 500"),
    ("es", "500 no"),
    ("es", "un muerto y dos heridos"),
    ("it", "uno su cinque"),
    ("it", "un italiano su cinque"),
    ("it", "500 in meno"),
    ("it", "mille e uno"),
    ("it", "cento e uno"),
    ("it", "sui 3 accordi"),
    ("it", "aumentati di 500 a 600"),
    ("it", "fino al 2024"),
    ("it", "neanche 500"),
    ("it", "500 non"),
    ("pt", "um em cinco"),
    ("pt", "500 a menos"),
    ("pt", "beira os 500"),
    ("pt", "aumentou em 500"),
    ("pt", "queda de 20%"),
    ("pt", "até 2024"),
    ("pt", "500 não"),
    ("nl", "een op de vijf"),
    ("nl", "500 minder"),
    ("nl", "overschrijdt 10.000 niet"),
    ("nl", "tot 2024"),
    ("nl", "met 500 gestegen"),
    ("nl", "50 promille"),
    ("nl", "op 3 na"),
    ("ru", "500 меньше, чем вчера"),
    ("ru", "тридцать первая бригада"),
    ("ru", "сто первый"),
    ("ru", "155-я бригада"),
    ("ru", "155 бригада"),
    ("ru", "до 2024"),
    ("ru", "человек 500"),
    ("ru", "лет 20"),
    ("ru", "выросло на 500"),
    ("ru", "выросло до 500"),
    ("ru", "500 не подтверждено"),
    ("ru", "50 процентных пунктов"),
    ("uk", "500 менше, ніж учора"),
    ("uk", "тридцять перша бригада"),
    ("uk", "3-тя бригада"),
    ("uk", "до 2024"),
    ("uk", "зросло на 500"),
    ("uk", "немає 500"),
    ("ko", "500명은 아니다"),
    ("ko", "500명이 아니다"),
    ("ko", "조사 결과 이는 300명만이 아니다"),
    ("ko", "제3여단"),
    ("ko", "3여단"),
    ("ko", "1만여단"),
    ("ko", "93여단"),
    ("ko", "3대대"),
    ("ko", "이 만 명"),
    ("ko", "5명 중 한 명"),
    ("ko", "500명 감소"),
)


def _sentence_id(value: object) -> str:
    return ascii(value)[1:-1][:40] if isinstance(value, str) else str(value)


@pytest.mark.parametrize(("code", "text", "qualifier", "lower", "upper", "point"), SENTENCES, ids=_sentence_id)
def test_sentences_are_read(
    code: str, text: str, qualifier: str, lower: int | None, upper: int | None, point: int | None
) -> None:
    figure = parse(text, language=code).figure
    assert (figure.qualifier.value, figure.lower, figure.upper, figure.point) == (qualifier, lower, upper, point)


@pytest.mark.parametrize(("code", "text"), REFUSED, ids=_sentence_id)
def test_sentences_with_two_readings_are_refused(code: str, text: str) -> None:
    with pytest.raises(FigureError):
        parse(text, language=code)


def test_languages_are_offered_with_english_first_then_by_name() -> None:
    names = list(LANGUAGES.values())
    assert names[0] == "English"
    assert names[1:] == sorted(names[1:])
    assert len(BY_CODE) == len(ALL)
