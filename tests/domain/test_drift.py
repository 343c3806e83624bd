"""How a printed figure differs from its claim; cases named z… are citations of the demo."""

import re

import pytest
from hypothesis import given

from apps.domain.claims import ClaimFacts
from apps.domain.drift import Drift, DriftKind, Printed, drift
from apps.domain.figures import Figure
from apps.domain.sentences import Names
from apps.domain.vocabulary import Qualifier
from tests.domain.figure_examples import (
    about,
    at_least,
    between,
    exactly,
    figure,
    just_over,
    less_than,
    more_than,
    nearly,
    up_to,
    vague,
)
from tests.domain.strategies import any_figures, sound_figures

NAMES = Names(
    places={"russia": "Russia", "kursk-oblast": "Kursk Oblast"},
    actors={"rok": "South Korea", "russia": "Russian Federation"},
    questions={"troops-present": "How many are present?"},
)


def claim(words: Figure, *, joint: frozenset[str] = frozenset()) -> ClaimFacts:
    return ClaimFacts("c002", "troops-present", "russia", "rok-mnd", words, joint_claimants=joint)


def unquantified(words: str) -> Figure:
    return figure(words, Qualifier.UNQUANTIFIED)


def kinds(stated: Figure, printed: Figure) -> list[str]:
    return [found.kind.value for found in drift(claim(stated), None, Printed(printed))]


#: stated, printed, kinds
CASES = [
    # The same figure in other words.
    (exactly("11000", "already 11,000"), exactly("11000", "already eleven thousand"), []),  # z007
    (more_than("10000"), figure("1만여 명", Qualifier.MORE_THAN, low="10000", has_low=False, point="10000"), []),
    (about("1000", "around 1,000"), about("1000", "about one-thousand"), []),  # z158
    (exactly("500"), exactly("500.0"), []),
    (at_least("100"), more_than("100"), []),  # z113
    (less_than("40"), up_to("40"), []),
    (figure("at least 40", Qualifier.AT_LEAST, low="40", has_low=True), at_least("40"), []),
    (vague("Several hundred casualties"), vague("‘Several hundred’"), []),  # z102
    (vague("a battalion"), vague("a regiment"), []),
    (between("10", "20", point="15"), between("10", "20"), []),
    # Bounds.
    (up_to("40"), more_than("40"), ["bound_flipped"]),  # z010
    (more_than("40"), up_to("40"), ["bound_flipped"]),
    (more_than("3000"), nearly("3000"), ["bound_flipped"]),  # z119
    (nearly("3000"), just_over("3000"), ["bound_flipped"]),
    (up_to("40"), at_least("50"), ["bound_flipped", "value_changed"]),
    # Hedges.
    (nearly("12000"), about("12000"), ["hedge_lost"]),  # z004
    (about("11000"), nearly("11000"), ["hedge_added"]),  # z022
    (nearly("1000"), exactly("1000", "another thousand"), ["hedge_lost"]),  # z114
    (more_than("10000"), about("10000"), ["hedge_lost"]),  # z011
    (about("1100"), at_least("1100"), ["hedge_added"]),  # z116
    (up_to("8000"), exactly("8000"), ["hedge_lost"]),  # z060
    (at_least("10000"), exactly("10000"), ["hedge_lost"]),
    (about("1500"), exactly("1500"), ["hedge_lost"]),  # z024
    (exactly("4000"), about("4000"), ["hedge_added"]),  # z164
    (exactly("600"), at_least("600"), ["hedge_added"]),  # z239
    (at_least("3000", is_hedged=True), at_least("3000"), ["hedge_lost"]),
    (at_least("3000"), at_least("3000", is_hedged=True), ["hedge_added"]),
    (between("11000", "12000", is_hedged=True), between("11000", "12000"), ["hedge_lost"]),
    (between("11000", "12000"), between("11000", "12000", is_hedged=True), ["hedge_added"]),
    # Numbers.
    (exactly("4700"), exactly("4100"), ["value_changed"]),  # z205
    (more_than("200"), at_least("220"), ["value_changed"]),  # z109
    (about("11000"), about("10900"), ["value_changed"]),  # z080: sharper than it was said
    (exactly("10900"), exactly("11000"), ["rounded"]),
    (exactly("4700"), about("5000"), ["hedge_added", "rounded"]),
    (exactly("4500"), exactly("4000"), ["rounded"]),  # a half goes either way
    (exactly("4500"), exactly("5000"), ["rounded"]),
    (exactly("4500"), exactly("6000"), ["value_changed"]),
    (exactly("600"), exactly("1000"), ["value_changed"]),  # no digit of it is left
    (exactly("33.3"), exactly("33"), ["rounded"]),
    (exactly("0"), exactly("10"), ["value_changed"]),
    (exactly("15000"), between("15000", "18000"), ["value_changed"]),  # z203
    (exactly("4700"), between("4700", "5000"), ["value_changed"]),  # the new end is no rounding
    (vague("thousands"), exactly("3000"), ["value_changed"]),
    (vague("hundreds"), vague("thousands"), ["value_changed"]),
    # Ranges and magnitudes.
    (between("25000", "30000"), up_to("30000"), ["range_collapsed"]),  # z224
    (between("11000", "12000"), about("12000"), ["range_collapsed"]),
    (between("11000", "12000", is_hedged=True), exactly("12000"), ["hedge_lost", "range_collapsed"]),
    (between("11000", "12000"), about("15000"), ["value_changed", "range_collapsed"]),
    (between("12000", "18000", point="15000"), exactly("15000"), ["range_collapsed"]),
    (more_than("10000000"), vague("several million artillery shells"), ["magnitude_lost"]),  # z219
    (exactly("3000"), vague("thousands"), ["magnitude_lost"]),
    (exactly("3000"), vague("many"), ["magnitude_lost"]),
    (between("11000", "12000"), vague("thousands"), ["magnitude_lost"]),
    (vague("hundreds of thousands"), vague("thousands"), ["magnitude_lost"]),
    (vague("thousands"), vague("hundreds"), ["magnitude_lost"]),
    (vague("thousands"), unquantified("many"), ["magnitude_lost"]),
    (vague("a battalion"), unquantified("many"), ["magnitude_lost"]),
    (vague("many"), unquantified("Many"), []),
    (vague("scores"), vague("dozens"), ["value_changed"]),  # they overlap: none is an order of magnitude less
    (vague("thousands"), vague("a regiment"), []),  # what a regiment counts is not ours to say
    (exactly("110000"), exactly("11000"), ["value_changed"]),
]


@pytest.mark.parametrize(("stated", "printed", "expected"), CASES)
def test_how_a_figure_drifted(stated: Figure, printed: Figure, expected: list[str]) -> None:
    assert kinds(stated, printed) == expected


def test_every_kind_of_a_figure_has_a_case() -> None:
    of_scope = {"question_changed", "place_changed", "claimant_changed", "speaker_changed"}
    assert {kind for _, _, found in CASES for kind in found} | of_scope == {kind.value for kind in DriftKind}


def test_the_sentence_names_both_wordings() -> None:
    found = drift(claim(up_to("40")), None, Printed(more_than("40")))
    text = "“up to 40” was printed as “more than 40”: an upper bound became a lower bound."
    assert found == (Drift(DriftKind.BOUND_FLIPPED, text),)


@pytest.mark.parametrize(
    ("stated", "printed", "why"),
    [
        (exactly("3000"), vague("thousands"), "the number was lost, its order of magnitude is left"),
        (
            exactly("30000"),
            vague("thousands"),
            "the number was lost, and the words, as we read them, mean 2,000 to 9,999",
        ),
        (exactly("3000"), vague("a regiment"), "the number was lost"),
        (
            exactly("3000"),
            unquantified("many"),
            "the number and its order of magnitude were lost",
        ),
        (vague("thousands"), unquantified("many"), "the order of magnitude was lost"),
        (
            vague("thousands"),
            vague("hundreds"),
            "as we read the words, 2,000 to 9,999 became 200 to 999",
        ),
        (exactly("11000"), exactly("12000"), "the number is another"),
        (exactly("110000"), exactly("11000"), "the number is another, a tenth or less"),
        (exactly("11000"), exactly("110000"), "the number is another, at least ten times as high"),
        (exactly("11000"), exactly("0"), "the number is another"),
        (exactly("11000"), exactly("109000"), "the number is another"),
        (exactly("10800"), exactly("11000"), "the number was rounded"),
        (exactly("15000"), between("15000", "18000"), "a plain number became a range"),
        (between("25000", "30000"), up_to("30000"), "a range became an upper bound"),
        (vague("thousands"), exactly("3000"), "the claim gives no number"),
        (about("40"), exactly("40"), "an approximation became a plain number"),
        (just_over("40"), about("40"), "an approximation from above became an approximation"),
        (at_least("40"), at_least("40", is_hedged=True), "a lower bound became a hedged lower bound"),
    ],
)
def test_the_sentence_says_what_became_of_the_figure(stated: Figure, printed: Figure, why: str) -> None:
    (found,) = drift(claim(stated), None, Printed(printed))
    assert found.text.split(": ", 1)[1] == f"{why}."


def test_a_translation_is_said_to_be_one() -> None:
    (found,) = drift(claim(nearly("12000")), None, Printed(about("12000"), is_translated=True))
    assert found.text == (
        "“nearly 12000” was printed in translation as “about 12000”: an approximation from below became an "
        "approximation."
    )


def test_a_question_and_a_hedge_can_change_at_once() -> None:  # z011
    printed = Printed(about("10000"), question="troops-sent")
    found = drift(claim(more_than("10000")), None, printed, names=NAMES)
    assert [each.kind for each in found] == [DriftKind.HEDGE_LOST, DriftKind.QUESTION_CHANGED]
    assert found[1].text == "Printed on “troops-sent”; the claim is on “How many are present?”."


def test_another_place_alone() -> None:  # z009
    found = drift(claim(more_than("10000")), None, Printed(more_than("10000"), place="kursk-oblast"), names=NAMES)
    assert found == (Drift(DriftKind.PLACE_CHANGED, "Printed for Kursk Oblast; the claim is for Russia."),)


def test_another_claimant() -> None:  # z010
    found = drift(claim(about("40")), None, Printed(about("40"), claimant="rok"), names=NAMES)
    assert found == (Drift(DriftKind.CLAIMANT_CHANGED, "Printed as a figure of South Korea; the claim is of rok-mnd."),)


def test_a_joint_claimant_is_no_other_claimant() -> None:
    assert drift(claim(about("40"), joint=frozenset({"rok"})), None, Printed(about("40"), claimant="rok")) == ()


@pytest.mark.parametrize(
    ("speaker", "ending"),
    [(None, "the claim names no speaker."), ("", "the claim names no speaker."), ("Kim", "the claim names Kim.")],
)
def test_another_speaker(speaker: str | None, ending: str) -> None:
    found = drift(claim(about("40")), speaker, Printed(about("40"), speaker="Lee"))
    assert found == (Drift(DriftKind.SPEAKER_CHANGED, f"Printed with Lee as speaker; {ending}"),)


def test_what_is_printed_as_it_is_claimed_did_not_drift() -> None:
    same = Printed(about("40"), question="troops-present", place="russia", claimant="rok-mnd", speaker="Kim")
    assert drift(claim(about("40")), "Kim", same) == ()


@given(sound_figures)
def test_a_figure_printed_as_stated_never_drifts(words: Figure) -> None:
    assert kinds(words, words) == []


@given(sound_figures, sound_figures)
def test_changes_are_told_once_each_in_a_sentence(stated: Figure, printed: Figure) -> None:
    found = drift(claim(stated), None, Printed(printed))
    assert len({each.kind for each in found}) == len(found)
    assert all(re.fullmatch(r"“.*” was printed as “.*”: .*\.", each.text, re.DOTALL) for each in found)


@given(any_figures, any_figures)
def test_no_pair_of_figures_makes_it_fail(stated: Figure, printed: Figure) -> None:
    kinds(stated, printed)
