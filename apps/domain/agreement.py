"""Where the most figures of a place hold together, and how far they lie apart (model.md §4).

For each place: the numbers on which the most of its own compared claims hold; among those numbers, the ones on which
the most lower ends of places inside it hold too (an outer number is never below an inner one). Because the own claims
go first, an inner figure can narrow the answer but never empty it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from apps.domain.claims import Tree
from apps.domain.contradictions import HIGHEST, LOWEST, Cut, Held
from apps.domain.figures import Interval
from apps.domain.results import Agreement, Span

#: Enough digits for the ratio of any two figures (15 digits each) to three decimals.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


class Bounds(NamedTuple):
    """The numbers one claim allows, as cuts. Empty when `ends` lies before `begins`."""

    begins: Cut
    ends: Cut


class PlacedBounds(NamedTuple):
    """The bounds of one compared claim and its place."""

    claim: str
    place: str
    bounds: Bounds


def agreements_by_place(
    placed: Sequence[PlacedBounds], places: Tree, *, inner: bool = True
) -> dict[str, list[Agreement]]:
    """Place → its agreements, low to high; a place is missing when fewer than two of its own claims hold together.

    `inner=False` keeps the lower ends of inner places where they are (projections are not carried outwards).
    """
    own: dict[str, list[Bounds]] = defaultdict(list)
    for item in placed:
        own[item.place].append(item.bounds)
    inside: dict[str, list[Cut]] = defaultdict(list)
    for item in placed if inner else ():
        for outer in places.line(item.place)[1:]:
            inside[outer].append(item.bounds.begins)
    found = {place: agreements(place, bounds, inside[place]) for place, bounds in own.items()}
    return {place: some for place, some in found.items() if some}


def agreements(place: str, own: Sequence[Bounds], inside: Iterable[Cut]) -> list[Agreement]:
    """The agreements of one place: `own` are its compared claims, `inside` the beginnings of inner places' claims."""
    if len(own) < 2:
        return []
    (n, _), stretches = _best(own, inside)
    if n < 2:
        return []
    return [Agreement(place, _interval(*stretch), n, len(own)) for stretch in stretches]


def _best(own: Sequence[Bounds], inside: Iterable[Cut]) -> tuple[tuple[int, int], list[tuple[Cut, Cut]]]:
    """The best count (own, inner) and every stretch of numbers that reaches it.

    Beginnings only raise the count and ends only lower it, so a best stretch runs from a beginning to the next end.
    At one cut beginnings go first: both ends belong to the interval.
    """
    possible = [bounds for bounds in own if bounds.begins <= bounds.ends]
    events = [(bounds.begins, 0, (1, 0)) for bounds in possible]
    events += [(cut, 0, (0, 1)) for cut in inside]
    events += [(bounds.ends, 1, (-1, 0)) for bounds in possible]
    best, stretches = (0, 0), list[tuple[Cut, Cut]]()
    count, start = (0, 0), None
    for cut, is_end, (own_change, inner_change) in sorted(events):
        if is_end and start is not None and count >= best:
            stretches = [*(stretches if count == best else ()), (start, cut)]
            best = count
        start = None if is_end else cut
        count = count[0] + own_change, count[1] + inner_change
    return best, _merged(stretches)


def _merged(stretches: Iterable[tuple[Cut, Cut]]) -> list[tuple[Cut, Cut]]:
    """Stretches with no number between them become one."""
    merged: list[tuple[Cut, Cut]] = []
    for begins, ends in stretches:
        if merged and merged[-1][1][0] == begins[0] and begins[1] - merged[-1][1][1] == 1:
            merged[-1] = merged[-1][0], ends
        else:
            merged.append((begins, ends))
    return merged


def _interval(begins: Cut, ends: Cut) -> Interval:
    return Interval(
        lower=None if begins == LOWEST else begins[0],
        upper=None if ends == HIGHEST else ends[0],
        lower_inclusive=begins[1] == 0,
        upper_inclusive=ends[1] == 0,
    )


def span(place: str, compared: Iterable[Held]) -> Span:
    """Lowest and highest number that a place's compared claims stated (at least one claim is given)."""
    figures = [held.claim.figure for held in compared]
    numbers = [number for figure in figures for number in figure.numbers]
    low, high = min(numbers), max(numbers)
    return Span(place, low, high, _ratio(low, high), len(figures))


def _ratio(low: Decimal, high: Decimal) -> Decimal | None:
    if low <= 0:
        return None
    return _WIDE.quantize(_WIDE.divide(high, low), Decimal("0.001"))
