"""The JSON documents of comparisons, claims, actors and sources (product.md, "JSON of a comparison").

Numbers are JSON numbers or null, dates ISO and as partial as they are known, every list ordered and stable.
Places, actors, questions and sources are named by slug, claims and citations by id.
"""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from apps.claims.models import Citation, Claim, Correction, Stance
from apps.comparisons.changes import ClaimChange, QuestionChanges
from apps.comparisons.claim_records import ClaimRecord
from apps.comparisons.records import ComparedQuestion
from apps.domain.drift import Drift
from apps.domain.figures import Interval
from apps.domain.periods import PartialDate
from apps.domain.results import Agreement, Contradiction, Finding, Reading, Span
from apps.domain.tendency import Tendency
from apps.web.queries import moment_iso

type Document = dict[str, Any]


def body(document: Document) -> bytes:
    """A document as it is sent; what a citation hashes."""
    return json.dumps(document, ensure_ascii=False).encode()


def number(value: Decimal | None) -> int | float | None:
    """A figure as a JSON number; at most 15 significant digits, which a double keeps exactly."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def iso(value: PartialDate | None) -> str | None:
    return None if value is None else value.iso


def ends(interval: Interval) -> Document:
    """An interval; null ends are open, and an open end is neither inclusive nor exclusive."""
    return {
        "lower": number(interval.lower),
        "upper": number(interval.upper),
        "lower_inclusive": None if interval.lower is None else interval.lower_inclusive,
        "upper_inclusive": None if interval.upper is None else interval.upper_inclusive,
    }


def read_as(reading: Reading | None) -> Document | None:
    """How the words are read, and by which rule of the methodology page; null when they give no number.

    `is_interpretation`: the words name no number and the reading is ours, drawn faintly and never compared.
    """
    if reading is None:
        return None
    return ends(reading.interval) | {"rule": reading.rule, "is_interpretation": reading.is_interpretation}


def figure(row: Claim | Citation) -> Document:
    """A figure as stated or as printed."""
    return {
        "stated_value": row.stated_value,
        "qualifier": row.qualifier,
        "hedged": row.hedged,
        "lower": number(row.lower),
        "upper": number(row.upper),
        "lower_inclusive": row.lower_inclusive,
        "upper_inclusive": row.upper_inclusive,
        "point": number(row.point),
    }


def sources(claim: Claim) -> list[Document]:
    """Each source that prints the claim, the primary one first."""
    seen: dict[str, Document] = {}
    for citation in claim.citations.all():
        source = citation.source
        seen.setdefault(
            source.slug,
            {
                "source": source.slug,
                "title": source.title,
                "url": source.url,
                "publisher": source.publisher.slug,
                "published_on": iso(source.published_on),
            },
        )
    return list(seen.values())


def stances(rows: Iterable[Stance]) -> list[Document]:
    """Each actor's dated position on the claim."""
    return [{"actor": row.actor.slug, "stance": row.kind, "stated_on": iso(row.stated_on)} for row in rows]


def standing(claim: Claim, reading: Reading | None, *, is_compared: bool) -> Document:
    """One claim as it stands in a comparison."""
    return {
        "claim": claim.public_id,
        "url": claim.get_absolute_url(),
        "question": claim.question.slug,
        "claimant": claim.claimant.slug,
        "speaker": claim.speaker or None,
        "place": claim.place.slug,
        **figure(claim),
        "read_as": read_as(reading),
        "interpretation": bool(reading and reading.is_interpretation),
        "as_of": {"start": iso(claim.as_of_start), "end": iso(claim.as_of_end)},
        "stated_on": iso(claim.stated_on),
        "nature": claim.nature,
        "compared": is_compared,
        "sources": sources(claim),
        "stances": stances(claim.stances.all()),
    }


def contradiction(pair: Contradiction) -> Document:
    return {
        "lower_claim": pair.lower_claim,
        "upper_claim": pair.upper_claim,
        "gap": number(pair.gap),
        "relation": pair.relation.value,
    }


def agreement(found: Agreement) -> Document:
    return {"place": found.place, **ends(found.interval), "n": found.n, "of": found.of}


def span(found: Span) -> Document:
    return {
        "place": found.place,
        "low": number(found.low),
        "high": number(found.high),
        "ratio": number(found.ratio),
        "n": found.n,
    }


def finding(found: Finding) -> Document:
    return {"kind": found.kind, "claims": list(found.claims), "text": found.text}


def tendency(row: Tendency) -> Document:
    """One claimant on one question and place: how many of the days it was what (docs/decisions/0004)."""
    return {
        "claimant": row.claimant,
        "question": row.question,
        "place": row.place,
        "days": row.days,
        "highest": row.highest,
        "lowest": row.lowest,
        "contradicting": row.contradicting,
        "ratio": number(row.ratio),
        "ratio_days": row.ratio_days,
    }


def _said_by(compared: ComparedQuestion, claim: str) -> Document:
    """Who said it, where claimants are rolled up: `claimant` is then the topmost body."""
    if not compared.query.is_rolled_up:
        return {}
    row = compared.said_by.get(claim, compared.claims[claim].claimant)
    return {"said_by": row.slug}


def comparison(compared: ComparedQuestion) -> Document:
    """Everything that the comparison page concludes."""
    result, question = compared.comparison, compared.question
    return {
        "question": {
            "slug": question.slug,
            "title": question.title,
            "unit": question.unit,
            "measure": question.measure,
        },
        "on": result.on.isoformat(),
        "known": compared.query.known and moment_iso(compared.query.known),
        "summary": compared.summary_text,
        "places": [
            {"slug": place.slug, "name": place.name, "parent": place.parent_slug} for place in compared.places_involved
        ],
        "actors": [
            {"slug": actor.slug, "name": actor.name, "parent": actor.parent_slug} for actor in compared.actors_involved
        ],
        "standings": [
            standing(compared.claims[row.claim.id], row.reading, is_compared=row.is_compared)
            | _said_by(compared, row.claim.id)
            for row in result.standings
        ],
        "contradictions": [contradiction(pair) for pair in result.contradictions],
        "agreement": [agreement(found) for found in result.agreements],
        "span": [span(found) for found in result.spans],
        "apart": [{"claim": row.claim, "code": row.code.value, "text": row.text} for row in result.apart],
        "findings": [finding(found) for found in result.findings],
        "origins": {
            "citations": compared.origins.citations,
            "claimants": compared.origins.claimants,
            "recorded": compared.origins.recorded,
            "unknown": compared.origins.unknown,
            "cut": compared.links.is_cut,
        },
        "drift": [
            {
                "citation": row.citation,
                "claim": row.claim,
                "kinds": [found.kind for found in row.found],
                "texts": [found.text for found in row.found],
            }
            for row in compared.drift
        ],
        "tendency": [tendency(row) for row in compared.tendencies.rows],
        "tendency_since": compared.tendencies.since.isoformat() if compared.tendencies.since else None,
    }


def change(row: ClaimChange) -> Document:
    """One change between two states: the claim as it was and as it is, each null where there is none."""
    return {
        "kind": row.change.kind.value,
        "claim": row.change.claim,
        "url": row.claim.get_absolute_url(),
        "fields": list(row.change.fields),
        "why": row.why or None,
        "old": _changed(row.old),
        "new": _changed(row.new),
    }


def _changed(row: Claim | None) -> Document | None:
    if row is None:
        return None
    return {
        "claim": row.public_id,
        "claimant": row.claimant.slug,
        "place": row.place.slug,
        **figure(row),
        "as_of": {"start": iso(row.as_of_start), "end": iso(row.as_of_end)},
        "stated_on": iso(row.stated_on),
        "nature": row.nature,
    }


def changes(found: QuestionChanges) -> Document:
    """What changed on a question between two states; the dates that were not asked for are null."""
    query = found.query
    known, known_since = query.filters.known, query.known_since
    on = query.filters.on if query.on_since else None
    return {
        "question": found.question.slug,
        "known_since": known_since and moment_iso(known_since),
        "known": known and moment_iso(known),
        "on_since": query.on_since and query.on_since.isoformat(),
        "on": on and on.isoformat(),
        "before": found.before,
        "after": found.after,
        "changes": [change(row) for row in found.rows],
    }


def citation(row: Citation, drift: Sequence[Drift]) -> Document:
    """One source's rendering of a claim: its own words, its own figure, and how both differ from the claim.

    `drift` holds the codes, `drift_texts` one sentence for each.
    """
    return {
        "citation": row.public_id,
        "claim": row.claim.public_id,
        "source": row.source.slug,
        "primary": row.is_primary,
        "quote": row.quote or None,
        "locator": row.locator or None,
        "language": row.language or None,
        "translated": row.is_translated,
        "via": [relay.actor.slug for relay in row.relays.all()],
        "as_printed": figure(row)
        | {
            "question": row.question_as_printed.slug if row.question_as_printed else None,
            "place": row.place_as_printed.slug if row.place_as_printed else None,
            "claimant": row.claimant_as_printed.slug if row.claimant_as_printed else None,
            "speaker": row.speaker_as_printed or None,
            "override_reason": row.override_reason or None,
        },
        "drift": [found.kind for found in drift],
        "drift_texts": [found.text for found in drift],
    }


def correction(row: Correction) -> Document:
    """A mistake of our own; `claim` and `question` are null where it was about no single claim."""
    return {
        "correction": row.public_id,
        "url": row.get_absolute_url(),
        "corrected_on": row.corrected_on.isoformat(),
        "claim": row.claim.public_id if row.claim else None,
        "question": row.claim.question.slug if row.claim else None,
        "topic": row.claim.question.topic.slug if row.claim else None,
        "what_was_wrong": row.what_was_wrong,
        "what_was_done": row.what_was_done,
    }


def claim(record: ClaimRecord) -> Document:
    """One claim with everything that hangs on it."""
    row = record.claim
    return standing(row, record.reading, is_compared=record.is_compared) | {
        "status": row.status,
        "retracted": row.retracted_at and {"at": moment_iso(row.retracted_at), "why": row.retracted_why},
        "override_reason": row.override_reason or None,
        "citations": [citation(cited.citation, cited.drift) for cited in record.citations],
        "parts": [part.public_id for part in record.parts],
        "part_of": record.part_of.public_id if record.part_of else None,
        "revisions": [{"claim": step.public_id, "kind": step.revision_kind or None} for step in record.revisions],
        "basis": [
            {
                "kind": link.kind,
                "claim": link.target_claim.public_id if link.target_claim else None,
                "actor": link.target_actor.slug if link.target_actor else None,
            }
            for link in record.bases
        ],
        "origin": {
            "recorded": record.origin.is_recorded,
            "shared_with": [other.public_id for other in record.origin.shared_with],
        },
        "findings": [finding(found) for found in record.findings],
        "corrections": [correction(row) for row in record.corrections],
        "history": [{"at": edit.at.isoformat(), "by": edit.by or None, "what": edit.what} for edit in record.edits],
    }
