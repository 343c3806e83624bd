"""Claims, questions and situations in few words, for the tests of comparison."""

from datetime import date
from decimal import Decimal

from apps.domain.claims import ClaimFacts, QuestionFacts, Situation, Tree
from apps.domain.figures import Figure
from apps.domain.periods import PartialDate, Period
from apps.domain.vocabulary import Measure, Nature, Qualifier, RevisionKind

RUSSIA = Tree({"kursk": "russia", "far-east": "russia", "maryino": "kursk", "russia": None})
ON = date(2024, 11, 5)


def exactly(number: int | str) -> Figure:
    n = Decimal(number)
    return Figure(f"exactly {number}", Qualifier.EXACTLY, n, n, True, True, n)


def bare(words: str, number: int) -> Figure:
    n = Decimal(number)
    return Figure(words, Qualifier.EXACTLY, n, n, True, True, n)


def about(number: int) -> Figure:
    return Figure(f"about {number}", Qualifier.ABOUT, point=Decimal(number))


def nearly(number: int) -> Figure:
    n = Decimal(number)
    return Figure(f"nearly {number}", Qualifier.ABOUT, upper=n, upper_inclusive=False, point=n)


def at_least(number: int) -> Figure:
    n = Decimal(number)
    return Figure(f"at least {number}", Qualifier.AT_LEAST, lower=n, lower_inclusive=True, point=n)


def more_than(number: int) -> Figure:
    n = Decimal(number)
    return Figure(f"more than {number}", Qualifier.MORE_THAN, lower=n, lower_inclusive=False, point=n)


def up_to(number: int) -> Figure:
    n = Decimal(number)
    return Figure(f"up to {number}", Qualifier.UP_TO, upper=n, upper_inclusive=True, point=n)


def less_than(number: int) -> Figure:
    n = Decimal(number)
    return Figure(f"less than {number}", Qualifier.LESS_THAN, upper=n, upper_inclusive=False, point=n)


def between(low: int, high: int, *, hedged: bool = False) -> Figure:
    words = f"{'around ' if hedged else ''}{low} to {high}"
    return Figure(words, Qualifier.BETWEEN, Decimal(low), Decimal(high), True, True, hedged=hedged)


THOUSANDS = Figure("Thousands", Qualifier.ORDER_OF_MAGNITUDE)


def period(text: str | None) -> Period | None:
    """`2024-11-05` or, with an end, `2024-11-01/2024-11-30`."""
    if not text:
        return None
    start, _, end = text.partition("/")
    return Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)


def claim(
    id: str,
    figure: Figure,
    *,
    as_of: str | None = "2024-11-05",
    stated: str | None = None,
    place: str = "russia",
    claimant: str | None = None,
    question: str = "present",
    nature: Nature = Nature.ESTIMATE,
    part_of: str | None = None,
    supersedes: str | None = None,
    kind: RevisionKind | None = None,
    joint: tuple[str, ...] = (),
) -> ClaimFacts:
    """A claim of a claimant of its own, unless one is named."""
    return ClaimFacts(
        id=id,
        question=question,
        place=place,
        claimant=claimant or f"claimant-of-{id}",
        figure=figure,
        nature=nature,
        as_of=period(as_of),
        stated_on=PartialDate.parse(stated) if stated else None,
        part_of=part_of,
        supersedes=supersedes,
        revision_kind=kind,
        joint_claimants=frozenset(joint),
    )


def question(
    slug: str = "present",
    measure: Measure = Measure.STOCK,
    *,
    unit: str = "persons",
    broader: str | None = None,
    window_days: int | None = None,
    since: str | None = None,
) -> QuestionFacts:
    counted_from = PartialDate.parse(since) if since else None
    return QuestionFacts(slug, unit, measure, broader, window_days=window_days, since=counted_from)


def situation(
    *claims: ClaimFacts,
    asked: QuestionFacts | None = None,
    others: tuple[QuestionFacts, ...] = (),
    places: Tree = RUSSIA,
    on: date = ON,
    is_strict: bool = False,
) -> Situation:
    asked = asked or question()
    return Situation(asked, {one.slug: one for one in (asked, *others)}, places, claims, on, is_strict)
