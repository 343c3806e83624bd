"""Topics, questions, places and claims as entries of a list: the fields of one row, without what hangs on it."""

from apps.claims.facts import claim_facts
from apps.claims.models import Claim, Place, Question, Topic
from apps.comparisons.documents import Document, iso, number, standing
from apps.comparisons.records import conventions
from apps.domain.reading import read_for


def topic(row: Topic) -> Document:
    return {"slug": row.slug, "url": row.get_absolute_url(), "title": row.title, "summary": row.summary or None}


def question(row: Question) -> Document:
    return {
        "slug": row.slug,
        "url": row.get_absolute_url(),
        "topic": row.topic.slug,
        "title": row.title,
        "definition": row.definition or None,
        "unit": row.unit,
        "measure": row.measure,
        "since": iso(row.since),
        "population": row.population or None,
        "broader": row.broader.slug if row.broader else None,
        "floor": number(row.floor),
        "window_days": row.window_days,
        "tolerance": number(row.tolerance),
        "note": row.note or None,
    }


def place(row: Place) -> Document:
    return {
        "slug": row.slug,
        "url": row.get_absolute_url(),
        "name": row.name,
        "parent": row.parent.slug if row.parent else None,
        "country": row.country or None,
        "wikidata": row.wikidata or None,
        "latitude": number(row.latitude),
        "longitude": number(row.longitude),
        "note": row.note or None,
    }


def claim(row: Claim, *, is_strict: bool = False) -> Document:
    """A claim without the others of its question; whether it is compared, the comparison says."""
    reading = read_for(claim_facts(row).figure, row.question, settings=conventions(), is_strict=is_strict)
    document = standing(row, reading, is_compared=False)
    del document["compared"]
    return document
