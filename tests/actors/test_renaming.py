"""A renamed slug redirects for ever, whoever renames and however."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from apps.actors.models import Actor, Redirect
from apps.claims.actions import rename
from tests.factories import make_actor, make_place, make_question, make_source, make_topic

pytestmark = pytest.mark.django_db


def redirects() -> set[tuple[str, str, str]]:
    return set(Redirect.objects.values_list("kind", "old_slug", "target_slug"))


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("actor", make_actor),
        ("source", make_source),
        ("topic", make_topic),
        ("question", make_question),
        ("place", make_place),
    ],
)
def test_a_renamed_entity_leaves_a_redirect(kind: str, make: type[models.Model]) -> None:
    rename(entity=make("before"), new_slug="after")
    assert (kind, "before", "after") in redirects()


def test_older_redirects_lead_straight_to_the_newest_slug() -> None:
    actor = rename(entity=rename(entity=make_actor("a"), new_slug="b"), new_slug="c")
    assert redirects() == {("actor", "a", "c"), ("actor", "b", "c")}
    rename(entity=actor, new_slug="a")
    assert redirects() == {("actor", "b", "a"), ("actor", "c", "a")}


def test_an_update_past_the_action_leaves_a_redirect_too() -> None:
    actor = make_actor("a")
    Actor.objects.filter(pk=actor.pk).update(slug="b")
    assert redirects() == {("actor", "a", "b")}


def test_a_slug_that_redirects_is_not_given_away() -> None:
    rename(entity=make_actor("a"), new_slug="b")
    with pytest.raises(ValidationError) as refused:
        Actor(slug="a", name="a", kind="state").full_clean()
    assert refused.value.message_dict == {"slug": ["“a” already leads to the renamed “b”: choose another slug."]}
    with pytest.raises(IntegrityError, match="actor_slug_taken"), transaction.atomic():
        make_actor("a")
    with pytest.raises(IntegrityError, match="actor_slug_taken"):
        Actor.objects.filter(pk=make_actor("c").pk).update(slug="a")


@pytest.mark.parametrize("slug", ["", "Kursk", "a b", "a--b", "-a", "a\n", "ä", "other"])
def test_a_bad_slug_is_refused(slug: str) -> None:
    make_actor("other")
    actor = make_actor("a")
    with pytest.raises(ValidationError) as refused:
        rename(entity=actor, new_slug=slug)
    assert list(refused.value.message_dict) == ["slug"]
    actor.refresh_from_db()
    assert actor.slug == "a"
