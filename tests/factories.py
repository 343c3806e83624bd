"""Rows with the least data that is valid; a test names every value that it asserts."""

from itertools import count
from typing import Any

from apps.actors.models import Actor
from apps.claims.models import Citation, Claim, ClaimStatus, Place, Question, Topic
from apps.domain.figures import Figure
from apps.domain.periods import PartialDate
from apps.domain.vocabulary import Qualifier
from apps.sources.models import Source

_numbers = count(1)


def make_actor(slug: str | None = None, **given: Any) -> Actor:
    slug = slug or f"actor-{next(_numbers)}"
    return Actor.objects.create(slug=slug, **{"name": slug, "kind": "state", **given})


def make_source(slug: str | None = None, **given: Any) -> Source:
    slug = slug or f"source-{next(_numbers)}"
    publisher = given.pop("publisher", None) or make_actor(kind="media")
    return Source.objects.create(slug=slug, publisher=publisher, **{"title": slug, **given})


def make_topic(slug: str | None = None, **given: Any) -> Topic:
    slug = slug or f"topic-{next(_numbers)}"
    return Topic.objects.create(slug=slug, **{"title": slug, **given})


def make_question(slug: str | None = None, **given: Any) -> Question:
    slug = slug or f"question-{next(_numbers)}"
    topic = given.pop("topic", None) or make_topic()
    return Question.objects.create(
        slug=slug, topic=topic, **{"title": slug, "unit": "persons", "measure": "stock", **given}
    )


def make_place(slug: str | None = None, **given: Any) -> Place:
    slug = slug or f"place-{next(_numbers)}"
    return Place.objects.create(slug=slug, **{"name": slug, **given})


def figure_columns(figure: Figure) -> dict[str, Any]:
    """A figure as columns of a claim or a citation."""
    return {
        "stated_value": figure.stated_value,
        "qualifier": str(figure.qualifier),
        "hedged": figure.hedged,
        "lower": figure.lower,
        "upper": figure.upper,
        "lower_inclusive": figure.lower_inclusive,
        "upper_inclusive": figure.upper_inclusive,
        "point": figure.point,
    }


THOUSANDS = Figure("Thousands", Qualifier.ORDER_OF_MAGNITUDE)


def build_claim(**given: Any) -> Claim:
    """A draft that is not saved; dates may be given as texts."""
    columns = figure_columns(given.pop("figure", THOUSANDS))
    for name, make in (("question", make_question), ("place", make_place), ("claimant", make_actor)):
        given[name] = given.get(name) or make()
    for name in ("as_of_start", "as_of_end", "stated_on"):
        if isinstance(given.get(name), str):
            given[name] = PartialDate.parse(given[name])
    return Claim(**columns | given)


def make_claim(**given: Any) -> Claim:
    """A draft without citations."""
    claim = build_claim(**given)
    claim.save()
    return claim


def make_citation(claim: Claim, **given: Any) -> Citation:
    """Prints the claim's own figure unless told otherwise."""
    columns = figure_columns(given.pop("figure", claim.figure))
    source = given.pop("source", None) or make_source()
    return Citation.objects.create(claim=claim, source=source, **{"quote": claim.stated_value, **columns, **given})


def make_published_claim(**given: Any) -> Claim:
    """A published claim with one primary citation, by `source` if that is given."""
    source = given.pop("source", None)
    claim = make_claim(**given)
    make_citation(claim, is_primary=True, source=source)
    claim.status = ClaimStatus.PUBLISHED
    claim.save(update_fields=["status"])
    return claim
