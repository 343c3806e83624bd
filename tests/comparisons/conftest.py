"""The demo bundle, loaded once for each file of tests that asks for it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def demo_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """184 claims on 29 questions, in a transaction around the tests of one file that is rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_rows: None, db: None) -> None:
    """The demo bundle; what a test changes is undone after it."""
