"""What the comparison page says of rare rows: withdrawals, drafts, several figures of one day, renamed topics."""

from decimal import Decimal

import pytest
from django.test import Client

from apps.actors.models import Actor
from apps.claims.actions import rename
from apps.claims.models import Claim, Place, Question
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.factories import make_actor, make_claim, make_place, make_published_claim, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    return make_question("how-many")


@pytest.fixture
def place() -> Place:
    return make_place("here", name="Here")


@pytest.fixture
def claimant() -> Actor:
    return make_actor("somebody", name="Somebody")


def about(number: int) -> Figure:
    return Figure(f"about {number}", Qualifier.ABOUT, point=Decimal(number))


def page(client: Client, on: str = "2024-11-05") -> str:
    answer = client.get(f"/questions/how-many/?on={on}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_matrix_says_that_the_newest_figure_is_still_held(
    client: Client, question: Question, place: Place, claimant: Actor
) -> None:
    scope = {"question": question, "place": place, "claimant": claimant}
    make_published_claim(**scope, figure=about(111), as_of_start="2024-11-01", stated_on="2024-11-01")
    make_published_claim(**scope, figure=about(222), as_of_start="2024-11-01", stated_on="2024-11-02")
    make_published_claim(question=question, place=place, figure=about(333), as_of_start="2024-11-04")
    matrix = page(client)
    assert "still about 222" in matrix
    assert "still about 111" not in matrix


def test_a_withdrawn_figure_is_no_longer_held_and_the_withdrawal_is_not_drawn(
    client: Client, question: Question, place: Place, claimant: Actor
) -> None:
    scope = {"question": question, "place": place, "claimant": claimant}
    first = make_published_claim(**scope, figure=about(111), as_of_start="2024-11-01")
    make_published_claim(
        **scope, figure=about(112), as_of_start="2024-11-02", supersedes=first, revision_kind="withdrawn"
    )
    make_published_claim(question=question, place=place, figure=about(333), as_of_start="2024-11-04")
    whole = page(client)
    assert "still about" not in whole
    over_time = whole[whole.index('id="time"') : whole.index('id="side"')]
    assert "about 112" not in over_time


def test_the_words_of_a_draft_total_are_not_shown(
    client: Client, question: Question, place: Place, claimant: Actor
) -> None:
    total = make_claim(question=question, place=place, claimant=claimant, figure=about(98765))
    make_published_claim(
        question=question,
        place=make_place(),
        claimant=claimant,
        figure=about(5),
        as_of_start="2024-11-05",
        part_of=total,
    )
    assert "98765" not in page(client)


def test_a_filter_on_a_joint_claimant_finds_the_joint_claim(client: Client, question: Question) -> None:
    other = make_actor("the-other")
    claim = make_published_claim(question=question, figure=about(10), as_of_start="2024-11-05")
    claim.joint_claimants.add(other)
    found = client.get("/questions/how-many.json?on=2024-11-05&claimant=the-other").json()
    assert [row["claim"] for row in found["standings"]] == [claim.public_id]


def test_a_renamed_topic_keeps_its_old_address(client: Client, question: Question) -> None:
    old = question.topic.slug
    rename(entity=question.topic, new_slug="renamed")
    answer = client.get(f"/topics/{old}/")
    assert (answer.status_code, answer["Location"]) == (301, "/topics/renamed/")


def test_ends_that_touch_are_said_to_touch(client: Client, question: Question, place: Place) -> None:
    lower = Figure("more than 100", Qualifier.MORE_THAN, lower=Decimal(100), lower_inclusive=False, point=Decimal(100))
    upper = Figure("up to 100", Qualifier.UP_TO, upper=Decimal(100), upper_inclusive=True, point=Decimal(100))
    for figure in (lower, upper):
        make_published_claim(question=question, place=place, figure=figure, as_of_start="2024-11-05")
    assert Claim.objects.count() == 2
    whole = page(client)
    assert "cannot hold with" in whole
    assert "0 apart" not in whole
