"""Frozen comparisons: what is kept, by which address, and that nothing changes it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
import rfc8785
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from apps.actors.as_known import newest_change
from apps.actors.models import Tombstone
from apps.claims.actions import remove_claim
from apps.comparisons.queries import ComparisonQuery
from apps.publishing.actions import freeze
from apps.publishing.frozen_documents import FORMAT, exact
from apps.publishing.models import FrozenComparison
from tests.comparisons.test_known import now
from tests.publishing.frozen_example import EXAMPLE, ID, SHA256, make_example

pytestmark = pytest.mark.django_db
#: Longer than the id, and beginning like it.
ANOTHER = ID + ("0" if SHA256[12] != "0" else "1")
TABLE = "publishing_frozencomparison"


def freeze_now(question: str = "troops-sent", **query: Any) -> FrozenComparison:
    """A question of the demo as it is now."""
    known = newest_change() or now()
    return freeze(question=question, query=ComparisonQuery(**query), known=known, today=date(2025, 6, 1))


def document_of(row: FrozenComparison) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(row.document))
    return found


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table that waits for its triggers is not altered
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def unguarded() -> Iterator[None]:
    """What only the owner of the tables can do: no trigger and no constraint looks."""
    run(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
    run(f"ALTER TABLE {TABLE} DROP CONSTRAINT frozencomparison_is_hashed")
    run(f"ALTER TABLE {TABLE} DROP CONSTRAINT frozencomparison_id_begins_hash")
    yield
    run(f"ALTER TABLE {TABLE} ENABLE TRIGGER ALL")


# --- nothing changes it


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET question_slug = 'another'",
        f"UPDATE {TABLE} SET document = document",
        f"UPDATE {TABLE} SET frozen_at = now()",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"TRUNCATE {TABLE} CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_take_it_away(statement: str) -> None:
    make_example()
    with pytest.raises(DatabaseError, match="kept_for_ever"):
        run(statement)
    assert bytes(FrozenComparison.objects.get().document) == EXAMPLE


def test_saving_and_deleting_are_refused_too() -> None:
    row = make_example()
    with pytest.raises(DatabaseError, match="kept_for_ever"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="kept_for_ever"), transaction.atomic():
        row.delete()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"document": b"{}"}, "frozencomparison_is_hashed"),
        ({"public_id": "0" * 12}, "frozencomparison_id_begins_hash"),
        ({"public_id": SHA256[:11]}, "frozencomparison_public_id_shape"),
        ({"public_id": SHA256[:12].upper()}, "frozencomparison_public_id_shape|id_begins_hash"),
    ],
)
def test_document_hash_and_id_belong_together(columns: dict[str, Any], constraint: str) -> None:
    given = {"public_id": ID, "sha256": SHA256, "document": EXAMPLE, "question_slug": "killed"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FrozenComparison.objects.create(**given | columns)


# --- what is in it


def test_the_document_is_canonical_and_without_doubles(demo: None) -> None:
    content = bytes(freeze_now().document)
    assert rfc8785.dumps(json.loads(content)) == content
    json.loads(content, parse_float=lambda text: pytest.fail(f"{text} is a double"))


def test_it_says_what_was_asked_by_which_rules_and_which_software(demo: None) -> None:
    known = newest_change()
    assert known is not None
    found = document_of(freeze_now(is_strict=True, places=("russia",)))
    assert found["format"] == FORMAT == "parallax-frozen/1"
    assert found["query"]["known"] == known.isoformat().replace("+00:00", "Z")
    assert date.fromisoformat(found["query"]["on"])
    assert found["query"]["strict"] is True
    assert found["query"]["place"] == ["russia"]
    assert found["software"]["version"]
    assert len(found["software"]["release"]) == 64
    assert found["conventions"]["tolerance"] == "0.1"
    assert found["conventions"]["reading_rules"]
    assert found["question"]["definition"]


def test_every_name_that_it_uses_is_in_it(demo: None) -> None:
    for slug in ("troops-sent", "killed", "killed-or-wounded"):
        found = document_of(freeze_now(slug))
        actors, places = ({row["slug"] for row in found[kind]} for kind in ("actors", "places"))
        sources, claims = {row["slug"] for row in found["sources"]}, {row["claim"] for row in found["claims"]}
        assert found["claims"]
        for claim in found["claims"]:
            assert {claim["claimant"], *claim["joint"]} <= actors
            assert claim["place"] in places
            assert {citation["source"] for citation in claim["citations"]} <= sources
            assert {stance["actor"] for stance in claim["stances"]} <= actors
        spoken_of = [row["claim"] for kind in ("standings", "apart") for row in found[kind]] + found["own"]
        spoken_of += [end for row in found["contradictions"] for end in (row["lower_claim"], row["upper_claim"])]
        assert set(spoken_of) <= claims


def test_it_concludes_what_the_json_of_the_question_does(demo: None, client: Client) -> None:
    found = document_of(freeze_now())
    live = client.get(f"/questions/troops-sent.json?on={found['query']['on']}").json()
    assert found["summary"] == live["summary"]
    assert [row["claim"] for row in found["standings"]] == [row["claim"] for row in live["standings"]]
    pairs = [(row["lower_claim"], row["upper_claim"], Decimal(row["gap"])) for row in found["contradictions"]]
    assert pairs == [(row["lower_claim"], row["upper_claim"], Decimal(row["gap"])) for row in live["contradictions"]]
    assert pairs


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("10000", "10000"),
        ("1E+4", "10000"),
        ("12.50", "12.5"),
        ("-0.0", "0"),
        ("0.1000000000000000000000000000001", "0.1000000000000000000000000000001"),
    ],
)
def test_a_figure_is_its_digits(figure: str, text: str) -> None:
    assert exact(Decimal(figure)) == text


# --- ids


def test_without_such_a_question_nothing_is_frozen(demo: None) -> None:
    with pytest.raises(ValidationError, match="no question “nothing”"):
        freeze_now("nothing")


def test_an_id_grows_until_no_other_hash_begins_with_it(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.publishing.actions.SHORTEST", 12)
    expected = freeze_twin(length=13)
    assert expected.public_id == expected.sha256[:14]
    assert FrozenComparison.objects.meant_by(expected.sha256[:14]) == expected


def freeze_twin(*, length: int) -> FrozenComparison:
    """Freezes what has `length` first digits of its hash in common with another row."""
    row = freeze_now()
    twin = row.sha256[:length] + ("0" if row.sha256[length] != "0" else "1") * (64 - length)
    with unguarded():
        run(f"UPDATE {TABLE} SET sha256 = %s, public_id = %s WHERE id = %s", twin, twin[:12], row.pk)
    return freeze_now()


def test_two_that_begin_alike_are_each_found(demo: None, client: Client) -> None:
    newer = freeze_twin(length=13)
    older = FrozenComparison.objects.get(public_id=newer.sha256[:12])
    for digits in (older.sha256[:12], older.sha256[:13], older.sha256[:20], older.sha256):
        assert FrozenComparison.objects.meant_by(digits) == older
    for digits in (newer.sha256[:14], newer.sha256):
        assert FrozenComparison.objects.meant_by(digits) == newer


def test_an_id_with_which_another_hash_begins_is_refused() -> None:
    make_example()
    twin = SHA256[:20] + "0" * 44
    with unguarded():
        run(f"UPDATE {TABLE} SET sha256 = %s", twin)
    with pytest.raises(IntegrityError, match="id_is_clear"), transaction.atomic():
        FrozenComparison.objects.create(public_id=SHA256[:15], sha256=SHA256, document=EXAMPLE, question_slug="killed")


# --- addresses


def test_the_json_is_the_bytes_and_kept_for_a_year(client: Client) -> None:
    make_example()
    response = client.get(f"/frozen/{ID}.json")
    assert response.content == EXAMPLE
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{SHA256}"'
    again = client.get(f"/frozen/{ID}.json", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/frozen/{ID}.json", headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("digits", [SHA256[:13], SHA256, SHA256[:12].upper(), SHA256.upper()])
def test_more_digits_and_capitals_lead_to_the_short_id(client: Client, digits: str) -> None:
    make_example()
    response = client.get(f"/frozen/{digits}.json")
    assert (response.status_code, response["Location"]) == (301, f"/frozen/{ID}.json")


@pytest.mark.parametrize("digits", [SHA256[:11], ANOTHER, f"{SHA256}0", "0" * 12, "killed", "x" * 12, "%00"])
def test_anything_else_is_not_found(client: Client, digits: str) -> None:
    make_example()
    assert client.get(f"/frozen/{digits}.json").status_code == 404


# --- verify_frozen


def verify() -> str:
    """What the command says on standard error before it fails."""
    errors = StringIO()
    with pytest.raises(CommandError, match="1 of 2 frozen comparisons"):
        call_command("verify_frozen", stdout=StringIO(), stderr=errors)
    return errors.getvalue()


def test_all_is_well(demo: None) -> None:
    make_example()
    freeze_now()
    output = StringIO()
    call_command("verify_frozen", stdout=output)
    assert output.getvalue() == "2 frozen comparisons are what was frozen.\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("document = document || ' '::bytea", "the document has the SHA-256"),
        ("document = document || ' '::bytea", "not canonical JSON"),
        ("document = 'no JSON'::bytea", "not canonical JSON"),
        (f"sha256 = '{'0' * 64}'", "the document has the SHA-256"),
        (f"public_id = '{'0' * 12}'", "the id is not the beginning"),
    ],
)
def test_each_mismatch_is_named(demo: None, change: str, sentence: str) -> None:
    row = make_example()
    freeze_now()
    with unguarded():
        run(f"UPDATE {TABLE} SET {change} WHERE id = %s", row.pk)
    row.refresh_from_db()
    assert sentence in verify()
    assert all(line.startswith(f"{row.public_id}: ") for line in verify().splitlines())


def test_other_spellings_of_the_same_json_are_not_canonical(demo: None) -> None:
    row = make_example()
    freeze_now()
    spaced = json.dumps(json.loads(EXAMPLE)).encode()
    with unguarded():
        digest = sha256(spaced).hexdigest()
        columns = "document = %s, sha256 = %s, public_id = %s"
        run(f"UPDATE {TABLE} SET {columns} WHERE id = %s", spaced, digest, digest[:12], row.pk)
    assert verify() == f"{digest[:12]}: the document is not canonical JSON (RFC 8785).\n"


# --- removal by law


def remove(public_id: str) -> str:
    output = StringIO()
    given = ["--reason", "324 O 1/26", "--by", "M. Okafor", "--yes"]
    call_command("remove_for_law", "frozen", public_id, *given, stdout=output)
    return output.getvalue()


def test_a_removal_by_law_leaves_hash_and_reason(client: Client) -> None:
    make_example()
    assert SHA256 in remove(ID)
    assert not FrozenComparison.objects.exists()
    tombstone = Tombstone.objects.get()
    assert (tombstone.kind, tombstone.public_id, tombstone.sha256) == ("frozen", ID, SHA256)
    addresses = [f"{digits}.json" for digits in (ID, SHA256[:20], SHA256, SHA256.upper())]
    addresses += [f"{ID}{suffix}" for suffix in ("/", ".csv", ".bib", ".ris", ".csl.json")]
    for address in addresses:
        response = client.get(f"/frozen/{address}")
        assert response.status_code == 410, address
        assert "324 O 1/26" in response.text
        assert "immutable" not in response["Cache-Control"]
    assert client.get(f"/frozen/{SHA256[:11]}.json").status_code == 404


def test_what_a_law_removed_is_not_frozen_again(demo: None) -> None:
    row = freeze_now()
    remove(row.public_id)
    with pytest.raises(ValidationError, match="removed"):
        freeze_now()
    with pytest.raises(IntegrityError, match="removed_by_law"), transaction.atomic():
        FrozenComparison.objects.create(
            public_id=row.public_id, sha256=row.sha256, document=row.document, question_slug="x"
        )


def test_an_unknown_id_is_a_sentence() -> None:
    with pytest.raises(CommandError, match="There is no frozen comparison “0000” to remove"):
        remove("0000")


def test_removing_a_claim_names_the_frozen_documents_that_hold_it(demo: None) -> None:
    row = freeze_now("killed-or-wounded")
    held = document_of(row)["own"][0]
    freeze_now("troops-sent")
    output = StringIO()
    call_command("remove_for_law", "claim", held, "--reason", "r", "--by", "me", "--yes", stdout=output)
    assert f"Frozen documents that hold it: {row.get_absolute_url()}.\n" in output.getvalue()


def test_a_removed_claim_is_not_frozen(demo: None) -> None:
    held = document_of(freeze_now("killed"))["own"][0]
    remove_claim(public_id=held, reason="r", by="me")
    assert held not in document_of(freeze_now("killed"))["own"]
