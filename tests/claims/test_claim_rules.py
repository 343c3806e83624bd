"""What one claim and what hangs on it must satisfy, in the database and in the words of a form."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.claims.models import ActorReliability, Basis, Citation, Claim, ClaimCredibility, Correction, Stance
from apps.domain.periods import PartialDate
from tests.factories import (
    build_claim,
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 11, 5, 12, tzinfo=UTC)
RETRACTED = {"retracted_at": NOW, "retracted_by": "ed", "retracted_why": "a parody"}

GOOD: list[dict[str, Any]] = [
    {},
    {"as_of_start": "2024-11", "as_of_end": "2024-11-05"},
    {"as_of_start": "2024-11-05", "stated_on": "2024-11"},
    {"as_of_start": "2025", "stated_on": "2024-11-05", "nature": "projection"},
    {"as_of_start": "2025-01-01", "stated_on": "2024-11-05", "nature": "plan"},
    {"stated_on": "2024-11-05", "stated_at": time(14, 30)},
    {"interval_kind": "confidence", "interval_level": 95},
    {"status": "retracted", **RETRACTED},
    {"attributes": {"sample size": 1200}},
]
#: (name of the constraint, columns)
BAD: list[tuple[str, dict[str, Any]]] = [
    ("claim_as_of_order", {"as_of_start": "2024-11-05", "as_of_end": "2024-11-04"}),
    ("claim_as_of_order", {"as_of_end": "2024-11-04"}),
    ("claim_future_needs_nature", {"as_of_start": "2024-12", "stated_on": "2024-11-05"}),
    ("claim_future_needs_nature", {"as_of_start": "2024-10", "as_of_end": "2024-12", "stated_on": "2024-11"}),
    ("claim_stated_at_needs_day", {"stated_on": "2024-11", "stated_at": time(14, 30)}),
    ("claim_stated_at_needs_day", {"stated_at": time(14, 30)}),
    ("claim_interval_level_percent", {"interval_level": 95}),
    ("claim_interval_level_percent", {"interval_kind": "confidence", "interval_level": 101}),
    ("claim_revision_kind_paired", {"revision_kind": "updated"}),
    ("claim_retracted_paired", {"status": "retracted"}),
    ("claim_retracted_paired", {"status": "published", **RETRACTED}),
    ("claim_retracted_paired", {"status": "retracted", **RETRACTED, "retracted_at": None}),
    ("claim_retracted_paired", {"status": "retracted", **RETRACTED, "retracted_by": ""}),
    ("claim_retracted_paired", {"status": "retracted", **RETRACTED, "retracted_why": ""}),
    ("claim_attributes_object", {"attributes": [1]}),
    ("claim_public_id_shape", {"public_id": "C 64"}),
    ("claim_status_known", {"status": "gone"}),
    ("claim_nature_known", {"nature": "guess"}),
]


@pytest.mark.parametrize("columns", GOOD, ids=str)
def test_good_claim_is_stored(columns: dict[str, Any]) -> None:
    claim = build_claim(**columns)
    claim.full_clean()
    claim.save()


@pytest.mark.parametrize(("name", "columns"), BAD, ids=str)
def test_bad_claim_is_refused_by_the_database_and_in_words(name: str, columns: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        build_claim(**columns).full_clean()
    with pytest.raises(IntegrityError, match=f'"{name}"'):
        make_claim(**columns)


@pytest.mark.parametrize("given", ["2024-02-30", "2024-13", "2024-1", "0000", "24", "2024-11-5x", "", "2024-11-00"])
def test_text_that_is_no_date_is_refused_by_the_database(given: str) -> None:
    claim = make_claim()
    with pytest.raises(IntegrityError, match="claim_stated_on_is_date"), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET stated_on = %s WHERE id = %s", [given, claim.pk])


@pytest.mark.parametrize("given", ["2024", "2024-02", "2024-02-29", "2023-02", "1999-12-31", "9999", "9999-12", "0001"])
def test_first_and_last_day_are_those_of_the_domain(given: str) -> None:
    date_ = PartialDate.parse(given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT parallax_partial_first(%s), parallax_partial_last(%s)", [given, given])
        assert cursor.fetchone() == (date_.first, date_.last)


@pytest.mark.parametrize("asked", ["first(NULL)", "last(NULL)"])
def test_no_date_has_no_first_and_no_last_day(asked: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT parallax_partial_{asked}, parallax_significant_digits(NULL)")
        assert cursor.fetchone() == (None, None)


def test_a_claim_is_placed_by_its_as_of_else_by_the_day_it_was_stated() -> None:
    with_as_of = make_claim(as_of_start="2024-10", as_of_end="2024-11", stated_on="2024-11-05", nature="plan")
    without = make_claim(stated_on="2024-11")
    with_as_of.refresh_from_db()
    without.refresh_from_db()
    assert (with_as_of.placed_first, with_as_of.placed_last) == (date(2024, 10, 1), date(2024, 11, 30))
    assert (without.placed_first, without.placed_last) == (date(2024, 11, 1), date(2024, 11, 30))
    assert without.stated_last == date(2024, 11, 30)


def test_public_ids_are_random_and_never_change() -> None:
    one, other = make_claim(), make_claim()
    assert one.public_id != other.public_id
    with pytest.raises(DatabaseError, match="Cannot update"):
        Claim.objects.filter(pk=one.pk).update(public_id="c1")


def test_an_imported_public_id_is_kept() -> None:
    assert make_claim(public_id="c064").public_id == "c064"


def test_a_claim_has_one_primary_citation() -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    with pytest.raises(IntegrityError, match="citation_one_primary"):
        make_citation(claim, is_primary=True)


def check_deferred() -> None:
    """What a commit would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_published_claim_needs_a_primary_citation() -> None:
    make_claim(status="published")
    with pytest.raises(IntegrityError, match="claim_published_is_cited"):
        check_deferred()


def test_a_published_claim_may_be_stored_before_its_citation() -> None:
    claim = make_claim(status="published")
    make_citation(claim, is_primary=True)
    check_deferred()


@pytest.mark.parametrize(
    "changes", [{"quote": "", "locator": ""}, {"is_primary": False}, {"quote": " ", "locator": "\n"}], ids=str
)
def test_the_primary_citation_of_a_published_claim_cannot_be_emptied(changes: dict[str, Any]) -> None:
    claim = make_published_claim()
    check_deferred()
    Citation.objects.filter(claim=claim).update(**changes)
    with pytest.raises(IntegrityError, match="claim_published_is_cited"):
        check_deferred()


def test_the_primary_citation_of_a_published_claim_cannot_be_deleted() -> None:
    claim = make_published_claim()
    check_deferred()
    claim.citations.all().delete()
    with pytest.raises(IntegrityError, match="claim_published_is_cited"):
        check_deferred()


def test_a_locator_may_stand_for_the_quote() -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True, quote="", locator="deaths.csv, row 40")
    Claim.objects.filter(pk=claim.pk).update(status="published")
    check_deferred()


@pytest.mark.parametrize("status", ["published", "retracted"])
def test_what_was_public_is_never_deleted(status: str) -> None:
    claim = make_published_claim()
    if status == "retracted":
        Claim.objects.filter(pk=claim.pk).update(status=status, **RETRACTED)
    check_deferred()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        claim.delete()
    assert Claim.objects.filter(pk=claim.pk).exists()


@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        ("draft", "in_review", True),
        ("in_review", "draft", True),
        ("draft", "published", True),
        ("draft", "retracted", False),
        ("in_review", "retracted", False),
        ("published", "retracted", True),
        ("published", "draft", False),
        ("published", "in_review", False),
        ("retracted", "published", False),
        ("retracted", "draft", False),
    ],
)
def test_a_status_goes_one_way(before: str, after: str, is_allowed: bool) -> None:
    said: dict[str, Any] = {"retracted_at": None, "retracted_by": "", "retracted_why": ""}
    claim = make_claim(status=before, **(RETRACTED if before == "retracted" else said))
    make_citation(claim, is_primary=True)
    change = {"status": after, **(RETRACTED if after == "retracted" else said)}
    if is_allowed:
        assert Claim.objects.filter(pk=claim.pk).update(**change) == 1
    else:
        with pytest.raises(IntegrityError, match="claim_status_one_way"):
            Claim.objects.filter(pk=claim.pk).update(**change)


def test_a_draft_can_be_deleted_with_its_citations() -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    claim.delete()
    check_deferred()
    assert not Citation.objects.exists()


def family() -> dict[str, Any]:
    us = make_actor("us")
    dod = make_actor("us-dod", parent=us)
    return {"us": us, "dod": dod, "dia": make_actor("us-dia", parent=dod), "state": make_actor("us-state", parent=us)}


@pytest.mark.parametrize(
    ("earlier", "later", "is_allowed"),
    [
        ("dod", "dod", True),
        ("us", "dia", True),
        ("dia", "us", True),
        ("dod", "dia", True),
        ("dod", "state", False),
        ("state", "dia", False),
    ],
)
def test_a_claim_supersedes_one_of_its_own_line(earlier: str, later: str, is_allowed: bool) -> None:
    actors = family()
    old = make_claim(claimant=actors[earlier])
    new = build_claim(claimant=actors[later], supersedes=old, revision_kind="updated")
    if is_allowed:
        new.full_clean()
        new.save()
        check_deferred()
        return
    with pytest.raises(ValidationError) as refused:
        new.full_clean()
    assert refused.value.message_dict == {
        "supersedes": ["Choose a claim of the same claimant, or of a body above or below it."]
    }
    new.save()
    with pytest.raises(IntegrityError, match="claim_supersedes_own"):
        check_deferred()


def test_the_claimant_of_a_superseded_claim_stays_in_line() -> None:
    actors = family()
    old = make_claim(claimant=actors["dod"])
    make_claim(claimant=actors["dia"], supersedes=old, revision_kind="updated")
    check_deferred()
    old.claimant = actors["state"]
    with pytest.raises(ValidationError) as refused:
        old.full_clean()
    assert list(refused.value.message_dict) == ["claimant"]
    old.save()
    with pytest.raises(IntegrityError, match="claim_supersedes_own"):
        check_deferred()


def test_a_claim_may_have_several_successors() -> None:
    actor = make_actor()
    old = make_claim(claimant=actor)
    for _ in range(2):
        make_claim(claimant=actor, supersedes=old, revision_kind="updated")
    check_deferred()
    assert old.successors.count() == 2


@pytest.mark.parametrize("targets", [(), ("target_claim", "target_actor")])
def test_a_basis_has_one_target(targets: tuple[str, ...]) -> None:
    given = {"target_claim": make_claim(), "target_actor": make_actor()}
    with pytest.raises(IntegrityError, match="basis_one_target"):
        Basis.objects.create(claim=make_claim(), kind="cites", **{name: given[name] for name in targets})


def test_a_basis_is_recorded_once() -> None:
    claim, target = make_claim(), make_claim()
    Basis.objects.create(claim=claim, kind="cites", target_claim=target)
    with pytest.raises(IntegrityError, match="basis_once"):
        Basis.objects.create(claim=claim, kind="cites", target_claim=target)


def test_a_claim_does_not_rest_on_itself() -> None:
    claim = make_claim()
    with pytest.raises(IntegrityError, match="basis_not_itself"):
        Basis.objects.create(claim=claim, kind="cites", target_claim=claim)


def test_grades_are_those_of_the_admiralty_code() -> None:
    given = {"graded_on": date(2025, 1, 31), "graded_by": "ed", "reason": "why"}
    ActorReliability.objects.create(actor=make_actor(), grade="F", **given)
    ClaimCredibility.objects.create(claim=make_claim(), grade="6", **given)
    with pytest.raises(IntegrityError, match="actorreliability_grade_known"):
        ActorReliability.objects.create(actor=make_actor(), grade="G", **given)


def test_a_point_has_both_coordinates() -> None:
    make_place(latitude="51.73", longitude="36.19")
    with pytest.raises(IntegrityError, match="place_point_paired"):
        make_place(latitude="51.73")


def test_tolerance_is_a_share() -> None:
    make_question(tolerance="0.10")
    with pytest.raises(IntegrityError, match="question_tolerance_share"):
        make_question(tolerance="10")


def test_stance_and_correction_have_public_ids() -> None:
    stance = Stance.objects.create(claim=make_claim(), actor=make_actor(), kind="denies")
    correction = Correction.objects.create(what_was_wrong="a", what_was_done="b", corrected_on=date(2025, 2, 3))
    assert len(stance.public_id) == len(correction.public_id) == 9


@pytest.mark.parametrize("attributes", [[1], {"a": "\0"}, {"a": float("nan")}, {"\ud800": 1}, "text"], ids=repr)
def test_attributes_that_cannot_be_stored_are_refused_in_words(attributes: object) -> None:
    with pytest.raises(ValidationError) as refused:
        build_claim(attributes=attributes).full_clean()
    assert "attributes" in refused.value.message_dict
