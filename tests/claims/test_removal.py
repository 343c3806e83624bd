"""`remove_claim`: nothing of what a claim said is left anywhere in the database but the hash of it."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from apps.actors.models import Tombstone
from apps.claims.actions import publish_claim, remove_claim, retract_claim
from apps.claims.actions.removal import GO_ALONG, STAY, canonical, content_of
from apps.claims.models import (
    Basis,
    Citation,
    Claim,
    ClaimCredibility,
    Correction,
    JointClaimant,
    Relay,
    Stance,
)
from apps.claims.models.claims import EMPTIED
from apps.ingest.models import ImportedClaim
from tests.factories import THOUSANDS, make_actor, make_citation, make_claim, make_published_claim

pytestmark = pytest.mark.django_db
GIVEN = {"reason": "A judgment.", "by": "M. Okafor"}
#: Stands in every text of the claim and of all that hangs on it.
SECRET = "zanzibar"


def make_secret_claim() -> Claim:
    """A published claim with the secret in every text there is, and with all of it changed once."""
    words = {"speaker": SECRET, "note": SECRET, "basis_note": SECRET, "population": SECRET, "override_reason": SECRET}
    claim = make_published_claim(public_id="c1", stated_value=SECRET, attributes={SECRET: SECRET}, **words)
    citation = claim.citations.get()
    Citation.objects.filter(pk=citation.pk).update(quote=SECRET, translation=SECRET, note=SECRET)
    Relay.objects.create(citation=citation, actor=make_actor("relay"))
    gone = make_citation(claim, quote=SECRET, public_id="z-gone")
    Relay.objects.create(citation=gone, actor=make_actor())
    gone.delete()
    Stance.objects.create(public_id="s1", claim=claim, actor=make_actor(), kind="denies", quote=SECRET)
    JointClaimant.objects.create(claim=claim, actor=make_actor())
    Basis.objects.create(claim=claim, kind="cites", target_actor=make_actor(), note=SECRET)
    Basis.objects.create(claim=make_claim(), kind="derived_from", target_claim=claim, note=SECRET)
    ClaimCredibility.objects.create(claim=claim, grade="2", graded_on=date(2025, 1, 1), graded_by="me", reason=SECRET)
    Correction.objects.create(claim=claim, what_was_wrong=SECRET, what_was_done=SECRET, corrected_on=date(2025, 1, 1))
    Claim.objects.filter(pk=claim.pk).update(note=f"{SECRET} again")
    user = get_user_model().objects.create_user("ed")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Claim),
        object_id=str(claim.pk),
        object_repr=SECRET,
        change_message=SECRET,
        action_flag=CHANGE,
    )
    return Claim.objects.get(pk=claim.pk)


def places_of(text: str) -> list[str]:
    """Every table of the database, whosever it is, in which a text stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for name in tables:
            cursor.execute(f'SELECT count(*) FROM "{name}" line WHERE line::text LIKE %s', [f"%{text}%"])
            found += [name] * (cursor.fetchone()[0] > 0)
    return sorted(found)


def test_nothing_of_it_is_left_in_any_table() -> None:
    make_secret_claim()
    assert len(places_of(SECRET)) == 13
    remove_claim(public_id="c1", **GIVEN)
    assert places_of(SECRET) == []
    for model in (*GO_ALONG, Relay):
        events = apps.get_model("claims", f"{model.__name__}Event")._default_manager
        assert not events.filter(**({"pk__gte": 0} if model is Relay else {"claim__isnull": True})).exists()


def test_the_tombstone_has_the_hash_of_what_an_export_holds() -> None:
    claim = make_secret_claim()
    content = content_of(claim)
    removed = remove_claim(public_id="c1", **GIVEN)
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert removed.tombstone.sha256 == sha256(written.encode()).hexdigest()
    assert [row["claim"] for row in content["claims"]] == ["c1"]
    assert content["claims"][0]["stated_value"] == SECRET
    assert {name: len(rows) for name, rows in content.items()} == {
        "claims": 1, "citations": 1, "basis": 1, "stances": 1, "assessments": 1, "corrections": 1
    }  # fmt: skip


def test_the_tombstone_says_when_why_and_by_whom() -> None:
    make_published_claim(public_id="c1")
    tombstone = remove_claim(public_id="c1", **GIVEN).tombstone
    tombstone.refresh_from_db()
    assert (tombstone.kind, tombstone.public_id) == ("claim", "c1")
    assert (tombstone.reason, tombstone.removed_by) == ("A judgment.", "M. Okafor")
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert tombstone.removed_at == cursor.fetchone()[0]


def test_parts_with_an_id_have_tombstones_of_their_own() -> None:
    claim = make_secret_claim()
    citation = claim.citations.get().public_id
    remove_claim(public_id="c1", **GIVEN)
    assert set(Tombstone.objects.values_list("kind", "public_id")) == {
        ("claim", "c1"), ("citation", citation), ("stance", "s1")
    }  # fmt: skip


def test_every_field_of_a_claim_is_emptied_or_kept_by_name() -> None:
    kept = {"id", "public_id", "question", "place", "claimant", "part_of", "supersedes", "revision_kind", "recorded_at"}
    stored = {field.name for field in Claim._meta.concrete_fields if not field.generated}
    assert stored == kept | set(EMPTIED)


def test_every_relation_to_a_claim_is_dealt_with() -> None:
    leading = {
        (relation.related_model, relation.field.name)
        for relation in Claim._meta.get_fields(include_hidden=True)
        if isinstance(relation, (models.ManyToOneRel, models.OneToOneRel))
        and not hasattr(relation.related_model, "pgh_tracked_model")
    }
    # Of what an import brought, a hash stays, as in the tombstone; `import_claims` passes a removed claim over.
    above = {(ImportedClaim, "claim")}
    assert leading == {(model, "claim") for model in GO_ALONG} | set(STAY) | above


def test_what_led_to_it_stays_and_still_does() -> None:
    """A part must not be taken for a total, nor what it superseded for what its claimant says now."""
    who = make_actor()
    first = make_published_claim(claimant=who)
    claim = make_published_claim(public_id="c1", claimant=who, supersedes=first, revision_kind="updated")
    part = make_published_claim(claimant=who, part_of=claim)
    later = make_published_claim(claimant=who, supersedes=claim, revision_kind="withdrawn")
    removed = remove_claim(public_id="c1", **GIVEN)
    for row in (part, later, claim):
        row.refresh_from_db()
    assert (claim.supersedes, part.part_of, later.supersedes) == (first, claim, claim)
    assert set(removed.claims) == {part.public_id, later.public_id}
    assert claim.status == "removed"


def test_our_own_mistake_stays_in_the_log_without_its_words() -> None:
    claim = make_secret_claim()
    remove_claim(public_id="c1", **GIVEN)
    correction = Correction.objects.get()
    assert (correction.claim, correction.what_was_wrong) == (None, "Removed because a law demanded it.")
    assert claim.pk


def test_our_mistake_about_what_was_never_public_goes_with_it() -> None:
    """Its line in the log, seen by nobody as long as the claim is a draft, would appear without one."""
    claim = make_claim(public_id="c1")
    Correction.objects.create(claim=claim, what_was_wrong=SECRET, what_was_done=SECRET, corrected_on="2025-02-03")
    remove_claim(public_id="c1", **GIVEN)
    assert not Correction.objects.exists()
    assert not apps.get_model("claims", "CorrectionEvent")._default_manager.exists()


def test_a_removed_claim_never_says_anything_again() -> None:
    make_published_claim(public_id="c1")
    remove_claim(public_id="c1", **GIVEN)
    row = Claim.objects.filter(public_id="c1")
    with pytest.raises(IntegrityError, match="claim_removed_is_empty"), transaction.atomic():
        row.update(note="It said ten thousand.")
    for status in ("draft", "published", "retracted"):
        with pytest.raises(IntegrityError, match="claim_status_one_way"), transaction.atomic():
            row.update(status=status, note="It said ten thousand.")
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        row.delete()
    with pytest.raises(ValidationError, match="does not come back"):
        publish_claim(claim=row.get())
    with pytest.raises(ValidationError, match="no claim"):
        remove_claim(public_id="c1", **GIVEN)


def test_no_other_way_removes_a_claim() -> None:
    claim = make_published_claim(public_id="c1")
    with pytest.raises(IntegrityError, match="claim_status_one_way"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**EMPTIED)
    columns = {**EMPTIED, "public_id": "c2"}
    make_claim(figure=THOUSANDS, **columns)
    with pytest.raises(IntegrityError, match="claim_removed_has_tombstone"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_ids_are_not_given_away_again() -> None:
    claim = make_secret_claim()
    citation = claim.citations.get().public_id
    remove_claim(public_id="c1", **GIVEN)
    other = make_claim()
    again: list[Any] = [
        lambda: make_claim(public_id="c1"),
        lambda: make_citation(other, public_id=citation),
        lambda: Stance.objects.create(public_id="s1", claim=other, actor=make_actor(), kind="denies"),
    ]
    for make in again:
        with pytest.raises(IntegrityError, match=r"removed_by_law|public_id"), transaction.atomic():
            make()


def test_a_draft_and_a_retracted_claim_are_removed_too() -> None:
    make_claim(public_id="c1")
    claim = make_published_claim(public_id="c2")
    retract_claim(claim=claim, by="me", why=SECRET, at=claim.recorded_at)
    for public_id in ("c1", "c2"):
        remove_claim(public_id=public_id, **GIVEN)
    assert places_of(SECRET) == []


@pytest.mark.parametrize("missing", ["reason", "by"])
def test_without_a_reason_or_a_name_nothing_happens(missing: str) -> None:
    claim = make_published_claim(public_id="c1")
    with pytest.raises(ValidationError):
        remove_claim(public_id="c1", **GIVEN | {missing: ""})
    claim.refresh_from_db()
    assert claim.status == "published"


def test_what_stands_beside_it_is_not_touched() -> None:
    make_secret_claim()
    other = make_published_claim(public_id="c2", note="beside")
    before = content_of(other)
    remove_claim(public_id="c1", **GIVEN)
    assert canonical(content_of(other)) == canonical(before)
    assert apps.get_model("claims", "ClaimEvent")._default_manager.filter(pgh_obj=other.pk).count() == 2
