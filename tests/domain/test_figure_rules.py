"""Each rule of a figure, by its good and bad examples."""

from collections import Counter
from decimal import Decimal

import pytest

from apps.domain.figure_rules import (
    FIGURE_RULES,
    FigureRule,
    figure_problems,
    significant_digits,
)
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.domain.figure_examples import BAD, GOOD, about


@pytest.mark.parametrize("figure", GOOD, ids=lambda figure: figure.stated_value)
def test_a_sound_figure_has_no_problem(figure: Figure) -> None:
    assert figure_problems(figure) == ()


@pytest.mark.parametrize(("code", "figure"), BAD, ids=lambda value: value if isinstance(value, str) else None)
def test_a_bad_figure_breaks_its_rule_and_no_other(code: str, figure: Figure) -> None:
    assert [problem.code for problem in figure_problems(figure)] == [code]


def test_every_rule_has_two_bad_examples() -> None:
    seen = Counter(code for code, _ in BAD)
    assert {rule.code for rule in FIGURE_RULES} == set(seen)
    assert min(seen.values()) >= 2


def test_codes_are_unique() -> None:
    assert max(Counter(rule.code for rule in FIGURE_RULES).values()) == 1


@pytest.mark.parametrize("rule", FIGURE_RULES, ids=lambda rule: rule.code)
def test_a_rule_names_a_field_and_ends_its_sentence(rule: FigureRule) -> None:
    assert rule.field in Figure.__dataclass_fields__
    assert rule.message.endswith(".")


def test_every_qualifier_has_a_good_example() -> None:
    assert {figure.qualifier for figure in GOOD} == set(Qualifier)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_reported_alone(number: str) -> None:
    assert [problem.code for problem in figure_problems(about(number, "about that many"))] == ["figure_digits"]


@pytest.mark.parametrize(
    ("number", "digits"),
    [("12000", 2), ("5.30", 2), ("0", 0), ("0.00120", 2), ("-1002", 4), ("1E+20", 1)],
)
def test_significant_digits(number: str, digits: int) -> None:
    assert significant_digits(Decimal(number)) == digits


def test_two_broken_rules_are_both_reported() -> None:
    figure = Figure("", Qualifier.UP_TO, lower=Decimal(4), lower_inclusive=True)
    assert [problem.code for problem in figure_problems(figure)] == [
        "figure_words",
        "figure_up_to",
    ]
