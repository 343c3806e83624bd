"""One figure among the tokens of a text, and two finds that are one figure."""

from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figures import Interval
from apps.domain.parsing.language import Hedge

SECOND_FIGURE = "A second figure stands here: give one figure at a time."
LOWER_BOUNDS = frozenset((Hedge.AT_LEAST, Hedge.MORE_THAN))
UPPER_BOUNDS = frozenset((Hedge.UP_TO, Hedge.LESS_THAN))


@dataclass(frozen=True, slots=True)
class Found:
    """One figure among the tokens: a single `number`, or an `interval` with perhaps a central number.

    `hedges` are the words beside it with their places. `is_loose`, `is_cut` as in Amount.
    """

    start: int
    end: int
    number: Decimal | None = None
    interval: Interval | None = None
    hedges: tuple[tuple[Hedge, int], ...] = ()
    is_percent: bool = False
    is_loose: bool = False
    is_cut: bool = False
    is_bracketed: bool = False

    @property
    def kinds(self) -> frozenset[Hedge]:
        return frozenset(hedge for hedge, _ in self.hedges)


def two_sided(old: Found, new: Found) -> Found:
    """ "More than 10 but fewer than 20": one figure with two bounds."""
    interval = Interval(old.number, new.number, Hedge.AT_LEAST in old.kinds, Hedge.UP_TO in new.kinds)
    hedges = tuple(hedge for hedge in (*old.hedges, *new.hedges) if hedge[0] not in LOWER_BOUNDS | UPPER_BOUNDS)
    return Found(old.start, new.end, None, interval, hedges, old.is_percent or new.is_percent)
