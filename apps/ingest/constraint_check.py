"""Which rows would break a rule of their table, asked before they are written: all rows and all rules at once.

PostgreSQL itself stops at the first broken row and does not say where it came from. The rules are read from the
database, so none can be forgotten here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql


@dataclass(frozen=True, slots=True)
class BrokenConstraint:
    """A rule that the row `pk` breaks: the columns it speaks of, the editor's sentence, and the row it clashes with."""

    pk: int
    columns: tuple[str, ...]
    sentence: str
    clashes_with: int | None = None


def broken_constraints(model: type[models.Model], instances: Sequence[models.Model]) -> list[BrokenConstraint]:
    """Every check and unique constraint that an unsaved instance breaks, in the order of the instances.

    The instances are copied into a table of the same columns without any constraint. The number of statements
    depends on the number of constraints, not of rows.
    """
    if not instances:
        return []
    staged = sql.Identifier(f"staged_{model._meta.db_table}")
    table = sql.Identifier(model._meta.db_table)
    with connection.cursor() as cursor:
        create = "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS TABLE {} WITH NO DATA"
        cursor.execute(sql.SQL(create).format(staged, table))
        _copy(cursor, staged, model, instances)
        broken = [*_broken_checks(cursor, model, staged), *_broken_uniques(cursor, model, staged)]
        cursor.execute(sql.SQL("DROP TABLE {}").format(staged))
    order = {instance.pk: place for place, instance in enumerate(instances)}
    return sorted(broken, key=lambda found: order[found.pk])


def constraint_sentence(name: str | None) -> str | None:
    """What the model says to an editor about a constraint of this name."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message)
    return None


def _primary(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))


def _copy(cursor: Any, staged: sql.Identifier, model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(staged, columns)) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])


_CHECKS = """
    SELECT c.conname, array(
             SELECT a.attname::text FROM unnest(c.conkey) k
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k ORDER BY a.attnum
           ), pg_get_expr(c.conbin, c.conrelid)
    FROM pg_constraint c WHERE c.conrelid = %s::regclass AND c.contype = 'c' ORDER BY c.conname
"""


def _broken_checks(cursor: Any, model: type[models.Model], staged: sql.Identifier) -> Iterator[BrokenConstraint]:
    cursor.execute(_CHECKS, [connection.ops.quote_name(model._meta.db_table)])
    rules = {name: (tuple(columns), expression) for name, columns, expression in cursor.fetchall()}
    if not rules:
        return
    # The expressions are the database's own words for its constraints, not anybody's input.
    verdicts = sql.SQL(", ").join(
        sql.SQL("({}, ({}))").format(sql.Literal(name), sql.SQL(expression)) for name, (_, expression) in rules.items()
    )
    ask = "SELECT {pk}, rule FROM {staged}, LATERAL (VALUES {verdicts}) v (rule, holds) WHERE holds IS FALSE ORDER BY 2"
    primary = _primary(model)
    cursor.execute(sql.SQL(ask).format(pk=primary, staged=staged, verdicts=verdicts))
    for pk, name in cursor.fetchall():
        yield BrokenConstraint(pk, rules[name][0], constraint_sentence(name) or f"it breaks {name}.")


_UNIQUES = """
    SELECT r.relname,
           array(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n),
           coalesce(pg_get_expr(i.indpred, i.indrelid), 'true')
    FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary ORDER BY r.relname
"""
_CLASHES = """
    WITH staged AS (SELECT {pk} AS pk, ARRAY[{keys}] AS key FROM {staged} WHERE {condition}),
         kept AS (
             SELECT {pk} AS pk, ARRAY[{keys}] AS key FROM {table} t
             WHERE {condition} AND NOT EXISTS (SELECT FROM {staged} s WHERE s.{pk} = t.{pk})
         ),
         everything AS (SELECT * FROM staged UNION ALL SELECT * FROM kept WHERE key IN (SELECT key FROM staged)),
         firsts AS (SELECT pk, min(pk) OVER (PARTITION BY key) AS first, key FROM everything)
    SELECT pk, first FROM firsts
    WHERE pk <> first AND array_position(key, NULL) IS NULL AND pk IN (SELECT pk FROM staged) ORDER BY pk
"""


def _broken_uniques(cursor: Any, model: type[models.Model], staged: sql.Identifier) -> Iterator[BrokenConstraint]:
    cursor.execute(_UNIQUES, [connection.ops.quote_name(model._meta.db_table)])
    for name, keys, condition in cursor.fetchall():
        ask = sql.SQL(_CLASHES).format(
            pk=_primary(model),
            keys=sql.SQL(", ").join(sql.SQL("({})::text").format(sql.SQL(key)) for key in keys),
            condition=sql.SQL(condition),
            staged=staged,
            table=sql.Identifier(model._meta.db_table),
        )
        cursor.execute(ask)
        for pk, other in cursor.fetchall():
            sentence = constraint_sentence(name) or "another row has the same already."
            yield BrokenConstraint(pk, tuple(keys), sentence, other)
