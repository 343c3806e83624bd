"""The log of our own mistakes: page, permalinks, JSON, CSV, and what the page of a claim says of them."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import Claim, Correction
from apps.comparisons.pages.paging import PER_PAGE
from apps.web.queries import moment_iso
from tests.factories import make_claim, make_published_claim, make_question, make_topic

pytestmark = pytest.mark.django_db


def correct(public_id: str, claim: Claim | None = None, *, on: date = date(2025, 2, 3), **words: str) -> Correction:
    given = {"what_was_wrong": f"{public_id} was wrong", "what_was_done": f"{public_id} was mended"} | words
    return Correction.objects.create(public_id=public_id, claim=claim, corrected_on=on, **given)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.text


def log(client: Client, query: str = "") -> dict[str, list[dict[str, Any]]]:
    response: Any = client.get(f"/corrections.json{query}")
    found: dict[str, list[dict[str, Any]]] = json.loads(response.getvalue())
    return found


def ids(client: Client, query: str = "") -> list[str]:
    return [row["correction"] for row in log(client, query)["corrections"]]


def test_an_empty_log_says_so(client: Client) -> None:
    assert "no mistake of ours has been found yet" in text(client, "/corrections/")
    assert ids(client) == []
    assert client.get("/corrections.csv").getvalue() == (
        b"id,corrected_on,what_was_wrong,what_was_done,claim,question,topic,address\r\n"
    )


def test_newest_first_each_with_its_claim_and_question(client: Client) -> None:
    claim = make_published_claim(stated_value="more than 40")
    correct("early", claim, on=date(2025, 1, 31))
    correct("late", claim, on=date(2025, 2, 3))
    correct("site", on=date(2025, 2, 1))
    assert ids(client) == ["late", "site", "early"]
    page = text(client, "/corrections/")
    assert page.index("late was wrong") < page.index("site was wrong") < page.index("early was mended")
    assert "3 Feb 2025" in page
    assert f'href="{claim.get_absolute_url()}"' in page
    assert f'href="{claim.question.get_absolute_url()}"' in page
    assert "1 to 3 of 3" in page


def test_the_documents_hold_the_whole_line(client: Client) -> None:
    claim = make_published_claim()
    correct("x1", claim, what_was_wrong="=1+1", what_was_done="-1")
    assert log(client) == {
        "corrections": [
            {
                "correction": "x1",
                "url": "/corrections/x1/",
                "corrected_on": "2025-02-03",
                "claim": claim.public_id,
                "question": claim.question.slug,
                "topic": claim.question.topic.slug,
                "what_was_wrong": "=1+1",
                "what_was_done": "-1",
            }
        ]
    }
    [row] = csv.DictReader(io.StringIO(client.get("/corrections.csv").getvalue().decode()))
    assert row["what_was_wrong"] == "'=1+1", "a spreadsheet would run it"
    assert row["what_was_done"] == "-1"
    assert row["claim"] == claim.public_id
    assert row["address"] == "http://testserver/corrections/x1/"


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_correction_of_a_draft_shows_nothing_of_it(client: Client, status: str) -> None:
    claim = make_claim(stated_value="secret words", status=status)
    correct("x1", claim, what_was_wrong="secret mistake")
    for address in ("/corrections/", "/corrections.json", "/corrections.csv"):
        answer = b"".join(client.get(address))
        assert b"secret" not in answer
        assert claim.public_id.encode() not in answer
        assert claim.question.slug.encode() not in answer
    assert client.get("/corrections/x1/").status_code == 404


def test_a_correction_of_a_retracted_claim_stays(client: Client) -> None:
    claim = make_published_claim()
    Claim.objects.filter(pk=claim.pk).update(
        status="retracted", retracted_at=datetime.now(UTC), retracted_by="the editors", retracted_why="a parody"
    )
    correct("x1", claim)
    assert ids(client) == ["x1"]


def test_filters(client: Client) -> None:
    topic = make_topic("wars")
    one, other = make_question("sent", topic=topic), make_question("present", topic=topic)
    correct("of-one", make_published_claim(question=one))
    correct("of-other", make_published_claim(question=other))
    correct("elsewhere", make_published_claim())
    correct("site")
    assert ids(client, "?question=sent") == ["of-one"]
    assert ids(client, "?topic=wars") == ["of-other", "of-one"]
    assert ids(client, "?topic=wars&question=") == ["of-other", "of-one"]
    page = text(client, "/corrections/?question=sent")
    assert "of-one was wrong" in page
    assert "of-other was wrong" not in page
    assert '<option value="sent" selected>' in page
    assert 'href="/corrections.csv?question=sent"' in page


def test_a_question_without_corrections_is_a_filter_too(client: Client) -> None:
    make_question("calm")
    assert "Nothing was corrected there" in text(client, "/corrections/?question=calm")


@pytest.mark.parametrize(
    "query", ["topic=none", "question=none", "page=0", "page=2", "page=x", "question=a&question=b"]
)
def test_a_bad_query_is_a_400_that_names_the_parameter(client: Client, query: str) -> None:
    response = client.get(f"/corrections/?{query}")
    assert response.status_code == 400
    assert f"<code>{query.split('=')[0]}</code>" in response.text


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_a_bad_filter_of_a_document_is_a_400(client: Client, suffix: str) -> None:
    response = client.get(f"/corrections.{suffix}?question=none")
    assert response.status_code == 400
    assert "the slug of a question" in response.text


def test_a_permalink_finds_its_line_on_whatever_page_it_is(client: Client) -> None:
    for number in range(PER_PAGE):
        correct(f"x{number}", on=date(2025, 1, 1) + timedelta(days=number))
    assert client.get("/corrections/x0/")["Location"] == "/corrections/#x0"
    correct("y", on=date(2025, 1, 1))
    response = client.get("/corrections/x0/", follow=True)
    assert response.redirect_chain == [("/corrections/?page=2#x0", 302)]
    assert 'id="x0"' in response.text
    assert 'id="y"' not in response.text
    assert client.get("/corrections/none/").status_code == 404


def test_the_page_of_a_claim_tells_of_its_corrections(client: Client) -> None:
    claim, other = make_published_claim(), make_published_claim()
    correct("x1", claim, on=date(2025, 1, 31))
    correct("x2", claim, on=date(2025, 2, 3))
    page = text(client, claim.get_absolute_url())
    assert "corrected on 3 Feb 2025" in page
    assert page.index("x2 was wrong") < page.index("x1 was mended")
    assert 'href="/corrections/x1/"' in page
    rows = client.get(f"/claims/{claim.public_id}.json").json()["corrections"]
    assert [row["correction"] for row in rows] == ["x2", "x1"]
    assert "corrected on" not in text(client, other.get_absolute_url())
    assert client.get(f"/claims/{other.public_id}.json").json()["corrections"] == []


def test_every_page_leads_to_the_log(client: Client) -> None:
    assert 'href="/corrections/"' in text(client, "/")


@pytest.mark.parametrize("address", ["/corrections/", "/corrections.json", "/corrections.csv"])
def test_queries_do_not_grow_with_the_log(client: Client, address: str) -> None:
    def add() -> None:
        for _ in range(3):
            claim = make_published_claim()
            correct(f"x{claim.pk}", claim)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert b"".join(client.get(address))
        return len(captured)

    add()
    few = queries()
    add()
    assert queries() == few <= 8  # two of them for the version of the address, two for the transaction of a file


@pytest.mark.django_db(transaction=True)
def test_with_a_knowledge_date_the_log_is_as_it_was_then(client: Client) -> None:
    claim = make_published_claim()
    row = correct("x1", claim, what_was_wrong="first words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        then = moment_iso(cursor.fetchone()[0])
    Correction.objects.filter(pk=row.pk).update(what_was_wrong="second words")
    correct("x2", claim)
    assert ids(client) == ["x2", "x1"]
    assert ids(client, f"?known={then}") == ["x1"]
    page = text(client, f"/corrections/?known={then}")
    assert "first words" in page
    assert "second words" not in page
    assert f'href="/corrections.json?known={then.replace(":", "%3A")}"' in page
    assert "corrected on" in text(client, f"{claim.get_absolute_url()}?known={then}")
    assert client.get(f"/corrections/x1/?known={then}")["Location"].endswith("#x1")
    assert client.get(f"/corrections/x2/?known={then}").status_code == 404
