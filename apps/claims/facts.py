"""From rows to the plain values that the domain computes with; slugs and public ids throughout."""

from apps.claims.models import Citation, Claim, Place, Question
from apps.domain.claims import ClaimFacts, QuestionFacts, Tree
from apps.domain.drift import Printed
from apps.domain.figures import Figure
from apps.domain.periods import Period
from apps.domain.vocabulary import Measure, Nature, Qualifier, RevisionKind


def figure_of(row: Claim | Citation) -> Figure:
    """The figure of a claim as stated, or of a citation as printed."""
    return Figure(
        stated_value=row.stated_value,
        qualifier=Qualifier(row.qualifier),
        lower=row.lower,
        upper=row.upper,
        lower_inclusive=row.lower_inclusive,
        upper_inclusive=row.upper_inclusive,
        point=row.point,
        hedged=row.hedged,
    )


def claim_facts(claim: Claim) -> ClaimFacts:
    """One claim; asks for nothing that `with_attribution` has not loaded."""
    return ClaimFacts(
        id=claim.public_id,
        question=claim.question.slug,
        place=claim.place.slug,
        claimant=claim.claimant.slug,
        figure=figure_of(claim),
        nature=Nature(claim.nature),
        as_of=Period(claim.as_of_start, claim.as_of_end) if claim.as_of_start else None,
        stated_on=claim.stated_on,
        part_of=claim.part_of.public_id if claim.part_of else None,
        supersedes=claim.supersedes.public_id if claim.supersedes else None,
        revision_kind=RevisionKind(claim.revision_kind) if claim.revision_kind else None,
        part_of_scope=(claim.part_of.question.slug, claim.part_of.place.slug) if claim.part_of else None,
        joint_claimants=frozenset(joint.actor.slug for joint in claim.joint.all()),
    )


def question_facts(question: Question) -> QuestionFacts:
    """One question; `broader` must be loaded."""
    return QuestionFacts(
        slug=question.slug,
        unit=question.unit,
        measure=Measure(question.measure),
        broader=question.broader.slug if question.broader else None,
        floor=question.floor,
        window_days=question.window_days,
        tolerance=question.tolerance,
        since=question.since,
    )


def printed_facts(citation: Citation) -> Printed:
    """One citation as its source printed it."""
    return Printed(
        figure=figure_of(citation),
        question=citation.question_as_printed.slug if citation.question_as_printed else None,
        place=citation.place_as_printed.slug if citation.place_as_printed else None,
        claimant=citation.claimant_as_printed.slug if citation.claimant_as_printed else None,
        speaker=citation.speaker_as_printed or None,
        is_translated=citation.is_translated,
    )


def place_tree() -> Tree:
    """Every place and what contains it."""
    return Tree(dict(Place.objects.values_list("slug", "parent__slug")))
