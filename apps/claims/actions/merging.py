"""Two rows that turn out to be one actor: everything that points to the one points to the other from then on."""

from collections.abc import Iterator
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from apps.actors.models import Actor, Alias, Redirect, RedirectKind
from apps.actors.references import references
from apps.claims.models import Claim, JointClaimant
from apps.domain.claims import Tree


@transaction.atomic
def merge_actors(*, actor: Actor, into: Actor, by: str = "") -> Actor:
    """Make `actor` a part of what `into` is: claims, citations, stances and all else move, its names become aliases.

    Its address leads to the other's, and so do those that it had before. What `into` says of itself stays. Where both
    have the same (one joint claim, one grading of a day), that of `into` stays and the other goes; histories keep it.
    ValidationError for one actor, for one above the other, and when a claim would supersede somebody else's.
    """
    locked = Actor.objects.select_for_update().in_bulk([actor.pk, into.pk])
    if actor.pk not in locked or into.pk not in locked:
        raise ValidationError("One of the two is no longer there.", code="gone")
    actor, into = locked[actor.pk], locked[into.pk]
    _refuse_one_line(actor, into)
    with pghistory.context(merged=actor.slug, into=into.slug, by=by):
        _keep_names(actor, into)
        for model, field in references(Actor):
            _move(model, field, actor, into)
        # Who makes a claim is not also one of its joint claimants.
        JointClaimant.objects.filter(actor=into, claim__claimant=into).delete()
        _refuse_superseding_others()
        Redirect.objects.create(kind=RedirectKind.ACTOR, old_slug=actor.slug, target_slug=into.slug)
        actor.delete()
    return into


def _refuse_one_line(actor: Actor, into: Actor) -> None:
    """What lies inside the other would end up inside itself, or lose the level at which it spoke."""
    if actor == into:
        raise ValidationError("Choose another actor: this is the one that is to be merged.", code="itself")
    tree = Tree(dict(Actor.objects.values_list("slug", "parent__slug")))
    for outer, inner in ((actor, into), (into, actor)):
        if tree.holds(outer.slug, inner.slug):
            message = f"“{inner}” lies inside “{outer}”: take it out first if the two are one."
            raise ValidationError(message, code="one_line")


def _keep_names(actor: Actor, into: Actor) -> None:
    """The names of the one after those of the other, each once."""
    has = {into.name, into.short_name, "", *into.aliases.values_list("name", flat=True)}
    names = [actor.name, actor.short_name, *actor.aliases.values_list("name", flat=True)]
    position = max(into.aliases.values_list("position", flat=True), default=-1)
    new = [name for name in dict.fromkeys(names) if name not in has]
    actor.aliases.all().delete()
    Alias.objects.bulk_create(
        Alias(actor=into, name=name, position=place) for place, name in enumerate(new, start=position + 1)
    )


def _move(model: type[models.Model], field: str, actor: Actor, into: Actor) -> None:
    """Rows of the one that the other has already go; the rest move."""
    rows: models.QuerySet[Any] = model._default_manager.filter(**{field: actor})
    for together in _unique_with(model, field):
        others = model._default_manager.filter(**{field: into}).order_by().values(*together)
        for same in others:
            rows.filter(*(_holds(name, value) for name, value in same.items())).delete()
    rows.update(**{field: into})


def _holds(name: str, value: Any) -> Q:
    return Q((f"{name}__isnull", True)) if value is None else Q((name, value))


def _unique_with(model: type[models.Model], field: str) -> Iterator[list[str]]:
    """The other fields of every unique constraint that a relation is part of."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field in constraint.fields:
            yield [name for name in constraint.fields if name != field]


def _refuse_superseding_others() -> None:
    """The rule of `supersedes_own` for all claims, since moving an actor's parts moves their claims' lines too."""
    tree = Tree(dict(Actor.objects.values_list("slug", "parent__slug")))
    revisions = Claim.objects.filter(supersedes__isnull=False).exclude(claimant=F("supersedes__claimant"))
    pairs = revisions.order_by("public_id").values_list("public_id", "claimant__slug", "supersedes__claimant__slug")
    broken = [one for one, who, other in pairs if not tree.holds(who, other) and not tree.holds(other, who)]
    if broken:
        message = f"Afterwards {', '.join(broken)} would supersede what another actor said: change that first."
        raise ValidationError(message, code="supersedes_own")
