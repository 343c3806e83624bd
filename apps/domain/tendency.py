"""How each claimant's figures lie against those of the others over all dates (model.md §4, "tendency").

Counted per claimant, question and place, never over several places or questions (decision 4):

* **Days**: those, up to the position date, on which a figure for that question and place became known that is compared
  at the end of the day, and on which the claimant and another have a figure compared there. A figure that merely goes
  on standing adds no day: a claimant does not become "highest" more often by waiting.
* **Against whom**: the figures of others that are compared on that day for the same question and place, by the same
  rules as on the page of the comparison. A joint figure is one of each of its claimants and "other" to none of them.
  Where no observed figure is compared at a place on a day, the projections that are compared there count instead.
* **Highest**: no other's highest stated number is higher, and one's at least is lower. **Lowest**: the same of lowest
  stated numbers. Nobody is either where all state one number; a wide range can be both.
* **Contradicting**: a figure of the claimant and one of another cannot both hold (same question and place).
* **Ratio**: the claimant's headline number (its point, else the only number that it states) to the median of the
  headline numbers of the others on that day; over the days the median of that. A number that is not above 0 takes no
  part. Days without one on either side, or with several of the claimant's own, have no ratio: `ratio_days` counts the
  others.

Which of them is right is nowhere asked.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby
from typing import NamedTuple

from apps.domain.claims import ClaimFacts, Situation, Tree
from apps.domain.comparability import Conditions, Window, conditions_for, window_of
from apps.domain.contradictions import Grounds, Held, contradicted
from apps.domain.figures import Figure
from apps.domain.reading import read_for
from apps.domain.standing import Dated, can_stand, dated, eligible, is_sub_count
from apps.domain.vocabulary import FORWARD, Measure, Nature, RevisionKind

#: How many figures are looked at, one for each day on which it is compared, the newest days first. It keeps the work
#: small where thousands of claimants meet on hundreds of days; `Tendencies.since` says when days were left out.
MOST_LOOKS = 50_000

#: Enough digits for the ratio of any two figures (15 digits each) to three decimals.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Tendency:
    """One claimant on one question and place: on how many of the `days` its figure was what, see above.

    `ratio` is to 3 decimals, None without a day that has one; `ratio_days` counts those that have.
    """

    claimant: str
    question: str
    place: str
    days: int
    highest: int
    lowest: int
    contradicting: int
    ratio: Decimal | None
    ratio_days: int


@dataclass(frozen=True, slots=True)
class Tendencies:
    """All of one question, places outside in, most days first. `since`: the first day counted, if not all are."""

    rows: tuple[Tendency, ...]
    since: date | None = None

    def of(self, claimant: str) -> tuple[Tendency, ...]:
        """Those of one claimant."""
        return tuple(row for row in self.rows if row.claimant == claimant)


def tendencies(situation: Situation) -> Tendencies:
    """The tendency of every claimant of the asked question, up to the situation's day, over the figures shown.

    The work grows with the number of claims and with `MOST_LOOKS`, not with the product of claims and days: figures
    that no longer stand or that the filters hide are not walked, and all others that are walked count as looks.
    """
    history = _History(situation)
    since = history.first_day_counted()
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for place, compared in history.meetings(since):
        for claimant, seen in _seen(compared, history):
            tallies[claimant, place].add(seen)
    slug = situation.question.slug
    rows = [tally.result(claimant, slug, place) for (claimant, place), tally in tallies.items()]
    return Tendencies(tuple(sorted(rows, key=lambda row: _order(row, situation.places))), since)


def _order(row: Tendency, places: Tree) -> tuple[int, str, int, str]:
    return len(places.line(row.place)), row.place, -row.days, row.claimant


class _Seen(NamedTuple):
    """What one claimant's figures were among those of one day and place."""

    is_highest: bool
    is_lowest: bool
    is_contradicting: bool
    ratio: Decimal | None


@dataclass(slots=True)
class _Tally:
    """The counts of one claimant and place as they grow."""

    days: int = 0
    highest: int = 0
    lowest: int = 0
    contradicting: int = 0
    ratios: list[Decimal] = field(default_factory=list)

    def add(self, seen: _Seen) -> None:
        self.days += 1
        self.highest += seen.is_highest
        self.lowest += seen.is_lowest
        self.contradicting += seen.is_contradicting
        if seen.ratio is not None:
            self.ratios.append(seen.ratio)

    def result(self, claimant: str, question: str, place: str) -> Tendency:
        ratio = _median(sorted(self.ratios)) if self.ratios else None
        rounded = None if ratio is None else _WIDE.quantize(ratio, Decimal("0.001"))
        counts = self.days, self.highest, self.lowest, self.contradicting
        return Tendency(claimant, question, place, *counts, rounded, len(self.ratios))


def _median(ordered: Sequence[Decimal], *, without: Sequence[int] = ()) -> Decimal:
    """The median of ordered numbers, less those at some (ordered) positions; at least one is left."""
    last = len(ordered) - len(without) - 1
    low, high = (_nth(ordered, n, without) for n in (last // 2, (last + 1) // 2))
    return low if low == high else _WIDE.divide(_WIDE.add(low, high), Decimal(2))


def _nth(ordered: Sequence[Decimal], n: int, without: Sequence[int]) -> Decimal:
    for position in without:
        n += position <= n
    return ordered[n]


# --- one day at one place


class _Numbers(NamedTuple):
    """The lowest and the highest number that a figure states, and its headline number."""

    lowest: Decimal
    highest: Decimal
    headline: Decimal | None

    @classmethod
    def of(cls, figure: Figure) -> "_Numbers":
        numbers = figure.numbers
        only = numbers[0] if len(numbers) == 1 else None
        headline = only if figure.point is None else figure.point
        return cls(numbers[0], numbers[-1], headline if headline is not None and headline > 0 else None)


def _seen(compared: Sequence[Held], history: "_History") -> Iterator[tuple[str, _Seen]]:
    """What the figures of each claimant are among those of one day and place; claimants alone there are left out."""
    own_of: dict[str, list[int]] = defaultdict(list)
    for index, held in enumerate(compared):
        for claimant in held.claim.voices:
            own_of[claimant].append(index)
    if len(own_of) < 2:
        return
    clashing = contradicted(compared, history.grounds)
    table = _Table([history.numbers(held.claim) for held in compared])
    for claimant, own in own_of.items():
        if len(own) < len(compared):
            is_contradicting = any(compared[index].claim.id in clashing for index in own)
            yield claimant, _Seen(table.is_highest(own), table.is_lowest(own), is_contradicting, table.ratio(own))


class _Table:
    """The numbers of one day and place, in order; asked of some figures against all others."""

    def __init__(self, numbers: Sequence[_Numbers]) -> None:
        self.numbers = numbers
        everything = range(len(numbers))
        self.by_highest = sorted(everything, key=lambda index: numbers[index].highest)
        self.by_lowest = sorted(everything, key=lambda index: numbers[index].lowest)
        heads = [(one.headline, index) for index, one in enumerate(numbers) if one.headline is not None]
        heads.sort()
        self.headlines = [headline for headline, _ in heads]
        self.place_of = {index: position for position, (_, index) in enumerate(heads)}

    def is_highest(self, own: Sequence[int]) -> bool:
        mine = max(self.numbers[index].highest for index in own)
        low, high = (self.numbers[index].highest for index in self._ends(self.by_highest, own))
        return mine >= high and mine > low

    def is_lowest(self, own: Sequence[int]) -> bool:
        mine = min(self.numbers[index].lowest for index in own)
        low, high = (self.numbers[index].lowest for index in self._ends(self.by_lowest, own))
        return mine <= low and mine < high

    @staticmethod
    def _ends(order: Sequence[int], own: Sequence[int]) -> tuple[int, int]:
        """The first and the last of the others."""
        first, last = 0, -1
        mine = set(own)
        while order[first] in mine:
            first += 1
        while order[last] in mine:
            last -= 1
        return order[first], order[last]

    def ratio(self, own: Sequence[int]) -> Decimal | None:
        positions = sorted(self.place_of[index] for index in own if index in self.place_of)
        mine = {self.headlines[position] for position in positions}
        if len(mine) != 1 or len(positions) == len(self.headlines):
            return None
        return _WIDE.divide(mine.pop(), _median(self.headlines, without=positions))


# --- who stands on which day


class _Key(NamedTuple):
    """For what a claimant stands on its latest claim; `period` is that of a projection, else None."""

    claimant: str
    place: str
    period: tuple[date, date] | None

    @classmethod
    def of(cls, record: Dated) -> "_Key":
        period = (record.first, record.last) if record.is_projection else None
        return cls(record.claim.claimant, record.claim.place, period)


class _Day(NamedTuple):
    """What became known on one day: which claims are superseded from now on, and which new ones can be compared.

    `shown` are those of `fresh` that the filters let through; the others can only take the place of some.
    """

    on: date
    superseded: frozenset[str]
    fresh: tuple[Dated, ...]
    shown: tuple[Dated, ...]

    @property
    def places(self) -> list[str]:
        """Where the day may count."""
        return sorted({record.claim.place for record in self.shown})


class _History:
    """One question's claims as they became known, day after day.

    A day changes little, so it is not compared from nothing: only the places at which something became known are
    looked at, and there only the claims that can be compared.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.question = situation.question
        self.measure = situation.question.measure
        self.by_id: Mapping[str, ClaimFacts] = {claim.id: claim for claim in situation.claims}
        placed = (dated(claim) for claim in situation.claims)
        known = eligible((record for record in placed if record is not None), situation.on)
        ordered = sorted(known, key=lambda record: (record.known_on, record.claim.id))
        self.days = [self._day(on, some) for on, some in groupby(ordered, key=lambda record: record.known_on)]
        self.window = window_of(self.question, situation.settings, situation.on)
        self.grounds = Grounds(self.question.slug, self.measure, self.window, Tree(), Tree())
        self._held: dict[str, Held | None] = {}
        self._numbers: dict[str, _Numbers] = {}

    def _day(self, on: date, arrived: Iterable[Dated]) -> _Day:
        known = tuple(arrived)
        superseded = frozenset(record.claim.supersedes for record in known if record.claim.supersedes)
        fresh = tuple(record for record in known if self.can_be_compared(record))
        shown = tuple(record for record in fresh if self.situation.shows(record.claim))
        return _Day(on, superseded, fresh, shown)

    def can_be_compared(self, record: Dated) -> bool:
        """Whether a claim is one of the question's that may stand on some day, shown or not."""
        claim = record.claim
        return (
            claim.question == self.question.slug
            and (claim.nature not in FORWARD or claim.nature is Nature.PROJECTION)
            and claim.revision_kind is not RevisionKind.WITHDRAWN
            and not is_sub_count(claim, self.by_id)
        )

    def first_day_counted(self) -> date | None:
        """Where counting begins if `MOST_LOOKS` does not reach back to the first day; None if it does."""
        looks = list(self._looks())
        left = MOST_LOOKS
        for day, n in reversed(looks):
            left -= n
            if left < 0:
                return next((later for later, _ in looks if later > day), day)
        return None

    def _looks(self) -> Iterator[tuple[date, int]]:
        """Day by day, at most how many figures are walked at the places where one that is shown became known."""
        crowds: dict[str, _Crowd] = defaultdict(_Crowd)
        for day in self.days:
            for record in day.shown:
                crowds[record.claim.place].take_in(record)
            opens = Window(day.on, self.window.days).opens if self.measure is Measure.STOCK else None
            for place in day.places:
                yield day.on, crowds[place].most(day.on, opens)

    def meetings(self, since: date | None) -> Iterator[tuple[str, list[Held]]]:
        """A place and the figures compared there, for each day and place with a new one among them."""
        standing = _Standing(self)
        for day in self.days:
            standing.take_in(day)
            if since is not None and day.on < since:
                continue
            for place in day.places:
                compared = self._compared(standing, day.on, place)
                if any(held.record.known_on == day.on for held in compared):
                    yield place, compared

    def _compared(self, standing: "_Standing", day: date, place: str) -> list[Held]:
        window = Window(day, self.window.days)
        here = standing.at(place, window)
        anchor = standing.newest_flow() if self.measure is Measure.FLOW else None
        conditions = conditions_for([*here, *([anchor] if anchor else [])], self.measure, window)
        observed = self._judged(here, conditions, is_projection=False)
        return observed or self._judged(here, conditions, is_projection=True)

    def _judged(self, records: Iterable[Dated], conditions: Conditions, *, is_projection: bool) -> list[Held]:
        found = []
        for record in records:
            if record.is_projection is is_projection and conditions.judge(record).reason is None:
                held = self.held(record)
                if held is not None:
                    found.append(held)
        return found

    def held(self, record: Dated) -> Held | None:
        """A claim with its reading, made once; None when the words give no numbers of their own."""
        claim = record.claim
        if claim.id not in self._held:
            settings, is_strict = self.situation.settings, self.situation.is_strict
            reading = read_for(claim.figure, self.question, settings=settings, is_strict=is_strict)
            is_ours = reading is None or reading.is_interpretation
            self._held[claim.id] = None if reading is None or is_ours else Held.of(record, reading)
        return self._held[claim.id]

    def numbers(self, claim: ClaimFacts) -> _Numbers:
        """The numbers of a claim that states some, looked up once."""
        if claim.id not in self._numbers:
            self._numbers[claim.id] = _Numbers.of(claim.figure)
        return self._numbers[claim.id]


class _Crowd:
    """At most how many figures stand at one place, as the days go by; the work of `_Standing`, counted beforehand."""

    def __init__(self) -> None:
        self.tied: dict[tuple[_Key, tuple[date, date]], int] = defaultdict(int)
        self.widest: dict[_Key, int] = defaultdict(int)
        self.arrivals: list[date] = []
        self.observed = 0
        self.ends: list[date] = []

    def take_in(self, record: Dated) -> None:
        """Let a figure stand. For a key that has one already it adds none, unless more than ever before tie."""
        if not record.is_projection:
            self.arrivals.append(record.known_on)
        key = _Key.of(record)
        self.tied[key, record.recency] += 1
        if self.tied[key, record.recency] <= self.widest[key]:
            return
        self.widest[key] += 1
        if record.is_projection:
            insort(self.ends, record.last)
        else:
            self.observed += 1

    def most(self, on: date, opens: date | None) -> int:
        """Observed figures, of a stock only those that became known since the window `opens`; projections not ended."""
        late = self.observed if opens is None else len(self.arrivals) - bisect_left(self.arrivals, opens)
        return min(late, self.observed) + len(self.ends) - bisect_left(self.ends, on)


class _Standing:
    """Who stands, as the days go by: for each key its claims in force, latest last."""

    def __init__(self, history: _History) -> None:
        self.history = history
        self.superseded: set[str] = set()
        self.rivals: dict[_Key, list[Dated]] = defaultdict(list)
        self.keys_at: dict[str, dict[_Key, None]] = defaultdict(dict)
        self.projected_at: dict[str, dict[_Key, None]] = defaultdict(dict)
        self.recent_at: dict[str, list[tuple[date, _Key]]] = defaultdict(list)
        self.flows: list[tuple[tuple[date, date, date, date, str], Dated]] = []

    def take_in(self, day: _Day) -> None:
        """Let a day's claims supersede and stand."""
        self.superseded |= day.superseded
        for record in day.fresh:
            insort(self.rivals[_Key.of(record)], record, key=lambda one: one.recency)
        for record in day.shown:
            key = _Key.of(record)
            if key.period is None:
                self.keys_at[key.place][key] = None
                self.recent_at[key.place].append((record.known_on, key))
            else:
                self.projected_at[key.place][key] = None
            if self._is_whole_flow(record):
                insort(self.flows, ((*record.recency, record.first, record.last, record.claim.id), record))

    @staticmethod
    def _is_whole_flow(record: Dated) -> bool:
        as_of = record.claim.as_of
        has_ends = as_of is not None and as_of.end is not None
        return has_ends and record.claim.figure.has_number and not record.is_projection

    def at(self, place: str, window: Window) -> list[Dated]:
        """The claims that stand at a place and are shown; of a stock only those that can lie in the window."""
        found = []
        for key in self._keys(place, window):
            found += [record for record in self._latest(key) if can_stand(record, window.on)]
        return [record for record in found if self.history.situation.shows(record.claim)]

    def _keys(self, place: str, window: Window) -> Iterable[_Key]:
        # The days go forward: a projection that has ended never stands again.
        ended = [key for key in self.projected_at[place] if key.period and key.period[1] < window.on]
        for key in ended:
            del self.projected_at[place][key]
        if self.history.measure is not Measure.STOCK:
            return [*self.keys_at[place], *self.projected_at[place]]
        # An observed figure that lies in the window became known in it: none is known before the time it is about.
        recent = self.recent_at[place]
        late = recent[bisect_left(recent, window.opens, key=lambda one: one[0]) :]
        return dict.fromkeys([*(key for _, key in late), *self.projected_at[place]])

    def _latest(self, key: _Key) -> list[Dated]:
        """The latest claims in force: several when they tie."""
        rivals = self.rivals[key]
        while rivals and rivals[-1].claim.id in self.superseded:
            rivals.pop()
        found: list[Dated] = []
        for record in reversed(rivals):
            if record.recency != rivals[-1].recency:
                break
            if record.claim.id not in self.superseded:
                found.append(record)
        return found

    def newest_flow(self) -> Dated | None:
        """The standing flow whose period is compared, see `apps.domain.comparability`."""
        for _, record in reversed(self.flows):
            if self.history.situation.shows(record.claim) and record in self._latest(_Key.of(record)):
                return record
        return None
