"""The comparison over time: one panel per place up to the day shown, and the matrix of dates and claimants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.claims.models import Claim
from apps.comparisons import drawing
from apps.comparisons.records import ComparedQuestion
from apps.domain.claims import ClaimFacts
from apps.domain.standing import is_sub_count
from apps.domain.vocabulary import FORWARD, Nature, RevisionKind
from apps.domain.wording import counted, partial_words
from apps.web.charts import Series, TimeAxis, TimedMark, TimePanel, TimeScale, time_axis, time_panel

#: A page stays small however many claims a question has; the rest is in the CSV, and the page says so.
MOST_PANELS, MOST_DATES, MOST_CLAIMANTS, MOST_MARKS = 8, 60, 24, 400


@dataclass(frozen=True, slots=True)
class OverTime:
    """The chart: a panel for each place, with the claims that are drawn.

    The rest counts what is not: the oldest figures beyond the limit, later ones, plans, places beyond the limit.
    """

    panels: tuple[TimePanel, ...]
    axis: TimeAxis
    claims: tuple[Claim, ...]
    older: int
    later: int
    plans: int
    places_left_out: int

    def not_drawn(self, hidden: int = 0) -> str:
        """What is not drawn, where `hidden` panels are not shown: "3 later figures, 1 plan"; empty where all is."""
        places = self.places_left_out + hidden
        counts = {"older figures": self.older, "later figures": self.later, "plans": self.plans, "more places": places}
        return ", ".join(counted(count, what) for what, count in counts.items() if count)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one claimant said on one date; `held` are the figures it had not revised, in words, a place each."""

    claims: tuple[Claim, ...]
    held: str
    has_line: bool


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    slug: str
    name: str
    slot: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    iso: str
    words: str
    cells: tuple[tuple[MatrixColumn, Cell], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Dates by claimants up to the day shown; what did not fit is counted."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    later: int
    dates_left_out: int
    claimants_left_out: int

    @property
    def is_wide(self) -> bool:
        """Whether the columns need a box that scrolls."""
        return len(self.columns) > 7


def is_drawn(facts: ClaimFacts) -> bool:
    """Whether a chart over time has a mark for it: a dated number that was or is, and no withdrawal."""
    return (
        facts.placed is not None
        and facts.nature not in FORWARD
        and facts.figure.has_number
        and facts.revision_kind is not RevisionKind.WITHDRAWN
    )


def _is_later(facts: ClaimFacts, on: date) -> bool:
    """Whether it is about a time after the day shown, or was stated after it; plans only when stated after it."""
    is_stated_later = facts.stated_on is not None and facts.stated_on.last > on
    is_about_later = facts.placed is not None and facts.placed.last > on and facts.nature not in FORWARD
    return is_stated_later or is_about_later


def _series(
    claims: Sequence[Claim], compared: ComparedQuestion, slots: Mapping[str, int], ends: Mapping[str, date]
) -> list[Series]:
    by_claimant: dict[str, list[Claim]] = {}
    for claim in claims:
        by_claimant.setdefault(claim.claimant.slug, []).append(claim)
    found = []
    for slug, rows in by_claimant.items():
        marks = []
        for claim in rows:
            facts = compared.facts[claim.public_id]
            placed = facts.placed
            if placed is None:
                continue
            mark = drawing.mark(claim, facts, compared.reading_of(facts), slots[slug])
            marks.append(TimedMark(mark, placed.first, placed.last, ends.get(claim.public_id)))
        actor = rows[0].claimant
        found.append(Series(slots[slug], actor.label, tuple(marks)))
    return found


def _ends(compared: ComparedQuestion) -> dict[str, date]:
    """Claim → the day on which its line ends: the first that a figure is about by which it was superseded by then."""
    ends: dict[str, date] = {}
    for claim in compared.claims.values():
        facts = compared.facts[claim.public_id]
        if claim.supersedes and facts.placed and not _is_later(facts, compared.comparison.on):
            ended = claim.supersedes.public_id
            ends[ended] = min(facts.placed.last, ends.get(ended, date.max))
    return ends


def build_over_time(compared: ComparedQuestion, slots: Mapping[str, int]) -> OverTime:
    """Panels by place, outside in, of every dated figure up to the day shown."""
    on, tree = compared.comparison.on, compared.places.tree
    dated = [claim for claim in compared.own if is_drawn(compared.facts[claim.public_id])]
    until = [claim for claim in dated if not _is_later(compared.facts[claim.public_id], on)]
    shown = until[-MOST_MARKS:]
    ends = _ends(compared)
    places = sorted({claim.place.slug for claim in shown}, key=lambda slug: tuple(reversed(tree.line(slug))))
    series = {
        place: _series([claim for claim in shown if claim.place.slug == place], compared, slots, ends)
        for place in places[:MOST_PANELS]
    }
    times = TimeScale.of([one for group in series.values() for one in group], on)
    panels = [
        time_panel(compared.places.names[place], group, times, on, unit=f" {compared.question.unit}")
        for place, group in series.items()
    ]
    return OverTime(
        panels=tuple(panel for panel in panels if panel),
        axis=time_axis(times, on),
        claims=tuple(claim for claim in shown if claim.place.slug in series),
        older=len(until) - len(shown),
        later=len(dated) - len(until),
        plans=sum(Nature(claim.nature) in FORWARD for claim in compared.own),
        places_left_out=max(0, len(places) - MOST_PANELS),
    )


def build_matrix(compared: ComparedQuestion, slots: Mapping[str, int]) -> Matrix:
    """Every figure dated up to the day shown, as stated, newest date first.

    Claimants stand in the order of their newest figure.
    """
    later = 0
    by_date: dict[str, dict[str, list[Claim]]] = {}
    words: dict[str, str] = {}
    order: dict[str, MatrixColumn] = {}
    for claim in reversed(compared.own):
        facts = compared.facts[claim.public_id]
        placed = facts.placed
        if placed is None:
            continue
        if _is_later(facts, compared.comparison.on):
            later += 1
            continue
        key = placed.last.isoformat() if placed.is_day else f"{placed.last.isoformat()} {placed.start.iso}"
        words.setdefault(key, partial_words(placed.end or placed.start))
        by_date.setdefault(key, {}).setdefault(claim.claimant.slug, []).append(claim)
        actor = claim.claimant
        order.setdefault(actor.slug, MatrixColumn(actor.slug, actor.label, slots[actor.slug]))
    columns = tuple(order.values())[:MOST_CLAIMANTS]
    dates = sorted(by_date, reverse=True)
    shown = set(dates[:MOST_DATES])
    held: dict[str, dict[str, ClaimFacts]] = {column.slug: {} for column in columns}
    rows = []
    for key in reversed(dates):
        if key in shown:
            cells = tuple((column, _cell(by_date[key].get(column.slug, ()), held[column.slug])) for column in columns)
            rows.append(MatrixRow(key[:10], words[key], cells))
        for slug in by_date[key].keys() & held.keys():  # figures of dates that are not shown may stand, too
            for claim in reversed(by_date[key][slug]):
                _hold(held[slug], compared.facts[claim.public_id], compared.facts)
    rows.reverse()
    return Matrix(columns, tuple(rows), later, len(dates) - len(shown), len(order) - len(columns))


def _cell(claims: Sequence[Claim], held: Mapping[str, ClaimFacts]) -> Cell:
    words = "" if claims else "; ".join(facts.figure.stated_value for _, facts in sorted(held.items()))
    return Cell(tuple(claims), words, bool(held))


def _hold(held: dict[str, ClaimFacts], facts: ClaimFacts, everything: Mapping[str, ClaimFacts]) -> None:
    """Let a claimant's next figure take the place of the one it stood on: at the same place, or by superseding it."""
    if facts.nature in FORWARD or is_sub_count(facts, everything):
        return
    for place in [place for place, earlier in held.items() if earlier.id == facts.supersedes]:
        del held[place]
    if facts.revision_kind is not RevisionKind.WITHDRAWN:
        held[facts.place] = facts
