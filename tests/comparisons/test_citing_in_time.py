"""What was cited is still there later, and nothing is cited that was not seen."""

import contextlib
import json
from datetime import datetime
from hashlib import sha256
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from apps.actors.as_known import newest_change
from apps.actors.models import Actor
from apps.claims.models import Claim, Question
from apps.comparisons import views_claim, views_comparison
from apps.comparisons.known import shown_as_known
from apps.publishing import views_references
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


#: Everything that cites, and what it reads first.
CITING = (
    (views_comparison, "/questions/{}/"),
    (views_claim, "/claims/{}/"),
    (views_references, "/questions/{}.csl.json"),
    (views_references, "/claims/{}.csl.json"),
)


@pytest.mark.parametrize(("view", "address"), CITING, ids=[address for _, address in CITING])
def test_a_change_between_the_cited_moment_and_the_rows_is_in_both_or_in_neither(
    client: Client, monkeypatch: pytest.MonkeyPatch, view: ModuleType, address: str
) -> None:
    claim = factories.make_published_claim(stated_on="2024-11-01")

    def and_then_somebody_writes(request: HttpRequest) -> datetime:
        known = shown_as_known(request)
        with contextlib.closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("UPDATE claims_claim SET stated_value = stated_value || '!'")
        return known

    monkeypatch.setattr(view, "shown_as_known", and_then_somebody_writes)
    answer = client.get(address.format(claim.question.slug if "questions" in address else claim.public_id))
    monkeypatch.undo()
    document_url, cited = hash_in(answer)
    assert sha256(client.get(local(document_url)).content).hexdigest() == cited


def hash_in(answer: Any) -> tuple[str, str]:
    """Address and hash of the document that a page or a reference cites."""
    if answer.context:
        return answer.context["cite"].document_url, answer.context["cite"].sha256
    custom = json.loads(answer.content)[0]["custom"]
    return custom["document"], custom["sha256"]
