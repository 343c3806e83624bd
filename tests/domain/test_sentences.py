"""The sentences over a comparison, on comparisons made by hand."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.domain.claims import ClaimFacts, QuestionFacts, Settings, Tree
from apps.domain.figures import Figure, Interval
from apps.domain.periods import PartialDate, Period
from apps.domain.reading import read_for
from apps.domain.results import (
    Agreement,
    Apart,
    Comparison,
    Contradiction,
    LeftOut,
    Reason,
    Relation,
    Standing,
)
from apps.domain.sentences import (
    Names,
    Phrase,
    PhraseKind,
    claim_sentence,
    holding_words,
    left_out_words,
    summary,
    text_of,
)
from apps.domain.vocabulary import Measure, Qualifier
from tests.domain.figure_examples import about, at_least, between, exactly, figure, more_than, up_to
from tests.domain.strategies import sound_figures

DAY = date(2024, 11, 5)
NAMES = Names(
    places={"russia": "Russia", "kursk": "Kursk Oblast"},
    actors={
        "us-state": "US State Department",
        "ua-president": "President of Ukraine",
        "rok": "Ministry of Defence (South Korea)",
    },
    unit="persons",
    questions={"killed": "How many were killed?"},
)


def claim(
    claim_id: str, words: Figure, claimant: str, *, place: str = "russia", as_of: str = "2024-11-04"
) -> ClaimFacts:
    return ClaimFacts(claim_id, "present", place, claimant, words, as_of=Period(PartialDate.parse(as_of)))


def comparison(
    claims: Sequence[ClaimFacts],
    *,
    measure: Measure = Measure.STOCK,
    unit: str = "persons",
    window_days: int | None = None,
    contradictions: Sequence[Contradiction] = (),
    agreements: Sequence[Agreement] = (),
    apart: Sequence[Apart] = (),
    others: Sequence[ClaimFacts] = (),
    is_strict: bool = False,
) -> Comparison:
    """The results in which all of `claims` are compared and `others` belong to other questions."""
    return Comparison(
        question=QuestionFacts("present", unit, measure, window_days=window_days),
        on=DAY,
        is_strict=is_strict,
        standings=tuple(Standing(each, None) for each in (*claims, *others)),
        contradictions=tuple(contradictions),
        agreements=tuple(agreements),
        spans=(),
        apart=tuple(apart),
        findings=(),
        left_out=(),
    )


def pair(lower: str, upper: str, gap: int = 500, relation: Relation = Relation.SAME) -> Contradiction:
    return Contradiction(lower, upper, Decimal(gap), relation)


def agreement(place: str, low: int | None, high: int | None, n: int, of: int) -> Agreement:
    lower, upper = (None if end is None else Decimal(end) for end in (low, high))
    return Agreement(place, Interval(lower, upper), n, of)


def said(result: Comparison, names: Names = NAMES) -> str:
    return text_of(summary(result, names))


RUSSIA = [
    claim("c002", figure("More than 10,000", Qualifier.MORE_THAN, low="10000", has_low=False), "rok"),
    claim("c013", between("11000", "12000", is_hedged=True), "us-dod"),
    claim("c065", about("12000", "about 12,000"), "ua-mod"),
]
KURSK = [
    claim("c012", figure("as many as 10,000", Qualifier.UP_TO, high="10000", has_high=True), "us-state", place="kursk"),
    claim("c014", at_least("10000"), "us-dod", place="kursk"),
    claim("c064", exactly("11000", "already 11,000"), "ua-president", place="kursk"),
]
IN_RUSSIA = agreement("russia", 10_800, 13_200, 3, 3)
IN_KURSK = [agreement("kursk", 10_000, 10_000, 2, 3), agreement("kursk", 10_500, 11_500, 2, 3)]


def test_the_sentence_of_the_demo() -> None:
    result = comparison(
        RUSSIA + KURSK, contradictions=[pair("c064", "c012")], agreements=[IN_RUSSIA, *IN_KURSK], window_days=3
    )
    assert said(result) == (
        "3 claimants give figures for Russia in the 3 days to 5 Nov 2024, from “more than 10,000” to “about 12,000”; "
        "all hold at once if 10,800 to 13,200 people were there. In Kursk Oblast, “as many as 10,000” "
        "(US State Department) and “already 11,000” (President of Ukraine) cannot both hold; 2 of the 3 figures hold "
        "at once if either exactly 10,000 or 10,500 to 11,500 people were there."
    )


def test_phrases_carry_their_claim_and_kind() -> None:
    phrases = summary(comparison(KURSK, contradictions=[pair("c064", "c012")], agreements=IN_KURSK), NAMES)
    assert Phrase("“already 11,000”", PhraseKind.FIGURE, "c064") in phrases
    assert Phrase("cannot both hold", PhraseKind.CLASH) in phrases
    assert Phrase("2 of the 3 figures hold at once", PhraseKind.AGREE) in phrases


def test_nothing_compared() -> None:
    assert said(comparison([])) == "No figures are compared in the 3 days to 5 Nov 2024."


def test_nothing_compared_but_some_apart() -> None:
    apart = [Apart(f"c{n}", Reason.TOO_OLD, "") for n in range(2)]
    expected = "No figures are compared in the 3 days to 5 Nov 2024. Two are listed apart, with the reason."
    assert said(comparison([], apart=apart)) == expected


def test_one_figure() -> None:
    expected = (
        "One figure is compared for Russia in the 3 days to 5 Nov 2024: “more than 10,000” "
        "(Ministry of Defence, South Korea)."
    )
    assert said(comparison(RUSSIA[:1])) == expected


def test_several_places_with_one_figure_each() -> None:
    assert said(comparison([RUSSIA[2], KURSK[0]])) == (
        "One figure each in the 3 days to 5 Nov 2024: “about 12,000” for Russia (ua-mod) and “as many as 10,000” for "
        "Kursk Oblast (US State Department)."
    )


def test_many_places_with_one_figure_each_are_named_and_counted() -> None:
    claims = [claim(f"c{n}", about("5"), "rok", place=f"place {n}") for n in range(5)]
    expected = "One figure each in the 3 days to 5 Nov 2024 for place 0, place 1, place 2 and 2 more places."
    assert said(comparison(claims)) == expected


def test_a_single_figure_beside_a_place_with_several() -> None:
    assert said(comparison([*RUSSIA, KURSK[0]], agreements=[IN_RUSSIA])).endswith(
        " One figure is compared for Kursk Oblast: “as many as 10,000” (US State Department)."
    )


def test_more_than_three_places_with_several_figures() -> None:
    claims = [claim(f"c{n}{who}", about("5"), who, place=f"place {n}") for n in range(5) for who in ("a", "b")]
    assert said(comparison(claims)).endswith(" Two more places with several figures, listed below.")


def test_several_pairs_name_the_widest() -> None:
    more = claim("c099", exactly("9000"), "isw", place="kursk")
    result = comparison([*KURSK, more], contradictions=[pair("c064", "c012", 500), pair("c064", "c099", 1500)])
    assert said(result) == (
        "4 claimants give figures for Kursk Oblast in the 3 days to 5 Nov 2024, from “9000” to “already 11,000”. "
        "2 pairs of figures cannot both hold: “9000” (isw) and “already 11,000” (President of Ukraine), furthest "
        "apart, and 1 more pair, listed below."
    )


def test_a_pair_across_places_names_both_and_why() -> None:
    result = comparison(
        [claim("c1", up_to("9000"), "rok"), claim("c2", at_least("10000"), "us-state", place="kursk")],
        contradictions=[pair("c2", "c1", 1000, Relation.NESTED_PLACE)],
    )
    assert said(result).endswith(
        " “up to 9000” for Russia (Ministry of Defence, South Korea) and “at least 10000” for Kursk Oblast "
        "(US State Department) cannot both hold: the higher figure is for a place inside the other’s."
    )


def test_a_pair_across_questions_names_the_other_question() -> None:
    killed = ClaimFacts("c9", "killed", "russia", "isw", at_least("99000"))
    result = comparison(RUSSIA, others=[killed], contradictions=[pair("c9", "c065", 1000, Relation.NESTED_QUESTION)])
    assert said(result).endswith(
        " “about 12,000” for Russia (ua-mod) and “at least 99000” on “How many were killed?” for Russia (isw) cannot "
        "both hold: the higher figure counts a part of what the other counts."
    )


def test_figures_of_other_questions_are_not_counted() -> None:
    killed = ClaimFacts("c9", "killed", "russia", "isw", at_least("99000"))
    assert said(comparison(RUSSIA, others=[killed])).startswith("3 claimants give figures for Russia")


def test_two_figures_hold_both() -> None:
    result = comparison(RUSSIA[1:], agreements=[agreement("russia", 10_800, None, 2, 2)])
    assert said(result).endswith("; both hold at once if 10,800 or more people were there.")


def test_an_agreement_of_one_is_none() -> None:
    result = comparison(RUSSIA[1:], agreements=[agreement("russia", 1, 2, 1, 2), agreement("russia", 5, 6, 1, 2)])
    assert "hold" not in said(result)


def test_many_agreements_are_counted() -> None:
    found = [agreement("russia", 10 * n, 10 * n + 1, 2, 3) for n in range(4)]
    assert "hold at once if one of 4 ranges of people, listed below, were there" in said(
        comparison(RUSSIA, agreements=found)
    )


def test_one_claimant_with_several_figures_is_counted_once() -> None:
    claims = [claim("c1", about("5"), "rok"), claim("c2", about("9"), "rok")]
    assert said(comparison(claims)).startswith("1 claimant gives 2 figures for Russia")


def test_equal_numbers_are_not_a_range() -> None:
    claims = [claim("c1", about("5"), "a"), claim("c2", at_least("5"), "b"), claim("c3", up_to("5"), "c")]
    assert said(comparison(claims[:2])).endswith(", “about 5” and “at least 5”.")
    assert said(comparison(claims)).endswith(", each naming the number 5.")


def test_one_range_around_all_others() -> None:
    claims = [claim("c1", between("5", "50"), "a"), claim("c2", about("7"), "b")]
    assert said(comparison(claims)).endswith(", the widest of them “5 to 50”.")


@pytest.mark.parametrize(
    ("measure", "window_days", "words"),
    [
        (Measure.STOCK, None, "in the 3 days to 5 Nov 2024"),
        (Measure.STOCK, 1, "in the 1 day to 5 Nov 2024"),
        (Measure.STOCK, 0, "on 5 Nov 2024"),
        (Measure.CUMULATIVE, 7, "up to 5 Nov 2024"),
        (Measure.FLOW, 7, "for a period up to 5 Nov 2024"),
    ],
)
def test_the_time_is_that_of_the_measure(measure: Measure, window_days: int | None, words: str) -> None:
    result = comparison(RUSSIA, measure=measure, window_days=window_days)
    assert f" for Russia {words}, " in said(result)


def test_the_sites_window_is_used_where_a_question_has_none() -> None:
    phrases = summary(comparison(RUSSIA), NAMES, settings=Settings(window_days=10))
    assert "in the 10 days to 5 Nov 2024" in text_of(phrases)


def test_what_is_no_presence_is_a_number() -> None:
    result = comparison(RUSSIA, measure=Measure.CUMULATIVE, agreements=[IN_RUSSIA])
    assert said(result).endswith("; all hold at once if the number is 10,800 to 13,200 people.")


def test_older_totals_are_not_said_to_hold() -> None:
    old = claim("c1", exactly("9000"), "rok", as_of="2024-10-01")
    result = comparison(
        [old, RUSSIA[2]], measure=Measure.CUMULATIVE, agreements=[agreement("russia", 10_800, 13_200, 2, 2)]
    )
    assert said(result).endswith("; both allow 10,800 to 13,200 people, older totals counting only as lower bounds.")


def test_shares_are_percent() -> None:
    names = Names(places=NAMES.places, unit="percent")
    result = comparison(RUSSIA, unit="percent", agreements=[agreement("russia", 45, None, 3, 3)])
    assert said(result, names).endswith("; all hold at once if the number is 45 percent or more.")


def test_a_strict_comparison_says_so() -> None:
    assert said(comparison(RUSSIA, is_strict=True)).endswith(" Figures are taken strictly as stated.")


def test_joint_claimants_are_named() -> None:
    joint = ClaimFacts("c1", "present", "russia", "rok", about("5"), joint_claimants=frozenset({"us-state"}))
    assert "(Ministry of Defence, South Korea and US State Department)" in said(comparison([joint]))


def test_a_claims_sentence() -> None:
    asked = Names(places=NAMES.places, actors=NAMES.actors, questions={"present": "How many are present?"})
    assert text_of(claim_sentence(KURSK[0], asked)) == (
        "US State Department said “as many as 10,000” on “How many are present?” for Kursk Oblast, as of 4 Nov 2024."
    )


@pytest.mark.parametrize(
    ("as_of", "stated_on", "ending"),
    [
        (Period(PartialDate(2025, 1), PartialDate(2025, 2)), None, "for Russia, Jan 2025 to Feb 2025."),
        (Period(PartialDate(2025, 1)), PartialDate(2024), "for Russia, as of Jan 2025."),
        (None, PartialDate(2024, 10, 31), "for Russia, stated 31 Oct 2024."),
        (None, None, "for Russia, on an unknown day."),
    ],
)
def test_a_claims_sentence_never_passes_one_date_off_as_another(
    as_of: Period | None, stated_on: PartialDate | None, ending: str
) -> None:
    facts = ClaimFacts("c1", "present", "russia", "rok", about("5"), as_of=as_of, stated_on=stated_on)
    assert text_of(claim_sentence(facts, NAMES)).endswith(ending)


def test_what_holds_without_one_claim() -> None:
    left_out = LeftOut(pair("c064", "c012"), "c012", (IN_RUSSIA, agreement("kursk", 10_500, 11_500, 2, 2)))
    assert left_out_words(left_out, comparison(RUSSIA + KURSK), NAMES) == (
        "Without “as many as 10,000” (US State Department): 10,800 to 13,200 people in Russia (3 of 3); "
        "10,500 to 11,500 people in Kursk Oblast (2 of 2)."
    )


def test_when_nothing_holds_without_it() -> None:
    left_out = LeftOut(pair("c064", "c012"), "c012", (agreement("kursk", 1, 2, 1, 1),))
    assert left_out_words(left_out, comparison(KURSK), NAMES).endswith(
        ": no two figures of a place are left that hold at once."
    )


_LOADED = re.compile(r"\b(?:wrong|right|true|false|exaggerat\w*|reliable|contested|disputed|alleged\w*)\b")


@given(st.lists(sound_figures.filter(lambda each: each.has_number), max_size=6), st.booleans())
def test_no_sentence_judges_or_breaks(figures: list[Figure], is_across: bool) -> None:
    claims = [
        claim(f"c{n}", Figure("x", *_shape(each)), f"actor {n}", place="kursk" if is_across and n % 2 else "russia")
        for n, each in enumerate(figures)
    ]
    pairs = [pair(one.id, other.id) for one in claims for other in claims if one is not other][:3]
    text = said(comparison(claims, contradictions=pairs))
    assert text.endswith(".")
    assert "  " not in text
    assert not _LOADED.search(text)


def _shape(each: Figure) -> tuple[Qualifier, Decimal | None, Decimal | None, bool | None, bool | None, Decimal | None]:
    """Everything of a figure but its words."""
    return each.qualifier, each.lower, each.upper, each.lower_inclusive, each.upper_inclusive, each.point


def test_results_that_name_an_unknown_claim_still_give_a_sentence() -> None:
    assert "claim c777" in said(comparison(KURSK, contradictions=[pair("c064", "c777")]))


def test_a_strict_bound_is_quoted_as_it_was_stated() -> None:
    assert "“more than 40”" in said(comparison([claim("c1", more_than("40"), "rok")]))


# --- when two figures both hold


def holding(
    one: tuple[Figure, str],
    other: tuple[Figure, str],
    *,
    measure: Measure = Measure.STOCK,
    unit: str = "persons",
    days: tuple[str, str] = ("2024-11-04", "2024-11-04"),
) -> str:
    asked = QuestionFacts("present", unit, measure)
    rows = []
    for (words, place), day in zip((one, other), days, strict=True):
        facts = claim("c", words, "rok", place=place, as_of=day)
        rows.append(Standing(facts, read_for(words, asked, settings=Settings())))
    places = Tree({"kursk": "russia", "far-east": "russia"})
    return holding_words(rows[0], rows[1], asked, places, NAMES)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("russia", at_least("10000")), ("russia", up_to("10000")), "exactly 10,000 people were in Russia"),
        (("russia", at_least("10000")), ("russia", more_than("11000")), "above 11,000 people were in Russia"),
        (("kursk", about("10000")), ("kursk", up_to("10000")), "9,000 to 10,000 people were in Kursk Oblast"),
        (("kursk", exactly("1")), ("kursk", at_least("1")), "exactly 1 person was in Kursk Oblast"),
        (
            ("kursk", up_to("10000")),
            ("russia", at_least("11500")),
            "1,500 or more people were in Russia outside Kursk Oblast",
        ),
        (
            ("russia", more_than("11500")),
            ("kursk", up_to("10000")),
            "above 1,500 people were in Russia outside Kursk Oblast",
        ),
        (
            ("kursk", at_least("10000")),
            ("russia", at_least("11500")),
            "the number for Kursk Oblast is not above that for Russia",
        ),
        (
            ("kursk", up_to("10000")),
            ("russia", at_least("10000")),
            "the number for Kursk Oblast is not above that for Russia",
        ),
        (("kursk", up_to("10000")), ("far-east", at_least("10000")), ""),
    ],
)
def test_the_condition_on_which_two_figures_hold(
    one: tuple[str, Figure], other: tuple[str, Figure], words: str
) -> None:
    assert holding(one[::-1], other[::-1]) == words


def test_the_condition_of_a_share_and_of_a_running_total() -> None:
    share = holding((at_least("40"), "russia"), (up_to("50"), "russia"), unit="percent")
    assert share == "the number is 40 to 50 percent"
    nested = holding((up_to("40"), "kursk"), (at_least("50"), "russia"), unit="percent")
    assert nested == "the number for Kursk Oblast is not above that for Russia"
    given = {"measure": Measure.CUMULATIVE}
    total = holding((at_least("40"), "russia"), (up_to("50"), "russia"), **given)  # type: ignore[arg-type]
    assert total == "the number is 40 to 50 people"
    later = holding((exactly("40"), "russia"), (exactly("50"), "russia"), days=("2024-11-01", "2024-11-05"), **given)  # type: ignore[arg-type]
    assert later == "a running total may grow from one day to the next"
    grown = holding(
        (more_than("10000"), "kursk"), (about("3000"), "russia"), days=("2024-11-12", "2024-10-18"), **given
    )  # type: ignore[arg-type]
    assert grown == "a running total may grow from one day to the next"
    bound = holding(
        (more_than("10000"), "kursk"), (about("13000"), "russia"), days=("2024-10-18", "2024-11-12"), **given
    )  # type: ignore[arg-type]
    assert bound == "the number for Kursk Oblast is not above that for Russia"
