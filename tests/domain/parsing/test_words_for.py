"""Figures written as words and read again are the same figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from apps.domain.figures import Figure, Interval
from apps.domain.parsing import parse, words_for
from apps.domain.vocabulary import Qualifier
from tests.domain.strategies import sound_figures


def may_hold(figure: Figure) -> bool:
    """Whether a figure states a number, and one that something can be: not "above 5 and below 5"."""
    ends = Interval(
        figure.lower,
        figure.upper,
        lower_inclusive=figure.lower_inclusive is not False,
        upper_inclusive=figure.upper_inclusive is not False,
    )
    is_nothing = figure.point == 0 and figure.qualifier is Qualifier.ABOUT and ends != Interval(None, None)
    return figure.has_number and not ends.is_empty and not is_nothing


NUMBERED = sound_figures.filter(may_hold)


@settings(max_examples=3000, deadline=None)
@given(NUMBERED)
def test_words_are_read_as_the_figure_that_they_were_made_from(figure: Figure) -> None:
    words = words_for(figure)
    assert parse(words, language="en").figure == replace(figure, stated_value=words)


@pytest.mark.parametrize("words", ["thousands", "several hundred", "a few", "up to a battalion"])
def test_a_figure_without_a_number_keeps_its_words(words: str) -> None:
    figure = parse(words).figure
    assert not figure.has_number
    assert words_for(figure) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("", Qualifier.ABOUT, point=Decimal(12000)), "about 12,000"),
        (Figure("", Qualifier.ABOUT, None, Decimal(12000), None, False, Decimal(12000)), "nearly 12,000"),
        (Figure("", Qualifier.AT_LEAST, Decimal(40), None, True, None, Decimal(40)), "at least 40"),
        (Figure("", Qualifier.AT_LEAST, Decimal(40), None, True, None, Decimal(40), True), "at least about 40"),
        (Figure("", Qualifier.AT_LEAST, Decimal(40), None, True, None), "[40, ∞["),
        (Figure("", Qualifier.LESS_THAN, None, Decimal(40), None, False), "]-∞, 40["),
        (Figure("", Qualifier.BETWEEN, Decimal(10000), Decimal(12000), True, True), "10,000 to 12,000"),
        (Figure("", Qualifier.BETWEEN, Decimal(11), Decimal(12000), True, True), "[11, 12,000]"),
        (Figure("", Qualifier.BETWEEN, Decimal(1), Decimal(3), True, False, Decimal(2), True), "2 about [1, 3["),
    ],
)
def test_everyday_words_come_first(figure: Figure, words: str) -> None:
    assert words_for(figure) == words
