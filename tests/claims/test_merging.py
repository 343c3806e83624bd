"""`merge_actors`: everything that led to one actor leads to the other, and the past still shows both."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from apps.actors.models import Actor, Alias, Redirect
from apps.actors.references import references
from apps.claims.actions import merge_actors, rename
from apps.claims.models import ActorReliability, Basis, Claim, JointClaimant, Relay, Stance
from apps.web.queries import moment_iso
from tests.comparisons.test_known import in_moments, now
from tests.factories import make_actor, make_citation, make_claim, make_place, make_published_claim, make_source

pytestmark = pytest.mark.django_db


def lead_to(actor: Actor) -> None:
    """One row by every relation there is."""
    claim = make_published_claim(claimant=actor)
    make_source(publisher=actor)
    make_actor(parent=actor)
    other = make_claim()
    JointClaimant.objects.create(claim=other, actor=actor)
    citation = make_citation(claim, claimant_as_printed=actor)
    Relay.objects.create(citation=citation, actor=actor)
    Basis.objects.create(claim=other, kind="cites", target_actor=actor)
    Stance.objects.create(claim=other, actor=actor, kind="denies")
    ActorReliability.objects.create(actor=actor, grade="B", graded_on=date(2025, 1, 1), graded_by="me", reason="r")
    Alias.objects.create(actor=actor, name="Other")


def leading_to(actor: Actor) -> dict[tuple[str, str], int]:
    return {
        (model.__name__, field): model._default_manager.filter(**{field: actor}).count()
        for model, field in references(Actor)
    }


def test_every_relation_moves() -> None:
    actor, into = make_actor("a", name="A Name", short_name="A"), make_actor("b")
    lead_to(actor)
    before = leading_to(actor)
    # Columns of the database, so that no relation is forgotten here or there.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = 'actors_actor'::regclass"
        )
        assert cursor.fetchone() == (len(before),)
    assert set(before.values()) == {1}
    merge_actors(actor=actor, into=into)
    assert not Actor.objects.filter(slug="a").exists()
    assert leading_to(into) == before | {("Alias", "actor"): 3}
    assert [alias.name for alias in into.aliases.all()] == ["A Name", "A", "Other"]


def test_its_addresses_lead_on(client: Client) -> None:
    actor = rename(entity=make_actor("oldest"), new_slug="old")
    merge_actors(actor=actor, into=make_actor("new"))
    for slug in ("oldest", "old"):
        assert client.get(f"/actors/{slug}/?known=")["Location"] == "/actors/new/?known="
        assert client.get(f"/actors/{slug}.json")["Location"] == "/actors/new.json"
    rename(entity=Actor.objects.get(slug="new"), new_slug="newest")
    assert Redirect.objects.present_slug(kind="actor", slug="oldest") == "newest"
    with pytest.raises(ValidationError, match="already leads to"):
        Actor(slug="old", name="x", kind="state").full_clean()


def test_what_both_have_stays_once() -> None:
    actor, into, third = make_actor("a"), make_actor("b"), make_actor("c")
    claim, own = make_claim(claimant=third), make_claim(claimant=into)
    for one, grade in ((actor, "B"), (into, "C")):
        JointClaimant.objects.create(claim=claim, actor=one)
        Basis.objects.create(claim=claim, kind="cites", target_actor=one, note=one.slug)
        ActorReliability.objects.create(actor=one, grade=grade, graded_on=date(2025, 1, 1), graded_by="me", reason="r")
        Alias.objects.create(actor=one, name="Same")
    JointClaimant.objects.create(claim=own, actor=actor)
    merge_actors(actor=actor, into=into)
    assert [joint.claim for joint in JointClaimant.objects.filter(actor=into)] == [claim]
    assert [basis.note for basis in Basis.objects.all()] == ["b"]
    assert [graded.grade for graded in ActorReliability.objects.all()] == ["C"]
    assert [alias.name for alias in into.aliases.all()] == ["Same", "a"]


def test_one_actor_and_one_inside_the_other_are_refused() -> None:
    outer = make_actor("outer")
    inner = make_actor("inner", parent=outer)
    for actor, into, sentence in (
        (outer, outer, "this is the one"),
        (outer, inner, "“inner” lies inside “outer”"),
        (inner, outer, "“inner” lies inside “outer”"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            merge_actors(actor=actor, into=into)
    assert Actor.objects.count() == 2


def settle() -> None:
    """What the database checks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_claim_that_would_supersede_somebody_elses_is_refused() -> None:
    above = make_actor("above")
    actor, into = make_actor("a", parent=above), make_actor("b")
    earlier = make_claim(claimant=above)
    later = make_claim(public_id="later", claimant=actor, supersedes=earlier, revision_kind="updated")
    settle()
    with pytest.raises(ValidationError, match="Afterwards later would supersede what another actor said"):
        merge_actors(actor=actor, into=into)
    later.refresh_from_db()
    assert later.claimant == actor
    below = make_actor("below", parent=above)
    merge_actors(actor=actor, into=Actor.objects.get(pk=below.pk))
    settle()
    later.refresh_from_db()
    assert later.claimant == below


@in_moments
def test_the_past_shows_both(client: Client) -> None:
    actor, into, place = make_actor("a", name="Actor A"), make_actor("b", name="Actor B"), make_place()
    claim = make_published_claim(claimant=actor, place=place)
    between = now()
    merge_actors(actor=actor, into=into, by="M. Okafor")
    known = f"?known={moment_iso(between)}"
    assert "Actor A" in client.get(f"/actors/a/{known}").text
    assert claim.public_id in client.get(f"/actors/a.json{known}").text
    assert claim.public_id not in client.get(f"/actors/b.json{known}").text
    assert claim.public_id in client.get("/actors/b.json").text
    assert client.get(f"/claims/{claim.public_id}.json{known}").json()["claimant"] == "a"
    assert client.get(f"/claims/{claim.public_id}.json").json()["claimant"] == "b"


def test_an_editor_merges_on_a_page_of_its_own(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("ed"))
    actor, into = make_actor("a", name="Actor A"), make_actor("b", name="Actor B")
    claim = make_published_claim(claimant=actor)
    chosen = {"action": "merge", "_selected_action": str(actor.pk)}
    page = client.post("/admin/actors/actor/", chosen)
    assert page.status_code == 200
    assert "<li>1 claim (claimant)</li>" in page.text
    assert Claim.objects.get().claimant == actor
    wrong = client.post("/admin/actors/actor/", {**chosen, "merge": "Merge", "into": str(actor.pk)})
    assert "Select a valid choice" in wrong.text
    done = client.post("/admin/actors/actor/", {**chosen, "merge": "Merge", "into": str(into.pk)}, follow=True)
    assert "Actor A is now part of Actor B." in done.text
    claim.refresh_from_db()
    assert claim.claimant == into


def test_who_may_only_look_or_change_does_not_merge(client: Client) -> None:
    user = get_user_model().objects.create_user("ed", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_actor", "change_actor"]))
    client.force_login(user)
    actor, into = make_actor("a"), make_actor("b")
    sent = {"action": "merge", "_selected_action": str(actor.pk), "merge": "Merge", "into": str(into.pk)}
    client.post("/admin/actors/actor/", sent)
    assert Actor.objects.filter(pk=actor.pk).exists()
    assert "Merge into another" not in client.get("/admin/actors/actor/").text


def test_several_at_once_are_a_sentence(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("ed"))
    keys = [str(make_actor().pk), str(make_actor().pk)]
    page = client.post("/admin/actors/actor/", {"action": "merge", "_selected_action": keys}, follow=True)
    assert "Choose one actor" in page.text
    assert Actor.objects.count() == 2
