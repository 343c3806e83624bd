"""Tables of any length take the same memory."""

import tracemalloc
from typing import Any

import pytest
from django.test import Client

from apps.claims.models import Claim
from apps.publishing import tables
from benchmarks.export.compare import multiply
from tests import factories

pytestmark = pytest.mark.django_db


def peak(client: Client, address: str) -> int:
    """Bytes that are held at most while a file is sent and its parts are dropped as they come."""
    response: Any = client.get(address)
    tracemalloc.start()
    try:
        for _ in response:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("address", ["/questions.csv", "/questions/heads.csv?on=2024-11-05"])
def test_twice_the_claims_take_no_more_memory(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 20)
    question = factories.make_question("heads")
    for _ in range(3):
        factories.make_published_claim(question=question)
    multiply(2_000)
    peak(client, address)  # what is loaded once is no growth
    once, count = peak(client, address), Claim.objects.count()
    multiply(2 * count)
    assert Claim.objects.count() >= 2 * count
    assert peak(client, address) < 1.3 * once
