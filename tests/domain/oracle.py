"""The rules of comparison again, written as slowly and plainly as they are defined (model.md §4).

Nothing here is shared with the code under test but the values, the reading of figures and the days of partial dates.
"""

from datetime import date, timedelta
from decimal import Decimal

from apps.domain.claims import ClaimFacts, QuestionFacts, Situation
from apps.domain.figures import Interval
from apps.domain.reading import read
from apps.domain.results import Relation
from apps.domain.vocabulary import OBSERVED, Measure, Nature, RevisionKind

type Pair = tuple[str, str, Decimal, Relation]


def contradicting_pairs(asked: Situation) -> set[Pair]:
    pairs: dict[frozenset[str], Pair] = {}
    everything = [one for one in asked.claims if _is_related(asked, one.question)]
    for kind in ("scope", "part"):
        for lower in everything:
            for upper in everything:
                relation = _relation(asked, lower, upper, kind)
                key = frozenset((lower.id, upper.id))
                if relation is None or key in pairs or lower.voices & upper.voices:
                    continue
                if not is_compared(asked, upper) or not _times_allow(asked, lower, upper):
                    continue
                low, high = interval(asked, lower), interval(asked, upper)
                if low is not None and high is not None and _is_above(low, high):
                    assert low.lower is not None
                    assert high.upper is not None
                    pairs[key] = (lower.id, upper.id, low.lower - high.upper, relation)
    return set(pairs.values())


def _relation(asked: Situation, lower: ClaimFacts, upper: ClaimFacts, kind: str) -> Relation | None:
    if asked.question.slug not in (lower.question, upper.question) or lower is upper:
        return None
    if (lower.nature is Nature.PROJECTION) != (upper.nature is Nature.PROJECTION):
        return None
    is_projected = lower.nature is Nature.PROJECTION
    if is_projected and _days(lower) != _days(upper):
        return None
    if kind == "part":
        return Relation.PART if _is_part_for(asked, lower, upper) else None
    if not is_compared(asked, lower) or not _is_within(_question_parents(asked), lower.question, upper.question):
        return None
    if is_projected and lower.place != upper.place:
        return None
    if not _is_within(dict(asked.places.parents), lower.place, upper.place):
        return None
    if lower.question != upper.question:
        return Relation.NESTED_QUESTION
    if lower.place != upper.place:
        return Relation.NESTED_PLACE
    is_other_time = asked.question.measure is Measure.CUMULATIVE and _days(lower) != _days(upper)
    return Relation.EARLIER_LATER if is_other_time else Relation.SAME


def _is_part_for(asked: Situation, lower: ClaimFacts, upper: ClaimFacts) -> bool:
    total = _total(asked, lower)
    if total is None or (total.question, total.place) != (upper.question, upper.place):
        return False
    if not _is_related(asked, total.question) or not stands(asked, total):
        return False
    if _is_sub_count(asked, lower):
        return _could_stand(asked, lower) and _reason_free(asked, lower)
    return is_compared(asked, lower)


def _times_allow(asked: Situation, lower: ClaimFacts, upper: ClaimFacts) -> bool:
    (first, last), (other_first, other_last) = _days(lower), _days(upper)
    if asked.question.measure is Measure.CUMULATIVE:
        return (first, last) == (other_first, other_last) or last <= other_first
    if asked.question.measure is Measure.FLOW:
        days = _window(asked, asked.question)
        return abs((first - other_first).days) <= days and abs((last - other_last).days) <= days
    return True


def is_compared(asked: Situation, one: ClaimFacts) -> bool:
    return stands(asked, one) and _reason_free(asked, one)


def _reason_free(asked: Situation, one: ClaimFacts) -> bool:
    """Whether the claim, were it standing, would be compared."""
    if not one.figure.has_number:
        return False
    question = asked.questions[one.question]
    first, last = _days(one)
    rivals = [
        other
        for other in asked.claims
        if other.question == one.question and other.figure.has_number and stands(asked, other)
    ]
    if one.nature is Nature.PROJECTION:
        others = [other for other in rivals if other.nature is Nature.PROJECTION and other.place == one.place]
        return all((last, first) == min((_days(o)[1], _days(o)[0]) for o in others) for _ in others[:1])
    days = _window(asked, question)
    if question.measure is Measure.STOCK:
        return first >= asked.on - timedelta(days=days)
    if question.measure is Measure.CUMULATIVE:
        return True
    flows = [o for o in rivals if o.nature in OBSERVED and o.as_of is not None and o.as_of.end is not None]
    if one.as_of is None or one.as_of.end is None or not flows:
        return False
    newest = max(flows, key=lambda o: (_recency(o), _days(o)[0]))
    near, far = _days(newest)
    return abs((first - near).days) <= days and abs((last - far).days) <= days


def stands(asked: Situation, one: ClaimFacts) -> bool:
    if not _could_stand(asked, one) or _is_sub_count(asked, one):
        return False
    rivals = [other for other in asked.claims if _same_key(one, other) and _could_stand(asked, other)]
    return all(_recency(other) <= _recency(one) for other in rivals if not _is_sub_count(asked, other))


def _could_stand(asked: Situation, one: ClaimFacts) -> bool:
    if one.placed is None or not _is_known(asked, one) or one.revision_kind is RevisionKind.WITHDRAWN:
        return False
    if any(other.supersedes == one.id and _is_known(asked, other) for other in asked.claims):
        return False
    return one.nature in OBSERVED or (one.nature is Nature.PROJECTION and one.placed.last >= asked.on)


def _is_known(asked: Situation, one: ClaimFacts) -> bool:
    if one.placed is None:
        return False
    if one.nature in OBSERVED:
        return one.placed.last <= asked.on and (one.stated_on is None or one.stated_on.last <= asked.on)
    return (one.placed.first if one.stated_on is None else one.stated_on.last) <= asked.on


def _same_key(one: ClaimFacts, other: ClaimFacts) -> bool:
    if (one.nature is Nature.PROJECTION) != (other.nature is Nature.PROJECTION):
        return False
    if one.nature is Nature.PROJECTION and (other.placed is None or _days(one) != _days(other)):
        return False
    return (one.claimant, one.question, one.place) == (other.claimant, other.question, other.place)


def _recency(one: ClaimFacts) -> tuple[date, date]:
    return _days(one)[1], date.min if one.stated_on is None else one.stated_on.last


def _days(one: ClaimFacts) -> tuple[date, date]:
    return (one.placed.first, one.placed.last) if one.placed else (date.min, date.min)


def _total(asked: Situation, one: ClaimFacts) -> ClaimFacts | None:
    return next((other for other in asked.claims if other.id == one.part_of), None)


def _is_sub_count(asked: Situation, one: ClaimFacts) -> bool:
    total = _total(asked, one)
    return total is not None and total.question == one.question and total.place == one.place


def _is_related(asked: Situation, slug: str) -> bool:
    parents, question = _question_parents(asked), asked.questions[slug]
    on_line = _is_within(parents, slug, asked.question.slug) or _is_within(parents, asked.question.slug, slug)
    is_alike = (question.unit, question.measure) == (asked.question.unit, asked.question.measure)
    return on_line and is_alike and _is_counted_inside(asked, question)


def _is_counted_inside(asked: Situation, other: QuestionFacts) -> bool:
    """Whether the inner of two running totals begins no earlier than the outer, or both beginnings are unknown."""
    inner, outer = (other, asked.question)
    if not _is_within(_question_parents(asked), inner.slug, outer.slug):
        inner, outer = outer, inner
    if inner.slug == outer.slug or asked.question.measure is not Measure.CUMULATIVE:
        return True
    if inner.since is None or outer.since is None:
        return inner.since == outer.since
    return inner.since.first >= outer.since.first


def _question_parents(asked: Situation) -> dict[str, str | None]:
    return {slug: question.broader for slug, question in asked.questions.items()}


def _is_within(parents: dict[str, str | None], inner: str, outer: str) -> bool:
    node: str | None = inner
    while node is not None:
        if node == outer:
            return True
        node = parents.get(node)
    return False


def _window(asked: Situation, question: QuestionFacts) -> int:
    return asked.settings.window_days if question.window_days is None else question.window_days


def interval(asked: Situation, one: ClaimFacts) -> Interval | None:
    """The claim's read interval, None for an interpretation."""
    question = asked.questions[one.question]
    tolerance = asked.settings.tolerance if question.tolerance is None else question.tolerance
    reading = read(one.figure, floor=question.floor, tolerance=tolerance, is_strict=asked.is_strict)
    return None if reading is None or reading.is_interpretation else reading.interval


def _is_above(low: Interval, high: Interval) -> bool:
    """Whether everything in `low` is above everything in `high`."""
    if low.lower is None or high.upper is None:
        return False
    touches_open = low.lower == high.upper and not (low.lower_inclusive and high.upper_inclusive)
    return low.lower > high.upper or touches_open
