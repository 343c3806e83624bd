"""Texts that are no figure, and where the reader is told to look: ambiguity is refused, never coerced (model.md §3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that must be refused, the positions that name the offending part, and the language it is read in."""

    text: str
    positions: frozenset[int]
    language: str | None = None


def refused(text: str, *offending: str | int, language: str | None = None) -> Refusal:
    """Each offending part is the beginning of what cannot be read: a piece of the text, or its index.

    More than one where a reader could reasonably be pointed to any of them.
    """
    return Refusal(text, frozenset(part if isinstance(part, int) else text.index(part) for part in offending), language)


def no_figure(text: str, *offending: str | int, language: str | None = None) -> Refusal:
    """Nothing in the text is a number: its beginning or its end is as good a place as any."""
    return refused(text, 0, len(text), *offending, language=language)


SEPARATORS: tuple[Refusal, ...] = (
    refused("1,50", "1,50", ",50", "50"),
    refused("about 1,50", "1,50", ",50", "50"),
    refused("1.000", "1.000", ".000", "000"),
    refused("3.000 soldiers", "3.000", ".000", "000"),
    refused("about 12.500", "12.500", ".500", "500"),
    refused("10,00,0", 0, 2, 3, 5, 6),
    refused("1,0000", 0, 1, 2, 5),
    refused("10,000,00", 0, 6, 7),
    refused("12,34 soldiers", "12,34", ",34", "34"),
    refused("1,,000", "1,,000", ",,000", "000", 2),
    refused("10..5", "10..5", "..5", "5", 3),
    refused("1.2.3", "1.2.3", ".2.3", "2.3", ".3", "3"),
    refused("1.00.000", 0, 1, 2, 4, 5),
    refused("10,000.5.5", 0, 6, 8, 9),
    refused("192.168.0.1", 0, 3, 4, 7, 8, 9, 10),
    refused("10 00 000", "10 00 000", " 00 000", "00 000", " 000", "000"),
    refused("3,500", "3,500", ",500", "500", language="de"),
    refused("etwa 3,500 Soldaten", "3,500", ",500", "500", language="de"),
    refused("3,500", "3,500", ",500", "500", language="es"),
    refused("3,500", "3,500", ",500", "500", language="fr"),
    refused("3,500", "3,500", ",500", "500", language="ru"),
    refused("1.50", "1.50", ".50", "50", language="de"),
    refused("3.50.000", 0, 1, 2, 4, 5, language="de"),
)

NUMBERS: tuple[Refusal, ...] = (
    refused("--5", "--5", "-5", "5"),
    refused("1e400", "1e400", "e400"),
    refused("0x10", "0x10", "x10"),
    refused("1_000", "1_000", "_000", "000"),
    refused("10kk", "10kk", "kk", 3),
    refused("240mm", "240mm", "mm", 4),
    refused("152mm shells", "152mm", "mm", 4),
    refused("negative 5", "negative", "5"),
    no_figure("NaN"),
    no_figure("inf"),
    no_figure("Infinity"),
    no_figure("-inf", "inf"),
    no_figure("∞"),
    refused("10²", "10²", "²"),
    no_figure("Ⅻ"),
    refused("1234567890123456", 0, 15),
    refused("about 1,234,567,890,123,456 soldiers", "1,234", ",456 "),
    refused("0.1234567890123456", 0, 2, 17),
    refused("10\ud800000", 0, 2, 3),
    refused("12\x00000", 0, 2, 3),
)

NOTHING: tuple[Refusal, ...] = (
    no_figure(""),
    no_figure("   "),
    no_figure("\u00a0\u2009"),
    no_figure("\n\t"),
    no_figure("\u200b"),
    no_figure("\x00"),
    no_figure("\ud800"),
    no_figure("🪖"),
    no_figure("…"),
    no_figure("%"),
    no_figure("officers"),
    no_figure("North Korean soldiers"),
    no_figure("unknown"),
    refused("about 12,000 " + "x" * 988, 0, 1000),
    refused("1" * 1001, 0, 15, 1000),
)

HEDGES_ALONE: tuple[Refusal, ...] = (
    no_figure("about"),
    no_figure("at least"),
    no_figure("more than"),
    no_figure("up to"),
    no_figure("some soldiers", "soldiers"),
    no_figure("at least soldiers", "soldiers"),
    no_figure("~"),
    no_figure(">"),
    no_figure("±"),
    no_figure("between"),
    refused("between 10 and", 0, "10", "and", 10, 14),
    refused("10,000 ±", 0, "±", 8),
    refused("± 40", "±", "40"),
    refused("10,000 ± -500", "±", "-500"),
    no_figure("environ", language="fr"),
)

CONTRADICTIONS: tuple[Refusal, ...] = (
    refused("at least up to 40", "at least", "up to"),
    refused("up to 40 or more", "up to", "40", "or more"),
    refused("more than fewer than 40", "more than", "fewer than"),
    refused("at least 40 at most", "at least", "40", "at most"),
    refused("fewer than 40+", "fewer than", "40", "+"),
    refused("at most 40 or more", "at most", "40", "or more"),
    refused("no more than 40 or more", "no more than", "40", "or more"),
    refused("≤ 40+", "≤", "40", "+"),
    refused("up to 10,000 to 12,000", "up to", "10,000", "to 12,000", "12,000"),
    refused("more than 10,000-12,000", "more than", "10,000", "-12,000", "12,000"),
    refused("at least between 10 and 20", "at least", "between", "10", "and", "20"),
    refused("10-20+", "10-20", "20", "+"),
    refused("10,000 to 12,000 or more", "10,000", "to 12,000", "12,000", "or more"),
    refused("10,000-9,000", "10,000", "-9,000", "9,000"),
    refused("between 4 and 3 million", "between", "4", "and", "3"),
    refused("20 to 10", "20", "to", "10"),
    refused("10-10,500", 0, 2, 3),
    refused("more than 10,000 but less than 9,000", "more than", "10,000", "but", "less than", "9,000"),
    refused("15,000 (16,000–18,000)", "15,000", "(", "16,000"),
    refused("10.000-9.000", "10.000", "-9.000", "9.000", language="de"),
)

NOT_THAT_NUMBER: tuple[Refusal, ...] = (
    refused("not 10,000", "not", "10,000"),
    refused("not about 500", "not", "about", "500"),
    refused("not even 40", "not", "even", "40"),
    refused("not exactly 40", "not", "exactly", "40"),
    refused("hardly 500", "hardly", "500"),
    refused("scarcely 500", "scarcely", "500"),
    refused("twice 3,000", "twice", "3,000"),
    refused("double the 4,500", "double", "the", "4,500"),
    refused("triple 500", "triple", "500"),
    refused("three times 3,000", "three", "times", "3,000"),
    refused("10 times 300", "10", "times", "300"),
    refused("3 x 500", "3", "x", "500"),
    refused("2 × 6,000", "2", "×", "6,000"),
    refused("half of 10,000", "half", "of", "10,000"),
    refused("a third of the 12,000 soldiers", 0, "third", "of", "the", "12,000"),
    refused("two-thirds of 4,000", 0, "of", "4,000"),
    refused("40% of 12,000", "40%", "of", "12,000"),
    refused("10-20 % of what", "10-20", "%", "of", "what"),
)

NO_QUANTITIES: tuple[Refusal, ...] = (
    refused("2024-11-05", 0, 4, 5, 7, 8),
    refused("since 2024-11-05", "2024", "-11", "11", "-05", "05"),
    refused("2024/11/05", 0, 4, 5, 7, 8),
    refused("2024-11", 0, 4, 5),
    refused("5 November 2024", "5", "November", "2024"),
    refused("5 Nov 2024", "5", "Nov", "2024"),
    refused("on 5 November", "5", "November"),
    refused("1 March", "1", "March"),
    refused("5 May", "5", "May"),
    refused("November 5, 2024", "November", "5", "2024"),
    refused("05/11/2024", 0, 2, 3, 5, 6),
    refused("5.11.2024", 0, 1, 2, 4, 5),
    refused("14:30", 0, 2, 3),
    refused("at 14:30", 3, 5, 6),
    refused("2:30 pm", 0, 1, 2),
    refused("5 pm", "5", "pm"),
    refused("3:1", 0, 1, 2),
    refused("+44 20 7946 0958", 0, 1, 3, 4, 6, 7, 11, 12),
    refused("010-1234-5678", 0, 3, 4, 8, 9),
    refused("+1-202-555-0143", 0, 1, 2, 3, 6, 7, 10, 11),
)

TWO_FIGURES: tuple[Refusal, ...] = (
    refused("110,000 people; about 20,000", ";", "about", "20,000"),
    refused("40 and 50", "and", "50"),
    refused("10 20", 2, "20"),
    refused("10,000 12,000", 6, "12,000"),
    refused("12,000 troops, 500 officers", ", 500", "500"),
    refused("one soldier, two officers", ",", "two"),
    refused("500 killed and 2,700 wounded", "and", "2,700"),
    refused("about 10,000; at least 12,000", ";", "at least", "12,000"),
    refused("4,000 of the 11,000 troops", "of", "11,000"),
    refused("40 percent or 4,000", "40", "or", "4,000"),
    refused("around 220 pieces of 170 millimeter howitzers", "170"),
    refused("four brigades of 12,000 soldiers", 0, "12,000"),
    refused("dozens of soldiers and 3 officers", "and", "3"),
    refused("12.000 Soldaten, 500 Offiziere", ", 500", "500", language="de"),
)

#: Each was once read as a figure that nobody had stated.
MISREAD_ONCE: tuple[Refusal, ...] = (
    refused("1 to 1e30", 0),
    refused("[-∞, ∞]", 0),
    refused("]5, 5[", 0),
    refused("10 ± 1e20", "1e20"),
    refused("33 ± 33.3333333333333%", "33.3333333333333"),
    refused("35k-40", "40"),
    refused("10 thousand–12", "12"),
    refused("1 million-500 people", "500"),
    refused("one to two thirds", 0),
    refused("several people killed in 3 attacks", "3"),
    refused("a brigade lost 2 tanks", "2"),
    refused("500 fewer than last week", "fewer"),
    refused("500 more than expected", "more"),
    refused("20 percent less than last year", "less"),
    refused("rose by 2,000 to 10,000", 0),
    refused("up 2,000 to 10,000", 0),
    refused("doesn't exceed 10,000", 0),
    refused("cannot exceed 10,000", 0),
    refused("mehr als 500", 0),
    refused("plus de 500", 0),
    refused("أكثر من ١٢٬٠٠٠", 0),
    refused("twenty-first brigade", "-first"),
    refused("half as many", 0),
    refused("5‰", "‰"),
    refused("50 percentage points", "percentage"),
    refused("between 2022 and 2024", "2022"),
    refused("from 2014 to 2022", "2014"),
    refused("3-5 November", 0),
    refused("above all 500 people", 0),
    refused("under a 30-day ceasefire", 0),
    refused("up to now 500", 0),
    refused("a man and two women", 0),
    refused("9M723", "723"),
    refused("six-figure sum", "-figure"),
    refused("denied that 10,000", 0),
    refused("not hundreds but thousands", 0),
    refused("between the army and 500 rebels", 0),
    refused("nearly 11 to 12,000", 0),
    refused("exactly 10 to 12", 0),
    refused("nearly 0", 0),
)

REFUSALS: tuple[Refusal, ...] = (
    *MISREAD_ONCE,
    *SEPARATORS,
    *NUMBERS,
    *NOTHING,
    *HEDGES_ALONE,
    *CONTRADICTIONS,
    *NOT_THAT_NUMBER,
    *NO_QUANTITIES,
    *TWO_FIGURES,
)
