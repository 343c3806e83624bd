"""One CSV file as rows of text, each with the line that it starts on."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from apps.ingest.problems import Problem, quoted

#: Characters in one cell. Longer ones are a lost quotation mark that swallowed the rest of the file.
MAX_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row by column name; `line` counts from 1 with the header."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What could be read of one file, and what was wrong with the rest of it."""

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


def read_table(name: str, content: bytes, columns: Collection[str]) -> Table:
    """The rows of `content`, UTF-8 with or without a byte order mark. Columns may be missing or in any order."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{content[error.start]:02x} is not UTF-8; wanted a text file in UTF-8."
        return Table((), (Problem(name, given, line),))
    if (at := text.find("\0")) >= 0:
        return Table((), (Problem(name, "given a NUL byte; wanted text.", text.count("\n", 0, at) + 1),))
    return _parse(name, text, columns)


def _parse(name: str, text: str, columns: Collection[str]) -> Table:
    lines = _numbered(text)
    problems: list[Problem] = []
    rows: list[TableRow] = []
    limit = csv.field_size_limit(MAX_CELL)
    try:
        header = next(lines, (1, []))[1]
        if problems := list(_header_problems(name, header, columns)):
            return Table((), tuple(problems))
        for line, cells in lines:
            if len(cells) == len(header):
                rows.append(TableRow(line, dict(zip(header, cells, strict=True))))
            elif cells:  # a blank line says nothing
                given = f"given {len(cells)} cells; wanted {len(header)}, as in the header."
                problems.append(Problem(name, given, line))
    except _BadLine as error:
        problems.append(Problem(name, f"given something that is not CSV ({error}).", error.line))
    finally:
        csv.field_size_limit(limit)
    return Table(tuple(rows), tuple(problems))


class _BadLine(Exception):
    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on: quoted cells hold line breaks, so rows and lines are not the same."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _BadLine(line, str(error)) from error


def _header_problems(name: str, header: list[str], columns: Collection[str]) -> Iterator[Problem]:
    wanted = f"wanted only {', '.join(columns)}."
    if not header:
        yield Problem(name, "given no header line; wanted the names of the columns.", 1)
    for column in dict.fromkeys(header):
        if column not in columns:
            yield Problem(name, f"given a column {quoted(column)}; {wanted}", 1)
        elif header.count(column) > 1:
            yield Problem(name, f"given the column {quoted(column)} more than once.", 1)
