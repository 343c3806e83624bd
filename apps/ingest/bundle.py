"""Restoring a bundle: everything in it, or nothing.

A bundle is a restore form. A row that the database lacks is added, one that differs is set to what the bundle says
(an empty or missing column means null), one that is the same is not touched and gains no history. Rows that the bundle
does not mention stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from apps.actors.state import histories
from apps.claims.bundle import FILES, BundleFile, headers
from apps.claims.models import Topic
from apps.domain.wording import counted
from apps.ingest.bundle_rows import Given, read_rows
from apps.ingest.bundle_writing import Counts, explain, write
from apps.ingest.problems import BROKEN_OFF, BundleRefused, Problem, quoted
from apps.ingest.tables import Table, TableRow, read_table
from apps.ingest.unpacking import read_files

#: Any fixed number: imports wait for each other, so that two at once cannot both find a row missing.
_ADVISORY_LOCK = 7_205_001


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows of every file were new, were changed or stayed as they were."""

    counts: Mapping[str, Counts]
    is_dry_run: bool = False

    @property
    def new(self) -> int:
        return sum(counts.new for counts in self.counts.values())

    @property
    def changed(self) -> int:
        return sum(counts.changed for counts in self.counts.values())

    def sentence(self) -> str:
        """What was done, for the person at the terminal."""
        total = sum(counts.total for counts in self.counts.values())
        if not self.new and not self.changed:
            return f"Nothing to do: all {total:,} rows are there already."
        parts = ", ".join(counted(counts.total, name) for name, counts in self.counts.items() if counts.total)
        verb = "Would import" if self.is_dry_run else "Imported"
        return f"{verb} {parts}: {counted(self.new, 'rows')} new, {self.changed:,} changed."


def import_bundle(path: Path, *, is_dry_run: bool = False) -> Outcome:
    """Bring the bundle at `path` (folder or .zip) into the database in one transaction.

    A dry run goes the whole way and then takes everything back. Raises `BundleRefused` with every problem that was
    found; the database is then as it was.
    """
    tables = _tables(path)
    with transaction.atomic():
        import_lock()
        given = read_rows(tables)
        outcome = Outcome(_write(given), is_dry_run)
        if is_dry_run:
            transaction.set_rollback(True)
    if not is_dry_run and (outcome.new or outcome.changed):
        refresh_statistics()
    return outcome


def is_loaded(path: Path) -> bool:
    """Whether the database has every topic of the bundle at `path`, whatever became of the rest."""
    file = next(file for file in FILES if file.model is Topic)
    slugs = {row.cells.get("topic", "") for row in _tables(path)[file].rows}
    return Topic.objects.filter(slug__in=slugs).count() == len(slugs)


def import_lock() -> None:
    """Wait until no other import is under way; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def may_import_lock() -> bool:
    """The same without waiting: whether no other import is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        (is_free,) = cursor.fetchone()
    return bool(is_free)


def refresh_statistics() -> None:
    """Statistics of the tables for the query planner, which counts them by itself only a while after they grew.

    It would take full histories for empty ones until then, and look through them for minutes where they are joined.
    """
    tables = [name for history in histories() for name in (history, history.removesuffix("event"))]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _tables(path: Path) -> dict[BundleFile, Table]:
    columns = headers()
    contents = read_files(path, list(columns))
    tables = {name: read_table(name, content, columns[name]) for name, content in contents.items()}
    return {file: _part(file, tables.get(file.file_name, Table((), ()))) for file in FILES}


def _part(file: BundleFile, table: Table) -> Table:
    """The rows of a table that belong to one of the models of its file, problems with the first of them."""
    parts = [other for other in FILES if other.name == file.name]
    if len(parts) == 1:
        return table
    homes = [_home(parts, row) for row in table.rows]
    rows = tuple(row for row, home in zip(table.rows, homes, strict=True) if home is file)
    lost = tuple(
        Problem(file.file_name, f"given {_both(file, row)}; wanted only one of them.", row.line)
        for row, home in zip(table.rows, homes, strict=True)
        if home is None
    )
    return Table(rows, (*table.problems, *lost) if file is parts[0] else ())


def _home(parts: list[BundleFile], row: TableRow) -> BundleFile | None:
    return next((part for part in parts if not any(row.cells.get(name) for name in part.left_empty)), None)


def _both(file: BundleFile, row: TableRow) -> str:
    names = [file.key[0], *file.left_empty]
    return " and ".join(f"{name} {quoted(row.cells.get(name, ''))}" for name in names)


def _write(given: Given) -> dict[str, Counts]:
    if given.problems:
        raise BundleRefused(given.problems)
    try:
        # Inside the importing transaction, so that its failure leaves the connection usable.
        with transaction.atomic():
            written = write(given)
    except DatabaseError as error:
        if isinstance(error, BROKEN_OFF):
            raise
        raise BundleRefused([explain(error)]) from error
    counts: dict[str, Counts] = {}
    for file, part in written.items():
        counts[file.name] = counts.get(file.name, Counts(0, 0, 0)) + part
    return counts
