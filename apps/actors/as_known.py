"""The database as it was at a past moment (model.md §4, "As known").

Every change of a tracked row is kept in a history table. The schema `as_known` holds a view of the same name over each
history; a transaction that looks there first sees all rows as they were, and no query has to be written twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from django.db import connection, transaction

from apps.actors.state import histories

#: Rows get their numbers before they are committed, so that the newest moment may stand a few rows before the last one.
LOOKED_AT = 50


@contextmanager
def as_known(moment: datetime) -> Iterator[None]:
    """Within this context every query sees tracked rows as this database held them at a moment (with a zone).

    Changes that were made in one transaction appear together, at the moment when it began. Nothing can be written.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('parallax.known', %s, true), set_config('search_path', 'as_known, public', true),"
            " set_config('transaction_read_only', 'on', true)",
            [moment.isoformat()],
        )
        yield
        # Nothing was written; this also takes the settings back where a larger transaction goes on.
        transaction.set_rollback(True)


@contextmanager
def in_the_present() -> Iterator[None]:
    """Within `as_known`: a look at the rows as they are now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('search_path', 'public', true)")
        yield
        transaction.set_rollback(True)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Within this context all queries see the rows as they are at the first of them, whatever is committed meanwhile.

    Within a larger transaction, such as that of `as_known`, it changes nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def newest_change() -> datetime | None:
    """The earliest moment at which everything is known that is recorded now; None where nothing ever was.

    The same until something changes, so that a page which names it can be kept. Only a change that was made, in the
    same table, during a longer transaction which then wrote more than LOOKED_AT rows may be later, until the next one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_newest_change())
        found: datetime | None = cursor.fetchone()[0]
    return found


@cache
def _newest_change() -> str:
    last = " UNION ALL ".join(
        f"(SELECT pgh_created_at FROM public.{name} ORDER BY pgh_id DESC LIMIT {LOOKED_AT})" for name in histories()
    )
    return f"SELECT max(pgh_created_at) FROM ({last}) AS histories"
