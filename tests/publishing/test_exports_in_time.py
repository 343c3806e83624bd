"""Tables that are sent while others write: each test commits."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from apps.claims.models import Claim
from tests.factories import make_published_claim
from tests.publishing.test_exports import rows_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_of_the_past_is_made_of_the_past_while_it_is_sent(client: Client) -> None:
    claim = make_published_claim(note="as it was")
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    Claim.objects.filter(pk=claim.pk).update(note="as it is")
    assert [row["note"] for row in rows_of(client, f"/questions.csv?known={moment}")] == ["as it was"]
    assert [row["note"] for row in rows_of(client, "/questions.csv")] == ["as it is"]
