"""From rows to conclusions: loads what a comparison needs in a fixed number of queries and has the domain conclude.

Pages, JSON and CSV all start from these records, so that they cannot differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F
from django.db.models.functions import Collate

from apps.actors.models import Actor
from apps.claims.facts import claim_facts, printed_facts, question_facts
from apps.claims.models import Basis, Citation, Claim, Place, Question
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.origin_records import Links, link_facts, links_of_questions, relayed_facts
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.rollup import roll_up, with_bodies_below
from apps.domain.claims import ClaimFacts, QuestionFacts, Settings, Situation, Tree
from apps.domain.comparison import compare, lasting_findings
from apps.domain.default_day import default_day
from apps.domain.drift import Drift, drift
from apps.domain.origins import Origins, origins
from apps.domain.reading import read_for
from apps.domain.results import Comparison, Finding, Reading
from apps.domain.sentences import Names, Phrase, summary
from apps.domain.tendency import Tendencies, tendencies

#: Rows in memory at a time, where only their facts are kept.
LOADED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A node of a tree as it is printed: slug, full and short name, and the slug of what contains it."""

    slug: str
    name: str
    short_name: str
    parent_slug: str | None


@dataclass(frozen=True, slots=True)
class CitationDrift:
    """How one citation differs from its claim; only citations that do."""

    citation: str
    claim: str
    found: tuple[Drift, ...]


@dataclass(frozen=True)
class Places:
    """Every place, once per request."""

    tree: Tree
    names: Mapping[str, str]

    @classmethod
    def load(cls) -> "Places":
        rows = Place.objects.order_by("slug").values_list("slug", "name", "parent__slug")
        parents = {slug: parent for slug, _, parent in rows}
        return cls(tree=Tree(parents), names={slug: name for slug, name, _ in rows})

    def named(self, slug: str) -> Named:
        return Named(slug, self.names[slug], self.names[slug], self.tree.parents.get(slug))


def conventions() -> Settings:
    """The site's own conventions of reading and comparing."""
    return Settings(window_days=settings.PARALLAX_WINDOW_DAYS, tolerance=settings.PARALLAX_TOLERANCE)


@dataclass(frozen=True)
class ComparedQuestion:
    """One question on one position date: the rows, and everything that the domain concludes from them.

    `claims` and `facts` hold every loaded claim by public id, those of nested questions and those that supersede one of
    them from any other question included; `own` the question's own claims that the filters let through, oldest first;
    `candidates` the same before filtering. `situation` is what the comparison was computed from, `links` the recorded
    links of the question's claims and what these lead to. `said_by` tells who said a claim that is rolled up, by id.
    """

    situation: Situation
    query: ComparisonQuery
    question: Question
    comparison: Comparison
    claims: Mapping[str, Claim]
    facts: Mapping[str, ClaimFacts]
    own: tuple[Claim, ...]
    candidates: tuple[Claim, ...]
    places: Places
    today: date
    links: Links
    said_by: Mapping[str, Actor] = field(default_factory=dict)

    @property
    def bases(self) -> tuple[Basis, ...]:
        """The recorded links that were followed."""
        return self.links.rows

    def on_day(self, on: date) -> "ComparedQuestion":
        """The same rows, compared on another day."""
        situation = self.situation.on_day(on)
        return replace(self, query=replace(self.query, on=on), situation=situation, comparison=compare(situation))

    @property
    def is_default_day(self) -> bool:
        return self.query.on is None

    def reading_of(self, facts: ClaimFacts) -> Reading | None:
        """How one claim's words are read under this query."""
        question, is_strict = self.comparison.question, self.query.is_strict
        return read_for(facts.figure, question, settings=conventions(), is_strict=is_strict)

    @cached_property
    def names(self) -> Names:
        actors = {claim.claimant.slug: claim.claimant.name for claim in self.claims.values()}
        questions = {claim.question.slug: claim.question.title for claim in self.claims.values()}
        return Names(places=self.places.names, actors=actors, unit=self.question.unit, questions=questions)

    @cached_property
    def summary(self) -> tuple[Phrase, ...]:
        return summary(self.comparison, self.names, settings=conventions())

    @property
    def summary_text(self) -> str:
        return "".join(phrase.text for phrase in self.summary)

    @cached_property
    def places_involved(self) -> tuple[Named, ...]:
        """The places of the question's claims and everything around them, by slug."""
        inside = {slug for claim in self._shown for slug in self.places.tree.line(claim.place.slug)}
        return tuple(self.places.named(slug) for slug in sorted(inside))

    @cached_property
    def actors_involved(self) -> tuple[Named, ...]:
        """The claimants of the question's claims, by slug."""
        actors = {claim.claimant.slug: claim.claimant for claim in self._shown}
        return tuple(
            Named(a.slug, a.name, a.short_name or a.name, a.parent.slug if a.parent else None)
            for _, a in sorted(actors.items())
        )

    @property
    def _shown(self) -> list[Claim]:
        rows = {claim.public_id: claim for claim in self.own}
        return list((rows | {row.claim.id: self.claims[row.claim.id] for row in self.comparison.standings}).values())

    @cached_property
    def standing(self) -> tuple[Claim, ...]:
        """The question's own claims that stand on the day, compared or not, oldest first."""
        ids = {row.claim.id for row in self.comparison.standings}
        return tuple(claim for claim in self.own if claim.public_id in ids)

    @cached_property
    def drift(self) -> tuple[CitationDrift, ...]:
        """Every citation of a standing claim that differs from its claim, in the order of claims."""
        return tuple(
            CitationDrift(citation.public_id, claim.public_id, found)
            for claim in self.standing
            for citation in claim.citations.all()
            if (found := drift_of(citation, claim, self.places.names))
        )

    @cached_property
    def origins(self) -> Origins:
        """Where the knowledge of the question's compared claims is recorded to come from (model.md §4)."""
        ids = {row.claim.id for row in self.comparison.standings if row.is_compared}
        compared = [claim for claim in self.own if claim.public_id in ids]
        return origins(
            claimants={claim.public_id: claim.claimant.slug for claim in compared},
            citations=[relayed_facts(citation, claim) for claim in compared for citation in claim.citations.all()],
            links=[link_facts(basis) for basis in self.bases],
        )

    @cached_property
    def tendencies(self) -> Tendencies:
        """How the figures of each claimant lie against the others', up to the day shown."""
        return tendencies(self.situation)

    @cached_property
    def tendencies_until_today(self) -> Tendencies:
        """The same over all days until today."""
        return tendencies(self.situation.on_day(self.today))

    @cached_property
    def lasting_findings(self) -> tuple[Finding, ...]:
        """The findings in all that was said until today; those that hang on what is compared are of the day shown."""
        return lasting_findings(self.situation.on_day(self.today))


def drift_of(citation: Citation, claim: Claim, place_names: Mapping[str, str]) -> tuple[Drift, ...]:
    """How a citation differs from its claim, with names in place of slugs."""
    actors = [actor for actor in (claim.claimant, citation.claimant_as_printed) if actor is not None]
    questions = [question for question in (claim.question, citation.question_as_printed) if question is not None]
    names = Names(
        places=place_names,
        actors={actor.slug: actor.name for actor in actors},
        questions={question.slug: question.title for question in questions},
    )
    return drift(claim_facts(claim), claim.speaker, printed_facts(citation), names=names)


def passes(facts: ClaimFacts, query: ComparisonQuery, tree: Tree) -> bool:
    """Whether the filters let a claim through; `place` lets through everything inside it."""
    if query.places and not any(tree.holds(place, facts.place) for place in query.places):
        return False
    if query.claimants and facts.voices.isdisjoint(query.claimants):
        return False
    if query.qualifiers and facts.figure.qualifier not in query.qualifiers:
        return False
    placed = facts.placed
    if query.since and (placed is None or placed.last < query.since):
        return False
    return not (query.until and (placed is None or placed.first > query.until))


def narrowed(rows: ClaimQuerySet, query: ComparisonQuery, places: Places) -> ClaimQuerySet:
    """What `passes` lets through of rows that are not loaded; a test holds the two against each other."""
    if query.places:
        tree = places.tree
        rows = rows.at_places(slug for slug in tree.parents if any(tree.holds(one, slug) for one in query.places))
    if query.claimants:
        rows = rows.by_claimants(query.claimants)
    if query.qualifiers:
        rows = rows.filter(qualifier__in=query.qualifiers)
    return rows.about_days(query.since, query.until)


def by_time(facts: ClaimFacts) -> tuple[date, date, str]:
    """Sort key: by the time a claim is about, then when it was stated; undated ones first."""
    placed, stated = facts.placed, facts.stated_on
    return (placed.last if placed else date.min, stated.last if stated else date.min, facts.id)


def _conclude(
    question: Question,
    line: Mapping[str, QuestionFacts],
    claims: Iterable[Claim],
    query: ComparisonQuery,
    places: Places,
    links: Links,
    today: date,
) -> ComparedQuestion:
    rows = {claim.public_id: claim for claim in claims}
    facts = [claim_facts(claim) for claim in rows.values()]
    shown = _let_through(facts, query, places)
    said_by = roll_up(rows.values()) if query.is_rolled_up else {}
    if said_by:
        # A rolled-up claim is let through under the name of who said it, and under that of the body above.
        facts = [claim_facts(claim) for claim in rows.values()]
        shown |= _let_through(facts, query, places)
    situation = _situation(question, line, facts, shown, query, places, today)
    own = [one.id for one in situation.claims if one.question == question.slug]
    return ComparedQuestion(
        situation=situation,
        query=query,
        question=question,
        comparison=compare(situation),
        claims=rows,
        facts={one.id: one for one in situation.claims},
        own=tuple(rows[public_id] for public_id in own if public_id in shown),
        candidates=tuple(rows[public_id] for public_id in own),
        places=places,
        today=today,
        links=links,
        said_by=said_by,
    )


def _let_through(facts: Iterable[ClaimFacts], query: ComparisonQuery, places: Places) -> set[str]:
    return {one.id for one in facts if passes(one, query, places.tree)}


def _situation(
    question: Question,
    line: Mapping[str, QuestionFacts],
    facts: Iterable[ClaimFacts],
    shown: Iterable[str],
    query: ComparisonQuery,
    places: Places,
    today: date,
) -> Situation:
    """On the day that is asked for, else on the default day."""
    situation = Situation(
        question=line[question.slug],
        questions=line,
        places=places.tree,
        claims=tuple(sorted(facts, key=by_time)),
        on=query.on or today,
        is_strict=query.is_strict,
        settings=conventions(),
        shown=frozenset(shown) if query.has_filters else None,
    )
    return situation if query.on else situation.on_day(default_day(situation, today))


def compare_question(
    question: Question, query: ComparisonQuery, *, places: Places, today: date, is_brief: bool = False
) -> ComparedQuestion:
    """Load and compare one question; in brief for its conclusions alone, without citations, stances and links."""
    line = _line_facts(question)
    claims = Claim.objects.published().on_questions_or_superseding(line)
    rows = claims.with_scope() if is_brief else claims.with_attribution()
    links = Links() if is_brief else links_of_questions(line)
    return _conclude(question, line, list(rows), query, places, links, today)


def position_date(question: Question, query: ComparisonQuery, *, places: Places, today: date) -> date:
    """The day of `compare_question`, comparing nothing and with few rows in memory at a time, but for their facts."""
    if query.on:
        return query.on
    if query.is_rolled_up:  # whose claims are changed in memory, all at once
        return compare_question(question, query, places=places, today=today, is_brief=True).comparison.on
    line = _line_facts(question)
    rows = Claim.objects.published().on_questions_or_superseding(line).with_scope()
    facts = [claim_facts(claim) for claim in rows.iterator(chunk_size=LOADED_AT_ONCE)]
    return _situation(question, line, facts, _let_through(facts, query, places), query, places, today).on


def _line_facts(question: Question) -> dict[str, QuestionFacts]:
    return {row.slug: question_facts(row) for row in Question.objects.on_line_of(question)}


def own_claims(question: Question, query: ComparisonQuery, places: Places) -> ClaimQuerySet:
    """What `ComparedQuestion.own` holds, in its order, without loading or comparing anything."""
    rows = narrowed(Claim.objects.published().on_questions([question]), with_bodies_below(query), places)
    days = (F(day).asc(nulls_first=True) for day in ("placed_last", "stated_last"))
    return rows.order_by(*days, Collate("public_id", "C"))


def figures_compared(questions: Iterable[Question]) -> dict[str, int]:
    """How many claims comparing each question takes, by slug: all of its broader line are loaded and looked at."""
    tree = Tree(dict(Question.objects.values_list("slug", "broader__slug")))
    lines = {question.slug: _line(tree, question.slug) for question in questions}
    wanted = {slug for line in lines.values() for slug in line}
    rows = Claim.objects.published().filter(question__slug__in=wanted).order_by()
    counts: dict[str, int] = dict(rows.values_list("question__slug").annotate(Count("pk")))
    return {slug: sum(counts.get(other, 0) for other in line) for slug, line in lines.items()}


def _line(tree: Tree, slug: str) -> list[str]:
    """A question, what contains it and what it contains."""
    return [other for other in tree.parents if tree.holds(other, slug) or tree.holds(slug, other)]


def compare_questions(
    questions: Iterable[Question], *, places: Places, today: date, days: Mapping[str, date] | None = None
) -> list[ComparedQuestion]:
    """Load and compare many questions in a fixed number of queries, each on its own default day.

    `days` names another day for some of them, by slug. Citations and stances are not loaded: a list shows conclusions
    only.
    """
    asked = list(questions)
    everything = {row.slug: question_facts(row) for row in Question.objects.select_related("broader")}
    tree = Tree({slug: facts.broader for slug, facts in everything.items()})
    wanted = {slug for question in asked for slug in _line(tree, question.slug)}
    by_question: dict[str, list[Claim]] = defaultdict(list)
    for claim in Claim.objects.published().on_questions_or_superseding(wanted).with_scope():
        by_question[claim.question.slug].append(claim)
        if claim.supersedes is not None and claim.supersedes.question_id != claim.question_id:
            by_question[claim.supersedes.question.slug].append(claim)  # it takes the other claim away there
    found = []
    for question in asked:
        line = {slug: everything[slug] for slug in _line(tree, question.slug)}
        claims = [claim for slug in line for claim in by_question[slug]]
        query = ComparisonQuery(on=(days or {}).get(question.slug))
        found.append(_conclude(question, line, claims, query, places, Links(), today))
    return found


def compared_questions_of(claims: Iterable[Claim], *, places: Places, today: date) -> list[ComparedQuestion]:
    """The questions of some claims, each on its default day, in the order in which they come."""
    questions = {claim.question.slug: claim.question for claim in claims}
    return compare_questions(questions.values(), places=places, today=today)


def compared_claims(questions: Iterable[ComparedQuestion]) -> frozenset[str]:
    """The claims that are compared on some questions' days, by public id."""
    return frozenset(row.claim.id for one in questions for row in one.comparison.standings if row.is_compared)
