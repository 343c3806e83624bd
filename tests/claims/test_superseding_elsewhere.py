"""A claim that supersedes one on another question takes it away there too, wherever the two questions are."""

from datetime import date

import pytest

from apps.claims.models import Claim, Question
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import Places, compare_question, compare_questions
from tests.factories import make_claim, make_published_claim, make_question

pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 5)


@pytest.fixture
def moved() -> tuple[Question, Claim, Claim]:
    """A question, its claim, and the claim that moved it to a question aside."""
    question = make_question("present")
    old = make_published_claim(question=question, as_of_start="2024-11-03")
    new = make_published_claim(
        question=make_question("aside"),
        place=old.place,
        claimant=old.claimant,
        as_of_start="2024-11-04",
        supersedes=old,
        revision_kind="rescoped",
    )
    return question, old, new


def test_claims_that_supersede_one_on_a_question_come_with_it(moved: tuple[Question, Claim, Claim]) -> None:
    question, old, new = moved
    make_claim()
    assert set(Claim.objects.on_questions_or_superseding([question.slug])) == {old, new}
    assert list(Claim.objects.on_questions_or_superseding(["aside"])) == [new]
    assert not Claim.objects.on_questions_or_superseding([]).exists()


def test_a_claim_moved_to_another_question_no_longer_stands(moved: tuple[Question, Claim, Claim]) -> None:
    question, old, new = moved
    places = Places.load()

    def standing(on: date) -> list[str]:
        found = compare_question(question, ComparisonQuery(on=on), places=places, today=TODAY)
        assert (found.own, found.candidates) == ((old,), (old,))
        return [row.claim.id for row in found.comparison.standings]

    assert standing(date(2024, 11, 3)) == [old.public_id]
    assert standing(TODAY) == []
    assert compare_question(new.question, ComparisonQuery(), places=places, today=TODAY).standing == (new,)


def test_lists_agree_that_it_no_longer_stands(moved: tuple[Question, Claim, Claim]) -> None:
    question, _, new = moved
    make_published_claim(question=question, as_of_start="2024-11-05")
    for asked in ([question], [question, new.question]):
        found = compare_questions(asked, places=Places.load(), today=TODAY)[0]
        paged = compare_question(question, ComparisonQuery(), places=Places.load(), today=TODAY)
        assert found.comparison == paged.comparison
        assert len(found.comparison.standings) == 1
        assert set(found.claims) == set(paged.claims)
