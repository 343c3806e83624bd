"""The forest table of a comparison: who stands on what on one day, group by group, on one axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.safestring import SafeString

from apps.claims.models import Citation, Claim
from apps.comparisons import drawing
from apps.comparisons.pages.relations import reading_words
from apps.comparisons.records import ComparedQuestion
from apps.domain.claims import ClaimFacts
from apps.domain.results import Agreement, Contradiction, Reason, Relation, Standing
from apps.domain.wording import number, period_words
from apps.web.charts import Band, Mark, Scale, group_svg, row_svg, ruler_svg

#: How many "cannot hold with" notes a row carries before it counts the rest.
NOTES = 3
#: Rows of one group; a contradicting pair stands last, so it is always among them.
MOST_ROWS = 60

APART_TITLES = {
    Reason.TOO_OLD: "Older figures",
    Reason.PERIOD_TOO_WIDE: "Dated too widely",
    Reason.PERIOD: "Other periods",
    Reason.NO_NUMBER: "Words without a number",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """One "cannot hold with" note: the other claim and claimant, and the gap in words."""

    slot: int
    name: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One standing claim; `said_by` names who said it where claimants are rolled up.

    `bracket` is `A` or `B` for the upper and lower row of a bracketed pair, else empty.
    """

    claim: Claim
    said_by: str
    slot: int
    read_as: str
    glyph: SafeString
    dated: str
    age: str
    citation: Citation | None
    clashes: tuple[Clash, ...]
    more_clashes: int
    bracket: str
    question_title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share a place, or a reason for being kept apart."""

    title: str
    detail: str
    header: SafeString
    has_label: bool
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Forest:
    ruler: SafeString
    groups: tuple[Group, ...]


def age_words(facts: ClaimFacts, compared: ComparedQuestion) -> str:
    """How old a claim is on the position date, in words."""
    placed = facts.placed
    if placed is None:
        return "undated"
    if not placed.is_day:
        return "day not stated"
    days = (compared.comparison.on - placed.last).days
    if days < 0:
        return f"ends in {-days:,} day{'s' if days != -1 else ''}"
    return "same day" if days == 0 else f"{days:,} day{'s' if days != 1 else ''}"


def dated_words(facts: ClaimFacts) -> str:
    """The time a claim is about; without one, the day it was stated, and so said."""
    if facts.placed is None:
        return "not dated"
    words = period_words(facts.placed)
    return words if facts.as_of is not None else f"stated {words}"


def clash_band(pair: Contradiction, readings: Mapping[str, Standing]) -> Band | None:
    """The stretch that no number can bridge; none where the ends only touch or a part-count is not on the table."""
    low, high = readings.get(pair.upper_claim), readings.get(pair.lower_claim)
    if low is None or high is None or low.reading is None or high.reading is None:
        return None
    if low.reading.interval.upper == high.reading.interval.lower:
        return None
    return Band("clash", low.reading.interval.upper, high.reading.interval.lower)


def gap_words(gap: Decimal) -> str:
    """How far apart the two ends of a contradiction are."""
    return f"{number(gap)} apart" if gap else "the ends touch, and one of them is excluded"


def agreement_bands(agreements: Sequence[Agreement]) -> list[Band]:
    """Where most claims of a place hold, labelled with how many do."""
    return [
        Band(
            "agree",
            found.interval.lower,
            found.interval.upper,
            label="all hold here" if found.n == found.of else f"{found.n} of {found.of} hold",
        )
        for found in agreements
    ]


@dataclass(frozen=True)
class _Builder:
    compared: ComparedQuestion
    slots: Mapping[str, int]
    scale: Scale
    rows_by_claim: Mapping[str, Standing]
    pairs: Mapping[str, Sequence[Contradiction]]

    def mark(self, row: Standing) -> Mark:
        claim = self.compared.claims[row.claim.id]
        return drawing.mark(claim, row.claim, row.reading, self.slots[claim.claimant.slug])

    def clash(self, pair: Contradiction, claim_id: str) -> Clash:
        other = self.compared.claims[pair.upper_claim if claim_id == pair.lower_claim else pair.lower_claim]
        words = {
            Relation.EARLIER_LATER: "cannot both hold: a total does not fall",
            Relation.NESTED_PLACE: f"cannot hold with the figure for {other.place.name}",
            Relation.NESTED_QUESTION: "cannot hold with another question’s figure",
            Relation.PART: "cannot hold: the part is above the whole",
        }.get(pair.relation, "cannot hold with")
        slot = self.slots.get(other.claimant.slug, 8)
        return Clash(slot, f"{other.claimant.name}: {other.stated_value}", other.get_absolute_url(), words)

    def row(self, row: Standing, bands: Sequence[Band], bracket: str) -> Row:
        claim = self.compared.claims[row.claim.id]
        pairs = self.pairs.get(row.claim.id, ())
        own = [band for pair in pairs if (band := clash_band(pair, self.rows_by_claim))]
        note = gap_words(pairs[0].gap) if bracket == "A" and own else ""
        citations = list(claim.citations.all())
        said_by = self.compared.said_by.get(row.claim.id)
        is_foreign = claim.question.slug != self.compared.question.slug
        return Row(
            claim=claim,
            said_by=said_by.name if said_by else "",
            slot=self.slots[claim.claimant.slug],
            read_as=reading_words(row.reading),
            glyph=row_svg(
                self.mark(row),
                self.scale,
                [*bands, *own[:1]],
                note=note,
                note_detail=": no number fits both" if note else "",
            ),
            dated=dated_words(row.claim),
            age=age_words(row.claim, self.compared),
            citation=citations[0] if citations else None,
            clashes=tuple(self.clash(pair, row.claim.id) for pair in pairs[:NOTES]),
            more_clashes=max(0, len(pairs) - NOTES),
            bracket=bracket,
            question_title=claim.question.title if is_foreign else "",
        )

    def group(self, title: str, detail: str, rows: Sequence[Standing], bands: Sequence[Band] = ()) -> Group:
        ordered, brackets = bracketed(rows, self.compared.comparison.contradictions)
        return Group(
            title=title,
            detail=detail,
            header=group_svg(self.scale, bands),
            has_label=any(band.label for band in bands),
            rows=tuple(self.row(row, bands, brackets.get(row.claim.id, "")) for row in ordered[-MOST_ROWS:]),
            left_out=max(0, len(ordered) - MOST_ROWS),
        )


def bracketed(rows: Sequence[Standing], pairs: Sequence[Contradiction]) -> tuple[list[Standing], dict[str, str]]:
    """Put the two rows of the widest contradiction of a group next to each other, upper end first."""
    by_id = {row.claim.id: row for row in rows}
    for pair in pairs:
        if pair.lower_claim in by_id and pair.upper_claim in by_id:
            rest = [row for row in rows if row.claim.id not in (pair.lower_claim, pair.upper_claim)]
            order = [*rest, by_id[pair.upper_claim], by_id[pair.lower_claim]]
            return order, {pair.upper_claim: "A", pair.lower_claim: "B"}
    return list(rows), {}


def build_forest(compared: ComparedQuestion, slots: Mapping[str, int]) -> Forest:
    """The groups in the order of the page: compared ones by place, outside in, then those kept apart."""
    result, tree = compared.comparison, compared.places.tree
    pairs: dict[str, list[Contradiction]] = {}
    for pair in result.contradictions:
        pairs.setdefault(pair.lower_claim, []).append(pair)
        pairs.setdefault(pair.upper_claim, []).append(pair)
    marks = {
        row.claim.id: drawing.mark(compared.claims[row.claim.id], row.claim, row.reading, 1) for row in result.standings
    }
    compared_rows = [row for row in result.standings if row.is_compared]
    on_axis = [marks[row.claim.id] for row in compared_rows] or list(marks.values())
    scale = Scale.for_marks(on_axis)
    builder = _Builder(compared, slots, scale, {row.claim.id: row for row in result.standings}, pairs)

    groups = []
    by_line = sorted(compared_rows, key=lambda row: tuple(reversed(tree.line(row.claim.place))))
    for place, rows in groupby(by_line, key=lambda row: row.claim.place):
        parent = tree.parents.get(place)
        detail = f"inside {compared.places.names[parent]}" if parent else ""
        bands = agreement_bands([found for found in result.agreements if found.place == place])
        groups.append(builder.group(compared.places.names[place], detail, list(rows), bands))
    for reason, title in APART_TITLES.items():
        kept_apart = [row for row in result.standings if row.reason is reason]
        if kept_apart:
            groups.append(builder.group(title, "shown, not compared", kept_apart))
    return Forest(ruler=ruler_svg(scale), groups=tuple(groups))
