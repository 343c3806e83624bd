"""Rows copied beside their table, to be asked about before they are written."""

import pytest
from django.db import DataError, transaction

from apps.actors.models import Actor
from apps.ingest.constraint_check import Staged


@pytest.mark.django_db
def test_what_goes_wrong_between_the_first_row_and_the_last_is_an_error_that_django_knows() -> None:
    """Else who asks for Django's errors, as everything that brings tables in does, would not catch it."""
    with pytest.raises(DataError, match="too long"), transaction.atomic():
        Staged(Actor, [Actor(slug="x" * 101, name="Too long", kind="person")])
