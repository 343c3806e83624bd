"""Claimants rolled up to the topmost body that they are part of (`rollup=1`; model.md §4, "Roll-up")."""

from collections.abc import Iterable
from dataclasses import replace

from apps.actors.models import Actor
from apps.claims.models import Claim
from apps.comparisons.queries import ComparisonQuery
from apps.domain.claims import Tree


def roll_up(claims: Iterable[Claim]) -> dict[str, Actor]:
    """Let each claim, jointly made ones too, be that of the topmost body: the United States' for the Pentagon's.

    The rows are changed in memory. Returns who said it, by claim id, where that is somebody below. Three queries.
    """
    rows = list(claims)
    tops = _tops({actor.pk for claim in rows for actor in _voices(claim)})
    said_by = {claim.public_id: claim.claimant for claim in rows if tops[claim.claimant_id].pk != claim.claimant_id}
    for claim in rows:
        claim.claimant = tops[claim.claimant_id]
        for joint in claim.joint.all():
            joint.actor = tops[joint.actor_id]
    return said_by


def with_bodies_below(query: ComparisonQuery) -> ComparisonQuery:
    """A rolled-up query that lets claims through as they were said: by its claimants, and by all rolled up to one."""
    if not (query.is_rolled_up and query.claimants):
        return query
    tree = Tree(dict(Actor.objects.values_list("slug", "parent__slug")))
    below = [slug for slug in tree.parents if tree.line(slug)[-1] in query.claimants]
    return replace(query, claimants=(*query.claimants, *below))


def _voices(claim: Claim) -> list[Actor]:
    return [claim.claimant, *(joint.actor for joint in claim.joint.all())]


def _tops(actors: set[int]) -> dict[int, Actor]:
    """The topmost body of each actor, by primary key; of one that is part of nothing, itself."""
    parents = dict(Actor.objects.values_list("slug", "parent__slug"))
    slugs = dict(Actor.objects.filter(pk__in=actors).values_list("pk", "slug"))
    top_of = {key: Tree(parents).line(slug)[-1] for key, slug in slugs.items()}
    rows = Actor.objects.in_bulk(set(top_of.values()), field_name="slug")
    return {key: rows[top] for key, top in top_of.items()}
