"""CSV files as people and programs really write them."""

import csv

import pytest

from apps.ingest.tables import MAX_CELL, read_table


def problems(content: bytes) -> list[str]:
    return [str(problem) for problem in read_table("a.csv", content, ("id", "text")).problems]


def test_rows_know_the_line_they_start_on() -> None:
    table = read_table("a.csv", b'id,text\n1,"two\nlines"\n\n2,one\n', ("id", "text"))
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, {"id": "1", "text": "two\nlines"}),
        (5, {"id": "2", "text": "one"}),
    ]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfid,text\n1,x\n", b"text,id\r\nx,1\r\n", b"id,text\n1,x"])
def test_byte_order_mark_line_ends_and_order_of_columns_do_not_matter(content: bytes) -> None:
    assert read_table("a.csv", content, ("id", "text")).rows[0].cells == {"id": "1", "text": "x"}


def test_a_column_may_be_missing() -> None:
    assert read_table("a.csv", b"id\n1\n", ("id", "text")).rows[0].cells == {"id": "1"}


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "a.csv, line 1: given no header line; wanted the names of the columns."),
        (b"id,txt\n1,x\n", "a.csv, line 1: given a column “txt”; wanted only id, text."),
        (b"id,id\n1,x\n", "a.csv, line 1: given the column “id” more than once."),
        (b"id,text\n1\n", "a.csv, line 2: given 1 cells; wanted 2, as in the header."),
        (b"id,text\n1,x,y\n", "a.csv, line 2: given 3 cells; wanted 2, as in the header."),
        (b"id,text\n1,caf\xe9\n", "a.csv, line 2: byte 0xe9 is not UTF-8; wanted a text file in UTF-8."),
        (b"id,text\n1,x\n2,\0\n", "a.csv, line 3: given a NUL byte; wanted text."),
        (b'id,text\n1,"x\n', "a.csv, line 2: given something that is not CSV (unexpected end of data)."),
    ],
)
def test_a_refusal_says_where_and_what_was_wanted(content: bytes, wanted: str) -> None:
    assert problems(content) == [wanted]


def test_a_huge_cell_is_refused_and_the_limit_stays_as_it_was() -> None:
    before = csv.field_size_limit()
    assert "field larger than field limit" in problems(b"id,text\n1," + b"x" * (MAX_CELL + 1) + b"\n")[0]
    assert csv.field_size_limit() == before


def test_every_ragged_row_is_reported() -> None:
    assert len(problems(b"id,text\n" + b"1\n" * 3)) == 3
