"""From cells to values, with everything that can be known to be wrong before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.db import models
from django.db.models import F

from apps.claims.bundle import FILES, BundleFile, Column, ListColumn, StoredRow, public_key, stored_rows
from apps.claims.cells import print_cell, read_cell, read_list
from apps.domain.figure_rules import figure_problems
from apps.domain.figures import Figure
from apps.ingest.problems import Problem, quoted
from apps.ingest.tables import Table, TableRow
from apps.web.lookups import AnyOf

Key = tuple[Any, ...]
Model = type[models.Model]

_FIGURE = tuple(Figure.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row of a bundle: `values` by column name as the model holds them, relations as public keys, lists as tuples.

    `cells` is what was given, for messages.
    """

    line: int
    key: Key
    values: Mapping[str, Any]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """All rows of a bundle by file, the stored rows of the same keys, and the primary keys of all that is referred to.

    With problems nothing may be written.
    """

    rows: Mapping[BundleFile, tuple[GivenRow, ...]]
    stored: Mapping[BundleFile, Mapping[Key, StoredRow]]
    pks: Mapping[Model, Mapping[str, int]]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    """What is collected while files are read, one after the other."""

    rows: dict[BundleFile, tuple[GivenRow, ...]] = field(default_factory=dict)
    stored: dict[BundleFile, dict[Key, StoredRow]] = field(default_factory=dict)
    pks: dict[Model, dict[str, int]] = field(default_factory=dict)
    problems: dict[BundleFile, list[Problem]] = field(default_factory=dict)


def read_rows(tables: Mapping[BundleFile, Table]) -> Given:
    """Check every cell and every reference; a fixed number of queries for each file."""
    reading = _Reading()
    for file in FILES:
        table = tables[file]
        reading.problems[file] = list(table.problems)
        reading.rows[file] = tuple(_rows(file, table, reading.problems[file]))
        reading.stored[file] = _stored(file, reading.rows[file])
    _look_up_references(reading)
    named = _named_in_bundle(tables)
    for file in FILES:
        rows, problems = reading.rows[file], reading.problems[file]
        problems.extend(_unknown_references(file, rows, reading.pks, named))
        problems.extend(_cycles(file, rows, has_stored=bool(reading.stored[file])))
        problems.sort(key=lambda problem: problem.line or 0)
    found = tuple(problem for file in FILES for problem in reading.problems[file])
    return Given(reading.rows, reading.stored, reading.pks, found)


def key_of(file: BundleFile, values: Mapping[str, Any]) -> Key:
    """What tells a row apart from the others of its file."""
    return tuple(values[column] for column in file.key)


def _rows(file: BundleFile, table: Table, problems: list[Problem]) -> Iterator[GivenRow]:
    lines: dict[Key, int] = {}
    # Most cells say what another one of their column says; what was read once is not read again.
    readers = {column.name: cache(partial(_value, file, column)) for column in file.columns}
    sound: set[tuple[str, ...]] = set()
    for row in table.rows:
        values, found = _values(file, row, readers)
        if not found:
            found = _figure(file, row, values, sound)
        key = key_of(file, values) if not found else ()
        if not found and (first := lines.setdefault(key, row.line)) != row.line:
            given = f"given {_named(file, row)} again; line {first} has it already."
            found = [Problem(file.file_name, given, row.line, file.key[0])]
        problems.extend(found)
        if not found:
            yield GivenRow(row.line, key, values, row.cells)


def _named(file: BundleFile, row: TableRow) -> str:
    return " ".join(quoted(cell) for name in file.key if (cell := row.cells.get(name, "")))


def _values(
    file: BundleFile, row: TableRow, readers: Mapping[str, Callable[[str], Any]]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for name, read in readers.items():
        text = row.cells.get(name, "")
        try:
            values[name] = read(text)
        except ValueError as error:
            problems.append(Problem(file.file_name, f"given {quoted(text)}; {error}.", row.line, name, f"{error}."))
    return values, problems


def _value(file: BundleFile, column: Column | ListColumn, text: str) -> Any:
    if isinstance(column, ListColumn):
        return _entries(column, text)
    if not text and column.name in file.key and not file.fields[column.name].null:
        raise ValueError("wanted a value, it cannot be empty")
    model_field = file.fields[column.name]
    if model_field.related_model is None:
        return read_cell(model_field, text)
    if not text and not model_field.null:
        raise ValueError(f"wanted the key of {_article(model_field.related_model)}, it cannot be empty")
    return text or None


def _entries(column: ListColumn, text: str) -> tuple[str, ...]:
    entries = read_list(text)
    if not column.is_repeatable and len(set(entries)) < len(entries):
        raise ValueError("wanted every entry once")
    if column.field.related_model is None:
        for entry in entries:
            read_cell(column.field, entry)
    return entries


def _article(model: Any) -> str:
    name = str(model._meta.verbose_name)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _figure(file: BundleFile, row: TableRow, values: Mapping[str, Any], sound: set[tuple[str, ...]]) -> list[Problem]:
    """The rules of one figure, for the files that have figures. Cells that were found to be `sound` are so again."""
    cells = tuple([row.cells.get(name, "") for name in _FIGURE])
    if "stated_value" not in values or cells in sound:
        return []
    found = figure_problems(Figure(**{name: values[name] for name in _FIGURE}))
    if not found:
        sound.add(cells)
    given = {problem: quoted(row.cells.get(problem.field, "")) for problem in found}
    return [Problem(file.file_name, f"given {given[p]}; {p.message}", row.line, p.field, p.message) for p in found]


def _stored(file: BundleFile, rows: Iterable[GivenRow]) -> dict[Key, StoredRow]:
    """The stored rows that the bundle's may already be."""
    first = file.key[0]
    firsts = {row.values[first] for row in rows}
    if not firsts:
        return {}
    known = file.model._default_manager.all()
    if None not in firsts:
        known = known.filter(AnyOf(F(file.path(first)), firsts))
    return {key_of(file, row.values): row for row in stored_rows(file, known)}


def _references(file: BundleFile, row: GivenRow) -> Iterator[tuple[str, Model, str]]:
    """Column, model and public key of everything that a row points to."""
    for name, target in file.relations.items():
        value = row.values[name]
        for key in value if isinstance(value, tuple) else (value,):
            if key is not None:
                yield name, target, key


def _look_up_references(reading: _Reading) -> None:
    wanted: dict[Model, set[str]] = {}
    for file in FILES:
        for row in reading.rows[file]:
            for _, target, key in _references(file, row):
                wanted.setdefault(target, set()).add(key)
    for target, keys in wanted.items():
        name = public_key(target)
        found = target._default_manager.filter(AnyOf(F(name), keys)).values_list(name, "pk")
        reading.pks[target] = dict(found)


def _named_in_bundle(tables: Mapping[BundleFile, Table]) -> dict[Model, set[str]]:
    """Keys that the bundle brings along, those of broken rows included: one mistake is reported once."""
    return {
        file.model: {row.cells.get(file.key[0], "") for row in tables[file].rows}
        for file in FILES
        if len(file.key) == 1
    }


def _unknown_references(
    file: BundleFile,
    rows: Iterable[GivenRow],
    pks: Mapping[Model, Mapping[str, int]],
    named: Mapping[Model, set[str]],
) -> Iterator[Problem]:
    for row in rows:
        for column, target, key in _references(file, row):
            if key not in pks[target] and key not in named.get(target, ()):
                wanted = f"there is no such {target._meta.verbose_name} in the bundle or in the database."
                yield Problem(file.file_name, f"given {quoted(key)}; {wanted}", row.line, column)


def _cycles(file: BundleFile, rows: Iterable[GivenRow], *, has_stored: bool) -> Iterator[Problem]:
    """Rows that lead back to themselves. Where all are new, nothing stored leads to one of them."""
    for column in file.self_references:
        by_key = {row.key[0]: row for row in rows}
        given = {key: row.values[column] for key, row in by_key.items()}
        above = _stored_parents(file, column) | given if has_stored else given
        settled: set[str | None] = {None}
        for row in rows:
            line: dict[str, None] = {}  # ordered, and quick to look into: chains of revisions are long
            at = row.key[0]
            while at not in settled and at not in line:
                line[at] = None
                at = above.get(at)
            if at in line:
                circle = list(line)[list(line).index(at) :]
                told = next(by_key[key] for key in circle if key in by_key)  # the database alone has no circles
                text = f"given {quoted(print_cell(told.values[column]))}; wanted no circle, but "
                yield Problem(file.file_name, text + " → ".join([*circle, at]) + ".", told.line, column)
            settled.update(line)


def _stored_parents(file: BundleFile, column: str) -> dict[str, str]:
    name, path = public_key(file.model), file.path(column)
    linked = file.model._default_manager.exclude(**{path: None})
    return dict(linked.values_list(name, path))
