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
from apps.ingest.constraint_check import BrokenConstraint, broken_constraints, constraint_sentence
from apps.ingest.problems import BundleRefused, Problem, quoted
from apps.ingest.rules_together import astray, buried_alive, superseding_others, taken, uncited

#: Rows in one statement: enough that the number of statements does not matter, few enough for the memory.
BATCH = 2_000


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
    plans = {file: list(_plan(file, given, pks)) for file in FILES}
    broken = [problem for file in FILES for problem in (*_broken(file, plans[file]), *taken(file, _new(plans[file])))]
    if broken:
        raise BundleRefused(broken)
    with _key_lookups():
        counts = {file: _write_file(file, plans[file], given, pks) for file in FILES}
    if problems := [problem for file in FILES for problem in _broken_together(file, plans[file])]:
        raise BundleRefused(problems)
    with _key_lookups(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they were, for whoever goes on in this transaction
    return counts


@contextmanager
def _key_lookups() -> Iterator[None]:
    """Has triggers look rows up by their keys.

    Tables that were empty a moment ago have no statistics: triggers would read them whole for every row, and 10,000
    claims would take a minute.
    """
    ways = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET LOCAL {way} = off")
        yield
        for way in ways:
            cursor.execute(f"SET LOCAL {way} TO DEFAULT")


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


def _broken(file: BundleFile, planned: list[_Planned]) -> Iterator[Problem]:
    """Every row that breaks a constraint of its table, with the line it came from."""
    rows = {plan.instance.pk: plan.row for plan in planned}
    for broken in broken_constraints(file.model, [plan.instance for plan in planned]):
        row = rows[broken.pk]
        columns = [column.name for column in file.plain if _speaks_of(broken, file, column.name)]
        given = ", ".join(f"{name} {quoted(row.cells.get(name, ''))}" for name in columns)
        other = rows.get(broken.clashes_with) if broken.clashes_with else None
        where = f" It clashes with line {other.line}." if other else ""
        message = f"given {given}; {broken.sentence}{where}" if given else broken.sentence + where
        yield Problem(file.file_name, message, row.line, columns[0] if len(columns) == 1 else None)


def _speaks_of(broken: BrokenConstraint, file: BundleFile, column: str) -> bool:
    """Whether a rule is about a column, directly or through what is derived from it (`url_key` from `url`)."""
    name = file.fields[column].column
    return name in broken.columns or name in (file.derived.get(derived) for derived in broken.columns)


def _write_file(
    file: BundleFile,
    planned: list[_Planned],
    given: Given,
    pks: Mapping[type[models.Model], Mapping[str, int]],
) -> Counts:
    new = [plan for plan in planned if plan.is_new]
    changed = [plan for plan in planned if not plan.is_new]
    # Changes first, and first of all those that give up a place of which there is one: a new row may take it.
    stored = given.stored[file]
    for is_first in (True, False):
        _change(file, [p for p in changed if _gives_up(file, p, stored[p.row.key].values) is is_first])
    ordered = [plan.instance for plan in _parents_first(file, new)]
    file.model._base_manager.bulk_create(ordered, batch_size=BATCH)
    for column in file.lists:
        _write_list(file, column, planned, given, pks)
    return Counts(len(new), len(changed), len(given.rows[file]))


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
    """A trigger that looks at a row's parent must find it, also in an earlier batch."""
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


def _new(planned: Iterable[_Planned]) -> list[GivenRow]:
    return [plan.row for plan in planned if plan.is_new]


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
