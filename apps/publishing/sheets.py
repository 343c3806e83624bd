"""Workbooks (.xlsx): numbers as numbers, words as words, and never a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

#: What a sheet and a cell can hold (Microsoft, "Excel specifications and limits"): rows with the header, characters.
MOST_ROWS, LONGEST = 1_048_576, 32_767
#: Bytes that are sent at a time.
AT_ONCE = 64 * 1024
#: When each workbook says it was made, as the parts of its ZIP do: the same claims are the same bytes at any second,
#: and "About" tells the days that a reader needs.
MADE = datetime(1980, 1, 1, tzinfo=UTC)
#: Columns that hold numbers where their text is one; the rest is words, even where it looks like a number.
NUMBERS = frozenset({"value", "low", "high", "point"})
#: A number that a double holds and that is written in no other way: "5.30" stays as it was stated.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII)
_DIGITS = 15


def workbook(rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """The parts of a file of two sheets, "Claims" (`rows`, the first of which is the header) and "About".

    It is made on disk, with few rows in memory, when its first part is asked for. What a sheet cannot hold is left
    out, and "About" says how much.
    """
    with TemporaryFile() as file:
        _write_book(file, rows, about)
        file.seek(0)
        while part := file.read(AT_ONCE):
            yield part


def _write_book(file: IO[bytes], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]]) -> None:
    with Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True})
        lost = _write_claims(book.add_worksheet("Claims"), rows, bold)
        _write_about(book.add_worksheet("About"), [*about, *lost], bold)


def _write_claims(sheet: Any, rows: Iterable[Sequence[str]], bold: Any) -> list[tuple[str, str]]:
    header: Sequence[str] = ()
    left_out = cut = 0
    sheet.freeze_panes(1, 0)
    for index, cells in enumerate(rows):
        header = header or cells
        if index >= MOST_ROWS:
            left_out += 1
            continue
        for column, cell in enumerate(cells):
            cut += len(cell) > LONGEST
            _write(sheet, index, column, cell, is_number=index > 0 and header[column] in NUMBERS, style=bold)
    return _losses(left_out, cut)


def _write(sheet: Any, row: int, column: int, cell: str, *, is_number: bool, style: Any) -> None:
    if is_number and _is_number(cell):
        sheet.write_number(row, column, Decimal(cell))
    elif cell:
        words = cell if len(cell) <= LONGEST else f"{cell[: LONGEST - 1]}…"
        sheet.write_string(row, column, words, None if row else style)


def _is_number(cell: str) -> bool:
    is_plain = bool(_NUMBER.fullmatch(cell)) and sum(map(str.isdigit, cell)) <= _DIGITS
    return is_plain and "e" not in repr(float(cell))  # 0.00001 would come back as 1e-05


def _losses(left_out: int, cut: int) -> list[tuple[str, str]]:
    lost = []
    if left_out:
        lost.append(("Left out", f"{left_out:,} claims beyond the {MOST_ROWS - 1:,} of a sheet; the CSV has all"))
    if cut:
        lost.append(("Cut", f"{cut:,} texts longer than the {LONGEST:,} characters that a cell holds, at an ellipsis"))
    return lost


def _write_about(sheet: Any, pairs: Sequence[tuple[str, str]], bold: Any) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    for row, (name, words) in enumerate(pairs):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, words)
