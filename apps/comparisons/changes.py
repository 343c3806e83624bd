"""What changed on a question between two knowledge dates, or between two position dates (product.md, `changes/`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from apps.actors.as_known import as_known, in_the_present
from apps.actors.models import Actor, Slugged
from apps.claims.facts import claim_facts
from apps.claims.models import Claim, ClaimStatus, Place, Question
from apps.comparisons.old_slugs import with_present_slugs
from apps.comparisons.queries import ChangesQuery, ComparisonQuery
from apps.comparisons.records import ComparedQuestion, Places, passes
from apps.comparisons.rollup import with_bodies_below
from apps.domain.claims import ClaimFacts
from apps.domain.difference import Change, ChangeKind, difference
from apps.domain.standing import dated, in_force


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One change, with the claim's row before and after; `why` says what we know of a claim that is gone."""

    change: Change
    old: Claim | None
    new: Claim | None
    why: str = ""

    @property
    def claim(self) -> Claim:
        """The row that says whose claim it is: the newer one."""
        row = self.new or self.old
        assert row is not None  # a change has one of the two
        return row


@dataclass(frozen=True)
class QuestionChanges:
    """The changes of one question, and how many of its claims there were before and after."""

    question: Question
    query: ChangesQuery
    rows: tuple[ClaimChange, ...]
    before: int
    after: int
    places: Places

    def count(self, kind: ChangeKind) -> int:
        return sum(row.change.kind is kind for row in self.rows)


type Rows = Mapping[str, Claim]
type Facts = Mapping[str, ClaimFacts]


def load_changes(question: Question, query: ChangesQuery, *, places: Places) -> QuestionChanges:
    """The changes that a query asks for, in a fixed number of database queries.

    It is asked in the later state: the present, or within `as_known`.
    """
    after = _rows(question)
    if query.on_since is not None:
        return _between_days(question, query, query.on_since, after, places)
    assert query.known_since is not None  # read_changes_query sets one of the two
    with as_known(query.known_since):
        before = _rows(question)
    rows = _changes(question, query.filters, before, after, places)
    return QuestionChanges(question, query, rows, len(before), len(after), places)


def changes_to_present(compared: ComparedQuestion) -> tuple[ClaimChange, ...]:
    """What was added or changed since the knowledge date of a comparison; asked as known then."""
    # Rows that were rolled up bear the name of the topmost body; the present has them as they were said.
    loaded = {row.public_id: row for row in compared.candidates}
    before = _rows(compared.question) if compared.query.is_rolled_up else loaded
    with in_the_present():
        question = Question.objects.filter(pk=compared.question.pk).first()
        after = _rows(question) if question else {}
        filters = with_present_slugs(compared.query)
        return _changes(compared.question, filters, before, after, Places.load())


def _rows(question: Question) -> dict[str, Claim]:
    claims = Claim.objects.published().filter(question=question).with_scope().order_by("public_id")
    return {claim.public_id: claim for claim in claims}


def _as_named_now(claims: Iterable[Claim]) -> dict[str, ClaimFacts]:
    """Claims with questions, places and claimants called as in the later state: a new name changes no claim."""
    rows = list(claims)
    totals = [claim.part_of for claim in rows if claim.part_of is not None]
    voices = [actor for claim in rows for actor in (claim.claimant, *(joint.actor for joint in claim.joint.all()))]
    actors = _present_slugs(Actor, voices)
    places = _present_slugs(Place, [claim.place for claim in (*rows, *totals)])
    questions = _present_slugs(Question, [claim.question for claim in (*rows, *totals)])

    def renamed(facts: ClaimFacts) -> ClaimFacts:
        scope = facts.part_of_scope
        return replace(
            facts,
            question=questions[facts.question],
            place=places[facts.place],
            claimant=actors[facts.claimant],
            joint_claimants=frozenset(actors[slug] for slug in facts.joint_claimants),
            part_of_scope=scope and (questions[scope[0]], places[scope[1]]),
        )

    return {id_: renamed(facts) for id_, facts in _facts(rows).items()}


def _present_slugs(model: type[Slugged], rows: Iterable[Slugged]) -> dict[str, str]:
    """From the slugs of some rows to those that they have in the later state; what is gone keeps its own."""
    then = {row.pk: row.slug for row in rows}
    now = dict(model._default_manager.filter(pk__in=then).values_list("pk", "slug"))
    return {slug: now.get(key, slug) for key, slug in then.items()}


def _changes(
    question: Question, filters: ComparisonQuery, before: Rows, after: Rows, places: Places
) -> tuple[ClaimChange, ...]:
    """Changes of claims that the filters let through, as they were or as they are; asked in the later state."""
    old, new = _as_named_now(before.values()), _facts(after.values())
    found = difference(old, new)
    gone = _why_gone(question, [change.claim for change in found if _is_gone(change, new)])
    filters = with_bodies_below(filters)
    return tuple(
        ClaimChange(change, _row(change.old, before), _row(change.new, after), gone.get(change.claim, ""))
        for change in found
        if _is_shown(change, filters, places)
    )


def _is_gone(change: Change, after: Facts) -> bool:
    return change.kind is ChangeKind.WITHDRAWN and change.claim not in after


def _why_gone(question: Question, gone: list[str]) -> dict[str, str]:
    """Why claims are here no more, by id: taken back by us, or about another question by now."""
    if not gone:
        return {}
    found = {}
    for claim in Claim.objects.filter(public_id__in=gone).select_related("question"):
        if claim.status == ClaimStatus.RETRACTED:
            found[claim.public_id] = f"We took this record back: {claim.retracted_why}"
        elif claim.question_id != question.pk:
            found[claim.public_id] = f"We moved it to “{claim.question.title}”."
    return found


def _between_days(
    question: Question, query: ChangesQuery, since: date, rows: dict[str, Claim], places: Places
) -> QuestionChanges:
    """What was in force on one day and on a later one, in one state of knowledge."""
    assert query.filters.on is not None  # read_changes_query sets it
    superseding = Claim.objects.published().on_questions_or_superseding([question.slug]).with_scope()
    facts = _facts(superseding)
    before, after = (_in_force(facts, question, on) for on in (since, query.filters.on))
    found = difference(before, after, between=facts)
    filters = with_bodies_below(query.filters)
    changes = tuple(
        ClaimChange(change, _row(change.old, rows), _row(change.new, rows))
        for change in found
        if _is_shown(change, filters, places)
    )
    return QuestionChanges(question, query, changes, len(before), len(after), places)


def _in_force(facts: Facts, question: Question, on: date) -> dict[str, ClaimFacts]:
    records = [record for one in facts.values() if (record := dated(one)) is not None]
    claims = [record.claim for record in in_force(records, on)]
    return {claim.id: claim for claim in claims if claim.question == question.slug}


def _facts(claims: Iterable[Claim]) -> dict[str, ClaimFacts]:
    return {claim.public_id: claim_facts(claim) for claim in claims}


def _row(facts: ClaimFacts | None, rows: Rows) -> Claim | None:
    return None if facts is None else rows[facts.id]


def _is_shown(change: Change, filters: ComparisonQuery, places: Places) -> bool:
    return any(facts is not None and passes(facts, filters, places.tree) for facts in (change.old, change.new))
