"""The JSON documents of actors, sources and places: their fields, and their claims as standing objects.

`compared` holds the ids of the claims that are compared on their question's default day.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import batched

from apps.actors.models import Actor
from apps.claims.facts import claim_facts
from apps.claims.models import Claim, Place, Question
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.documents import Document, citation, finding, iso, standing, tendency
from apps.comparisons.entity_records import (
    ActorStand,
    PrintedFigure,
    all_stands,
    claims_of,
    printed_figures,
    publisher_citations,
    reading_of,
    source_citations,
)
from apps.comparisons.records import Places, compare_questions, compared_claims, compared_questions_of
from apps.publishing.streams import in_turn
from apps.sources.models import Source

#: Questions that are in memory at a time, with all their claims.
COMPARED_AT_ONCE = 10
#: What an entry of a source takes from the citation; the rest is that of the claim, or the source's own.
_OWN = (
    "citation",
    "primary",
    "quote",
    "locator",
    "language",
    "translated",
    "via",
    "as_printed",
    "drift",
    "drift_texts",
)


def _standing(row: Claim, compared: Container[str]) -> Document:
    return standing(row, reading_of(row, claim_facts(row)), is_compared=row.public_id in compared)


def actor_fields(row: Actor) -> Document:
    """What an actor is; all that a list tells of it."""
    return {
        "slug": row.slug,
        "url": row.get_absolute_url(),
        "name": row.name,
        "short_name": row.short_name or None,
        "kind": row.kind,
        "country": row.country or None,
        "parent": row.parent.slug if row.parent else None,
        "wikidata": row.wikidata or None,
    }


def source_fields(row: Source) -> Document:
    """What a source is; all that a list tells of it."""
    return {
        "slug": row.slug,
        "url": row.url or None,
        "page": row.get_absolute_url(),
        "title": row.title,
        "publisher": row.publisher.slug,
        "published_on": iso(row.published_on),
        "language": row.language or None,
        "kind": row.kind,
        "author": row.author or None,
        "accessed_on": row.accessed_on.isoformat() if row.accessed_on else None,
        "archive_url": row.archive_url or None,
        "archive_sha256": row.archive_sha256 or None,
    }


def actor(
    row: Actor,
    parts: Iterable[str],
    claims: Iterable[Claim],
    compared: Container[str],
    stands: Sequence[ActorStand],
    printed: Iterable[PrintedFigure],
) -> Document:
    """An actor; `parts` are slugs of what is directly part of it, claims come newest first.

    `stands` tell how its figures lie beside those of others; `printed` is what it printed as a publisher.
    """
    return actor_fields(row) | {
        "parts": list(parts),
        "aliases": [alias.name for alias in row.aliases.all()],
        "claims": [_standing(claim, compared) for claim in claims],
        "tendency": [tendency(found) for stand in stands for found in stand.tendencies],
        "findings": [finding(found) for stand in stands for found in stand.findings],
        "printed": [citation(one.citation, one.drift) for one in printed],
    }


def _printed(row: PrintedFigure, compared: Container[str]) -> Document:
    cited = citation(row.citation, row.drift)
    own = {name: cited[name] for name in _OWN}
    return _standing(row.claim, compared) | own


def source(row: Source, printed: Iterable[PrintedFigure], compared: Container[str]) -> Document:
    """A source; one entry in `claims` for every figure that it prints."""
    return source_fields(row) | {"claims": [_printed(one, compared) for one in printed]}


def whole_actor(row: Actor, *, today: date) -> Document:
    """An actor with everything that its document holds, in a fixed number of queries."""
    parts = Actor.objects.filter(parent=row).order_by("slug").values_list("slug", flat=True)
    claims = list(claims_of(row).with_attribution())
    places = Places.load()
    compared = compared_questions_of(claims, places=places, today=today)
    stands = all_stands(row, claims, compared, today)
    printed = printed_figures(publisher_citations(row), places)
    return actor(row, parts, claims, compared_claims(compared), stands, printed)


def whole_source(row: Source, *, today: date) -> Document:
    """A source with everything that its document holds, in a fixed number of queries."""
    places = Places.load()
    printed = printed_figures(source_citations(row), places)
    compared = compared_questions_of([one.claim for one in printed], places=places, today=today)
    return source(row, printed, compared_claims(compared))


def standings_by_question(claims: ClaimQuerySet, *, places: Places, today: date) -> Iterator[Document]:
    """Claims as standing objects, question by question in the order of slugs; few questions are compared at a time."""
    asked = Question.objects.select_related("topic", "broader").filter(pk__in=claims.order_by().values("question"))
    for some in batched(asked.order_by("slug"), COMPARED_AT_ONCE):
        compared = compared_claims(compare_questions(some, places=places, today=today))
        rows = claims.filter(question__in=some).order_by("question__slug", "pk").with_attribution()
        yield from (_standing(claim, compared) for claim in in_turn(rows))


def place(row: Place, inside: Iterable[str], standings: Iterator[Document]) -> Document:
    """A place; `inside` are slugs of the places directly in it, `standings` those there and in any place inside.

    These stay an iterator, which asks for them as they are sent.
    """
    return {
        "slug": row.slug,
        "url": row.get_absolute_url(),
        "name": row.name,
        "parent": row.parent.slug if row.parent else None,
        "inside": list(inside),
        "claims": standings,
    }
