"""Exports of a few rows that each test makes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import JointClaimant
from apps.domain.parsing import parse
from apps.publishing import entity_documents, streams, tables
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


def test_a_table_comes_from_a_cursor_of_the_database_while_it_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    monkeypatch.setattr(tables, "LINES_AT_ONCE", 1)
    question = make_question()
    for _ in range(5):
        make_published_claim(question=question)
    for address in ("/questions.csv", f"/questions/{question.slug}.csv?on=2024-11-05"):
        response: Any = client.get(address)
        parts: Iterator[bytes] = iter(response)
        assert next(parts).startswith(b"question,unit,")
        assert open_cursors() == 0
        next(parts)
        assert open_cursors() == 1
        assert len(list(parts)) == 4
        assert open_cursors() == 0


def open_cursors() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE is_holdable IS FALSE AND name LIKE '_django%'")
        return int(cursor.fetchone()[0])


def test_a_place_as_json_has_what_is_inside_it(client: Client) -> None:
    outer = make_place("outer")
    claim = make_published_claim(place=make_place("inner", parent=outer))
    response: Any = client.get("/places/outer.json")
    document = json.loads(response.getvalue())
    assert document["inside"] == ["inner"]
    assert [one["claim"] for one in document["claims"]] == [claim.public_id]


def test_the_questions_of_a_place_are_compared_a_few_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place("here")
    for slug in "abcde":
        question = make_question(slug)
        days: dict[str, Any] = {"as_of_start": "2024-11-04", "place": place, "question": question}
        for text in ("5", "6"):
            make_published_claim(figure=parse(text).figure, **days)
    make_published_claim(place=place, question=question)  # has no date
    response: Any = client.get("/places/here.json")
    whole = response.getvalue()
    monkeypatch.setattr(entity_documents, "COMPARED_AT_ONCE", 2)
    response = client.get("/places/here.json")
    assert response.getvalue() == whole
    claims = json.loads(whole)["claims"]
    assert [(claim["question"], claim["compared"]) for claim in claims] == [
        *((slug, True) for slug in "abcde" for _ in range(2)),
        ("e", False),
    ]


def test_a_place_as_json_costs_as_many_queries_for_twice_the_claims(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response: Any = client.get("/places/here.json")
            assert response.getvalue()
        return len(captured)

    place = make_place("here")
    for _ in range(3):
        make_published_claim(place=place)
    few = queries()
    for _ in range(3):
        make_published_claim(place=place)
    assert queries() == few


def test_the_lists_of_a_document_are_sent_as_they_are_made() -> None:
    made: list[int] = []
    rows = (made.append(number) or number for number in range(250))  # type: ignore[func-returns-value]
    response = streams.json_file({"a": {"é": None}, "rows": rows, "none": iter(()), "z": [1]})
    parts: Iterator[bytes] = iter(response)  # type: ignore[assignment]
    start = b"".join(next(parts) for _ in range(6))
    assert len(made) == streams.SENT_AT_ONCE
    whole = start + b"".join(parts)
    assert whole == json.dumps({"a": {"é": None}, "rows": made, "none": [], "z": [1]}, ensure_ascii=False).encode()
    assert len(made) == 250
