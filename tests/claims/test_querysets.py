"""Which rows, in how many queries, and what the domain sees of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.actors.models import Actor
from apps.claims.actions import publish_claim, retract_claim
from apps.claims.facts import claim_facts, place_tree, printed_facts, question_facts
from apps.claims.models import Basis, Citation, Claim, JointClaimant, Question, Relay, Stance
from apps.domain.claims import ClaimFacts, QuestionFacts
from apps.domain.figures import Figure
from apps.domain.periods import PartialDate, Period
from apps.domain.vocabulary import Measure, Nature, Qualifier, RevisionKind
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
)

pytestmark = pytest.mark.django_db
MORE_THAN = Figure("More than 10,000", Qualifier.MORE_THAN, Decimal(10000), None, False, None, Decimal(10000))


def queries_of(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def full_claim(question: Question) -> Claim:
    """A published claim with one of everything that can hang on it."""
    who = make_actor(parent=make_actor())
    first, total = make_published_claim(claimant=who), make_claim()
    claim = make_published_claim(
        question=question, claimant=who, supersedes=first, revision_kind="updated", part_of=total
    )
    relayed = make_citation(claim, place_as_printed=make_place(), claimant_as_printed=make_actor())
    Relay.objects.create(citation=relayed, actor=make_actor())
    Stance.objects.create(claim=claim, actor=make_actor(), kind="denies", source=make_source())
    JointClaimant.objects.create(claim=claim, actor=make_actor())
    return claim


def read_all(question: Question) -> list[Any]:
    found: list[Any] = []
    for claim in Claim.objects.published().on_questions([question]).with_attribution():
        found += [claim_facts(claim), claim.claimant.parent, claim.joint.all()[0].actor.name]
        found += [(stance.actor.name, stance.source) for stance in claim.stances.all()]
        for citation in claim.citations.all():
            found += [printed_facts(citation), citation.source.publisher.name]
            found += [relay.actor.name for relay in citation.relays.all()]
    return found


def test_attribution_costs_the_same_for_two_and_for_four_claims() -> None:
    question = make_question()
    full_claim(question), full_claim(question)
    few, shown = queries_of(lambda: read_all(question)), len(read_all(question))
    full_claim(question), full_claim(question)
    assert queries_of(lambda: read_all(question)) == few
    assert len(read_all(question)) == 2 * shown


def test_only_published_claims_are_public() -> None:
    shown = make_published_claim()
    make_claim(), make_claim(status="in_review")
    assert list(Claim.objects.published()) == [shown]


def test_questions_are_given_as_slugs_keys_or_rows() -> None:
    question = make_question("present")
    claim = make_claim(question=question)
    make_claim()
    for given in ("present", question.pk, question):
        assert list(Claim.objects.on_questions([given])) == [claim]
    assert not Claim.objects.on_questions([]).exists()


def test_the_line_of_a_question_leaves_out_its_siblings() -> None:
    top = make_question("casualties")
    middle = make_question("killed-or-wounded", broader=top)
    make_question("killed", broader=middle)
    make_question("captured", broader=top)
    make_question("sent")
    found = Question.objects.on_line_of(middle).order_by("slug").values_list("slug", flat=True)
    assert list(found) == ["casualties", "killed", "killed-or-wounded"]


def test_a_claim_as_the_rules_see_it() -> None:
    who = make_actor("rok-mnd")
    russia = make_place("russia")
    earlier = make_claim(public_id="c1", claimant=who)
    total = make_claim(public_id="c3", question=make_question("sent"), place=russia)
    claim = make_claim(
        public_id="c2",
        question=make_question("present"),
        place=russia,
        claimant=who,
        figure=MORE_THAN,
        nature="count",
        as_of_start="2024-11",
        as_of_end="2024-11-05",
        stated_on="2024-11-05",
        part_of=total,
        supersedes=earlier,
        revision_kind="corrected",
    )
    JointClaimant.objects.create(claim=claim, actor=make_actor("rok-jcs"))
    assert claim_facts(Claim.objects.with_attribution().get(pk=claim.pk)) == ClaimFacts(
        id="c2",
        question="present",
        place="russia",
        claimant="rok-mnd",
        figure=MORE_THAN,
        nature=Nature.COUNT,
        as_of=Period(PartialDate(2024, 11), PartialDate(2024, 11, 5)),
        stated_on=PartialDate(2024, 11, 5),
        part_of="c3",
        supersedes="c1",
        revision_kind=RevisionKind.CORRECTED,
        joint_claimants=frozenset({"rok-jcs"}),
        part_of_scope=("sent", "russia"),
    )


def test_a_question_as_the_rules_see_it() -> None:
    question = make_question(
        "killed", measure="cumulative", broader=make_question("losses"), window_days=5, floor=None, since="2024-10"
    )
    question.refresh_from_db()
    assert question_facts(question) == QuestionFacts(
        "killed",
        "persons",
        Measure.CUMULATIVE,
        broader="losses",
        floor=None,
        window_days=5,
        since=PartialDate(2024, 10),
    )


def test_places_as_the_rules_see_them() -> None:
    make_place("kursk", parent=make_place("russia"))
    assert place_tree().parents == {"russia": None, "kursk": "russia"}


def test_bases_come_with_both_ends() -> None:
    claim, target = make_claim(), make_claim()
    Basis.objects.create(claim=claim, kind="cites", target_claim=target)
    Basis.objects.create(claim=target, kind="cites", target_actor=make_actor())
    found = Basis.objects.of_claims([claim])
    assert [(basis.claim.public_id, basis.target_claim.public_id) for basis in found] == [
        (claim.public_id, target.public_id)
    ]


def test_publishing_needs_a_primary_citation_with_words() -> None:
    claim = make_claim()
    with pytest.raises(ValidationError, match="primary citation"):
        publish_claim(claim=claim)
    citation = make_citation(claim, is_primary=True, quote="")
    with pytest.raises(ValidationError, match="quote or a locator"):
        publish_claim(claim=claim)
    Citation.objects.filter(pk=citation.pk).update(quote="Thousands")
    assert publish_claim(claim=claim).is_published


def test_a_retracted_claim_says_when_by_whom_and_why() -> None:
    claim, now = make_published_claim(), timezone.now()
    with pytest.raises(ValidationError):
        retract_claim(claim=claim, by="ed", why="", at=now)
    retract_claim(claim=claim, by="ed", why="a parody", at=now)
    claim.refresh_from_db()
    assert (claim.status, claim.retracted_at, claim.retracted_by, claim.retracted_why) == (
        "retracted",
        now,
        "ed",
        "a parody",
    )
    with pytest.raises(ValidationError, match="new claim"):
        publish_claim(claim=claim)


def test_a_retraction_is_not_written_over_by_a_second_one() -> None:
    claim, now = make_published_claim(), timezone.now()
    retract_claim(claim=claim, by="ed", why="a parody", at=now)
    with pytest.raises(ValidationError, match="already retracted"):
        retract_claim(claim=claim, by="other", why="another reason", at=timezone.now())
    claim.refresh_from_db()
    assert (claim.retracted_at, claim.retracted_by, claim.retracted_why) == (now, "ed", "a parody")


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_what_readers_never_saw_is_not_retracted(status: str) -> None:
    claim = make_claim(status=status)
    with pytest.raises(ValidationError, match="not public"):
        retract_claim(claim=claim, by="ed", why="a parody", at=timezone.now())
    claim.refresh_from_db()
    assert claim.status == status


def test_a_label_is_the_short_name_where_there_is_one() -> None:
    assert Actor(name="Ministry of National Defense", short_name="ROK MND").label == "ROK MND"
    assert Actor(name="Kyiv Post").label == "Kyiv Post"
