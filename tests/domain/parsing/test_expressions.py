"""The parser against the tables of expressions: what is stated, in which words, and what is refused where."""

from collections import defaultdict
from dataclasses import replace

import pytest

from apps.domain.figure_rules import figure_problems
from apps.domain.parsing import FigureError, parse
from tests.domain.parsing import expressions_en, expressions_other
from tests.domain.parsing.demo_words import STATED
from tests.domain.parsing.expressions_en import Row
from tests.domain.parsing.refusals import REFUSALS, Refusal

ENGLISH = tuple(replace(row, language="en") for row in expressions_en.EXPRESSIONS)
ROWS = (*expressions_en.EXPRESSIONS, *expressions_en.WITHOUT_LANGUAGE, *ENGLISH, *expressions_other.EXPRESSIONS)


def _id(case: Row | Refusal) -> str:
    """The language and the words, escaped and cut to what a terminal can show."""
    words = case.words if isinstance(case, Row) else case.text
    return f"{case.language or 'none'}-{ascii(words)[1:-1][:60] or 'empty'}"


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_the_words_state_the_figure(row: Row) -> None:
    parsed = parse(row.words, language=row.language)
    named = (parsed.unit, parsed.interval_kind, parsed.interval_level)
    assert parsed.figure == row.figure
    assert named == (row.unit, row.interval_kind, row.interval_level)


@pytest.mark.parametrize("row", [row for row in ROWS if row.span], ids=_id)
def test_the_words_of_the_figure_are_found(row: Row) -> None:
    parsed = parse(row.words, language=row.language)
    assert row.words[parsed.start : parsed.end] == row.span


@pytest.mark.parametrize("refusal", REFUSALS, ids=_id)
def test_a_text_that_is_no_figure_is_refused_where_it_offends(refusal: Refusal) -> None:
    with pytest.raises(FigureError) as caught:
        parse(refusal.text, language=refusal.language)
    assert caught.value.position in refusal.positions, caught.value.message
    assert caught.value.message.strip()


def test_there_are_at_least_400_different_expressions() -> None:
    stated = {stated.figure.stated_value for stated in STATED}
    assert len(stated | {row.words for row in ROWS}) >= 400
    assert len({row.words for row in expressions_en.EXPRESSIONS}) >= 300
    assert len({(row.words, row.language) for row in expressions_other.EXPRESSIONS}) >= 100


def test_the_tables_ask_for_sound_figures_only() -> None:
    assert not [(row.words, figure_problems(row.figure)) for row in ROWS if figure_problems(row.figure)]


def test_each_expression_stands_once() -> None:
    expected: dict[tuple[str, str | None], list[object]] = defaultdict(list)
    for row in ROWS:
        expected[row.words, row.language].append(row)
    for refusal in REFUSALS:
        expected[refusal.text, refusal.language].append(refusal)
    assert not [key for key, rows in expected.items() if len(rows) > 1]
