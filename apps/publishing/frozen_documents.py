"""The document of a frozen comparison: the whole result with all that it is made of, in one format for ever.

Format `parallax-frozen/1`. It names everything by the words of its day, so that a page can be drawn from it without a
database. Figures are texts, exact to the last digit, because a number of canonical JSON is a double (RFC 8785,
§3.2.2.3); JSON numbers are counts. Dates are ISO, as partial as they are known. Nothing in it depends on who freezes it
or when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import rfc8785

from apps.actors.models import Actor
from apps.claims.models import Citation, Claim, Question, Stance
from apps.comparisons.documents import iso
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import ComparedQuestion, conventions, drift_of
from apps.domain.figures import Interval
from apps.domain.reading import READING_RULES, Rule, tolerance_for
from apps.domain.results import Agreement, Contradiction, Reading, Span
from apps.domain.sentences import left_out_words
from apps.domain.tendency import Tendency
from apps.sources.models import Source
from apps.web.queries import moment_iso
from apps.web.release import release, version

type Document = dict[str, Any]

FORMAT = "parallax-frozen/1"


def canonical(document: Document) -> bytes:
    """A document as the bytes that are hashed: the same for the same content, on any machine (RFC 8785)."""
    return rfc8785.dumps(document)


def exact(value: Decimal | None) -> str | None:
    """A figure as text: all its digits, no exponent, no zeros at the end."""
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if value == 0 else text


def frozen_document(compared: ComparedQuestion) -> Document:
    """What is frozen of a comparison; its query must name `on` and `known`. Two queries, for sources and actors."""
    return _Frozen(compared).document()


def plain_query(query: ComparisonQuery) -> ComparisonQuery:
    """The query that asks for the same result: filters in one order, and not how they are looked at."""
    return replace(
        query,
        places=tuple(sorted(query.places)),
        claimants=tuple(sorted(query.claimants)),
        qualifiers=tuple(sorted(query.qualifiers)),
        view=None,
    )


# --- figures and readings


def _ends(interval: Interval) -> Document:
    return {
        "lower": exact(interval.lower),
        "upper": exact(interval.upper),
        "lower_inclusive": None if interval.lower is None else interval.lower_inclusive,
        "upper_inclusive": None if interval.upper is None else interval.upper_inclusive,
    }


def _figure(row: Claim | Citation) -> Document:
    return {
        "stated_value": row.stated_value,
        "qualifier": row.qualifier,
        "hedged": row.hedged,
        "lower": exact(row.lower),
        "upper": exact(row.upper),
        "lower_inclusive": row.lower_inclusive,
        "upper_inclusive": row.upper_inclusive,
        "point": exact(row.point),
    }


def _reading(reading: Reading | None) -> Document | None:
    if reading is None:
        return None
    return _ends(reading.interval) | {"rule": reading.rule, "is_interpretation": reading.is_interpretation}


def _rule(rule: Rule, tolerance: Decimal) -> Document:
    return {
        "code": rule.code,
        "qualifiers": [word.value for word in rule.qualifiers],
        "words": list(rule.words),
        "says": rule.says_at(tolerance),
        "source": rule.source,
        "is_interpretation": rule.is_interpretation,
    }


# --- what was asked, and by which rules


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _query(query: ComparisonQuery) -> Document:
    """Each filter, and `address`, the query string that asks the live comparison for the same."""
    return {
        "place": list(query.places),
        "claimant": list(query.claimants),
        "qualifier": [word.value for word in query.qualifiers],
        "from": _day(query.since),
        "to": _day(query.until),
        "on": _day(query.on),
        "known": moment_iso(query.known) if query.known else None,
        "rollup": query.is_rolled_up,
        "strict": query.is_strict,
        "address": query.encode(),
    }


def _question(question: Question) -> Document:
    return {
        "slug": question.slug,
        "title": question.title,
        "definition": question.definition,
        "unit": question.unit,
        "measure": question.measure,
        "since": iso(question.since),
        "population": question.population,
        "broader": {"slug": question.broader.slug, "title": question.broader.title} if question.broader else None,
        "floor": exact(question.floor),
        "topic": {"slug": question.topic.slug, "title": question.topic.title},
        "note": question.note,
    }


def _conventions(question: Question) -> Document:
    """The rules of reading and comparing that were in force, as they apply to the question."""
    site = conventions()
    tolerance = tolerance_for(question, site)
    return {
        "tolerance": exact(tolerance),
        "window_days": site.window_days if question.window_days is None else question.window_days,
        "reading_rules": [_rule(rule, tolerance) for rule in READING_RULES],
    }


# --- conclusions


def _contradiction(pair: Contradiction) -> Document:
    return {
        "lower_claim": pair.lower_claim,
        "upper_claim": pair.upper_claim,
        "gap": exact(pair.gap),
        "relation": pair.relation.value,
    }


def _agreement(found: Agreement) -> Document:
    return {"place": found.place, **_ends(found.interval), "n": found.n, "of": found.of}


def _span(found: Span) -> Document:
    ends = {"low": exact(found.low), "high": exact(found.high), "ratio": exact(found.ratio)}
    return {"place": found.place, **ends, "n": found.n}


def _tendency(row: Tendency) -> Document:
    return {
        "claimant": row.claimant,
        "question": row.question,
        "place": row.place,
        "days": row.days,
        "highest": row.highest,
        "lowest": row.lowest,
        "contradicting": row.contradicting,
        "ratio": exact(row.ratio),
        "ratio_days": row.ratio_days,
    }


# --- what it is made of


def _stance(row: Stance) -> Document:
    return {
        "stance": row.public_id,
        "actor": row.actor.slug,
        "kind": row.kind,
        "stated_on": iso(row.stated_on),
        "source": row.source.slug if row.source else None,
        "quote": row.quote,
    }


def _source(source: Source) -> Document:
    return {
        "slug": source.slug,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher.slug,
        "author": source.author,
        "published_on": iso(source.published_on),
        "language": source.language,
        "kind": source.kind,
        "archive_url": source.archive_url,
        "archive_sha256": source.archive_sha256,
    }


def _actor(actor: Actor) -> Document:
    return {
        "slug": actor.slug,
        "name": actor.name,
        "short_name": actor.short_name,
        "country": actor.country,
        "parent": actor.parent.slug if actor.parent else None,
    }


class _Frozen:
    """One document in the making."""

    def __init__(self, compared: ComparedQuestion) -> None:
        self.compared = compared
        self.result = compared.comparison
        self.standings = {row.claim.id: row for row in self.result.standings}

    def document(self) -> Document:
        return {
            "format": FORMAT,
            "software": {"name": "Parallax", "version": version(), "release": release()},
            "question": _question(self.compared.question),
            "query": _query(self.compared.query),
            "conventions": _conventions(self.compared.question),
            **self.conclusions(),
            **self.materials(),
        }

    def conclusions(self) -> Document:
        result, compared = self.result, self.compared
        return {
            "summary": compared.summary_text,
            "phrases": [
                {"text": phrase.text, "kind": phrase.kind.value, "claim": phrase.claim} for phrase in compared.summary
            ],
            "own": [claim.public_id for claim in compared.own],
            "standings": [
                {"claim": row.claim.id, "reason": row.reason.value if row.reason else None} for row in result.standings
            ],
            "contradictions": [_contradiction(pair) for pair in result.contradictions],
            "agreement": [_agreement(found) for found in result.agreements],
            "span": [_span(found) for found in result.spans],
            "apart": [{"claim": row.claim, "code": row.code.value, "text": row.text} for row in result.apart],
            "findings": [{"kind": row.kind, "claims": list(row.claims), "text": row.text} for row in result.findings],
            "left_out": [
                {
                    "lower_claim": row.pair.lower_claim,
                    "upper_claim": row.pair.upper_claim,
                    "without": row.without,
                    "agreement": [_agreement(found) for found in row.agreements],
                    "text": left_out_words(row, result, compared.names).rstrip(".") + ".",
                }
                for row in result.left_out
            ],
            "origins": self.origins(),
            "tendency": [_tendency(row) for row in compared.tendencies.rows],
            "tendency_since": _day(compared.tendencies.since),
        }

    def origins(self) -> Document:
        """How many origins there are is counted on the recorded links; those that were followed are listed."""
        found = self.compared.origins
        return {
            "citations": found.citations,
            "claimants": found.claimants,
            "recorded": found.recorded,
            "unknown": found.unknown,
            "is_cut": self.compared.links.is_cut,
            "links": [
                {
                    "claim": link.claim.public_id,
                    "kind": link.kind,
                    "target_claim": link.target_claim.public_id if link.target_claim else None,
                    "target_actor": link.target_actor.slug if link.target_actor else None,
                }
                for link in self.compared.bases
            ],
        }

    def materials(self) -> Document:
        claims = self.claims
        questions = {claim.question.slug: claim.question for claim in claims}
        questions |= {row.slug: row for row in (one.question_as_printed for one in self.citations) if row is not None}
        return {
            "claims": [self.claim(claim) for claim in claims],
            "sources": [_source(source) for _, source in sorted(self.sources.items())],
            "actors": [_actor(actor) for actor in self.actors()],
            "places": [self.place(slug) for slug in sorted(self.places())],
            "questions": [
                {"slug": slug, "title": row.title, "unit": row.unit} for slug, row in sorted(questions.items())
            ],
        }

    @cached_property
    def claims(self) -> list[Claim]:
        """The question's own claims that the filters let through, oldest first, then others that are spoken of."""
        own = [claim.public_id for claim in self.compared.own]
        spoken_of = {*self.standings, *(claim for found in self.result.findings for claim in found.claims)}
        spoken_of |= {end for pair in self.result.contradictions for end in (pair.lower_claim, pair.upper_claim)}
        spoken_of |= {claim.part_of.public_id for claim in self.compared.own if claim.part_of}
        others = sorted(spoken_of.intersection(self.compared.claims) - set(own))
        return [self.compared.claims[public_id] for public_id in (*own, *others)]

    @cached_property
    def citations(self) -> list[Citation]:
        return [citation for claim in self.claims for citation in claim.citations.all()]

    @cached_property
    def stances(self) -> list[Stance]:
        return [stance for claim in self.claims for stance in claim.stances.all()]

    @cached_property
    def sources(self) -> dict[str, Source]:
        cited = [citation.source for citation in self.citations]
        cited += [stance.source for stance in self.stances if stance.source is not None]
        return {source.slug: source for source in cited}

    def actors(self) -> Iterable[Actor]:
        """Everybody who is named, and the bodies directly above."""
        slugs = {claim.claimant.slug for claim in self.claims} | {row.slug for row in self.compared.said_by.values()}
        slugs |= {joint.actor.slug for claim in self.claims for joint in claim.joint.all()}
        slugs |= {source.publisher.slug for source in self.sources.values()}
        slugs |= {stance.actor.slug for stance in self.stances} | set(self.compared.query.claimants)
        slugs |= {relay.actor.slug for citation in self.citations for relay in citation.relays.all()}
        slugs |= {row.slug for row in (one.claimant_as_printed for one in self.citations) if row is not None}
        slugs |= {link.target_actor.slug for link in self.compared.bases if link.target_actor}
        named = list(Actor.objects.filter(slug__in=slugs).select_related("parent").order_by("slug"))
        slugs |= {actor.parent.slug for actor in named if actor.parent}
        return Actor.objects.filter(slug__in=slugs).select_related("parent").order_by("slug")

    def places(self) -> set[str]:
        """Every place that is named, and everything around it."""
        slugs = {claim.place.slug for claim in self.claims} | set(self.compared.query.places)
        slugs |= {row.slug for row in (one.place_as_printed for one in self.citations) if row is not None}
        return {outer for slug in slugs for outer in self.compared.places.tree.line(slug)}

    def place(self, slug: str) -> Document:
        named = self.compared.places.named(slug)
        return {"slug": slug, "name": named.name, "parent": named.parent_slug}

    def claim(self, claim: Claim) -> Document:
        """One claim: its words, how they are read, and everything that prints it or takes a position on it."""
        standing = self.standings.get(claim.public_id)
        said_by = self.compared.said_by.get(claim.public_id)
        return {
            "claim": claim.public_id,
            "question": claim.question.slug,
            "claimant": claim.claimant.slug,
            "said_by": said_by.slug if said_by else None,
            "joint": [joint.actor.slug for joint in claim.joint.all()],
            "speaker": claim.speaker,
            "place": claim.place.slug,
            **_figure(claim),
            "read_as": _reading(standing.reading if standing else self.reading(claim)),
            "as_of": {"start": iso(claim.as_of_start), "end": iso(claim.as_of_end)},
            "stated_on": iso(claim.stated_on),
            "nature": claim.nature,
            "note": claim.note,
            "part_of": _public_id(claim.part_of),
            "supersedes": _public_id(claim.supersedes),
            "revision_kind": claim.revision_kind,
            "citations": [self.citation(citation, claim) for citation in claim.citations.all()],
            "stances": [_stance(stance) for stance in claim.stances.all()],
        }

    def reading(self, claim: Claim) -> Reading | None:
        return self.compared.reading_of(self.compared.facts[claim.public_id])

    def citation(self, citation: Citation, claim: Claim) -> Document:
        """What one source prints, and how that differs from the claim."""
        drift = drift_of(citation, claim, self.compared.places.names)
        return {
            "citation": citation.public_id,
            "source": citation.source.slug,
            "primary": citation.is_primary,
            "quote": citation.quote,
            "translation": citation.translation,
            "locator": citation.locator,
            "language": citation.language,
            "translated": citation.is_translated,
            "via": _slugs([relay.actor for relay in citation.relays.all()]),
            "as_printed": _figure(citation)
            | {
                "question": citation.question_as_printed.slug if citation.question_as_printed else None,
                "place": citation.place_as_printed.slug if citation.place_as_printed else None,
                "claimant": citation.claimant_as_printed.slug if citation.claimant_as_printed else None,
                "speaker": citation.speaker_as_printed,
            },
            "drift": [{"kind": found.kind.value, "text": found.text} for found in drift],
        }


def _public_id(claim: Claim | None) -> str | None:
    """The id of a claim that readers may know of: what is frozen is seen for ever, a draft never."""
    return claim.public_id if claim is not None and claim.was_public else None


def _slugs(actors: Sequence[Actor]) -> list[str]:
    return [actor.slug for actor in actors]
