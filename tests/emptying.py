"""Emptying tables between tests: what the database refuses to everybody but the owner of its tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

_SWITCH = """
    DO $$ DECLARE guarded regclass; BEGIN
        FOR guarded IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'parallax_keep_all' LOOP
            EXECUTE format('ALTER TABLE %s {word} TRIGGER parallax_keep_all', guarded);
        END LOOP;
    END $$
"""
UNGUARD, GUARD = _SWITCH.format(word="DISABLE"), _SWITCH.format(word="ENABLE")


@contextmanager
def may_empty() -> Iterator[None]:
    """Within this context tables may be truncated."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table that waits for its triggers is not altered
        cursor.execute(UNGUARD)
        yield
        cursor.execute(GUARD)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def flush_guarded(execute: Any) -> Any:
    """Django's own emptying of all tables after a test with transactions, without the guards."""

    def execute_sql_flush(operations: Any, sql_list: Sequence[str]) -> None:
        execute(operations, [UNGUARD, *sql_list, GUARD] if sql_list else sql_list)

    return execute_sql_flush
