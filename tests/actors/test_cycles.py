"""Trees refuse circles, by every way of writing, and say so in words first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from apps.actors.models import Actor
from apps.claims.models import Claim, Place
from tests.factories import make_actor, make_claim, make_place, make_question

pytestmark = pytest.mark.django_db


def revision(supersedes: Claim | None = None) -> Claim:
    claimant = Actor.objects.filter(slug="who").first() or make_actor("who")
    return make_claim(claimant=claimant, supersedes=supersedes, revision_kind="updated" if supersedes else "")


#: field → a maker of rows that takes what lies above
TREES: list[tuple[str, Callable[..., Any]]] = [
    ("parent", lambda above=None: make_actor(parent=above)),
    ("broader", lambda above=None: make_question(broader=above)),
    ("parent", lambda above=None: make_place(parent=above)),
    ("part_of", lambda above=None: make_claim(part_of=above)),
    ("supersedes", revision),
]
IDS = ["actor", "question", "place", "part", "revision"]


def change(row: models.Model, field: str, above: models.Model) -> dict[str, Any]:
    kind = {"revision_kind": "updated"} if field == "supersedes" else {}
    return {field: above, **kind}


@pytest.mark.parametrize(("field", "make"), TREES, ids=IDS)
def test_a_circle_of_three_is_refused_by_the_database(field: str, make: Callable[..., Any]) -> None:
    top = make()
    low = make(make(top))
    with pytest.raises(IntegrityError, match="no_cycle"):
        type(top)._default_manager.filter(pk=top.pk).update(**change(top, field, low))


@pytest.mark.parametrize(("field", "make"), TREES, ids=IDS)
def test_a_circle_is_a_sentence_at_the_field(field: str, make: Callable[..., Any]) -> None:
    top = make()
    low = make(make(top))
    for name, value in change(top, field, low).items():
        setattr(top, name, value)
    with pytest.raises(ValidationError) as refused:
        top.full_clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize(("field", "make"), TREES, ids=IDS)
def test_a_row_is_not_inside_itself(field: str, make: Callable[..., Any]) -> None:
    row = make()
    with pytest.raises(IntegrityError):
        type(row)._default_manager.filter(pk=row.pk).update(**change(row, field, row))


@pytest.mark.parametrize(("field", "make"), TREES, ids=IDS)
def test_a_branch_may_move(field: str, make: Callable[..., Any]) -> None:
    top, other = make(), make()
    low = make(top)
    type(top)._default_manager.filter(pk=low.pk).update(**change(low, field, other))
    low.refresh_from_db()
    assert getattr(low, field) == other


def test_one_statement_cannot_close_a_circle() -> None:
    one, other = make_place("one"), make_place("other")
    with pytest.raises(IntegrityError, match="place_parent_no_cycle"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_place SET parent_id = CASE WHEN id = %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
            [one.pk, other.pk, one.pk, one.pk, other.pk],
        )


def test_rows_made_together_cannot_close_a_circle() -> None:
    rows = [Place(id=-1, slug="one", name="one", parent_id=-2), Place(id=-2, slug="two", name="two", parent_id=-1)]
    with pytest.raises(IntegrityError, match="place_parent_no_cycle"), transaction.atomic():
        Place.objects.bulk_create(rows)
