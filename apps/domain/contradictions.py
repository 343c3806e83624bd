"""Which compared claims cannot both hold: a lower end above an upper end (model.md §4, the table of relations).

Ends are compared as *cuts*: a number with -1 (just below it), 0 (at it) or 1 (just above it). An exclusive lower end
lies just above its number and an exclusive upper end just below, so "ends that touch contradict only if one of them is
exclusive" is plain order between cuts.

Running totals only ever grow. So between them every relation, nested ones too, asks that the claim whose lower end
counts is not about a later time than the other: the same period, or a period that ends when the other begins or before.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, takewhile

from apps.domain.claims import ClaimFacts, Tree
from apps.domain.comparability import Window
from apps.domain.figures import Interval
from apps.domain.results import Reading, Relation
from apps.domain.standing import Dated
from apps.domain.vocabulary import Measure

type Cut = tuple[Decimal, int]

LOWEST: Cut = (Decimal("-Infinity"), 0)
HIGHEST: Cut = (Decimal("Infinity"), 0)


def lower_cut(interval: Interval) -> Cut:
    """Where the numbers of the interval begin."""
    return LOWEST if interval.lower is None else (interval.lower, 0 if interval.lower_inclusive else 1)


def upper_cut(interval: Interval) -> Cut:
    """Where the numbers of the interval end."""
    return HIGHEST if interval.upper is None else (interval.upper, 0 if interval.upper_inclusive else -1)


def shared_interval(one: Interval, other: Interval) -> Interval:
    """The numbers that lie in both; empty when they contradict."""
    begins = max(lower_cut(one), lower_cut(other))
    ends = min(upper_cut(one), upper_cut(other))
    return Interval(
        lower=None if begins == LOWEST else begins[0],
        upper=None if ends == HIGHEST else ends[0],
        lower_inclusive=begins[1] == 0,
        upper_inclusive=ends[1] == 0,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A compared claim with its days, its reading and the cuts of that reading."""

    record: Dated
    reading: Reading
    begins: Cut
    ends: Cut

    @classmethod
    def of(cls, record: Dated, reading: Reading) -> "Held":
        return cls(record, reading, lower_cut(reading.interval), upper_cut(reading.interval))

    @property
    def claim(self) -> ClaimFacts:
        return self.record.claim


@dataclass(frozen=True, slots=True)
class Part:
    """A claim in its role as part of a total; `total` says whose question and place it bounds from below."""

    held: Held
    total: ClaimFacts


@dataclass(frozen=True, slots=True, eq=False)
class Clash:
    """Two claims whose ends contradict, whoever they are from: `lower` begins above where `upper` ends."""

    lower: Held
    upper: Held
    relation: Relation

    @property
    def gap(self) -> Decimal:
        return self.lower.begins[0] - self.upper.ends[0]

    @property
    def is_within_one_voice(self) -> bool:
        """Whether a claimant would contradict itself; that is a finding and never a contradiction."""
        return not self.lower.claim.voices.isdisjoint(self.upper.claim.voices)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What decides how two claims relate: both trees, the asked question, its measure and window."""

    asked: str
    measure: Measure
    window: Window
    questions: Tree
    places: Tree


type _Scope = tuple[object, ...]


def clashes(compared: Sequence[Held], parts: Iterable[Part], grounds: Grounds) -> list[Clash]:
    """Every pair that contradicts, with at least one claim on the asked question, each pair once.

    Claims with shared voices are in it too; see `Clash.is_within_one_voice`. The work grows with the number of claims
    times the depth of the trees, and with the number of pairs found; never with the square of the number of claims.
    """
    uppers: dict[_Scope, list[Held]] = defaultdict(list)
    lowers: dict[_Scope, list[Held]] = defaultdict(list)
    for held in compared:
        uppers[_scope(held)].append(held)
    for held in compared:
        for scope in _bounded_scopes(held, grounds):
            if scope in uppers:
                lowers[scope].append(held)
    pairs = {
        frozenset((lower.claim.id, upper.claim.id)): Clash(lower, upper, _relation(lower, upper, grounds))
        for scope, group in lowers.items()
        for lower, upper in _exceeding(group, uppers[scope], grounds)
    }
    for lower, upper in _exceeding_parts(parts, uppers, grounds):
        pairs.setdefault(frozenset((lower.claim.id, upper.claim.id)), Clash(lower, upper, Relation.PART))
    return sorted(pairs.values(), key=lambda clash: (-clash.gap, clash.lower.claim.id, clash.upper.claim.id))


def _scope(held: Held) -> _Scope:
    """What a claim bounds from above. Projections are compared only with those about the same period."""
    claim, record = held.claim, held.record
    period = (record.first, record.last) if record.is_projection else ()
    return (claim.question, claim.place, *period)


def _bounded_scopes(held: Held, grounds: Grounds) -> Iterator[_Scope]:
    """The scopes that a claim bounds from below: its own and, unless it is a projection, those around its place."""
    record, question, place = held.record, held.claim.question, held.claim.place
    period = (record.first, record.last) if record.is_projection else ()
    for outer_question in grounds.questions.line(question):
        if grounds.asked not in (question, outer_question):
            continue
        for outer_place in (place,) if record.is_projection else grounds.places.line(place):
            yield (outer_question, outer_place, *period)


def _relation(lower: Held, upper: Held, grounds: Grounds) -> Relation:
    if lower.claim.question != upper.claim.question:
        return Relation.NESTED_QUESTION
    if lower.claim.place != upper.claim.place:
        return Relation.NESTED_PLACE
    is_later = grounds.measure is Measure.CUMULATIVE and _period(lower) != _period(upper)
    return Relation.EARLIER_LATER if is_later else Relation.SAME


def _period(held: Held) -> tuple[date, date]:
    return held.record.first, held.record.last


def _exceeding_parts(
    parts: Iterable[Part], uppers: dict[_Scope, list[Held]], grounds: Grounds
) -> Iterator[tuple[Held, Held]]:
    groups: dict[_Scope, list[Held]] = defaultdict(list)
    for part in parts:
        if grounds.asked in (part.total.question, part.held.claim.question):
            record = part.held.record
            period = (record.first, record.last) if record.is_projection else ()
            groups[(part.total.question, part.total.place, *period)].append(part.held)
    for scope, group in groups.items():
        yield from _exceeding(group, uppers.get(scope, []), grounds)


def _exceeding(lowers: list[Held], uppers: list[Held], grounds: Grounds) -> Iterator[tuple[Held, Held]]:
    """The pairs (L, U) of the two groups with L's beginning above U's end, whose times allow the comparison."""
    if grounds.measure is Measure.CUMULATIVE:
        yield from _exceeding_in_time(lowers, uppers)
        return
    for lower, upper in _exceeding_at_all(lowers, uppers):
        if grounds.measure is not Measure.FLOW or grounds.window.is_same_period(lower.record, upper.record):
            yield lower, upper


def _exceeding_at_all(lowers: list[Held], uppers: list[Held]) -> Iterator[tuple[Held, Held]]:
    """From the highest beginning and the lowest end inwards, as far as they exceed one another."""
    by_end = sorted(uppers, key=lambda held: held.ends)
    for lower in sorted(lowers, key=lambda held: held.begins, reverse=True):
        found = False
        for upper in by_end:
            if upper.ends >= lower.begins:
                break
            found = True
            if upper is not lower:
                yield lower, upper
        if not found:
            return


def _exceeding_in_time(lowers: list[Held], uppers: list[Held]) -> Iterator[tuple[Held, Held]]:
    """The same between running totals: L about the same period as U, or about one that ends by U's beginning."""
    about: dict[tuple[date, date], tuple[list[Held], list[Held]]] = defaultdict(lambda: ([], []))
    for side, group in enumerate((lowers, uppers)):
        for held in group:
            if held.record.first != held.record.last:  # one day ends when it begins: the walk below finds those
                about[_period(held)][side].append(held)
    for same_lowers, same_uppers in about.values():
        yield from _exceeding_at_all(same_lowers, same_uppers)
    waiting = sorted(lowers, key=lambda held: held.record.last, reverse=True)
    known: list[tuple[Cut, int]] = []
    by_number = dict(enumerate(waiting))
    for upper in sorted(uppers, key=lambda held: held.record.first):
        while waiting and waiting[-1].record.last <= upper.record.first:
            insort(known, (waiting[-1].begins, len(waiting) - 1))
            waiting.pop()
        for begins, number in reversed(known):
            if begins <= upper.ends:
                break
            if by_number[number] is not upper:
                yield by_number[number], upper


def contradicted(compared: Sequence[Held], grounds: Grounds) -> set[str]:
    """The ids of those claims, all on one question and place, that cannot both hold with somebody else's among them.

    The same pairs as `clashes` finds, but none is named: a claim is done with at its first one, so that a place where
    thousands of pairs clash is looked through about as quickly as a calm one.
    """
    if grounds.measure is not Measure.CUMULATIVE:
        return _contradicted_at_all(compared, grounds)
    about: dict[tuple[date, date], list[Held]] = defaultdict(list)
    for held in compared:
        about[_period(held)].append(held)
    groups = [group for group in about.values() if len(group) > 1]
    return set().union(*(_contradicted_at_all(group, grounds) for group in groups), _contradicted_in_time(compared))


def _contradicted_at_all(compared: Sequence[Held], grounds: Grounds) -> set[str]:
    def is_pair(one: Held, other: Held) -> bool:
        is_allowed = grounds.measure is not Measure.FLOW or grounds.window.is_same_period(one.record, other.record)
        return is_allowed and one.claim.voices.isdisjoint(other.claim.voices)

    by_end = sorted(compared, key=lambda held: held.ends)
    by_beginning = sorted(compared, key=lambda held: held.begins, reverse=True)
    found = set()
    for held in compared:
        others = chain(_ending_before(held.begins, by_end), _beginning_after(held.ends, by_beginning))
        if any(is_pair(held, other) for other in others):
            found.add(held.claim.id)
    return found


def _contradicted_in_time(compared: Sequence[Held]) -> set[str]:
    """Between running totals: those below an earlier one of another claimant, and those above a later one."""
    sooner = sorted(compared, key=lambda held: held.record.first)
    later = sorted(compared, key=lambda held: held.record.last, reverse=True)
    found = set()
    waiting, known = list(later), list[Held]()
    for upper in sooner:
        while waiting and waiting[-1].record.last <= upper.record.first:
            insort(known, waiting.pop(), key=lambda held: held.begins)
        if _is_beside(upper, _beginning_after(upper.ends, reversed(known))):
            found.add(upper.claim.id)
    waiting, known = list(sooner), list[Held]()
    for lower in later:
        while waiting and waiting[-1].record.first >= lower.record.last:
            insort(known, waiting.pop(), key=lambda held: held.ends)
        if _is_beside(lower, _ending_before(lower.begins, known)):
            found.add(lower.claim.id)
    return found


def _ending_before(cut: Cut, by_end: Iterable[Held]) -> Iterator[Held]:
    return takewhile(lambda other: other.ends < cut, by_end)


def _beginning_after(cut: Cut, by_beginning: Iterable[Held]) -> Iterator[Held]:
    return takewhile(lambda other: other.begins > cut, by_beginning)


def _is_beside(held: Held, others: Iterable[Held]) -> bool:
    """Whether somebody else's is among the others."""
    return any(held.claim.voices.isdisjoint(other.claim.voices) for other in others)
