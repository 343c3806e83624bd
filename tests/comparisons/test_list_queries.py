"""Home, the list of questions and a topic: empty, and the number of SQL queries as they grow."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.factories import make_published_claim, make_question, make_topic

PAGES = ["/", "/questions/", "/topics/a-topic/"]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_an_empty_site_says_so(client: Client) -> None:
    assert "No question yet" in page(client, "/")
    assert client.get("/topics/none/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_queries_do_not_grow_with_questions_and_claims(client: Client, address: str) -> None:
    topic = make_topic("a-topic")

    def add(n: int) -> None:
        for number in range(n):
            question = make_question(topic=topic)
            figure = Figure("about 10", Qualifier.ABOUT, point=Decimal(10))
            for _ in range(2):
                make_published_claim(question=question, figure=figure, as_of_start=f"2024-11-{number + 1:02}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        return len(captured)

    add(3)
    few = queries()
    add(3)
    assert queries() == few
    assert few <= 13  # three of them for its version
