"""Exports of a few rows that each test makes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import JointClaimant
from apps.publishing import answers
from tests.factories import make_actor, make_place, make_published_claim, make_question
from tests.publishing.test_exports import ids, rows_of

pytestmark = pytest.mark.django_db


def test_a_kind_of_actors_has_the_claims_they_made_with_others(client: Client) -> None:
    alone, joint = make_published_claim(claimant=make_actor(kind="ngo")), make_published_claim()
    JointClaimant.objects.create(claim=joint, actor=make_actor(kind="ngo"))
    make_published_claim()
    assert ids(rows_of(client, "/actors.csv?kind=ngo")) == {alone.public_id, joint.public_id}


def test_a_table_costs_as_many_queries_for_twice_the_claims(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            rows_of(client, "/questions.csv")
        return len(captured)

    question = make_question()
    for _ in range(3):
        make_published_claim(question=question)
    few = queries()
    for _ in range(3):
        make_published_claim(question=question)
    assert queries() == few


def test_few_claims_are_in_memory_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "AT_ONCE", 2)
    for _ in range(5):
        make_published_claim()
    response: Any = client.get("/questions.csv")
    with CaptureQueriesContext(connection) as captured:
        parts: Iterator[bytes] = iter(response)
        next(parts)  # the header
        assert not [query for query in captured if "claims_citation" in query["sql"]]
        next(parts)
        assert len([query for query in captured if "claims_citation" in query["sql"]]) == 1
        assert len(list(parts)) == 4
    assert len([query for query in captured if "claims_citation" in query["sql"]]) == 3


def test_a_place_as_json_has_what_is_inside_it(client: Client) -> None:
    outer = make_place("outer")
    claim = make_published_claim(place=make_place("inner", parent=outer))
    document = json.loads(client.get("/places/outer.json").content)
    assert document["inside"] == ["inner"]
    assert [one["claim"] for one in document["claims"]] == [claim.public_id]
