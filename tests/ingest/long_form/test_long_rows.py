"""Rows of the long form as claims: what is read, what goes to review, what is refused and where."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from apps.domain.parsing import parse
from apps.domain.vocabulary import Qualifier
from apps.ingest.long_form.columns import match_columns
from apps.ingest.long_form.rows import LongRow, Options, read_long_rows
from apps.ingest.long_form.sheets import read_sheet
from apps.ingest.problems import BundleRefused


def table(*rows: dict[str, Any]) -> bytes:
    columns = dict.fromkeys(column for row in rows for column in row)
    made = io.StringIO()
    writer = csv.DictWriter(made, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def read(options: Options = Options(), **cells: Any) -> tuple[list[LongRow], list[str]]:  # noqa: B008
    sheet = read_sheet(
        "a.csv", table({"question": "Killed", "actor": "Kyiv", "place": "Kyiv", "unit": "persons"} | cells)
    )
    rows, problems = read_long_rows(sheet, match_columns("a.csv", sheet.header), options)
    return rows, [str(problem) for problem in problems]


def row_of(options: Options = Options(), **cells: Any) -> LongRow:  # noqa: B008
    rows, problems = read(options, **cells)
    assert problems == []
    return rows[0]


@pytest.mark.parametrize(
    "value",
    ["1000s", ">50", "300+", "10-15k", "100s-1000s", "busloads", "5.30%", "2.4 - 2.5", "300 arrested", "10,000", "40"],
)
def test_words_are_read_by_the_parser_and_kept(value: str) -> None:
    figure = row_of(value=value).figure
    assert figure == parse(value).figure
    assert figure.stated_value == value


@pytest.mark.parametrize("value", ["0", "40", "-3", "5.25", "123456789012345"])
def test_a_bare_number_is_what_the_parser_makes_of_it(value: str) -> None:
    assert row_of(value=value).figure == parse(value).figure


def test_a_number_between_ends_is_what_the_parser_makes_of_it_and_keeps_the_kind_of_interval() -> None:
    row = row_of(value="3697", low="2755", high="4921", note="median; 95% PI; horizon 0 wk")
    parsed = parse("3697 (95% PI 2755–4921)")
    assert row.figure == parsed.figure
    assert row.interval == (parsed.interval_kind, parsed.interval_level) == ("prediction", Decimal(95))
    plain = row_of(value="3697", low="2755", high="4921")
    assert plain.figure == parse("3697 (2755–4921)").figure
    assert plain.interval == ("", None)
    assert row_of(low="5", high="7").figure == parse("5–7").figure


def test_a_machines_digits_are_kept_in_words_and_cut_in_numbers() -> None:
    figure = row_of(value="4580.603617214845", low="1.5943554654751206e-4", high="9999").figure
    assert figure.stated_value == "4580.603617214845 (1.5943554654751206e-4–9999)"
    assert (figure.lower, figure.point) == (Decimal("0.000159435546547512"), Decimal("4580.60361721484"))


def test_one_end_alone_is_a_bound() -> None:
    assert row_of(low="10").figure == parse("at least 10").figure
    assert row_of(high="10").figure == parse("up to 10").figure


@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_a_qualifier_says_what_a_bare_number_is(qualifier: Qualifier) -> None:
    ends = {"low": "90", "high": "110"} if qualifier is Qualifier.BETWEEN else {}
    value = "thousands" if qualifier in (Qualifier.ORDER_OF_MAGNITUDE, Qualifier.UNQUANTIFIED) else "100"
    figure = row_of(value=value, qualifier=qualifier.value, **ends).figure
    assert (figure.qualifier, figure.stated_value) == (qualifier, value)
    assert figure.numbers == {
        Qualifier.BETWEEN: (90, 110),
        Qualifier.ORDER_OF_MAGNITUDE: (),
        Qualifier.UNQUANTIFIED: (),
    }.get(qualifier, (100,))


def test_columns_that_say_more_than_the_words_win_and_say_so() -> None:
    row = row_of(value="a brigade", qualifier="between", low="3000", high="5000")
    assert (row.figure.lower, row.figure.upper) == (3000, 5000)
    assert row.override_reason
    same = row_of(value="more than 40", qualifier="more_than", low="40", low_inclusive="false")
    assert same.figure == parse("more than 40").figure
    assert same.override_reason == ""


def test_two_figures_in_one_cell_go_to_review_with_their_words() -> None:
    row = row_of(value="300 killed, 500 wounded")
    assert row.review == "Two figures in one cell."
    assert (row.figure.stated_value, row.figure.numbers) == ("300 killed, 500 wounded", ())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"value": "2024-11-05"}, "column value: given “2024-11-05”; at character 1: This is a date or a time"),
        ({"value": "N/A"}, "column value: given “N/A”; at character 1: There is no figure"),
        ({"value": "1,50"}, "at character 2"),
        ({"value": ""}, "column value: given “”; wanted a figure"),
        ({"value": "40", "actor": ""}, "column actor: given “”; wanted a name, it cannot be empty."),
        ({"value": "40", "stated_on": "5.11.2024"}, "column stated_on: given “5.11.2024”; "),
        ({"value": "40", "as_of_start": "2024-02-30"}, "column as_of_start: given “2024-02-30”; "),
        ({"value": "40", "qualifier": "roughly"}, "column qualifier: given “roughly”; wanted one of exactly, about"),
        ({"value": "40", "nature": "guess"}, "column nature: given “guess”; wanted one of count"),
        ({"value": "40", "low": "ten", "high": "90"}, "column low: given “ten”; wanted a number"),
        ({"value": "40", "low": "30"}, "column low: given “30”; wanted what the words of the value say"),
        ({"value": "10", "low": "30", "high": "90"}, "column value"),
        ({"value": "40", "source_url": "not an address"}, "column source_url: given “not an address”; Give a web"),
        ({"value": "40", "low_inclusive": "yes", "qualifier": "at_least"}, "column low_inclusive: given “yes”; wanted"),
    ],
)
def test_what_cannot_be_used_is_said_with_line_and_column(cells: dict[str, str], said: str) -> None:
    rows, problems = read(**cells)
    assert rows == []
    (problem,) = problems
    assert problem.startswith("a.csv, line 2, column ")
    assert said in problem


def test_a_decimal_comma_counts_only_when_told() -> None:
    assert "1,50" in read(value="1,50")[1][0]
    assert row_of(Options(decimal_comma=True), value="1.234,50").figure.point == Decimal("1234.5")
    assert row_of(Options(decimal_comma=True), value="more than 5").figure == parse("more than 5").figure


def test_what_a_file_says_as_a_whole_is_for_rows_that_say_nothing() -> None:
    options = Options(topic="war", measure="flow", nature="projection")
    row = row_of(options, value="40")
    assert (row.topic, row.measure, row.nature) == ("war", "flow", "projection")
    assert row_of(options, value="40", nature="count").nature == "count"
    assert row_of(value="40").nature == "estimate"


def test_other_columns_are_attributes_and_derived_ones_are_nothing() -> None:
    row = row_of(value="40", id="c064", address="x", known="2024", method="survey", **{"sample size": "1200"})
    assert row.attributes == {"method": "survey", "sample size": "1200"}


def test_the_guard_against_formulas_is_taken_off() -> None:
    row = row_of(value="40", note="'=1+1", quote="'tis so", method="''quoted'")
    assert (row.note, row.quote, row.attributes["method"]) == ("=1+1", "'tis so", "'quoted'")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("question", "value"), "wanted also actor"),
        (("actor", "note"), "wanted also question and value"),
        (("question", "actor", "value", "Value "), "given the column “value” more than once"),
        (("question", "claimant", "author", "value"), "“claimant” and “author”, which may both be actor"),
    ],
)
def test_columns_that_are_not_clear_are_refused(header: tuple[str, ...], said: str) -> None:
    with pytest.raises(BundleRefused, match=said):
        match_columns("a.csv", header)


def test_columns_are_known_by_other_names_too() -> None:
    mapped = match_columns("a.csv", ("Indicator", "Claimant", "Figure", "URL", "As of"))
    assert mapped.columns == {"question": 0, "actor": 1, "value": 2, "source_url": 3, "as_of_start": 4}
