"""Histories and tombstones refuse to be changed, in raw SQL too; the one door leaves a tombstone behind."""

from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from pghistory.models import Context

from apps.actors.actions import leave_tombstone, removing
from apps.actors.models import Actor, Tombstone
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
GIVEN = {"public_id": "c064", "content": b"{}", "reason": "A judgment.", "by": "M. Okafor"}


def run(statement: str, *given: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


def histories() -> list[tuple[str, str]]:
    """Every tracked table with its history, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT base.table_name, events.table_name FROM information_schema.tables base
            JOIN information_schema.tables events ON events.table_name = base.table_name || 'event'
            WHERE base.table_schema = 'public' AND events.table_schema = 'public' ORDER BY 1
            """
        )
        return cursor.fetchall()


def fill(history: str) -> None:
    """One row with the least that any history wants; triggers of rows are asked only where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
            [history],
        )
        kinds = {
            "text": "''",
            "varchar": "''",
            "bool": "false",
            "timestamptz": "now()",
            "date": "now()",
            "jsonb": "'{}'",
        }
        columns = cursor.fetchall()
        names = ", ".join(f'"{name}"' for name, _ in columns)
        values = ", ".join(kinds.get(kind, "0") for _, kind in columns)
        cursor.execute(f'INSERT INTO "{history}" ({names}) VALUES ({values})')


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET pgh_label = 'other'", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"]
)
def test_raw_sql_changes_no_history(statement: str) -> None:
    guarded = [history for _, history in histories()]
    assert len(guarded) >= 16
    for history in guarded:
        fill(history)
        with pytest.raises(IntegrityError, match=f"kept_for_ever: Cannot [a-z]+ {history}"):
            run(statement.format(history))


def edit_as(**who: object) -> None:
    with pghistory.context(**who):
        Actor.objects.update(note="Changed")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM pghistory_context",
        "TRUNCATE pghistory_context",
        "TRUNCATE pghistory_context CASCADE",
        "UPDATE pghistory_context SET metadata = '{}'",
        """UPDATE pghistory_context SET metadata = '{"user": 8, "url": "/admin/"}'""",
        "UPDATE pghistory_context SET id = gen_random_uuid()",
        "UPDATE pghistory_context SET created_at = created_at - interval '1 day'",
    ],
)
def test_raw_sql_does_not_change_who_edited(statement: str) -> None:
    make_actor("a")
    edit_as(user=7)
    with pytest.raises(IntegrityError, match=r"Cannot [a-z]+ pghistory_context"):
        run(statement)
    with removing(kind="claim", **GIVEN), transaction.atomic():
        if not statement.startswith("TRUNCATE"):
            run("DELETE FROM actors_actorevent")
            run(statement)


def test_an_occasion_may_gain_words() -> None:
    make_actor("a")
    with pghistory.context(user=7):
        Actor.objects.update(note="Changed")
        with pghistory.context(merged="b"):
            Actor.objects.update(note="Changed again")
    assert Context.objects.get().metadata == {"user": 7, "merged": "b"}


def test_a_tracked_table_is_not_truncated_past_its_history() -> None:
    for table, _ in histories():
        with pytest.raises(IntegrityError, match="Cannot truncate"):
            run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE actors_tombstone SET reason = 'other'", "DELETE FROM actors_tombstone", "TRUNCATE actors_tombstone"],
)
def test_a_tombstone_stays_as_it_is_even_for_those_who_remove(statement: str) -> None:
    with removing(kind="claim", **GIVEN), pytest.raises(IntegrityError, match="kept_for_ever"):
        run(statement)
    assert Tombstone.objects.get().reason == "A judgment."


def erase() -> None:
    run("DELETE FROM actors_actorevent")


def test_within_a_removal_history_is_erased_and_a_tombstone_stays() -> None:
    make_actor("a")
    with removing(kind="claim", **GIVEN) as tombstone:
        erase()
    assert history_rows() == 0
    assert (tombstone.public_id, tombstone.sha256[:8]) == ("c064", "44136fa3")


def history_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM actors_actorevent")
        return int(cursor.fetchone()[0])


def with_an_older_tombstone() -> None:
    run(
        "INSERT INTO actors_tombstone (id, kind, public_id, sha256, reason, removed_by, removed_at) "
        "VALUES (7, 'claim', 'c1', repeat('0', 64), 'r', 'me', now() - interval '1 second')"
    )
    run("SELECT set_config('parallax.removing', '7', true)")


#: Ways to find the door without leaving a tombstone.
KEYS: list[Callable[[], Any]] = [
    lambda: None,
    lambda: run("SELECT set_config('parallax.removing', 'on', true)"),
    lambda: run("SELECT set_config('pgtrigger.ignore', '{parallax_keep}', true)"),
    lambda: leave_tombstone(kind="claim", **GIVEN),
    with_an_older_tombstone,
]


@pytest.mark.parametrize("key", KEYS, ids=["nothing", "a word", "pgtrigger", "a tombstone alone", "an older one"])
def test_no_other_key_opens_the_door(key: Callable[[], Any]) -> None:
    make_actor("a")
    key()
    with pytest.raises(IntegrityError, match="Cannot delete"):
        erase()


def test_the_door_closes_behind_a_removal() -> None:
    make_actor("a")
    with removing(kind="claim", **GIVEN):
        pass
    with pytest.raises(IntegrityError, match="Cannot delete"):
        erase()


def test_what_fails_within_a_removal_undoes_it_whole() -> None:
    make_actor("a")
    with pytest.raises(IntegrityError, match="actors_actor_slug"), removing(kind="claim", **GIVEN):
        fail_after_erasing()
    assert not Tombstone.objects.exists()
    assert history_rows() == 1
    with pytest.raises(IntegrityError, match="Cannot delete"):
        erase()


def fail_after_erasing() -> None:
    erase()
    make_actor("a")


@pytest.mark.parametrize("missing", ["reason", "by"])
def test_a_removal_says_why_and_by_whom(missing: str) -> None:
    with pytest.raises(ValidationError), removing(kind="claim", **GIVEN | {missing: " "}):
        pytest.fail("it opened")


def test_nothing_is_removed_twice() -> None:
    leave_tombstone(kind="claim", **GIVEN)
    with pytest.raises(ValidationError, match="removed already"):
        leave_tombstone(kind="claim", **GIVEN)
    assert leave_tombstone(kind="frozen", **GIVEN).pk


def test_an_actor_is_changed_as_ever() -> None:
    actor = make_actor("a")
    Actor.objects.filter(pk=actor.pk).update(note="b")
    assert history_rows() == 2
