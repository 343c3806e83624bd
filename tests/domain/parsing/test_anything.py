"""Whatever is typed: a sound figure or a refusal with a place, and in time that grows with the length alone."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.domain.figure_rules import figure_problems
from apps.domain.parsing import LANGUAGES, MAX_CHARACTERS, FigureError, ParsedFigure, parse

DEMO = Path(__file__).resolve().parents[3] / "demo" / "dprk"
#: Pieces of which figures are made, and what may go wrong between them.
PIECES = (
    *"0123456789 .,-–()[]]%+~<>≥'kmsÀé½٣４만여천",
    "10,000",
    "1.000",
    " to ",
    "between ",
    "and ",
    "at least ",
    "up to ",
    "about ",
    "or more",
    "half",
    "a third",
    " of ",
    "million",
    "thousand",
    "hundreds",
    "a dozen",
    "several ",
    "±",
    "95% CI",
    "∞",
    "not ",
    "1e5",
    "1e30",
    "⅓",
    "\u200f",
    "\u0301",
    "\ud800",
    "\x00",
)
LANGUAGE = st.sampled_from([None, *LANGUAGES])


def stated_values() -> list[str]:
    """Every figure of the demo, in the words in which it was stated or printed."""
    found: set[str] = set()
    for name in ("claims.csv", "citations.csv"):
        with (DEMO / name).open(encoding="utf-8", newline="") as file:
            found |= {row["stated_value"] for row in csv.DictReader(file)}
    return sorted(found)


REAL = stated_values()


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Real words with a few pieces taken out, put in or doubled."""
    words = list(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(words)))
        change = draw(st.sampled_from(["cut", "double", "add", "add"]))
        if change == "cut":
            del words[at : at + draw(st.integers(1, 4))]
        elif change == "double":
            words[at:at] = words[at : at + 5]
        else:
            words.insert(at, draw(st.sampled_from(PIECES)))
    return "".join(words)


def outcome(text: str, language: str | None) -> ParsedFigure | FigureError:
    """What reading a text gives; any other exception goes through."""
    try:
        return parse(text, language=language)
    except FigureError as refusal:
        return refusal


def check(text: str, language: str | None) -> None:
    """Read, and look at whatever comes out."""
    result = outcome(text, language)
    if isinstance(result, FigureError):
        assert 0 <= result.position <= len(text)
        assert result.message.endswith(".")
        assert "\n" not in result.message
    else:
        check_parsed(text, result)


def check_parsed(text: str, parsed: ParsedFigure) -> None:
    assert parsed.figure.stated_value == text
    assert figure_problems(parsed.figure) == ()
    assert 0 <= parsed.start < parsed.end <= len(text)
    assert text[parsed.start : parsed.end].strip() == text[parsed.start : parsed.end]


@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=60), LANGUAGE)
def test_any_text_gives_a_figure_or_a_refusal(text: str, language: str | None) -> None:
    check(text, language)


@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), LANGUAGE)
def test_any_pieces_give_a_figure_or_a_refusal(text: str, language: str | None) -> None:
    check(text, language)


@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated(), LANGUAGE)
def test_real_words_gone_wrong_give_a_figure_or_a_refusal(text: str, language: str | None) -> None:
    check(text, language)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789,. kab½"), min_size=MAX_CHARACTERS, max_size=MAX_CHARACTERS))
def test_the_longest_texts_are_read_or_refused(text: str) -> None:
    check(text, None)


def test_a_text_that_is_too_long_is_refused_at_the_first_character_too_many() -> None:
    with pytest.raises(FigureError) as refused:
        parse("1" * (MAX_CHARACTERS + 1))
    assert refused.value.position == MAX_CHARACTERS


#: Texts that make careless readers slow: what is repeated, and in which language.
ADVERSARIAL = {
    "brackets": ("(", None),
    "square brackets": ("[1, ", None),
    "groups": ("10,000,", None),
    "spaced groups": ("100 ", None),
    "digits": ("1", None),
    "powers": ("1e", None),
    "number words": ("one ", None),
    "scales": ("hundred ", None),
    "additions": ("1만", "ko"),
    "hedges": ("about ", None),
    "fillers": ("about a the of ", None),
    "ranges": ("1 to ", None),
    "dashes": ("1-", None),
    "marks": ("\u0301", None),
    "magnitudes": ("hundreds of ", None),
    "unseen": ("\u200f", None),
    "parts": ("half of ", None),
    "letters": ("삼", "ko"),
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_twice_the_length_takes_at_most_three_times_as_long(name: str) -> None:
    piece, language = ADVERSARIAL[name]
    text = (piece * MAX_CHARACTERS)[:MAX_CHARACTERS]
    check(text, language)  # everything is in memory before the clock runs
    # A busy machine may disturb a trial, but what grows with the square takes four times as long in every one.
    ratios = (_seconds(text, language) / _seconds(text[: len(text) // 2], language) for _ in range(10))
    assert any(ratio <= 3 for ratio in ratios)


def _seconds(text: str, language: str | None) -> float:
    def once() -> float:
        began = time.process_time()
        outcome(text, language)
        return time.process_time() - began

    return min(once() for _ in range(5))


@pytest.mark.parametrize("text", ["10-", "10 –", "about 10—", "ten -", "5%−", "10~"])
def test_a_range_without_its_second_number_is_no_figure(text: str) -> None:
    with pytest.raises(FigureError, match="The range has no second number") as caught:
        parse(text)
    assert text[caught.value.position] in "-–—−~"


@pytest.mark.parametrize("text", ["6 Mio.", "6 Mrd", "6 тыс.", "6 millones", "6 Tsd.", "about 6 mille", "6 ألف"])
def test_a_scale_of_another_language_is_not_passed_over(text: str) -> None:
    with pytest.raises(FigureError, match="is not English: choose the language of the words"):
        parse(text)


@pytest.mark.parametrize("text", ["6 miles", "5 cents", "6 people", "6 militia men"])
def test_what_is_counted_is_no_scale(text: str) -> None:
    assert parse(text).figure.point in (5, 6)


@pytest.mark.parametrize("text", ["12-Oct", "12-Oct-24", "12/Nov/2024", "5-May"])
def test_a_day_as_spreadsheets_write_it_is_no_figure(text: str) -> None:
    with pytest.raises(FigureError, match="This is a date or a time"):
        parse(text)


@pytest.mark.parametrize("text", ["per 100,000", "see note 3", "page 12"])
def test_a_number_that_names_a_place_or_a_rate_is_no_figure(text: str) -> None:
    with pytest.raises(FigureError, match="before a figure may mean several things"):
        parse(text)
