"""Spreadsheets that somebody else made, as rows of text: .csv, .csv.gz and .xlsx, told apart by their first bytes.

Nothing is guessed where a file can mean two things: it is refused with one sentence that says what was given and what
was wanted. Every limit is checked before the bytes that would break it are held in memory.
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from apps.ingest.long_form.styles import Place, column_number, error_cells, percent_cells, rescaled_cells
from apps.ingest.problems import BundleRefused, Problem, quoted

#: Unpacked bytes, columns, rows and characters of a cell at which a file is taken for a mistake or an attack.
MAX_BYTES = 256 * 1024 * 1024
MAX_COLUMNS = 200
MAX_ROWS = 500_000
MAX_CELL = 50_000

#: Stands for a formula that failed.
ERROR = "#ERROR!"
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
#: Starts of files that are no tables → what they are.
_OTHERS = {
    re.compile(rb"%PDF"): "a PDF",
    re.compile(rb"<[!?a-zA-Z]"): "a web page or XML",
    re.compile(rb"\{\\rtf"): "a document",
    re.compile(rb'\{\s*"|\[\s*[\[{"]'): "JSON",
}
#: A first line that some spreadsheets write, and read.
_SAID_DELIMITER = re.compile(r"sep=([,;\t])\r?\n")
_QUOTED = re.compile(r'"[^"]*"')
#: Rows below the header in which too many cells mean that the header is none.
_TOP = 20
#: Within a tag, and near its beginning: no file can make the search slow.
_LETTERED_CELL = re.compile(rb'<c\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of one row; `line` is where it starts in the file, from 1 with the header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows that are not empty, as many cells in each as in the header or fewer.

    `left_out` are the sheets of a workbook after the first one, which nobody read.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    left_out: tuple[str, ...] = ()


def read_sheet(name: str, content: bytes, *, encoding: str = "", max_bytes: int = MAX_BYTES) -> Sheet:
    """The one table in a file. `encoding` is asked for only where a text is neither UTF-8 nor UTF-16.

    Raises `BundleRefused` with one problem.
    """
    if content.startswith(b"PK\x03\x04"):
        left_out: list[str] = []
        lines = _workbook(name, content, max_bytes, left_out)
        try:
            return replace(_sheet(name, lines), left_out=tuple(left_out))
        except BundleRefused as refused:
            raise _of_first(refused, left_out) from refused
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(name, "given an old .xls or a workbook with a password; wanted .csv, .csv.gz or .xlsx.")
    unpacked = _unpacked(name, content, max_bytes)
    start = unpacked[:64].removeprefix(BOM_UTF8).lstrip()
    if other := next((what for mark, what in _OTHERS.items() if mark.match(start)), None):
        raise refusal(name, f"given {other}; wanted a table: .csv, .csv.gz or .xlsx.")
    return _sheet(name, _csv(name, _text(name, unpacked, encoding)))


def refusal(name: str, message: str, line: int | None = None) -> BundleRefused:
    """One problem that makes all of a file unreadable."""
    return BundleRefused([Problem(name, message, line)])


def _of_first(refused: BundleRefused, left_out: Sequence[str]) -> BundleRefused:
    """The same, with the names of sheets that may be the ones that were meant."""
    if not left_out:
        return refused
    others = f" This is the first sheet; if another one is meant ({', '.join(map(quoted, left_out))}), put it first."
    return BundleRefused([replace(problem, message=problem.message + others) for problem in refused.problems])


# --- bytes


def _unpacked(name: str, content: bytes, max_bytes: int) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(max_bytes + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise refusal(name, f"given a .gz that is cut off or damaged ({error}).") from error
    if len(unpacked) > max_bytes:
        raise _too_large(name, max_bytes)
    return unpacked


def _too_large(name: str, max_bytes: int) -> BundleRefused:
    return refusal(name, f"given more than {max_bytes:,} bytes unpacked; wanted a smaller file, or several.")


#: What no database keeps as text: NUL, and halves of characters, which some encodings let through.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def _text(name: str, content: bytes, encoding: str) -> str:
    """The characters; a mark at the start of the file is believed more than `encoding`."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content.startswith(BOM_UTF8):
        encoding = "utf-8"
    elif _looks_like_utf16(content):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        text = content.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _undecodable(name, content, error) from error
    except (LookupError, UnicodeError) as error:
        raise refusal(name, f"given the encoding “{encoding}”; wanted one such as utf-8 or cp1252.") from error
    if bad := _NO_TEXT.search(text):
        raise refusal(name, "given a NUL byte, or half a character; wanted text.", text.count("\n", 0, bad.start()) + 1)
    return text


def _looks_like_utf16(content: bytes) -> bool:
    """Every other byte of a header in Latin letters is empty then."""
    start = content[:64]
    return len(start) > 3 and len(start) % 2 == 0 and (not any(start[1::2]) or not any(start[::2]))


def _undecodable(name: str, content: bytes, error: UnicodeDecodeError) -> BundleRefused:
    line = content.count(b"\n", 0, error.start) + 1
    start = max(content.rfind(b"\n", 0, error.start) + 1, error.start - 20)
    near = content[start : error.start + 20].split(b"\n")[0].decode("cp1252", "replace")
    hint = f"read as cp1252 it would be “{near.strip()}”: if that is right, say encoding cp1252."
    wanted = "UTF-8" if error.encoding == "utf-8" else error.encoding
    return refusal(name, f"given byte 0x{content[error.start]:02x}; wanted {wanted} ({hint})", line)


# --- text


def _csv(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    said = _SAID_DELIMITER.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else _delimiter(name, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + (2 if said else 1)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refusal(name, f"given something that is not CSV ({error}).", line) from error
        yield line, cells


def _delimiter(name: str, text: str) -> str:
    """What parts the cells of the header. Raises `BundleRefused` where they are parted by something else."""
    first = _QUOTED.sub("", re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0])
    delimiter = max(DELIMITERS, key=first.count)
    if delimiter not in first and first.count("|") > 1:
        raise refusal(name, f"given cells parted by “|”; wanted {', '.join(DELIMITERS.values())}.", 1)
    return delimiter


# --- workbooks


def _workbook(name: str, content: bytes, max_bytes: int, left_out: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The first sheet; names of others are put into `left_out`.

    What it would take unpacked is known before it is opened: calamine holds all of its cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(name, archive, max_bytes)
            special = dict.fromkeys(rescaled_cells(archive), _rescaled)
            special |= dict.fromkeys(percent_cells(archive), _percent) | dict.fromkeys(error_cells(archive), _error)
        found: Any = CalamineWorkbook.from_filelike(io.BytesIO(content))
        left_out += found.sheet_names[1:]
        yield from _shown(name, found.get_sheet_by_index(0), special) if found.sheet_names else ()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, CalamineError, RuntimeError) as error:
        raise refusal(name, f"given an .xlsx that is damaged or none ({error}); wanted a workbook.") from error


def _shown(name: str, sheet: Any, special: Mapping[Place, Callable[[object], str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; the reader leaves empty columns before the first one out, but no rows.

    `special`: how cells are given that are not what the reader says.
    """
    left = (sheet.start or (0, 0))[1] + 1
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            merged.setdefault(top + 1, []).append((first + 1 - left, bottom + 1))
    for number, row in enumerate(sheet.iter_rows(), 1):
        show = [special.get((number, left + at), _cell) for at in range(len(row))]
        for at, bottom in merged.get(number, ()):
            _refuse_merged(name, row[at] if 0 <= at < len(row) else None, number, bottom)
        cells = [shown(value) for shown, value in zip(show, row, strict=True)]
        if any(map(_NO_TEXT.search, cells)):
            raise refusal(name, "given a NUL byte, or half a character; wanted text.", number)
        yield number, cells


def _refuse_merged(name: str, value: object, top: int, bottom: int) -> None:
    """A cell over several rows is kept in the first of them alone: the others would say nothing."""
    if text := _cell(value):
        given = f"given {quoted(text)} merged over lines {top} to {bottom}"
        raise refusal(name, f"{given}; wanted it in each of them: part the cells and fill them.", top)


def _check_size(name: str, archive: zipfile.ZipFile, max_bytes: int) -> None:
    """Of the parts as they are and not as they say they are, and of the rectangle that the cells span."""
    left = max_bytes
    for part in archive.infolist():
        is_sheet = part.filename.startswith("xl/worksheets/")
        rows = columns = 1
        with archive.open(part) as opened:
            kept = b""
            while block := opened.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise _too_large(name, max_bytes)
                if is_sheet:
                    rows, columns = _span(kept + block, rows, columns)
                    kept = block[-64:]
        if rows > MAX_ROWS:
            raise refusal(name, f"given {rows:,} rows; wanted at most {MAX_ROWS:,}.")
        if columns > MAX_COLUMNS:
            raise refusal(name, f"given {columns:,} columns; wanted at most {MAX_COLUMNS}.")


def _span(xml: bytes, rows: int, columns: int) -> tuple[int, int]:
    for letters, digits in _LETTERED_CELL.findall(xml):
        rows = max(rows, int(digits))
        columns = max(columns, column_number(letters))
    return rows, columns


class NumberCell(str):
    """A cell that a workbook keeps as a number: its point is decimal, in whatever language the words are."""

    __slots__ = ()


class RescaledCell(NumberCell):
    """One that is shown as another number."""

    __slots__ = ()


def _rescaled(value: object) -> str:
    text = _cell(value)
    return RescaledCell(text) if isinstance(value, int | float) and value else text


def _percent(value: object) -> str:
    """A number as it is shown, with the digits that a spreadsheet has."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cell(value)
    return f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"


def _error(value: object) -> str:
    """The reader takes a formula that failed for an empty cell."""
    return ERROR


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return NumberCell(f"{value:.0f}" if value.is_integer() and abs(value) < 10**15 else repr(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


# --- rows


def _sheet(name: str, lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    found = ((line, cells) for line, cells in _checked(name, lines) if any(cells))
    top, header = next(found, (0, ()))
    if not header:
        raise refusal(name, "given an empty file; wanted a line with the names of the columns and one line a claim.")
    while not header[-1]:
        header = header[:-1]
    unnamed = [place for place, cell in enumerate(header) if not cell]
    rows = tuple(_row(name, top, header, unnamed, line, cells) for line, cells in found)
    if not rows:
        raise refusal(name, "given only the names of columns; wanted one line a claim below them.", top)
    return Sheet(name, header, rows)


def _checked(name: str, lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, (line, cells) in enumerate(lines):
        if number > MAX_ROWS:
            raise refusal(name, f"given more than {MAX_ROWS:,} rows; wanted several files.", line)
        if len(cells) > MAX_COLUMNS:
            raise refusal(name, f"given {len(cells):,} columns; wanted at most {MAX_COLUMNS}.", line)
        if max(map(len, cells), default=0) > MAX_CELL:
            raise refusal(name, f"given a cell of more than {MAX_CELL:,} characters; is a quotation mark lost?", line)
        yield line, tuple(cell if isinstance(cell, NumberCell) else cell.strip() for cell in cells)


def _row(
    name: str, top: int, header: tuple[str, ...], unnamed: Sequence[int], line: int, cells: tuple[str, ...]
) -> SheetRow:
    width = len(header)
    if any(cells[width:]):
        raise refusal(
            name, f"given {len(cells)} cells; wanted {width}, as in the header.{_hint(top, header, line, cells)}", line
        )
    for place in unnamed:
        if place < len(cells) and cells[place]:
            given = f"given {quoted(cells[place])} in column {place + 1}, which has no name"
            raise refusal(name, f"{given}; wanted one in line {top}.{_hint(top, header, line, cells)}", line)
    return SheetRow(line, cells[:width])


def _hint(top: int, header: Sequence[str], line: int, cells: Sequence[str]) -> str:
    """Titles stand above tables, and groups of columns above their names."""
    is_title = line - top <= _TOP and sum(map(bool, header)) * 2 <= sum(map(bool, cells))
    return f" If line {top} is a title, remove it: the names of the columns have to come first." if is_title else ""
