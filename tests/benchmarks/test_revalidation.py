"""What the benchmark of answering again counts; its times are for people to judge."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.demo import biggest, report, rounds
from benchmarks.revalidation.compare import works
from tests import factories

pytestmark = pytest.mark.django_db


def test_each_work_has_its_turn_in_each_round() -> None:
    seen: list[str] = []
    times = rounds({"a": lambda: seen.append("a"), "b": lambda: seen.append("b")}, 2)
    assert seen == ["a", "b", "a", "b"]
    assert {name: len(column) for name, column in times.items()} == {"a": 2, "b": 2}


def test_shares_are_of_the_page_of_the_same_round() -> None:
    found = report({"page": [1.0, 2.0, 4.0], "304": [0.01, 0.04, 0.04]}, "/", against="page")
    assert found["ratio to page"] == {"page": 1.0, "304": 0.01}
    assert found["milliseconds"] == {"page": 2000.0, "304": 40.0}


def test_it_asks_for_the_question_with_most_claims() -> None:
    factories.make_published_claim()
    question = factories.make_published_claim().question
    factories.make_published_claim(question=question)
    assert biggest() == question.get_absolute_url()


def test_what_it_compares_is_what_it_says() -> None:
    asked = works(factories.make_published_claim().question.get_absolute_url())
    queries = {}
    for name, work in asked.items():
        with CaptureQueriesContext(connection) as captured:
            status = work().status_code
        queries[name] = (status, len(captured))
    assert queries["304"][0] == queries["304 after a write"][0] == 304
    assert queries["304"][1] <= 2
    assert queries["page"][0] == 200
    assert queries["page"][1] > 5
    assert queries["nothing"] == (200, 0)
