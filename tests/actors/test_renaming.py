"""A renamed slug redirects for ever, whoever renames and however."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

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


def present(slug: str) -> str | None:
    return Redirect.objects.present_slug(kind="actor", slug=slug)


def test_older_redirects_lead_to_the_newest_slug() -> None:
    actor = rename(entity=rename(entity=make_actor("a"), new_slug="b"), new_slug="c")
    assert [present(slug) for slug in "abc"] == ["c", "c", "c"]
    rename(entity=actor, new_slug="a")
    assert [present(slug) for slug in "abc"] == ["a", "a", "a"]
    assert redirects() == {("actor", "b", "c"), ("actor", "c", "a")}


def test_a_name_that_comes_and_goes_leaves_one_redirect() -> None:
    actor = make_actor("a")
    for slug in ("b", "a", "b", "a"):
        actor = rename(entity=actor, new_slug=slug)
    assert redirects() == {("actor", "b", "a")}


def test_a_rename_changes_no_older_redirect() -> None:
    actor = make_actor("r0")
    for number in range(1, 6):
        actor = rename(entity=actor, new_slug=f"r{number}")
    history = apps.get_model("actors", "RedirectEvent")._default_manager
    assert list(history.order_by("pgh_id").values_list("pgh_label", "old_slug", "target_slug")) == [
        ("insert", f"r{number}", f"r{number + 1}") for number in range(5)
    ]


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


def settle() -> None:
    """What the database checks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lead(old: str, target: str) -> Redirect:
    return Redirect(kind="actor", old_slug=old, target_slug=target)


def test_a_present_slug_leads_nowhere_else() -> None:
    make_actor("a")
    make_actor("b")
    with pytest.raises(ValidationError) as refused:
        lead("a", "b").full_clean()
    assert refused.value.message_dict == {"old_slug": ["“a” is the slug of an actor now: it cannot lead elsewhere."]}
    lead("a", "b").save()
    with pytest.raises(IntegrityError, match="redirect_slug_is_live"):
        settle()


def test_a_redirect_leads_to_something() -> None:
    make_actor("a")
    with pytest.raises(ValidationError) as refused:
        lead("b", "c").full_clean()
    assert refused.value.message_dict == {
        "target_slug": ["Give the slug that an actor has or had; none is called “c”."]
    }
    lead("b", "c").save()
    with pytest.raises(IntegrityError, match="redirect_leads_nowhere"):
        settle()


def test_redirects_never_go_round() -> None:
    lead("a", "b").save()
    with pytest.raises(ValidationError) as refused:
        lead("b", "a").full_clean()
    assert refused.value.message_dict == {"target_slug": ["“a” leads to “b”: this would be a circle."]}
    lead("b", "a").save()
    with pytest.raises(IntegrityError, match="redirect_leads_round"):
        settle()


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM actors_redirect {}", "UPDATE actors_redirect SET old_slug = 'd' {}"],
    ids=["gone", "moved"],
)
def test_a_redirect_on_which_others_lead_on_stays(statement: str) -> None:
    rename(entity=rename(entity=make_actor("a"), new_slug="b"), new_slug="c")
    settle()
    with connection.cursor() as cursor:
        cursor.execute(statement.format("WHERE old_slug = 'b'"))
    with pytest.raises(IntegrityError, match="redirect_leads_nowhere: the slug a leads to b"):
        settle()


def test_entity_and_redirect_may_come_in_any_order() -> None:
    lead("a", "b").save()
    make_actor("b")
    settle()
    assert present("a") == "b"


def test_redirects_go_with_the_entity_to_which_they_led() -> None:
    actor = rename(entity=rename(entity=make_actor("a"), new_slug="b"), new_slug="c")
    rename(entity=make_actor("other"), new_slug="another")
    actor.delete()
    settle()
    assert redirects() == {("actor", "other", "another")}


def test_names_are_not_swapped_step_by_step() -> None:
    one, other = make_question("one"), make_question("other")
    rename(entity=one, new_slug="between")
    with pytest.raises(ValidationError, match=r"“one” already leads to the renamed “between”: choose another slug\."):
        rename(entity=other, new_slug="one")
    with pytest.raises(IntegrityError, match="question_slug_taken"), transaction.atomic():
        type(other).objects.filter(pk=other.pk).update(slug="one")
    rename(entity=other, new_slug="new")
    assert [Redirect.objects.present_slug(kind="question", slug=slug) for slug in ("one", "other")] == [
        "between",
        "new",
    ]


def move_on(first: str, second: str) -> None:
    """One statement: the first takes the slug that the second leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actors_actor SET slug = CASE slug WHEN %s THEN %s ELSE 'free' END WHERE slug IN (%s, %s)",
            [first, second, first, second],
        )
    settle()


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_names_are_not_handed_on_in_one_statement(order: tuple[str, str]) -> None:
    for slug in order:
        make_actor(slug)
    with pytest.raises(IntegrityError), transaction.atomic():
        move_on("a", "b")
    assert redirects() == set()
    assert set(Actor.objects.values_list("slug", flat=True)) == {"a", "b"}
