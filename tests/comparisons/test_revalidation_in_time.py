"""Versions while others write: tests between and beside real transactions (decision 8)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date

from apps.actors.models import Tombstone
from apps.actors.state import look
from apps.claims.models import Claim
from tests import factories
from tests.comparisons.test_revalidation import had

pytestmark = pytest.mark.django_db(transaction=True)
CHANGE = "UPDATE claims_claim SET note = note || '!' WHERE public_id = '{}'"


def test_a_date_alone_is_enough_once_nothing_older_can_appear() -> None:
    client, address = Client(), factories.make_published_claim().question.get_absolute_url()
    modified = settled(client, address)
    assert client.get(address, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": modified, "If-None-Match": '"other"'}).status_code == 200
    later = http_date(parse_http_date(modified) + 1)
    for other in (later, "yesterday", ""):
        assert client.get(address, headers={"If-Modified-Since": other}).status_code == 200
    Claim.objects.update(note="Changed")
    assert client.get(address, headers={"If-Modified-Since": modified}).status_code == 200


def settled(client: Client, address: str) -> str:
    """The date of an address whose second is over."""
    for _ in range(300):
        modified: str = client.get(address)["Last-Modified"]
        if client.get(address, headers={"If-Modified-Since": modified}).status_code == 304:
            return modified
        time.sleep(0.1)
    raise AssertionError("no date was good enough within 30 s")


def test_no_date_counts_where_names_of_editors_stand() -> None:
    client, claim = Client(), factories.make_published_claim()
    modified = settled(client, claim.question.get_absolute_url())
    address = claim.get_absolute_url()
    assert client.get(address)["Last-Modified"] == modified
    assert client.get(address, headers={"If-Modified-Since": modified}).status_code == 200


# --- at the same time


@contextmanager
def another_connection() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def run(database: BaseDatabaseWrapper, *statements: str) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_change_that_appears_later_is_seen_although_its_number_is_smaller() -> None:
    first, second = factories.make_published_claim(), factories.make_published_claim()
    address = first.question.get_absolute_url()
    with another_connection() as slow:
        run(slow, "BEGIN", CHANGE.format(first.public_id))
        run(connection, CHANGE.format(second.public_id))
        before = Client().get(address)
        assert Client().get(address, headers=had(before)).status_code == 304
        run(slow, "COMMIT")
    assert Client().get(address, headers=had(before)).status_code == 200


def test_it_is_seen_too_when_the_open_transaction_has_the_largest_id_of_all() -> None:
    """Its snapshot then looks like one without open transactions: those lists end at the newest that is over."""
    first, second = factories.make_published_claim(), factories.make_published_claim()
    address = first.question.get_absolute_url()
    with another_connection() as quick, another_connection() as slow:
        run(quick, "BEGIN", "SELECT pg_current_xact_id()")
        run(slow, "BEGIN", CHANGE.format(first.public_id))
        run(quick, CHANGE.format(second.public_id), "COMMIT")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            xmin, xmax, listed = cursor.fetchone()[0].split(":")
        assert xmin == xmax
        assert listed == ""
        before = Client().get(address)
        run(slow, "COMMIT")
    assert Client().get(address, headers=had(before)).status_code == 200


def test_an_open_transaction_that_changes_nothing_in_the_end_gives_the_version_back() -> None:
    claim = factories.make_published_claim()
    address = claim.question.get_absolute_url()
    before = Client().get(address)
    with another_connection() as other:
        run(other, "BEGIN", CHANGE.format(claim.public_id))
        assert Client().get(address, headers=had(before)).status_code == 200
        run(other, "ROLLBACK")
    assert Client().get(address, headers=had(before)).status_code == 304


def test_a_date_given_while_somebody_is_in_a_transaction_never_counts() -> None:
    """It began before the newest change, and what it changes is dated so: the newest date stays what it is."""
    client, claim = Client(), factories.make_published_claim()
    address = claim.question.get_absolute_url()
    client.get(address)  # the start of the process counts as a change too; it has to be an older one
    with another_connection() as slow:
        run(slow, "BEGIN", "SELECT 1")
        time.sleep(1.1)
        run(connection, "UPDATE actors_actor SET note = note || '!'")
        time.sleep(1.1)
        meanwhile = client.get(address)["Last-Modified"]
        run(slow, CHANGE.format(claim.public_id), "COMMIT")
    assert client.get(address, headers={"If-Modified-Since": meanwhile}).status_code == 200
    assert parse_http_date(settled(client, address)) == parse_http_date(meanwhile) + 1


def test_looking_again_costs_one_query_until_something_is_written() -> None:
    claim = factories.make_published_claim()
    first = look()
    with CaptureQueriesContext(connection) as queries:
        assert look() == first
    assert len(queries) == 1
    run(connection, CHANGE.format(claim.public_id))
    assert look() != first


def test_a_row_that_never_changes_counts_however_late_it_appears() -> None:
    before = look()
    columns = {"kind": "claim", "sha256": "0" * 64, "reason": "A judgment.", "removed_by": "M. Okafor"}
    Tombstone.objects.create(public_id="c900", **columns)
    after = look()
    assert after.text != before.text
    assert after.changed_at is not None
    assert before.changed_at is None or after.changed_at > before.changed_at
