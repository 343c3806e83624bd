"""What holds for all tests."""

import os

from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings

from tests.emptying import flush_guarded

# Playwright keeps an event loop in its process for the rest of the session, and Django then refuses every query of the
# tests that follow there. Nothing here is asynchronous, so the guard guards nothing.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long one example takes is a matter of the machine; tests of time compare two runs.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")

DatabaseOperations.execute_sql_flush = flush_guarded(DatabaseOperations.execute_sql_flush)  # type: ignore[method-assign]
