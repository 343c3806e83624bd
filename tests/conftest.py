"""What holds for all tests."""

import os

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.emptying import flush_guarded

# Playwright keeps an event loop in its process for the rest of the session, and Django then refuses every query of the
# tests that follow there. Nothing here is asynchronous, so the guard guards nothing.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long one example takes is a matter of the machine; tests of time compare two runs.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")

DatabaseOperations.execute_sql_flush = flush_guarded(DatabaseOperations.execute_sql_flush)  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """A worker's own server keeps nothing that a crash may not take, and does nothing that no test asked for.

    Autovacuum works in transactions, and whether there are any is what some tests are about (decision 8).
    """
    if not getattr(django_settings, "OWN_SERVER", False):
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in ("autovacuum", "fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"ALTER SYSTEM SET {name} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()
