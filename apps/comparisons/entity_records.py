"""Rows for the pages of actors, places and sources, each in a fixed number of queries; published claims only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from apps.actors.models import Actor
from apps.claims.facts import claim_facts
from apps.claims.models import Citation, Claim, ClaimStatus, JointClaimant, Place, Question, Relay, Stance
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.records import (
    ComparedQuestion,
    Places,
    compare_questions,
    conventions,
    drift_of,
    figures_compared,
)
from apps.domain.claims import ClaimFacts
from apps.domain.drift import Drift
from apps.domain.reading import read_for
from apps.domain.results import Finding, Reading, Standing
from apps.domain.standing import dated
from apps.domain.tendency import Tendency
from apps.domain.vocabulary import OBSERVED, RevisionKind
from apps.sources.models import Source

#: A page's list stops here and counts the rest; the CSV has everything.
MOST_LISTED = 200
#: An actor's newest questions are compared on its page, as many as have together at most so many claims: each costs
#: about half a millisecond. The page of a question compares it whatever its size.
MOST_COMPARED = 3_000
#: Figures of one question on the page of a place; the question's own page has all.
MOST_LATEST = 5

_NEWEST_FIRST = (F("placed_last").desc(nulls_last=True), F("stated_last").desc(nulls_last=True), F("public_id").asc())


@dataclass(frozen=True, slots=True)
class Listed[Row]:
    """The rows that are shown and how many there are."""

    rows: tuple[Row, ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One citation beside its claim, and how the two differ."""

    citation: Citation
    claim: Claim
    drift: tuple[Drift, ...]


@dataclass(frozen=True)
class ActorStand:
    """An actor on one question: compared on the day of its latest figure, which is `latest`."""

    actor: Actor
    latest: Claim
    compared: ComparedQuestion

    @property
    def standing(self) -> Standing | None:
        """The latest figure as it stands on that day; None when it does not stand at its end."""
        rows = self.compared.comparison.standings
        return next((row for row in rows if row.claim.id == self.latest.public_id), None)

    @property
    def others(self) -> tuple[Standing, ...]:
        """What others stand on that day on the same question, compared or not."""
        rows = self.compared.comparison.standings
        asked = self.latest.question.slug
        return tuple(row for row in rows if row.claim.question == asked and self.actor.slug not in row.claim.voices)

    @cached_property
    def tendencies(self) -> tuple[Tendency, ...]:
        """How its figures lie against the others' over all days until today."""
        return self.compared.tendencies_until_today.of(self.actor.slug)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd within its own figures: on that day, and in all that was said by today."""
        return findings_of(self.actor, self.compared)


def findings_of(actor: Actor, compared: ComparedQuestion) -> tuple[Finding, ...]:
    """What is odd within one actor's own figures: on the day compared, and in all that was said by today."""
    both = (*compared.comparison.findings, *compared.lasting_findings)
    own = [found for found in both if any(actor.slug in compared.facts[claim].voices for claim in found.claims)]
    return tuple({(found.kind, found.claims): found for found in own}.values())


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """An actor in all its roles: claimant, commentator, publisher. `successors`: what superseded a claim, by its id.

    `stands`: its newest questions, by slug, each compared on the day of its latest figure.
    """

    actor: Actor
    parts: Listed[Actor]
    claims: Listed[Claim]
    successors: dict[str, Claim]
    stances: Listed[Stance]
    printed: Listed[PrintedFigure]
    stands: Mapping[str, ActorStand]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source, every figure that it prints and every stance that it reports."""

    source: Source
    printed: Listed[PrintedFigure]
    stances: Listed[Stance]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place, what is around and directly inside it, and the latest claims there and inside, by question.

    `figures`: how many claims each question has there, by its slug.
    """

    place: Place
    around: tuple[Place, ...]
    inside: Listed[Place]
    claims: tuple[Claim, ...]
    figures: dict[str, int]


def reading_of(claim: Claim, facts: ClaimFacts) -> Reading | None:
    """How the words of a claim are read outside a comparison: by the question's tolerance, else the site's."""
    return read_for(facts.figure, claim.question, settings=conventions())


def claims_of(actor: Actor) -> ClaimQuerySet:
    """The published claims of an actor, alone or with others, newest first."""
    joint = JointClaimant.objects.filter(actor=actor).values("claim")
    return Claim.objects.published().filter(Q(claimant=actor) | Q(pk__in=joint)).order_by(*_NEWEST_FIRST)


def citations_with_claims(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """These citations of published claims with all that is printed of them, newest source first."""
    claims = Claim.objects.with_attribution()
    return (
        citations.filter(claim__status=ClaimStatus.PUBLISHED)
        .select_related("source__publisher", "question_as_printed", "place_as_printed", "claimant_as_printed")
        .prefetch_related(Prefetch("claim", claims), Prefetch("relays", Relay.objects.select_related("actor")))
        .order_by(F("source__published_on").desc(nulls_last=True), "source__slug", "public_id")
    )


def printed_figures(citations: Iterable[Citation], places: Places) -> tuple[PrintedFigure, ...]:
    """Each citation beside its claim."""
    return tuple(PrintedFigure(one, one.claim, drift_of(one, one.claim, places.names)) for one in citations)


def source_citations(source: Source) -> QuerySet[Citation]:
    """Every figure taken from a source."""
    return citations_with_claims(Citation.objects.filter(source=source))


def publisher_citations(actor: Actor) -> QuerySet[Citation]:
    """Every figure that a publisher printed."""
    return citations_with_claims(Citation.objects.filter(source__publisher=actor))


def _listed[Row: (Actor, Claim, Stance, Place)](rows: QuerySet[Row]) -> Listed[Row]:
    shown = tuple(rows[:MOST_LISTED])
    return Listed(shown, len(shown) if len(shown) < MOST_LISTED else rows.count())


def _printed(citations: QuerySet[Citation], places: Places) -> Listed[PrintedFigure]:
    shown = printed_figures(citations[:MOST_LISTED], places)
    return Listed(shown, len(shown) if len(shown) < MOST_LISTED else citations.count())


def _stances(rows: QuerySet[Stance]) -> Listed[Stance]:
    known = rows.filter(claim__status=ClaimStatus.PUBLISHED).select_related(
        "actor", "source__publisher", "claim__claimant", "claim__place", "claim__question"
    )
    return _listed(known.order_by(F("stated_on").desc(nulls_last=True), "public_id"))


def _successors(claims: Iterable[Claim]) -> dict[str, Claim]:
    later = Claim.objects.published().filter(supersedes__in=list(claims)).select_related("supersedes")
    return {claim.supersedes.public_id: claim for claim in later.order_by("public_id") if claim.supersedes}


def _latest(claims: Sequence[Claim], today: date) -> tuple[Claim, date] | None:
    """The latest figure of one question that is known by today and was not taken back, and the day it became known.

    Observed figures with a number go before all others; `claims` come newest first.
    """
    withdrawn = [claim for claim in claims if claim.revision_kind == RevisionKind.WITHDRAWN]
    gone = {claim.pk for claim in withdrawn} | {claim.supersedes_id for claim in withdrawn}
    known: list[tuple[bool, date, Claim]] = []
    for claim in claims:
        facts = claim_facts(claim)
        record = dated(facts)
        if record is not None and record.known_on <= today and claim.pk not in gone:
            known.append((facts.nature in OBSERVED and facts.figure.has_number, record.known_on, claim))
    best = max(known, key=lambda one: one[:2], default=None)
    return None if best is None else (best[2], best[1])


def _compared_together(questions: Sequence[Question]) -> list[Question]:
    """The first of some questions that have together few enough claims to be compared on one page."""
    counts = figures_compared(questions)
    total, found = 0, list[Question]()
    for question in questions:
        if total + counts[question.slug] <= MOST_COMPARED:
            total += counts[question.slug]
            found.append(question)
    return found


def _latest_by_question(claims: Iterable[Claim], today: date) -> dict[str, tuple[Claim, date]]:
    by_question: dict[str, list[Claim]] = {}
    for claim in claims:
        by_question.setdefault(claim.question.slug, []).append(claim)
    return {slug: found for slug, rows in by_question.items() if (found := _latest(rows, today)) is not None}


def _stands(actor: Actor, claims: Iterable[Claim], places: Places, today: date) -> dict[str, ActorStand]:
    """The newest questions of an actor, each compared on the day of its latest figure there."""
    latest = _latest_by_question(claims, today)
    questions = _compared_together([claim.question for claim, _ in latest.values()])
    days = {slug: day for slug, (_, day) in latest.items()}
    compared = compare_questions(questions, places=places, today=today, days=days)
    return {one.question.slug: ActorStand(actor, latest[one.question.slug][0], one) for one in compared}


def all_stands(
    actor: Actor, claims: Iterable[Claim], compared: Iterable[ComparedQuestion], today: date
) -> list[ActorStand]:
    """The same of all questions of an actor, which have been compared on some day."""
    latest = _latest_by_question(claims, today)
    known = [one for one in compared if one.question.slug in latest]
    return [ActorStand(actor, latest[one.question.slug][0], one.on_day(latest[one.question.slug][1])) for one in known]


def load_actor(actor: Actor, places: Places, *, today: date) -> ActorRecord:
    """Everything about one actor; `parent` and `aliases` are taken as loaded."""
    claims = _listed(claims_of(actor).with_attribution())
    return ActorRecord(
        actor=actor,
        parts=_listed(Actor.objects.filter(parent=actor).order_by("name", "slug")),
        claims=claims,
        successors=_successors(claims.rows),
        stances=_stances(Stance.objects.filter(actor=actor)),
        printed=_printed(publisher_citations(actor), places),
        stands=_stands(actor, claims.rows, places, today),
    )


def load_source(source: Source, places: Places) -> SourceRecord:
    """Everything taken from one source; `publisher` is taken as loaded."""
    return SourceRecord(
        source=source,
        printed=_printed(source_citations(source), places),
        stances=_stances(Stance.objects.filter(source=source)),
    )


def load_place(place: Place, places: Places) -> PlaceRecord:
    """A place and the latest claims of every question there and in the places inside it."""
    held = [slug for slug in places.names if places.tree.holds(place.slug, slug)]
    claims = Claim.objects.published().filter(place__slug__in=held)
    latest = (
        claims.annotate(rank=Window(RowNumber(), partition_by="question", order_by=_NEWEST_FIRST))
        .filter(rank__lte=MOST_LATEST)
        .select_related("question__topic", "place", "claimant")
        .order_by("question__title", "question__slug", "rank")
    )
    line = places.tree.line(place.slug)[1:]
    around = {row.slug: row for row in Place.objects.filter(slug__in=line)}
    return PlaceRecord(
        place=place,
        around=tuple(around[slug] for slug in reversed(line)),
        inside=_listed(Place.objects.filter(parent=place).order_by("name", "slug")),
        claims=tuple(latest[: MOST_LISTED * MOST_LATEST]),
        figures=dict(claims.order_by().values_list("question__slug").annotate(Count("pk"))),
    )


def _count(
    rows: QuerySet[Claim] | QuerySet[JointClaimant] | QuerySet[Source] | QuerySet[Citation], by: str
) -> Coalesce:
    """How many rows the outer row has, as a subquery: two joins would multiply each other."""
    counted = rows.order_by().values(by).annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def actors_with_counts() -> QuerySet[Actor]:
    """Actors with `figures` and `printed` (sources with published claims); most figures first.

    `figures` are the claims that the actor's page lists: published, alone or with others; each counts once.
    """
    claims = Claim.objects.published().filter(claimant=OuterRef("pk"))
    joint = JointClaimant.objects.filter(actor=OuterRef("pk"), claim__status=ClaimStatus.PUBLISHED)
    joint = joint.exclude(claim__claimant=OuterRef("pk"))
    sources = Source.objects.filter(publisher=OuterRef("pk"), citations__claim__status=ClaimStatus.PUBLISHED)
    return (
        Actor.objects.select_related("parent")
        .annotate(figures=_count(claims, "claimant") + _count(joint, "actor"), printed=_count(sources, "publisher"))
        .order_by("-figures", "-printed", "name", "slug")
    )


def sources_with_counts() -> QuerySet[Source]:
    """Sources with `figures`, the number of published claims' citations in them; newest first."""
    citations = Citation.objects.filter(source=OuterRef("pk"), claim__status=ClaimStatus.PUBLISHED)
    return (
        Source.objects.select_related("publisher")
        .annotate(figures=_count(citations, "source"))
        .order_by(F("published_on").desc(nulls_last=True), "slug")
    )
