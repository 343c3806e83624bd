"""Bundles to break, and an empty or loaded database to import them into."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

Edit = Callable[[str, str, str, str], Path]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A copy of the demo bundle."""
    return Path(shutil.copytree(settings.PARALLAX_DEMO_BUNDLE, tmp_path / "bundle"))


@pytest.fixture
def edit(bundle: Path) -> Edit:
    """Set one cell of the copy: file, key of the row (its first cell), column, new text."""

    def set_cell(name: str, key: str, column: str, text: str) -> Path:
        path = bundle / f"{name}.csv"
        header, *rows = csv.reader(io.StringIO(path.read_text(), newline=""))
        if column not in header:
            header.append(column)
            rows = [[*row, ""] for row in rows]
        (row,) = [row for row in rows if row[0] == key]
        row[header.index(column)] = text
        with path.open("w", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows([header, *rows])
        return bundle

    return set_cell
