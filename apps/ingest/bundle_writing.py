"""Writing checked rows: a fixed number of statements for each file, whatever the number of rows in a batch."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db import DatabaseError, connection, models

from apps.actors.models import Redirect, Tombstone
from apps.claims.bundle import FILES, BundleFile, ListColumn
from apps.claims.models import Claim
from apps.ingest.bundle_rows import Given, GivenRow
from apps.ingest.constraint_check import BrokenConstraint, Staged, constraint_sentence
from apps.ingest.problems import BundleRefused, Problem, quoted
from apps.ingest.rules_together import astray, buried_alive, superseding_others, taken, uncited

#: Entries of lists in one statement: enough that the number does not matter, few enough for the memory.
BATCH = 2_000
#: New rows of a table from which on a plan made for none takes long.
MANY = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one file."""

    new: int
    changed: int
    total: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.total + other.total)


@dataclass(frozen=True, slots=True)
class _Planned:
    """One row to write: a new instance, or a stored one set to what the bundle says."""

    row: GivenRow
    instance: models.Model
    is_new: bool


def write(given: Given) -> dict[BundleFile, Counts]:
    """Add and change what differs. Raises `BundleRefused` for rows that break a constraint, else DatabaseError.

    Rules that the database checks at the end of a transaction are checked here.
    """
    pks = {model: dict(keys) for model, keys in given.pks.items()}
    plans = {file: _parents_first(file, list(_plan(file, given, pks))) for file in FILES}
    staged = {file: Staged(file.model, [plan.instance for plan in plans[file]]) for file in FILES}
    if broken := [problem for file in FILES for problem in _refused(file, plans[file], staged[file])]:
        raise BundleRefused(broken)
    with _by_keys(), connection.cursor() as cursor:
        counts = {file: _write_file(file, plans[file], staged[file], given, pks) for file in FILES}
        _recount(cursor, counts)
        if problems := [problem for file in FILES for problem in _broken_together(file, plans[file])]:
            raise BundleRefused(problems)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they were, for whoever goes on in this transaction
    return counts


#: What a transaction is told for as long as it writes many rows.
_BY_KEYS = {
    # Tables that were empty a moment ago have no statistics: they would be read whole for every row.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    # None is ignored. Unsaid, each trigger of each row runs into an error and catches it, and undoing that takes the
    # longer, the more rows wait for their deferred constraints.
    "pgtrigger.ignore": "'{}'",
}


@contextmanager
def _by_keys() -> Iterator[None]:
    """Has triggers and rules look rows up by their keys; without, 100,000 claims would take hours."""
    with connection.cursor() as cursor:
        for name, value in _BY_KEYS.items():
            cursor.execute(f"SET LOCAL {name} = {value}")
        yield
        for name in _BY_KEYS:
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")


def _recount(cursor: Any, counts: Mapping[BundleFile, Counts]) -> None:
    """New statistics of tables that at least doubled: what is asked next would be planned for a table without rows."""
    for file, written in counts.items():
        table = connection.ops.quote_name(file.model._meta.db_table)
        if written.new >= MANY:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if written.new > cursor.fetchone()[0]:
                cursor.execute(f"ANALYZE {table}")


def _plan(file: BundleFile, given: Given, pks: dict[type[models.Model], dict[str, int]]) -> Iterator[_Planned]:
    """New primary keys are drawn first, so that rows of one file can refer to each other in any order."""
    rows, stored = given.rows[file], given.stored[file]
    new = [row for row in rows if row.key not in stored]
    drawn = dict(zip((row.key for row in new), _draw(file.model, len(new)), strict=True))
    own = {row.key: drawn[row.key] if row.key in drawn else stored[row.key].pk for row in rows}
    if len(file.key) == 1:
        pks.setdefault(file.model, {}).update({key[0]: pk for key, pk in own.items()})
    for row in rows:
        if row.key in drawn or _differs(file, row, stored[row.key].values):
            yield _Planned(row, file.model(pk=own[row.key], **_attributes(file, row, pks)), row.key in drawn)


def _differs(file: BundleFile, row: GivenRow, stored: Mapping[str, Any]) -> bool:
    return any(row.values[column.name] != stored[column.name] for column in file.columns)


def _draw(model: type[models.Model], count: int) -> list[int]:
    table = connection.ops.quote_name(model._meta.db_table)
    statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [table, model._meta.pk.column, count])
        return [pk for (pk,) in cursor.fetchall()]


def _attributes(file: BundleFile, row: GivenRow, pks: Mapping[type[models.Model], Mapping[str, int]]) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for column in file.plain:
        value = row.values[column.name]
        target = file.relations.get(column.name)
        if target is not None and value is not None:
            value = pks[target][value]
        attributes[file.fields[column.name].attname] = value
    return attributes


def _refused(file: BundleFile, planned: list[_Planned], staged: Staged) -> Iterator[Problem]:
    """Every row that breaks a constraint of its table, with the line it came from, and slugs that lead elsewhere."""
    yield from _broken(file, planned, staged)
    yield from taken(file, [plan.row for plan in planned if plan.is_new])


def _broken(file: BundleFile, planned: list[_Planned], staged: Staged) -> Iterator[Problem]:
    rows = {plan.instance.pk: plan.row for plan in planned}
    for broken in sorted(staged.broken(), key=lambda found: rows[found.pk].line):
        row = rows[broken.pk]
        columns = [column.name for column in file.plain if _speaks_of(broken, file, column.name)]
        given = ", ".join(f"{name} {quoted(row.cells.get(name, ''))}" for name in columns)
        other = rows.get(broken.clashes_with) if broken.clashes_with else None
        where = f" It clashes with line {other.line}." if other else ""
        message = f"given {given}; {broken.sentence}{where}" if given else broken.sentence + where
        yield Problem(file.file_name, message, row.line, columns[0] if len(columns) == 1 else None, broken.sentence)


def _speaks_of(broken: BrokenConstraint, file: BundleFile, column: str) -> bool:
    """Whether a rule is about a column, directly or through what is derived from it (`url_key` from `url`)."""
    name = file.fields[column].column
    return name in broken.columns or name in (file.derived.get(derived) for derived in broken.columns)


def _write_file(
    file: BundleFile,
    planned: list[_Planned],
    staged: Staged,
    given: Given,
    pks: Mapping[type[models.Model], Mapping[str, int]],
) -> Counts:
    changed = [plan for plan in planned if not plan.is_new]
    # Changes first, and first of all those that give up a place of which there is one: a new row may take it.
    stored = given.stored[file]
    for is_first in (True, False):
        _change(file, [p for p in changed if _gives_up(file, p, stored[p.row.key].values) is is_first])
    staged.insert()
    for column in file.lists:
        _write_list(file, column, planned, given, pks)
    return Counts(len(planned) - len(changed), len(changed), len(given.rows[file]))


def _gives_up(file: BundleFile, plan: _Planned, stored: Mapping[str, Any]) -> bool:
    column = file.exclusive
    return bool(column) and bool(stored[column]) and not plan.row.values[column]


def _change(file: BundleFile, planned: list[_Planned]) -> None:
    fields = [column.field for column in file.plain if column.name not in file.key]
    instances = [plan.instance for plan in planned]
    for name in file.derived:  # bulk_update does not ask fields for their own value
        derived = file.model._meta.get_field(name)
        assert isinstance(derived, models.Field)
        for instance in instances:
            derived.pre_save(instance, False)
    if instances and fields:
        file.model._base_manager.bulk_update(instances, [*fields, *file.derived], batch_size=500)


def _parents_first(file: BundleFile, planned: list[_Planned]) -> list[_Planned]:
    """A trigger that looks at a row's parent must find it."""
    if not file.self_references:
        return planned
    by_key = {plan.row.key[0]: plan for plan in planned}
    above = {
        key: [parent for name in file.self_references if (parent := plan.row.values[name]) in by_key]
        for key, plan in by_key.items()
    }
    try:
        return [by_key[key] for key in TopologicalSorter(above).static_order()]
    except CycleError:  # through two different relations, each of which is a tree; the database judges
        return planned


def _write_list(
    file: BundleFile,
    column: ListColumn,
    planned: Iterable[_Planned],
    given: Given,
    pks: Mapping[type[models.Model], Mapping[str, int]],
) -> None:
    """Lists that differ are written anew, whole: an entry has no identity apart from its place."""
    stored = given.stored[file]
    differing = [
        plan
        for plan in planned
        if plan.row.values[column.name] != (stored[plan.row.key].values[column.name] if not plan.is_new else ())
    ]
    if replaced := [plan.instance.pk for plan in differing if not plan.is_new]:
        column.through._base_manager.filter(**{f"{column.owner}__in": replaced}).delete()
    entries = [entry for plan in differing for entry in _entries(column, plan, pks)]
    column.through._base_manager.bulk_create(entries, batch_size=BATCH)


def _entries(
    column: ListColumn, plan: _Planned, pks: Mapping[type[models.Model], Mapping[str, int]]
) -> Iterator[models.Model]:
    target = column.field.related_model
    for position, entry in enumerate(plan.row.values[column.name]):
        value = pks[target][entry] if isinstance(target, type) else entry
        owner = {f"{column.owner}_id": plan.instance.pk}
        yield column.through(**owner, **{column.field.attname: value, column.position: position})


def _broken_together(file: BundleFile, planned: list[_Planned]) -> Iterator[Problem]:
    """Rules between rows that the database checks last, asked here because it would not say which row it is."""
    rows = {plan.instance.pk: plan.row for plan in planned}
    if file.model is Claim:
        yield from uncited(file, rows)
        yield from superseding_others(file, rows)
    if file.model is Tombstone:
        yield from buried_alive(file, rows.values())
    if file.model is Redirect:
        yield from astray(file, rows.values())


_KEY = re.compile(r"Key \((?P<columns>.+?)\)=\((?P<values>.*)\)")


def explain(error: DatabaseError) -> Problem:
    """A refusal of the database as a problem of a file: what nothing before it could see."""
    cause = getattr(error.__cause__, "diag", None)
    table = cause.table_name if cause else None
    file = next((file.file_name for file in FILES if file.model._meta.db_table == table), "The bundle")
    if cause is None:
        return Problem(file, str(error).splitlines()[0])
    # Triggers say "<name of the rule>: <sentence>".
    said = (cause.message_primary or str(error)).removeprefix(f"{cause.constraint_name}: ")
    sentence = constraint_sentence(cause.constraint_name) or said
    match = _KEY.search(cause.message_detail or "")
    given = f"given {match['columns']} “{match['values'][:200]}”; " if match else ""
    return Problem(file, given + sentence)
