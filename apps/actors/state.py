"""What the database holds at this moment, as a short text that differs whenever tracked rows do (decision 8).

The newest row of every history is enough, as these only grow, but for one thing: a row gets its number before its
transaction is committed, so that a smaller number may appear after a larger one. Such a transaction has an id by then
(the change that it keeps was written first). While one is open, the text also says which transactions are over.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection

#: What pages read besides tracked tables and those that never change. Names of editors are compared by value; a context
#: is written in the transaction of the history that points to it.
ALSO_READ = ("auth_user", "pghistory_context")

# No transaction that has an id is open when the next id to be given is also the oldest one that may be. The counter is
# read after the snapshot of the statement was taken; it has 32 bits, the snapshot 64.
_IS_QUIET = """
    (age('3'::xid)::bigint + 3) & 4294967295 = pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295
"""
# Two quiet moments with the same next id are the same state. Whoever has written something in this transaction sees
# more than that.
_MOMENT = f"""
    CASE WHEN {_IS_QUIET} AND pg_current_xact_id_if_assigned() IS NULL
    THEN concat_ws(' ', current_database(), pg_postmaster_start_time(), pg_snapshot_xmax(pg_current_snapshot())) END
"""
# A standby does not know all open transactions of its primary by name; then no two texts are the same.
_OPEN = f"""
    CASE WHEN {_IS_QUIET} THEN '' WHEN pg_is_in_recovery() THEN gen_random_uuid()::text
    ELSE pg_current_snapshot()::text END
"""
# A session of another account, of which this one may see nothing, counts as one in a transaction.
_SETTLED = f"""
    SELECT {_IS_QUIET} AND NOT pg_is_in_recovery() AND %s < date_trunc('second', clock_timestamp()) AND NOT EXISTS (
        SELECT FROM pg_stat_get_activity(NULL) AS session JOIN pg_database ON pg_database.oid = session.datid
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (xact_start IS NOT NULL OR session.state IS NULL)
    )
"""


@dataclass(frozen=True, slots=True)
class State:
    """`text` is the same at two moments only if every tracked row and every editor's name is the same at both.

    `changed_at`: when the transaction of the newest change began; None where nothing was ever written.
    """

    text: str
    changed_at: datetime | None


class _Memory:
    """The last state that this process saw, and the moment that names it; replaced as a whole, as threads share it."""

    last: tuple[str, State] | None = None


def look() -> State:
    """The state of the database: by one small query when nothing was written since the last look, else by two."""
    moment = _row(f"SELECT {_MOMENT}")[0]
    if moment is not None and _Memory.last is not None and _Memory.last[0] == moment:
        return _Memory.last[1]
    moment, newest, names, still_open, changed_at = _row(_query())
    state = State(f"{newest} {names} {still_open} {changed_at}", changed_at)
    if moment is not None:
        _Memory.last = (moment, state)
    return state


def is_settled(moment: datetime) -> bool:
    """Whether no change that began by the second of a moment can still appear.

    History says when a transaction began, not when it was committed. Nobody adds to the past when nobody else is in a
    transaction and that second is over.
    """
    return bool(_row(_SETTLED, [moment])[0])


def _row(query: str, values: list[Any] | None = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def histories() -> list[str]:
    """Every history table."""
    kept = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    return [model._meta.db_table for model in kept if model._meta.managed]


def unchanging() -> dict[str, str]:
    """Tables without a history, whose rows never change → the column that says when a row came.

    Their models name it as `came_at`.
    """
    return {model._meta.db_table: model.came_at for model in apps.get_models() if hasattr(model, "came_at")}


@cache
def _query() -> str:
    """The newest row of every history, found from the end of its primary key; how many never change; editors' names."""
    parts = [f"SELECT pgh_id, pgh_created_at FROM public.{name} ORDER BY pgh_id DESC LIMIT 1" for name in histories()]
    # Numbers are given before anything is written here, and do not tell whether one is still to come; these are few.
    parts += [f"SELECT count(*), max({came_at}) FROM public.{name}" for name, came_at in unchanging().items()]
    newest = " UNION ALL ".join(
        f"(SELECT {number} AS history, * FROM ({part}) AS part (newest, began_at))" for number, part in enumerate(parts)
    )
    users: Any = get_user_model()._meta.db_table
    names = f"SELECT md5(string_agg(ROW(id, first_name, last_name)::text, '' ORDER BY id)) FROM public.{users}"
    return f"""
        SELECT {_MOMENT}, string_agg(history || ':' || newest, ' ' ORDER BY history), ({names}), {_OPEN}, max(began_at)
        FROM ({newest}) AS histories
    """
