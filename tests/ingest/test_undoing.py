"""Undoing an import: all of it, and nothing that somebody else leans on."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from apps.actors.models import Actor
from apps.claims.models import Citation, Claim, ClaimStatus, Place, Question, Stance, Topic
from apps.ingest import import_admin
from apps.ingest.bundle import import_lock
from apps.ingest.models import Import, ImportedClaim
from apps.ingest.undoing import undo_import
from apps.sources.models import Source
from tests.factories import make_citation, make_claim, make_source
from tests.ingest.long_form.test_import_claims import ROW, bring

pytestmark = pytest.mark.django_db
MODELS = (Claim, Citation, ImportedClaim, Question, Topic, Place, Actor, Source)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in MODELS)


def refused(record: Import) -> str:
    before = counts()
    with pytest.raises(ValidationError) as caught:
        undo_import(record=record)
    record.refresh_from_db()
    assert record.undone_at is None
    assert counts() == before
    return " ".join(caught.value.messages)


@pytest.fixture
def record() -> Import:
    """Two claims, of which one supersedes the other, with all that they need."""
    bring(ROW, ROW | {"value": "more than 50", "stated_on": "2024-11-09"})
    assert Claim.objects.exclude(supersedes=None).count() == 1
    return Import.objects.get()


def test_all_of_it_goes_and_the_same_file_can_come_again(record: Import) -> None:
    ids = set(Claim.objects.values_list("public_id", flat=True))
    undone = undo_import(record=record, by=User.objects.create_user("ed"))
    assert counts() == (0,) * len(MODELS)
    assert undone.sentence() == ("Removed 2 claims, 2 citations, 1 question, 1 source, 1 place, 2 actors, 1 topic.")
    record.refresh_from_db()
    assert (record.undone_at is not None, str(record.undone_by)) == (True, "ed")
    bring(ROW, ROW | {"value": "more than 50", "stated_on": "2024-11-09"})
    assert set(Claim.objects.values_list("public_id", flat=True)) == ids
    assert "was undone on" in " ".join(_messages(record))


def _messages(record: Import) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        undo_import(record=record)
    return caught.value.messages


def test_a_dry_run_says_it_and_takes_nothing(record: Import) -> None:
    before = counts()
    assert undo_import(record=record, is_dry_run=True).sentence().startswith("Would remove 2 claims")
    record.refresh_from_db()
    assert (counts(), record.undone_at) == (before, None)


def test_what_somebody_else_uses_is_kept_and_said(record: Import) -> None:
    make_source("other", publisher=Actor.objects.get(name="Kyiv"))
    Place.objects.update(name="Kursk Oblast")
    undone = undo_import(record=record)
    assert undone.sentence().endswith("Kept, since others use it or changed it: 1 place, 1 actor.")
    assert (Actor.objects.filter(name="Kyiv").exists(), Place.objects.count(), Claim.objects.count()) == (True, 1, 0)


def test_what_was_there_before_stays() -> None:
    Place.objects.create(slug="kursk", name="Kursk")
    bring(ROW)
    undo_import(record=Import.objects.get())
    assert list(Place.objects.values_list("slug", flat=True)) == ["kursk"]


def test_published_claims_stay(record: Import) -> None:
    claim = Claim.objects.earliest("pk")
    claim.status = ClaimStatus.PUBLISHED
    claim.save()
    assert f"1 of its claims are or were published, and what readers saw is retracted, never removed: {claim}" in (
        refused(record).replace(claim.public_id, str(claim))
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda claim: Claim.objects.filter(pk=claim.pk).update(note="Looked at."), "were changed since"),
        (lambda claim: claim.citations.update(note="Looked at."), "have a citation that was changed since"),
        (
            lambda claim: make_citation(claim, is_primary=False),
            "have citations that did not come with it",
        ),
        (
            lambda claim: Stance.objects.create(claim=claim, actor=claim.claimant, kind="denies"),
            "have stances that lean on them",
        ),
        (
            lambda claim: make_claim(
                public_id="later",
                question=claim.question,
                place=claim.place,
                claimant=claim.claimant,
                supersedes=claim,
                revision_kind="updated",
            ),
            "have claims that lean on them (supersedes)",
        ),
    ],
)
def test_what_stands_on_it_is_named(record: Import, change: Any, said: str) -> None:
    claim = Claim.objects.latest("pk")
    change(claim)
    words = refused(record)
    assert said in words
    assert claim.public_id in words


def test_an_import_that_corrected_another_one_is_not_undone(record: Import) -> None:
    bring(ROW | {"value": "more than 45"}, name="again.csv")
    assert "It corrected 1 claim of earlier imports" in refused(Import.objects.latest("pk"))
    assert "were changed since" in refused(record)


def test_the_command_says_what_it_did_or_why_not(record: Import, capsys: Any) -> None:
    call_command("undo_import", str(record.pk), "--dry-run")
    call_command("undo_import", str(record.pk))
    assert [line.split(" 2 claims")[0] for line in capsys.readouterr().out.splitlines()] == ["Would remove", "Removed"]
    with pytest.raises(CommandError, match=r"was undone on .* already\.\nNothing was undone\."):
        call_command("undo_import", str(record.pk))
    with pytest.raises(CommandError, match="There is no import 0; the latest is"):
        call_command("undo_import", "0")


# --- the admin


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ed", password=None))
    return client


def test_an_editor_sees_what_will_go_and_undoes_it(editor: Client, record: Import) -> None:
    assert "Undo this import" in editor.get(reverse("admin:ingest_import_change", args=[record.pk])).content.decode()
    page = reverse("admin:ingest_import_undo", args=[record.pk])
    asked = editor.get(page).content.decode()
    assert "2 claims that came with it will go" in asked
    assert "<li>1 question</li>" in asked
    assert Claim.objects.count() == 2
    done = editor.post(page, follow=True).content.decode()
    assert "Removed 2 claims" in done
    assert "Undo this import" not in done
    assert "was undone on" in editor.get(page).content.decode()
    again = editor.post(page)
    assert again.status_code == 200
    assert "was undone on" in again.content.decode()


def test_a_refusal_is_said_on_the_page_and_a_large_import_is_left_to_the_command(
    editor: Client, record: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reverse("admin:ingest_import_undo", args=[record.pk])
    monkeypatch.setattr(import_admin, "MOST_ON_A_PAGE", 1)
    assert f"manage.py undo_import {record.pk}" in editor.post(page).content.decode()
    Claim.objects.update(note="Looked at.")
    assert "2 of its claims were changed since" in editor.post(page).content.decode()
    assert Claim.objects.count() == 2


def test_only_who_may_undo_does(record: Import) -> None:
    clerk = Client()
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_import", "view_claim"]))
    clerk.force_login(user)
    page = reverse("admin:ingest_import_undo", args=[record.pk])
    assert "Undo this import" not in clerk.get(reverse("admin:ingest_import_change", args=[record.pk])).content.decode()
    assert (clerk.get(page).status_code, clerk.post(page).status_code) == (403, 403)
    assert Claim.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_edits_at_that_moment_is_waited_for_and_then_stands_against_it() -> None:
    bring(ROW)
    record, said = Import.objects.get(), []

    def undo() -> None:
        try:
            undo_import(record=record)
        except ValidationError as error:
            said.extend(error.messages)
        finally:
            connection.close()

    with transaction.atomic():
        Claim.objects.update(note="Looked at.")
        other = threading.Thread(target=undo)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()
    other.join(timeout=120)
    assert "1 of its claims were changed since" in " ".join(said)
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_an_import_that_is_under_way() -> None:
    bring(ROW)
    address = reverse("admin:ingest_import_undo", args=[Import.objects.get().pk])
    editor = Client()
    editor.force_login(User.objects.create_superuser("ed", password=None))
    busy, is_done = threading.Event(), threading.Event()

    def importing() -> None:
        with transaction.atomic():
            import_lock()
            busy.set()
            is_done.wait(timeout=120)
        connection.close()

    other = threading.Thread(target=importing)
    other.start()
    busy.wait(timeout=120)
    page = editor.post(address).content.decode()
    is_done.set()
    other.join(timeout=120)
    assert "An import is under way. Try again when it is done." in page
    assert Claim.objects.count() == 1
    assert editor.post(address).status_code == 302
    assert Claim.objects.count() == 0


def test_claims_that_a_later_import_brought_too_are_not_undone_before_it(record: Import) -> None:
    bring(ROW, ROW | {"value": "7", "as_of_start": "2024-10-01", "stated_on": "2024-10-02"})
    later = Import.objects.latest("pk")
    assert "1 of its claims came with a later import, too, which is to be undone first" in refused(record)
    undo_import(record=later)
    undo_import(record=record)
    assert counts() == (0,) * len(MODELS)


def test_what_was_kept_for_others_goes_with_the_last_of_them(record: Import) -> None:
    bring(ROW | {"value": "7", "as_of_start": "2024-10-01", "stated_on": "2024-10-02"})
    undo_import(record=record)
    assert Question.objects.count() == 1
    undo_import(record=Import.objects.latest("pk"))
    assert counts() == (0,) * len(MODELS)


OTHER = ROW | {"place": "Elsewhere", "actor": "Somebody"}
THIRD = ROW | {"place": "Nowhere", "actor": "Anybody"}


def test_claims_stay_as_long_as_any_later_import_has_them() -> None:
    first, second, third = (bring(*rows).record for rows in ([ROW], [ROW, OTHER], [ROW, THIRD]))
    imports = [Import.objects.get(pk=pk) for pk in (first, second, third)]
    for later in imports[:0:-1]:
        assert "came with a later import, too" in refused(imports[0])
        undo_import(record=later)
    undo_import(record=imports[0])
    assert not Claim.objects.exists()


def test_claims_stay_too_where_the_second_import_is_undone_before_the_third() -> None:
    records = [bring(*rows).record for rows in ([ROW], [ROW, OTHER], [ROW, THIRD])]
    first, second, third = (Import.objects.get(pk=pk) for pk in records)
    undo_import(record=second)
    assert "came with a later import, too" in refused(first)
    undo_import(record=third)
    undo_import(record=first)


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_made_anew_under_an_old_slug_stays() -> None:
    undo_import(record=Import.objects.get(pk=bring(ROW).record))
    Place.objects.create(slug="kursk", name="Kursk")
    undo_import(record=Import.objects.get(pk=bring(OTHER).record))
    assert list(Place.objects.values_list("slug", flat=True)) == ["kursk"]
