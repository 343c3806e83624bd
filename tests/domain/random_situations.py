"""Random small situations, dense enough that figures meet: few days, few places, few claimants, small numbers.

Made from a seed by Python's own generator: drawn choice by choice, nine situations in ten held nothing to compare.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from apps.domain.claims import ClaimFacts, QuestionFacts, Settings, Situation, Tree
from apps.domain.figures import Figure
from apps.domain.periods import PartialDate, Period
from apps.domain.vocabulary import Measure, Nature, Qualifier, RevisionKind
from tests.domain.claim_examples import about, at_least, between, exactly, less_than, more_than, nearly, up_to

PLACES = ("p0", "p1", "p2")
QUESTIONS = ("q0", "q1", "q2")
CLAIMANTS = tuple("abcdef")
START = date(2024, 10, 25)
NATURES = (*[Nature.ESTIMATE] * 9, Nature.COUNT, Nature.PROJECTION, Nature.PROJECTION, Nature.PLAN)


def situations() -> st.SearchStrategy[Situation]:
    """Up to two dozen claims on three questions, of which one is asked; most share measure and unit."""
    return st.integers(0, 2**32).map(lambda seed: _situation(Random(seed)))


def _situation(random: Random) -> Situation:
    broader, measure = _tree(random, QUESTIONS).parents, random.choice(list(Measure))
    questions = {
        slug: QuestionFacts(
            slug,
            "persons",
            random.choice([*[measure] * 5, Measure.STOCK]),
            broader[slug],
            floor=random.choice([Decimal(0), None]),
            window_days=random.choice([None, None, 0, 10]),
            since=random.choice([None, None, None, None, PartialDate(2024), PartialDate(2024, 6)]),
        )
        for slug in QUESTIONS
    }
    some = tuple(_claim(random, number) for number in range(random.randint(6, 24)))
    on = START + timedelta(days=random.choice([9, 8, 7, 10, 12]))
    asked = questions[random.choice(("q0", "q0", "q1", "q2"))]
    is_strict = random.random() < 0.3
    return Situation(asked, questions, _tree(random, PLACES), some, on, is_strict, Settings(window_days=6))


def _tree(random: Random, names: tuple[str, ...]) -> Tree:
    """A forest in which the parent of a name is an earlier one, or none."""
    return Tree({name: random.choice([*names[:i], *names[:i], None]) for i, name in enumerate(names)})


def _claim(random: Random, number: int) -> ClaimFacts:
    earlier = [f"c{n}" for n in range(number)]
    supersedes = random.choice(earlier) if earlier and random.random() < 0.1 else None
    return ClaimFacts(
        id=f"c{number}",
        question=random.choice(("q0", "q0", "q1", "q2")),
        place=random.choice(PLACES),
        claimant=random.choice(CLAIMANTS),
        figure=_figure(random),
        nature=random.choice(NATURES),
        as_of=None if random.random() < 0.1 else _period(random),
        stated_on=_partial(random.randint(0, 12)) if random.random() < 0.3 else None,
        part_of=random.choice(earlier) if earlier and random.random() < 0.3 else None,
        supersedes=supersedes,
        revision_kind=random.choice(list(RevisionKind)) if supersedes else None,
        joint_claimants=frozenset(random.sample(CLAIMANTS, 1) if random.random() < 0.2 else ()),
    )


def _figure(random: Random) -> Figure:
    low, high = sorted((random.randint(1, 9), random.randint(1, 9)))
    made = random.choice((exactly, about, nearly, at_least, more_than, up_to, less_than))
    vague = Figure("a few", Qualifier.ORDER_OF_MAGNITUDE)
    return random.choice((made(low), made(high), between(low, high), made(low), vague if high == 9 else made(high)))


def _period(random: Random) -> Period:
    first = random.randint(0, 7)
    start, end = _partial(first), _partial(random.choice((first, 8, 9)))
    month = Period(PartialDate(start.year, start.month))
    return random.choice([*[Period(start)] * 4, *[Period(start, end)] * 4, month])


def _partial(days: int) -> PartialDate:
    day = START + timedelta(days=days)
    return PartialDate(day.year, day.month, day.day)
