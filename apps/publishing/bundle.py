"""Writing everything that is kept as a bundle: the same database always gives the same bytes."""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.db import connection, transaction

from apps.claims.bundle import FILES, BundleFile, StoredRow, headers, stored_rows
from apps.claims.cells import print_cell, print_list

#: The csv module decides about quotation marks differently from one Python to the next (a lone carriage return).
_NEEDS_QUOTES = re.compile('[,"\r\n]')
#: The earliest moment a .zip can hold.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def export_bundle(path: Path) -> dict[str, int]:
    """Write all files and columns to `path`: a .zip when it is named so, else a folder, made if it is missing.

    Gives the number of rows of each file. Everything is as of one moment. Raises OSError.
    """
    # Inside somebody's transaction the moment is theirs to choose.
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            _see_one_moment()
        return _write_zip(path) if path.suffix.lower() == ".zip" else _write_folder(path)


def _see_one_moment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def lines(name: str) -> Iterator[str]:
    """The lines of the file called `name`, header first, each with its end of line."""
    header = headers()[name]
    yield csv_line(header)
    for file in FILES:
        if file.file_name == name:
            yield from (csv_line(cells(file, row, header)) for row in stored_rows(file))


def cells(file: BundleFile, row: StoredRow, header: Iterable[str]) -> Iterator[str]:
    """A stored row as text in the order of the columns."""
    lists = {column.name for column in file.lists}
    for name in header:
        value = row.values.get(name)
        yield print_list(value) if name in lists and value is not None else print_cell(value)


def csv_line(cells: Iterable[str]) -> str:
    """One row of CSV with quotation marks only where they are needed."""
    quoted = ('"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell for cell in cells)
    return ",".join(quoted) + "\n"


def _write_folder(path: Path) -> dict[str, int]:
    path.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name in headers():
        half_done = path / f".{name}.part"
        with half_done.open("wb") as target:
            counts[name] = _write_lines(name, target)
        os.replace(half_done, path / name)
    return counts


def _write_zip(path: Path) -> dict[str, int]:
    half_done = path.with_name(f".{path.name}.part")
    counts = {}
    with zipfile.ZipFile(half_done, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in headers():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever this machine is
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as target:
                counts[name] = _write_lines(name, target)
    os.replace(half_done, path)
    return counts


def _write_lines(name: str, target: IO[bytes]) -> int:
    """How many rows were written, the header not counted."""
    written = -1
    for line in lines(name):
        target.write(line.encode())
        written += 1
    return written
