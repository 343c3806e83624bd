"""Columns that look like ones of the long form: proposed by what stands in them, whatever the table is."""

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.ingest.long_form.columns import KNOWN_AS, by_name
from apps.ingest.long_form.examples import Known, Proposal, propose
from apps.ingest.problems import BundleRefused

KNOWN = Known(
    questions=frozenset({"soldiers killed", "soldiers-killed"}),
    units=frozenset({"persons"}),
    places=frozenset({"kursk", "russia"}),
    actors=frozenset({"kyiv", "russia", "moscow"}),
    sources=frozenset({"a report"}),
    topics=frozenset({"the war"}),
)


def proposed(header: Sequence[str], *rows: Sequence[str], but: Sequence[str] = ()) -> dict[str, str]:
    found = looked_at(header, rows, but)
    assert len({one.header for one in found}) == len(found)
    return {one.header: one.column for one in found}


def looked_at(header: Sequence[str], rows: Sequence[Sequence[str]], but: Sequence[str] = ()) -> tuple[Proposal, ...]:
    return propose(header, rows, by_name("a.csv", header, {}), known=KNOWN, but=but)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("2024-11-05", "2024-11-06"), "as_of_start"),
        (("05.11.2024", "6.11.2024"), "as_of_start"),
        (("2024-11-05 12:30:00",), "as_of_start"),
        (("1898", "2024"), "as_of_start"),
        (("https://example.org/a", "HTTP://example.org"), "source_url"),
        (("40", "more than 50", "1.234,5"), "value"),
        (("Soldiers killed", "soldiers-killed"), "question"),
        (("Kursk", "Somewhere"), "place"),
        (("KYIV", "Moscow", "Nobody"), "actor"),
        (("A report",), "source_title"),
        (("persons", "persons"), "unit"),
        (("The war",), "topic"),
        (("at_least", "exactly"), "qualifier"),
        (("flow", "stock"), "measure"),
        (("projection",), "nature"),
    ],
)
def test_a_column_is_known_by_what_stands_in_it(cells: tuple[str, ...], column: str) -> None:
    assert proposed(["x", "y"], *([cell, ""] for cell in cells)) == {"x": column}


@pytest.mark.parametrize(
    "cells",
    [
        ("Kursk", "Somewhere", "Elsewhere"),
        ("1", "2", "3"),
        ("see https://example.org",),
        ("busloads",),
        ("2024-11-05", "unknown"),
        ("",),
    ],
)
def test_what_most_cells_do_not_show_is_not_proposed(cells: tuple[str, ...]) -> None:
    assert proposed(["x", "y"], *([cell, ""] for cell in cells)) == {}


def test_a_table_of_one_column_or_with_numbers_for_names_is_another_kind_of_table() -> None:
    assert proposed(["question|place"], ["Killed|2024-11-05"]) == {}
    assert proposed(["place", "2022", "2023", "2024"], ["Kursk", "1", "2", "3"], ["Kyiv", "4", "5", "6"]) == {}


def test_a_proposal_says_why_and_what_else_it_may_be() -> None:
    (one,) = looked_at(["Datum", "x"], [["2024-11-06"], ["2024-11-05"]])
    assert one.sentence() == (
        "The column “Datum” looks like as_of_start (or stated_on, as_of_end, published_on): "
        "its cells are dates, such as “2024-11-05”."
    )


def test_the_name_of_a_column_decides_among_columns_that_hold_the_same() -> None:
    dates = ["2024-11-05", "2024-11-06", "2024-11-07"]
    assert proposed(["Gemeldet", "Datum", "published where"], dates) == {
        "Gemeldet": "stated_on",
        "Datum": "as_of_start",
        "published where": "published_on",
    }
    assert proposed(["who says it", "x"], ["Russia", "Russia"]) == {"who says it": "actor", "x": "place"}
    assert proposed(["Wert", "Wer"], ["rund 1.300", "UN"]) == {"Wert": "value", "Wer": "actor"}
    assert proposed(["Untergrenze", "Wert"], ["5", "3"]) == {"Untergrenze": "low", "Wert": "value"}


def test_two_dates_are_of_a_day_and_its_report_and_three_tell_a_period() -> None:
    day = "2024-11-05"
    assert proposed(["a", "b"], [day, day]) == {"a": "as_of_start", "b": "stated_on"}
    assert proposed(["a", "b", "c"], [day] * 3) == {"a": "as_of_start", "b": "as_of_end", "c": "stated_on"}
    assert proposed(["as of", "b", "c"], [day] * 3) == {"b": "as_of_end", "c": "stated_on"}


def test_names_alone_are_enough_where_nothing_speaks_against_them() -> None:
    assert proposed(["Frage", "Einheit"], ["Getötete", "Menschen"]) == {"Frage": "question", "Einheit": "unit"}
    assert proposed(["Frage", "Einheit"], ["2024-11-05", ""]) == {"Frage": "as_of_start"}


def test_a_figure_between_two_columns_of_numbers_makes_them_its_ends() -> None:
    header, rows = ["question", "value", "b", "a"], [["x", "4", "7", "1"], ["x", "5", "5,5", "5"]]
    assert proposed(header, *rows) == {"a": "low", "b": "high"}
    assert proposed(["c", "b", "a"], *([row[1], row[2], row[3]] for row in rows)) == {
        "a": "low",
        "c": "value",
        "b": "high",
    }
    long = [["q", "4.123456789012345678", "7", "1.5"], ["q", "5", "6", "2"]]
    assert proposed(header, *long) == {"a": "low", "b": "high"}
    assert proposed(header, *rows, ["x", "4", "3", "1"]) == {}
    assert proposed([*header, "c"], *([*row, "9"] for row in rows)) == {}  # which of two is the upper end?


def test_a_table_of_very_many_columns_is_looked_at_at_once() -> None:
    header = [f"n{number}" for number in range(200)]
    rows = [[str(number * factor) for number in range(200)] for factor in range(1, 201)]
    started = time.process_time()
    assert proposed(header, *rows) == {"n0": "value"}
    assert time.process_time() - started < 5  # every three of them would take hours


def test_what_is_there_already_or_not_meant_is_not_proposed() -> None:
    row = ["2024-11-05", "2024-11-06"]
    assert proposed(["date", "x"], row) == {"x": "stated_on"}
    assert proposed(["date", "x"], row, but=["stated_on", "published_on"]) == {"x": "as_of_end"}


CELLS = st.one_of(
    st.sampled_from(["", "40", "7", "1898", "2024-11-05", "05.11.2024", "https://example.org/a", "more than 40"]),
    st.sampled_from(["Kursk", "russia", "kyiv", "persons", "A report", "flow", "exactly", "Soldiers killed"]),
    st.text(max_size=12),
    st.from_regex(r"-?\d{1,30}([.,]\d{1,20})?", fullmatch=True),
)
HEADERS = st.one_of(st.sampled_from([*KNOWN_AS, "Datum", "Wert", "Link", "x", "", "Ort"]), st.text(max_size=8))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    header = draw(st.lists(HEADERS.map(str.strip), min_size=1, max_size=6, unique_by=str.casefold))
    rows = draw(st.lists(st.lists(CELLS, max_size=len(header)), max_size=6))
    return header, rows


def looked_at_or_none(header: list[str], rows: list[list[str]]) -> tuple[Proposal, ...]:
    """Of tables whose names are not clear nothing is proposed: they are refused before."""
    try:
        return looked_at(header, rows)
    except BundleRefused:
        return ()


@given(tables())
def test_proposals_take_nothing_and_give_each_column_once(made: tuple[list[str], list[list[str]]]) -> None:
    header, rows = made
    found = looked_at_or_none(header, rows)
    columns = [one.column for one in found]
    assert len(set(columns)) == len(columns)
    for one in found:
        matched = by_name("a.csv", header, {})
        assert one.header in matched.attributes
        assert not {one.column, *one.others} & matched.columns.keys()
        assert {one.column, *one.others} <= KNOWN_AS.keys()
        assert not set(one.others) & set(columns)


@given(tables(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(made: tuple[list[str], list[list[str]]], chance: random.Random) -> None:
    header, rows = made
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert looked_at_or_none(header, shuffled) == looked_at_or_none(header, rows)


@given(tables())
def test_rows_that_are_empty_change_nothing(made: tuple[list[str], list[list[str]]]) -> None:
    header, rows = made
    assert looked_at_or_none(header, [*rows, [], [""] * len(header)]) == looked_at_or_none(header, rows)


@given(tables())
def test_what_is_proposed_can_be_said(made: tuple[list[str], list[list[str]]]) -> None:
    header, rows = made
    found = looked_at_or_none(header, rows)
    if found:
        said = {one.column: one.header for one in found}
        assert (
            said.items()
            <= {column: header[place] for column, place in by_name("a.csv", header, said).columns.items()}.items()
        )
