"""Rows of the long form as claims: what is read, what goes to review, what is refused and where."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from apps.domain.parsing import parse
from apps.domain.vocabulary import Qualifier
from apps.ingest.long_form import rows as rows_module
from apps.ingest.long_form.columns import match_columns
from apps.ingest.long_form.options import Options
from apps.ingest.long_form.rows import LongRow, read_long_rows
from apps.ingest.long_form.sheets import read_sheet
from apps.ingest.problems import BundleRefused
from tests.ingest.long_form.test_sheets import workbook


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
    figure = row_of(value=value, unit="percent" if value.endswith("%") else "persons").figure
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


def read_all(*values: str, options: Options = Options(), **cells: str) -> list[str]:  # noqa: B008
    """The figures of a file with one row for each value, or what is wrong with them."""
    about = {"question": "Killed", "actor": "Kyiv", "place": "Kyiv", "unit": "persons"} | cells
    sheet = read_sheet("a.csv", table(*({**about, "value": value} for value in values)))
    rows, problems = read_long_rows(sheet, match_columns("a.csv", sheet.header), options)
    return [f"{row.figure.point}" for row in rows] + [str(problem) for problem in problems]


def test_a_point_that_may_be_one_of_thousands_is_read_where_the_file_shows_what_it_is() -> None:
    doubt = "column value: given “1.234”; it may be 1,234 or 1.2340: write one of them, or say the language"
    assert doubt in read_all("1.234", "5")[1]
    assert "column low: given “1.234”; it may be" in read_all("5", low="1.234", high="7000")[0]
    for other in ("1.5", "0.125", "1234.567", "0.0001"):
        assert read_all("1.234", other) == ["1.234", other]
    assert read_all("0.125") == ["0.125"]
    ours = {"id": "c1", "address": "/claims/c1/", "point": "1.234", "hedged": "", "attributes": ""}
    ends = {"qualifier": "exactly", "low": "1.234", "high": "1.234", "low_inclusive": "true", "high_inclusive": "true"}
    assert read_all("1.234", **ours, **ends) == ["1.234"]
    assert read_all("1.234", options=Options(language="en")) == ["1.234"]
    assert read_all("1.234", options=Options(language="de")) == ["1234"]
    assert read_all("1.234", options=Options(decimal_comma=True)) == ["1234"]


def test_words_and_numbers_are_read_in_the_language_of_the_file() -> None:
    german = Options(language="de")
    assert row_of(german, value="rund 1.300").figure == parse("rund 1.300", language="de").figure
    row = row_of(german, value="1.234,5", low="1.000", high="2.000,25", note="95% CI")
    assert (row.figure.lower, row.figure.point, row.figure.upper) == (1000, Decimal("1234.5"), Decimal("2000.25"))
    assert row.interval == ("confidence", 95)
    assert row_of(german, value="rund 1.300", qualifier="between", low="1.200", high="1.400").figure.lower == 1200
    assert read(Options(language="ru"), value="5", low="1.234", high="7")[0] == []
    assert read(Options(language="en"), value="1,5")[0] == []


def test_a_day_as_spreadsheets_count_them_is_named_and_not_taken() -> None:
    (said,) = read(value="40", stated_on="45601")[1]
    assert said.endswith("As a spreadsheet counts days it is 2024-11-05: write that.")
    assert "spreadsheet" not in read(value="40", stated_on="99999")[1][0]
    assert "spreadsheet" not in read(value="40", source_url="45601")[1][0]


@pytest.mark.parametrize(
    ("order", "given", "iso"),
    [
        ("dmy", "5.11.2024", "2024-11-05"),
        ("dmy", "05/11/2024", "2024-11-05"),
        ("mdy", "11/05/2024", "2024-11-05"),
        ("mdy", "2024-11-05", "2024-11-05"),
        ("dmy", "2024", "2024"),
    ],
)
def test_days_are_read_in_the_order_that_was_said(order: str, given: str, iso: str) -> None:
    row = row_of(Options(dates=order), value="40", as_of_start=given, stated_on=given)
    assert (row.as_of_start, row.as_of_end, row.stated_on) == (iso, "", iso)


@pytest.mark.parametrize(
    ("order", "given", "said"),
    [
        ("", "05.11.2024", "say in which order: dmy makes it 2024-11-05, mdy makes it 2024-05-11."),
        ("", "31/12/2024", "say in which order: dmy makes it 2024-12-31."),
        ("mdy", "31/12/2024", "given “31/12/2024”; wanted a date like 2024, 2024-11 or 2024-11-05."),
        ("dmy", "31.02.2024", "wanted a date like 2024, 2024-11 or 2024-11-05."),
        ("dmy", "5.11.24", "wanted a date like 2024, 2024-11 or 2024-11-05."),
        ("dmy", "5.11/2024", "wanted a date like 2024, 2024-11 or 2024-11-05."),
    ],
)
def test_a_day_whose_order_is_not_known_is_not_guessed(order: str, given: str, said: str) -> None:
    rows, (problem,) = read(Options(dates=order), value="40", stated_on=given)
    assert rows == []
    assert said in problem


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
        (("question", "place", "value"), "wanted also actor"),
        (("actor", "note"), "wanted also question, place, value"),
        (("question", "actor", "value", "Value "), "given the column “value” more than once"),
        (
            ("question", "claimant", "Author ", "value"),
            "“claimant” and “Author ”, which may both be actor; wanted one of",
        ),
    ],
)
def test_columns_that_are_not_clear_are_refused(header: tuple[str, ...], said: str) -> None:
    with pytest.raises(BundleRefused, match=said):
        match_columns("a.csv", header)


def test_columns_are_known_by_other_names_too() -> None:
    mapped = match_columns("a.csv", ("Indicator", "Claimant", "Figure", "URL", "As of", "Location"))
    assert mapped.columns == {
        "question": 0,
        "place": 5,
        "actor": 1,
        "value": 2,
        "source_url": 3,
        "as_of_start": 4,
    }


HEADER = ("question", "place", "actor", "value", "Datum", "date")


def test_what_is_said_of_a_column_comes_before_its_name() -> None:
    mapped = match_columns("a.csv", HEADER, {"stated_on": " datum ", "as_of_start": ""})
    assert mapped.columns == {"question": 0, "place": 1, "actor": 2, "value": 3, "stated_on": 4}
    assert mapped.attributes == {"date": 5}
    assert match_columns("a.csv", HEADER, {"note": "date"}).columns.get("as_of_start") is None


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"date": "Datum"}, "given “date=Datum”; wanted one of the columns question, unit"),
        ({"stated_on": "Tag"}, "given the columns question, place, .*; wanted “Tag”, said to be stated_on"),
        ({"stated_on": "Datum", "note": "datum"}, "given “datum” as stated_on and as note; wanted one of them"),
        ({"actor": ""}, "wanted also actor"),
    ],
)
def test_what_is_said_of_columns_has_to_fit_the_file(said: dict[str, str], refused: str) -> None:
    with pytest.raises(BundleRefused, match=refused):
        match_columns("a.csv", HEADER, said)


# --- what no guess is made of


@pytest.mark.parametrize("value", ["9" * 60, "1234567890123456", "12345678901234567.5"])
def test_a_number_with_too_many_digits_before_its_point_is_refused_and_not_rounded(value: str) -> None:
    rows, (problem,) = read(value=value)
    assert rows == []
    assert "is too long for a figure" in problem
    assert read(value="about 5", qualifier="between", low="1", high=value)[0] == []


def test_noughts_and_computed_places_are_no_reason_to_refuse() -> None:
    assert row_of(value="1" + "0" * 20).figure.point == 10**20
    assert row_of(value="0.12345678901234567").figure.point == Decimal("0.123456789012346")


@pytest.mark.parametrize("column", ["question", "place", "actor"])
@pytest.mark.parametrize(
    ("name", "wanted"), [("\u200b", "wanted a name with a letter"), ("K\x07x", "control characters")]
)
def test_a_name_that_nobody_can_see_or_type_is_refused(column: str, name: str, wanted: str) -> None:
    rows, (problem,) = read(value="5", **{column: name})
    assert rows == []
    assert wanted in problem


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1만 2천여 명", "Read as Korean it is a figure: if the file is, say its language (ko)."),
        ("أكثر من ألف", "Read as Arabic it is a figure: if the file is, say its language (ar)."),
    ],
)
def test_words_of_another_language_are_not_read_but_the_language_is_named(value: str, hint: str) -> None:
    rows, (problem,) = read(value=value)
    assert rows == []
    assert problem.endswith(hint)
    assert row_of(Options(language=hint[-4:-2]), value=value).figure.stated_value == value


@pytest.mark.parametrize("value", ["N/A", "rund 1.300"])
def test_no_language_is_named_where_none_or_many_would_do(value: str) -> None:
    _, (problem,) = read(value=value)
    assert "Read as" not in problem


@pytest.mark.parametrize(
    "cells",
    [
        {"value": "5", "qualifier": "exactly", "low": "3", "high": "7"},
        {"value": "5", "qualifier": "more_than", "low": "5", "high": "7"},
        {"value": "5", "qualifier": "up_to", "low": "3", "high": "7"},
        {"value": "several", "qualifier": "unquantified", "low": "5", "high": "7"},
        {"low": "10", "high": "20", "low_inclusive": "banana"},
    ],
)
def test_no_end_that_was_given_is_dropped_without_a_word(cells: dict[str, str]) -> None:
    rows, problems = read(**cells)
    assert (rows, len(problems)) == ([], 1)


def test_whether_ends_are_included_is_taken_from_their_columns() -> None:
    figure = row_of(low="10", high="20", low_inclusive="false").figure
    assert (figure.lower_inclusive, figure.upper_inclusive) == (False, True)
    row = row_of(value="10-20", qualifier="between", high_inclusive="false")
    assert (row.figure.lower_inclusive, row.figure.upper_inclusive) == (True, False)
    assert row.override_reason
    _, (problem,) = read(low="20", high="20", high_inclusive="false")
    assert "column high_inclusive: given “false”; No number lies between a number and itself" in problem


@pytest.mark.parametrize("options", [Options(), Options(language="de"), Options(decimal_comma=True)])
def test_a_number_of_a_workbook_is_what_it_is_in_whatever_language_its_words_are(options: Options) -> None:
    rows, problems = of_workbook(["value", "low", "high"], [1.234, 1.1, 2.5], options)
    assert problems == []
    figure = rows[0].figure
    assert (figure.lower, figure.upper, figure.point) == (Decimal("1.1"), Decimal("2.5"), Decimal("1.234"))


@pytest.mark.parametrize("value", ["1.23", "1234.567", "0.5"])
def test_a_point_where_commas_were_said_is_refused(value: str) -> None:
    _, (problem,) = read(Options(decimal_comma=True), value=value)
    assert "wanted a decimal comma, as is said of the file" in problem


def test_text_in_a_workbook_is_read_as_carefully_as_text_elsewhere() -> None:
    rows, problems = of_workbook(["value"], ["1.300"], Options())
    assert rows == []
    assert "it may be 1,300 or 1.3000" in problems[0]
    rows, problems = of_workbook(["value"], ["1.300"], Options(language="de"))
    assert rows[0].figure.point == 1300


def of_workbook(names: list[str], given: list[object], options: Options) -> tuple[list[LongRow], list[str]]:
    head = ["question", "actor", "place", "unit", *names]
    sheet = read_sheet("a.xlsx", workbook([head, ["Killed", "Kyiv", "Kyiv", "persons", *given]]))
    rows, problems = read_long_rows(sheet, match_columns("a.xlsx", sheet.header), options)
    return rows, [str(problem) for problem in problems]


@pytest.mark.parametrize("column", ["value", "stated_on", "source_title", "note"])
@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#ERROR!"])
def test_an_error_of_a_spreadsheet_is_refused_wherever_it_stands(column: str, error: str) -> None:
    rows, problems = read(**({"value": "5"} | {column: error}))
    assert rows == []
    assert f"column {column}: given “{error}”; wanted no error of a spreadsheet" in problems[0]


def test_percents_may_stand_at_the_ends_too() -> None:
    figure = row_of(value="5%", low="4%", high="6%", unit="percent").figure
    assert (figure.point, figure.lower, figure.upper) == (5, 4, 6)
    _, (problem,) = read(value="5", low="4%", high="6%")
    assert "column low: given “4%”; wanted a number" in problem


@pytest.mark.parametrize(
    ("value", "shown", "is_refused"),
    [
        (1.2, '0.0" million"', True),
        (1.2, '0.0" Mio."', True),
        (12, '0"%"', True),
        (12_000, "0,", True),
        (1_200_000, '#,##0.0,,"M"', True),
        (12_000, "#,##0", False),
        (12, '0" soldiers"', False),
        (12, "0.00", False),
        (12_000, "#,##0 [$€-407]", False),
    ],
)
def test_a_number_that_is_shown_as_another_is_refused(value: float, shown: str, is_refused: bool) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["question", "actor", "place", "unit", "value"])
        sheet.write_row(1, 0, ["Killed", "Kyiv", "Kyiv", "persons"])
        sheet.write_number(1, 4, value, book.add_format({"num_format": shown}))
    table = read_sheet("a.xlsx", made.getvalue())
    rows, problems = read_long_rows(table, match_columns("a.xlsx", table.header), Options())
    assert [one.message for one in problems if "wanted a number as it is shown" in one.message] == [
        one.message for one in problems
    ]
    assert (not rows) is is_refused


def test_hints_are_not_looked_for_in_a_whole_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "HINTED", 1)
    about = {"question": "Killed", "actor": "Kyiv", "place": "Kyiv", "unit": "persons"}
    sheet = read_sheet("a.csv", table(*(about | {"value": value} for value in ("dreißig", "vierzig"))))
    _, problems = read_long_rows(sheet, match_columns("a.csv", sheet.header), Options())
    assert ["say its language (de)" in problem.message for problem in problems] == [True, False]
