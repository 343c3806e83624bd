"""The number of SQL queries of a comparison does not grow with what it shows."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import Question
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.factories import make_actor, make_citation, make_place, make_published_claim, make_question


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        assert answer.status_code == 200
        assert list(answer)  # a stream asks as it is read
    return len(captured)


def add_claims(question: Question, n: int) -> None:
    """`n` published claims of `n` claimants, each with two citations and its own place."""
    for number in range(n):
        claim = make_published_claim(
            question=question,
            place=make_place(parent=make_place()),
            claimant=make_actor(parent=make_actor()),
            figure=Figure(f"about {1000 + number}", Qualifier.ABOUT, point=Decimal(1000 + number)),
            as_of_start="2024-11-05",
        )
        make_citation(claim, figure=Figure("thousands", Qualifier.ORDER_OF_MAGNITUDE))


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["/", ".json", ".csv"])
def test_queries_do_not_grow_with_claims_claimants_and_citations(client: Client, suffix: str) -> None:
    question = make_question("how-many")
    address = f"/questions/how-many{suffix}?on=2024-11-05"
    add_claims(question, 5)
    few = queries_of(client, address)
    add_claims(question, 5)
    assert queries_of(client, address) == few
    assert few <= 15
