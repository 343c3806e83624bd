"""Which rows would break a rule of their table, asked before they are written: all rows and all rules at once.

PostgreSQL itself stops at the first broken row and does not say where it came from. The rules are read from the
database, so none can be forgotten here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
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


class Staged:
    """Unsaved instances of a model, copied into a table of the same columns without any constraint.

    There the database can be asked about all of them at once, and can take them over from there. `instances` keep
    their order. Statements: a fixed number to copy, one per constraint to check, one to insert.
    """

    def __init__(self, model: type[models.Model], instances: Sequence[models.Model]) -> None:
        self.model, self.instances = model, instances
        self.name = sql.Identifier(f"staged_{model._meta.db_table}")
        self.table = sql.Identifier(model._meta.db_table)
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
        if instances:
            self._copy(fields)

    def _copy(self, fields: Sequence[models.Field[Any, Any]]) -> None:
        create = "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS TABLE {} WITH NO DATA"
        cells = [(field, _preparing(field)) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(create).format(self.name, self.table))
            copying = sql.SQL("COPY {} ({}) FROM STDIN").format(self.name, self.columns)
            # Django knows of no COPY: what goes wrong between its first row and its last, it does not make its own.
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for instance in self.instances:
                    copy.write_row([prepare(field.pre_save(instance, True)) for field, prepare in cells])

    def broken(self) -> list[BrokenConstraint]:
        """Every check and unique constraint that an instance breaks, in no order."""
        if not self.instances:
            return []
        with connection.cursor() as cursor:
            checks = _broken_checks(cursor, self.model, self.name)
            return [*checks, *_broken_uniques(cursor, self.model, self.name)]

    def insert(self) -> None:
        """Write those that are not there yet, in the order of the instances, and forget all."""
        if not self.instances:
            return
        # In the order in which they were copied, which is where they lie.
        insert = """
            INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged} s
            WHERE NOT EXISTS (SELECT FROM {table} t WHERE t.{pk} = s.{pk}) ORDER BY s.ctid
        """
        names = {"table": self.table, "columns": self.columns, "staged": self.name, "pk": _primary(self.model)}
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(insert).format(**names))
            cursor.execute(sql.SQL("DROP TABLE {}").format(self.name))


def _preparing(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """A value as the database stores it. Most come again and again, and are made ready once.

    Not numbers: 5.3 and 5.30 are equal and not the same. Not objects either, which are no keys.
    """
    prepare = partial(field.get_db_prep_save, connection=connection)
    return prepare if isinstance(field, (models.DecimalField, models.JSONField)) else cache(prepare)


def constraint_sentence(name: str | None) -> str | None:
    """What the model says to an editor about a constraint of this name."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message)
    return None


def _primary(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))


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
    verdicts = [(sql.Literal(name), sql.SQL(expression)) for name, (_, expression) in rules.items()]
    ask = sql.SQL(_VERDICTS).format(
        pk=_primary(model),
        staged=staged,
        verdicts=sql.SQL(", ").join(sql.SQL("({}, ({}))").format(*verdict) for verdict in verdicts),
        any_broken=sql.SQL(" OR ").join(sql.SQL("({}) IS FALSE").format(holds) for _, holds in verdicts),
    )
    cursor.execute(ask)
    for pk, name in cursor.fetchall():
        yield BrokenConstraint(pk, rules[name][0], constraint_sentence(name) or f"it breaks {name}.")


#: Rows that break no rule, which are most, are passed over before it is asked which.
_VERDICTS = """
    SELECT {pk}, rule FROM (SELECT * FROM {staged} WHERE {any_broken} OFFSET 0) broken,
    LATERAL (VALUES {verdicts}) v (rule, holds) WHERE holds IS FALSE ORDER BY 2
"""
_UNIQUES = """
    SELECT r.relname,
           array(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n),
           coalesce(pg_get_expr(i.indpred, i.indrelid), 'true')
    FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary ORDER BY r.relname
"""
#: The staged keys have names of their own, so that a key of the index means the table's and the index finds it.
_CLASHES = """
    WITH staged AS (SELECT {pk} AS pk, {named} FROM {staged} WHERE {condition}),
         kept AS (
             SELECT {pk} AS pk, {named} FROM {table} t JOIN (SELECT DISTINCT {names} FROM staged) k ON {same}
             WHERE {condition} AND NOT EXISTS (SELECT FROM {staged} s WHERE s.{pk} = t.{pk})
         ),
         everything AS (SELECT pk, {names} FROM staged UNION ALL SELECT * FROM kept),
         firsts AS (SELECT pk, min(pk) OVER (PARTITION BY {names}) AS first, {names} FROM everything)
    SELECT pk, first FROM firsts
    WHERE pk <> first AND num_nulls({names}) = 0 AND pk IN (SELECT pk FROM staged) ORDER BY pk
"""


def _broken_uniques(cursor: Any, model: type[models.Model], staged: sql.Identifier) -> Iterator[BrokenConstraint]:
    cursor.execute(_UNIQUES, [connection.ops.quote_name(model._meta.db_table)])
    for name, keys, condition in cursor.fetchall():
        names = [sql.Identifier(f"key {number}") for number in range(len(keys))]
        expressions = [sql.SQL("({})").format(sql.SQL(key)) for key in keys]
        pairs = list(zip(expressions, names, strict=True))
        ask = sql.SQL(_CLASHES).format(
            pk=_primary(model),
            names=sql.SQL(", ").join(names),
            named=sql.SQL(", ").join(sql.SQL("{} AS {}").format(*pair) for pair in pairs),
            same=sql.SQL(" AND ").join(sql.SQL("{} = k.{}").format(*pair) for pair in pairs),
            condition=sql.SQL(condition),
            staged=staged,
            table=sql.Identifier(model._meta.db_table),
        )
        cursor.execute(ask)
        for pk, other in cursor.fetchall():
            sentence = constraint_sentence(name) or "another row has the same already."
            yield BrokenConstraint(pk, tuple(keys), sentence, other)
