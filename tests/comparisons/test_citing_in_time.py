"""What was cited is still there later, and nothing is cited that was not seen."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from apps.actors.as_known import newest_change
from apps.actors.models import Actor
from apps.claims.models import Claim, Question
from tests import factories
from tests.comparisons.cited import is_as_cited, local, reference_of

# Moments lie between transactions: within one, the database knows one moment.
pytestmark = pytest.mark.django_db(transaction=True)

#: What is cited: pages with one position date and with none, filtered, strict, and claims with all that hangs on them.
CITED = (
    "/questions/troops-present.csl.json",
    "/questions/troops-present.csl.json?on=2024-11-05&place=kursk-oblast&strict=1&view=day",
    "/questions/killed.csl.json?on=2025-02-01&claimant=ua-president",
    "/claims/c064.csl.json",
    "/claims/c002.csl.json",
    "/claims/c008.csl.json",
)


def test_what_was_cited_is_still_there_after_everything_changed(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    cited = [reference_of(client, address) for address in CITED]
    pages = [client.get(local(reference["URL"])).context["cite"] for reference in cited]
    Claim.objects.update(note="Changed.")
    Actor.objects.filter(slug="ua-president").update(name="Somebody else")
    question = Question.objects.get(slug="troops-present")
    question.title = "How many?"
    question.save()
    later = [reference_of(client, address) for address in CITED]
    for before, page, after in zip(cited, pages, later, strict=True):
        assert is_as_cited(client, before)
        assert is_as_cited(client, after)
        assert client.get(local(before["URL"])).context["cite"] == page
        assert before["URL"] != after["URL"]
        assert before["custom"]["sha256"] != after["custom"]["sha256"]


def test_the_cited_moment_is_that_of_the_newest_change(client: Client) -> None:
    claim = factories.make_published_claim()
    first = reference_of(client, f"/claims/{claim.public_id}.csl.json")["custom"]["known"]
    assert reference_of(client, f"/claims/{claim.public_id}.csl.json")["custom"]["known"] == first
    factories.make_actor()
    assert reference_of(client, f"/claims/{claim.public_id}.csl.json")["custom"]["known"] > first


def test_a_change_within_a_longer_transaction_counts_though_its_row_is_not_the_last() -> None:
    """Rows get their numbers as they are written, moments as their transaction begins."""
    factories.make_actor("short-and-late")
    latest = newest_change()
    assert latest is not None
    events = apps.get_model("actors", "ActorEvent")._meta
    columns = ", ".join(field.column for field in events.concrete_fields if not field.column.startswith("pgh_i"))
    older = columns.replace("pgh_created_at", "pgh_created_at - interval '1 hour'")
    with connection.cursor() as cursor:  # what a transaction leaves that began first and wrote last
        cursor.execute(f"INSERT INTO {events.db_table} ({columns}) SELECT {older} FROM {events.db_table}")
        assert cursor.rowcount == 1
    assert newest_change() == latest


def test_nothing_recorded_has_no_newest_change() -> None:
    assert newest_change() is None
