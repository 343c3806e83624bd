"""`known=`: any page as this database held things at a past moment (model.md §4, "As known")."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import InternalError
from django.test import Client

from apps.actors.as_known import as_known
from apps.actors.models import Actor
from apps.claims.models import Citation, Claim, Question
from apps.web.queries import moment_iso
from tests import factories

pytestmark = pytest.mark.django_db
#: For tests that need moments between transactions: within one, the database knows one moment.
in_moments = pytest.mark.django_db(transaction=True)


def now() -> datetime:
    """The database's clock, between two transactions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.getvalue()


@in_moments
def test_the_tables_are_those_of_the_moment() -> None:
    before = now()
    claim = factories.make_published_claim(stated_value="about 12,000")
    made = now()
    Claim.objects.filter(pk=claim.pk).update(stated_value="nearly 12,000")
    changed = now()
    with as_known(before):
        assert not Claim.objects.exists()
    with as_known(made):
        assert Claim.objects.get().stated_value == "about 12,000"
    with as_known(changed):
        assert Claim.objects.get().stated_value == "nearly 12,000"
    assert Claim.objects.get().stated_value == "nearly 12,000"


@in_moments
def test_nothing_can_be_written_into_the_past() -> None:
    claim = factories.make_published_claim()
    with pytest.raises(InternalError, match="read-only"), as_known(now()):
        Claim.objects.filter(pk=claim.pk).delete()
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_every_tracked_table_has_its_view_with_the_same_columns() -> None:
    """A migration that changes a tracked table has to make the views anew (claims migration 0005)."""
    query = """
        SELECT base.table_name, array_agg(base.column_name || ' ' || base.udt_name ORDER BY base.column_name)
        FROM information_schema.columns base
        JOIN information_schema.tables events
            ON events.table_schema = 'public' AND events.table_name = base.table_name || 'event'
        WHERE base.table_schema = %s GROUP BY 1 ORDER BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(query, ["public"])
        tables = cursor.fetchall()
        cursor.execute(query, ["as_known"])
        views = cursor.fetchall()
    assert len(tables) == 16
    assert views == tables


#: Pages and documents that the changes below reach; the day is given, because `known` alone would choose its own.
ADDRESSES = (
    "/questions/troops-present.json?on=2024-11-05",
    "/questions/troops-present.csv?on=2024-11-05",
    "/questions/killed.json?on=2025-02-01&strict=1",
    "/claims/c064.json?",
    "/claims/c002.json?",
    "/actors/ua-president.json?",
    "/sources/aj-20241105.json?",
)
#: What a document says of the moment at which it is asked.
STAMPS = (b'"known": null', b",\r\n")


def saved(client: Client) -> dict[str, bytes]:
    return {address: body(client, address) for address in ADDRESSES}


def unstamped(content: bytes, moment: datetime | None) -> bytes:
    """A document without the knowledge date that it names."""
    if moment is None:
        return content
    iso = moment_iso(moment).encode()
    return content.replace(b'"known": "' + iso + b'"', b'"known": null').replace(b"," + iso + b"\r\n", b",\r\n")


@in_moments
def test_what_was_shown_then_is_shown_again_byte_by_byte(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    shown = [(saved(client), now())]
    for claim in Claim.objects.filter(question__slug="troops-present").order_by("public_id")[:10]:
        Claim.objects.filter(pk=claim.pk).update(note=f"Changed: {claim.note}", speaker="Somebody else")
    Citation.objects.filter(public_id="z011").delete()
    Actor.objects.filter(slug="us-state").update(name="State Department")
    shown.append((saved(client), now()))
    Claim.objects.filter(public_id="c064").update(
        stated_value="at least 11,000", qualifier="at_least", upper=None, upper_inclusive=None
    )
    shown.append((saved(client), now()))
    assert len({content["/questions/troops-present.json?on=2024-11-05"] for content, _ in shown}) == 3
    Claim.objects.filter(public_id="c002").update(note="Later")
    for content, moment in shown:
        for address in ADDRESSES:
            known = body(client, f"{address}&known={moment_iso(moment)}")
            assert unstamped(known, moment) == content[address], address


@in_moments
def test_an_address_of_today_opens_what_was_called_otherwise_then(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    before = now()
    row = Question.objects.get(slug="troops-present")
    row.slug, row.title = "troops-there", "How many are there?"
    row.save()
    for slug in ("troops-present", "troops-there"):
        page = client.get(f"/questions/{slug}/?known={moment_iso(before)}")
        assert page.status_code == 200
        assert "How many North Korean soldiers are present?" in page.text
    assert client.get("/questions/troops-present/").status_code == 301


@pytest.mark.parametrize(
    "known", ["yesterday", "2024-13-01", "2024-11-05T18:00", "2999-01-01", "2024-11", "0001-01-01T00:00+14:00"]
)
@pytest.mark.parametrize("address", ["/", "/questions/", "/questions/x.json", "/questions/x.csv"])
def test_a_moment_that_is_none_or_not_over_is_a_400_that_names_it(client: Client, address: str, known: str) -> None:
    response = client.get(address, {"known": known})
    assert response.status_code == 400
    assert "known" in response.text


def test_before_the_first_row_there_is_nothing(client: Client) -> None:
    claim = factories.make_published_claim()
    day = (now() - timedelta(days=1)).date().isoformat()
    assert client.get(f"/claims/{claim.public_id}/?known={day}").status_code == 404
    assert client.get(f"/?known={day}").status_code == 200


def test_the_position_date_is_the_day_of_the_knowledge_date(client: Client) -> None:
    claim = factories.make_published_claim()
    moment = now()
    document = client.get(f"/questions/{claim.question.slug}.json?known={moment_iso(moment)}").json()
    assert document["on"] == moment.date().isoformat()
    assert document["known"] == moment_iso(moment)
