"""From what was found in a text to a figure: the table of model.md §2."""

from decimal import Decimal

from apps.domain.figures import Figure, Interval
from apps.domain.parsing.found import Found
from apps.domain.parsing.language import Hedge
from apps.domain.vocabulary import Qualifier

_BOUNDS = {
    Hedge.AT_LEAST: Qualifier.AT_LEAST,
    Hedge.MORE_THAN: Qualifier.MORE_THAN,
    Hedge.UP_TO: Qualifier.UP_TO,
    Hedge.LESS_THAN: Qualifier.LESS_THAN,
}
_INCLUSIVE = frozenset((Hedge.AT_LEAST, Hedge.UP_TO))
_SIDES = frozenset((Hedge.NEARLY, Hedge.JUST_OVER))


def clash(found: Found) -> tuple[int, str] | None:
    """The token and the reason where the hedges of a figure contradict each other, None when they do not."""
    kinds = found.kinds
    bounds = kinds & _BOUNDS.keys()
    if found.interval is not None and bounds:
        return _at(found, bounds), "A bound and a range stand together: give one of them."
    one_sided = kinds & (_SIDES | {Hedge.EXACT})
    if found.interval is not None and one_sided:
        return _at(found, one_sided), "“Nearly”, “just over” and “exactly” are for one number: leave the word out."
    if found.number == 0 and kinds & _SIDES:
        return _at(found, kinds & _SIDES), "Ten percent of nothing is nothing: say “0” or give the number."
    exclusive = [bounds, kinds & _SIDES, kinds & {Hedge.EXACT}]
    several = kinds & {Hedge.EXACT} and len(kinds) > 1
    if several or len(bounds) > 1 or len(kinds & _SIDES) > 1 or sum(map(bool, exclusive)) > 1:
        last = found.hedges[-1][1]
        words = " and ".join(f"“{hedge.value}”" for hedge in Hedge if hedge in kinds)
        return last, f"{words[0].upper()}{words[1:]} contradict each other: give one of them."
    return None


def _at(found: Found, kinds: frozenset[Hedge]) -> int:
    return next(place for hedge, place in found.hedges if hedge in kinds)


def figure_of(found: Found, stated_value: str) -> Figure:
    """The figure that a find without a clash is."""
    kinds = found.kinds
    if found.interval is not None:
        return _of_interval(found, found.interval, stated_value)
    number = found.number
    assert number is not None
    for hedge, qualifier in _BOUNDS.items():
        if hedge in kinds:
            return _bound(stated_value, hedge, qualifier, number, hedged=Hedge.ABOUT in kinds)
    if kinds & (_SIDES | {Hedge.ABOUT}) or (found.is_cut and Hedge.EXACT not in kinds):
        return _about(stated_value, kinds, number)
    if found.is_loose and not kinds:
        return Figure(stated_value, Qualifier.ORDER_OF_MAGNITUDE)
    return Figure(stated_value, Qualifier.EXACTLY, number, number, True, True, number)


def _bound(stated_value: str, hedge: Hedge, qualifier: Qualifier, number: Decimal, *, hedged: bool) -> Figure:
    is_lower, is_inclusive = hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN), hedge in _INCLUSIVE
    return Figure(
        stated_value,
        qualifier,
        lower=number if is_lower else None,
        upper=None if is_lower else number,
        lower_inclusive=is_inclusive if is_lower else None,
        upper_inclusive=None if is_lower else is_inclusive,
        point=number,
        hedged=hedged,
    )


def _about(stated_value: str, kinds: frozenset[Hedge], number: Decimal) -> Figure:
    is_below, is_above = Hedge.NEARLY in kinds, Hedge.JUST_OVER in kinds
    return Figure(
        stated_value,
        Qualifier.ABOUT,
        lower=number if is_above else None,
        upper=number if is_below else None,
        lower_inclusive=False if is_above else None,
        upper_inclusive=False if is_below else None,
        point=number,
        hedged=bool(kinds & _SIDES) and Hedge.ABOUT in kinds,
    )


def _of_interval(found: Found, interval: Interval, stated_value: str) -> Figure:
    low, high = interval.lower, interval.upper
    if low is None:
        qualifier = Qualifier.UP_TO if interval.upper_inclusive else Qualifier.LESS_THAN
    elif high is None:
        qualifier = Qualifier.AT_LEAST if interval.lower_inclusive else Qualifier.MORE_THAN
    else:
        qualifier = Qualifier.BETWEEN
    return Figure(
        stated_value,
        qualifier,
        lower=low,
        upper=high,
        lower_inclusive=None if low is None else interval.lower_inclusive,
        upper_inclusive=None if high is None else interval.upper_inclusive,
        point=found.number,
        hedged=Hedge.ABOUT in found.kinds,
    )
