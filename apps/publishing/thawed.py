"""A frozen document read back, so that the same pages and tables can be made of it as of the database.

The rows are made in memory from the words of the document; nothing here or in what is made of it asks the database.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Model

from apps.actors.models import Actor
from apps.claims.facts import claim_facts, question_facts
from apps.claims.models import Citation, Claim, JointClaimant, Place, Question, Stance, Topic
from apps.comparisons.origin_records import Links
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import CitationDrift, ComparedQuestion, Places
from apps.domain.claims import ClaimFacts, Situation, Tree
from apps.domain.drift import Drift, DriftKind
from apps.domain.figures import Interval
from apps.domain.origins import Origins
from apps.domain.periods import PartialDate
from apps.domain.results import (
    Agreement,
    Apart,
    Comparison,
    Contradiction,
    Finding,
    LeftOut,
    Reading,
    Reason,
    Relation,
    Span,
    Standing,
)
from apps.domain.sentences import Phrase, PhraseKind
from apps.domain.tendency import Tendencies, Tendency
from apps.domain.vocabulary import Qualifier
from apps.publishing.frozen_documents import Document
from apps.sources.models import Source
from apps.web.queries import read_moment


@dataclass(frozen=True)
class ThawedQuestion(ComparedQuestion):
    """A comparison whose conclusions are those of the document, whatever the rules are by now."""

    document: Mapping[str, Any] = None  # type: ignore[assignment]  # what it extends has fields with defaults

    @cached_property
    def summary(self) -> tuple[Phrase, ...]:
        phrases = self.document["phrases"]
        return tuple(Phrase(phrase["text"], PhraseKind(phrase["kind"]), phrase["claim"]) for phrase in phrases)

    def reading_of(self, facts: ClaimFacts) -> Reading | None:
        return self._readings[facts.id]

    @cached_property
    def _readings(self) -> Mapping[str, Reading | None]:
        return {row["claim"]: _reading(row["read_as"]) for row in self.document["claims"]}

    @cached_property
    def drift(self) -> tuple[CitationDrift, ...]:
        found = {row["claim"]: row["citations"] for row in self.document["claims"]}
        return tuple(
            CitationDrift(citation["citation"], claim.public_id, tuple(map(_drift, citation["drift"])))
            for claim in self.standing
            for citation in found[claim.public_id]
            if citation["drift"]
        )

    @cached_property
    def origins(self) -> Origins:
        given = self.document["origins"]
        return Origins(given["citations"], given["claimants"], given["recorded"], given["unknown"])

    @cached_property
    def tendencies(self) -> Tendencies:
        rows = tuple(Tendency(**row | {"ratio": _decimal(row["ratio"])}) for row in self.document["tendency"])
        return Tendencies(rows, _day(self.document["tendency_since"]))


def thaw(content: bytes) -> ThawedQuestion:
    """The comparison of a document in the format `parallax-frozen/1`."""
    return _Thawing(json.loads(content)).compared()


# --- values


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _partial(text: str | None) -> Any:
    """For a field that takes a PartialDate or None."""
    return None if text is None else PartialDate.parse(text)


def _interval(row: Document) -> Interval:
    """An open end has no inclusiveness in a document; here it counts as closed."""
    return Interval(
        _decimal(row["lower"]),
        _decimal(row["upper"]),
        row["lower_inclusive"] is not False,
        row["upper_inclusive"] is not False,
    )


def _reading(row: Document | None) -> Reading | None:
    return None if row is None else Reading(_interval(row), row["rule"], row["is_interpretation"])


def _drift(row: Document) -> Drift:
    return Drift(DriftKind(row["kind"]), row["text"])


def _pair(row: Document) -> Contradiction:
    return Contradiction(row["lower_claim"], row["upper_claim"], Decimal(row["gap"]), Relation(row["relation"]))


def _agreements(rows: Iterable[Document]) -> tuple[Agreement, ...]:
    return tuple(Agreement(row["place"], _interval(row), row["n"], row["of"]) for row in rows)


def _span(row: Document) -> Span:
    return Span(row["place"], Decimal(row["low"]), Decimal(row["high"]), _decimal(row["ratio"]), row["n"])


def _figure(row: Document) -> dict[str, Any]:
    """The columns of a figure."""
    numbers = {name: _decimal(row[name]) for name in ("lower", "upper", "point")}
    words = ("stated_value", "qualifier", "hedged", "lower_inclusive", "upper_inclusive")
    return numbers | {name: row[name] for name in words}


def _holding(row: Model, relation: str, others: list[Any]) -> None:
    """Rows that point to another one, where a prefetch would have put them."""
    held: dict[str, list[Any]] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    held[relation] = others


class _Thawing:
    """The rows of one document. Their keys are numbers of this document alone."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def compared(self) -> ThawedQuestion:
        facts = {id_: claim_facts(claim) for id_, claim in self.claims.items()}
        query = self.query
        assert query.on is not None  # a document always names it
        tree = Tree({row["slug"]: row["parent"] for row in self.document["places"]})
        question = question_facts(self.question)
        comparison = self.comparison(facts, query)
        return ThawedQuestion(
            situation=Situation(question, {question.slug: question}, tree, tuple(facts.values()), query.on),
            query=query,
            question=self.question,
            comparison=comparison,
            claims=self.claims,
            facts=facts,
            own=tuple(self.claims[id_] for id_ in self.document["own"]),
            candidates=tuple(self.claims[id_] for id_ in self.document["own"]),
            places=Places(tree, {slug: place.name for slug, place in self.places.items()}),
            today=query.on,
            links=Links(is_cut=self.document["origins"]["is_cut"]),
            said_by={row["claim"]: self.actors[row["said_by"]] for row in self.document["claims"] if row["said_by"]},
            document=self.document,
        )

    # --- what was asked and concluded

    @cached_property
    def query(self) -> ComparisonQuery:
        given = self.document["query"]
        return ComparisonQuery(
            places=tuple(given["place"]),
            claimants=tuple(given["claimant"]),
            qualifiers=tuple(map(Qualifier, given["qualifier"])),
            since=_day(given["from"]),
            until=_day(given["to"]),
            on=_day(given["on"]),
            known=read_moment(given["known"]),
            is_rolled_up=given["rollup"],
            is_strict=given["strict"],
        )

    def comparison(self, facts: Mapping[str, ClaimFacts], query: ComparisonQuery) -> Comparison:
        given = self.document
        assert query.on is not None
        return Comparison(
            question=question_facts(self.question),
            on=query.on,
            is_strict=query.is_strict,
            standings=tuple(self.standing(row, facts) for row in given["standings"]),
            contradictions=tuple(map(_pair, given["contradictions"])),
            agreements=_agreements(given["agreement"]),
            spans=tuple(map(_span, given["span"])),
            apart=tuple(Apart(row["claim"], Reason(row["code"]), row["text"]) for row in given["apart"]),
            findings=tuple(Finding(row["kind"], tuple(row["claims"]), row["text"]) for row in given["findings"]),
            left_out=tuple(self.left_out(row) for row in given["left_out"]),
        )

    def standing(self, row: Document, facts: Mapping[str, ClaimFacts]) -> Standing:
        reading = _reading(self.claim_rows[row["claim"]]["read_as"])
        return Standing(facts[row["claim"]], reading, Reason(row["reason"]) if row["reason"] else None)

    def left_out(self, row: Document) -> LeftOut:
        ends = (row["lower_claim"], row["upper_claim"])
        pairs = {(pair["lower_claim"], pair["upper_claim"]): _pair(pair) for pair in self.document["contradictions"]}
        return LeftOut(pairs[ends], row["without"], _agreements(row["agreement"]))

    # --- rows

    @cached_property
    def claim_rows(self) -> dict[str, Document]:
        return {row["claim"]: row for row in self.document["claims"]}

    @cached_property
    def question(self) -> Question:
        given = self.document["question"]
        conventions = self.document["conventions"]
        broader, topic = given["broader"], Topic(**given["topic"])
        return Question(
            topic=topic,
            broader=Question(topic=topic, measure=given["measure"], **broader) if broader else None,
            since=_partial(given["since"]),
            floor=_decimal(given["floor"]),
            window_days=conventions["window_days"],
            tolerance=_decimal(conventions["tolerance"]),
            **{name: given[name] for name in ("slug", "title", "definition", "unit", "measure", "population", "note")},
        )

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Those whose claims are spoken of; of another question a document has the name and the unit."""
        own = self.question
        named = {row["slug"]: row for row in self.document["questions"]}
        others = {slug: Question(topic=own.topic, measure=own.measure, **row) for slug, row in named.items()}
        return others | {own.slug: own}

    @cached_property
    def places(self) -> dict[str, Place]:
        return {row["slug"]: Place(slug=row["slug"], name=row["name"]) for row in self.document["places"]}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        names = ("slug", "name", "short_name", "country")
        return {row["slug"]: Actor(**{name: row[name] for name in names}) for row in self.document["actors"]}

    @cached_property
    def sources(self) -> dict[str, Source]:
        names = ("slug", "title", "url", "author", "language", "kind", "archive_url", "archive_sha256")
        return {
            row["slug"]: Source(
                publisher=self.actors[row["publisher"]],
                published_on=_partial(row["published_on"]),
                **{name: row[name] for name in names},
            )
            for row in self.document["sources"]
        }

    @cached_property
    def claims(self) -> dict[str, Claim]:
        claims = {row["claim"]: self.claim(row, key) for key, row in enumerate(self.document["claims"], 1)}
        for id_, row in self.claim_rows.items():
            claims[id_].part_of = claims.get(row["part_of"])
            claims[id_].supersedes = claims.get(row["supersedes"])
        return claims

    def claim(self, row: Document, key: int) -> Claim:
        claim = Claim(
            pk=key,
            public_id=row["claim"],
            status="published",
            question=self.questions[row["question"]],
            place=self.places[row["place"]],
            claimant=self.actors[row["claimant"]],
            as_of_start=_partial(row["as_of"]["start"]),
            as_of_end=_partial(row["as_of"]["end"]),
            stated_on=_partial(row["stated_on"]),
            **_figure(row),
            **{name: row[name] for name in ("speaker", "nature", "note", "revision_kind")},
        )
        _holding(claim, "joint", [JointClaimant(claim=claim, actor=self.actors[slug]) for slug in row["joint"]])
        _holding(claim, "citations", [self.citation(one, claim) for one in row["citations"]])
        _holding(claim, "stances", [self.stance(one, claim) for one in row["stances"]])
        return claim

    def citation(self, row: Document, claim: Claim) -> Citation:
        return Citation(
            public_id=row["citation"],
            claim=claim,
            source=self.sources[row["source"]],
            is_primary=row["primary"],
            is_translated=row["translated"],
            **_figure(row["as_printed"]),
            **{name: row[name] for name in ("quote", "translation", "locator", "language")},
        )

    def stance(self, row: Document, claim: Claim) -> Stance:
        return Stance(
            public_id=row["stance"],
            claim=claim,
            actor=self.actors[row["actor"]],
            kind=row["kind"],
            stated_on=_partial(row["stated_on"]),
            source=self.sources[row["source"]] if row["source"] else None,
            quote=row["quote"],
        )
