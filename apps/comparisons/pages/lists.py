"""Questions in a list: each with a strip of its figures, its state in words and its counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.utils.safestring import SafeString

from apps.claims.models import Claim, Question
from apps.comparisons import drawing
from apps.comparisons.records import ComparedQuestion
from apps.domain.results import Standing
from apps.domain.vocabulary import RevisionKind
from apps.domain.wording import number
from apps.web.charts import Band, strip_svg

#: More lanes than this say nothing in a strip 220 px wide; the comparison has them all.
MOST_LANES = 12


class State(StrEnum):
    """What a list says of a question at a glance."""

    CLASH = "clash"
    AGREE = "agree"
    NEITHER = ""


@dataclass(frozen=True)
class ListedQuestion:
    """One question as a row of a list, on its own default day."""

    compared: ComparedQuestion

    @property
    def question(self) -> Question:
        return self.compared.question

    @property
    def on(self) -> date:
        return self.compared.comparison.on

    @property
    def pairs(self) -> int:
        """How many pairs of figures cannot both hold."""
        return len(self.compared.comparison.contradictions)

    @cached_property
    def rows(self) -> list[Standing]:
        """The compared standing claims of the question itself, by place from the outside in."""
        tree = self.compared.places.tree
        own = [
            row
            for row in self.compared.comparison.standings
            if row.is_compared and row.claim.question == self.question.slug
        ]
        return sorted(own, key=lambda row: tuple(reversed(tree.line(row.claim.place))))

    @property
    def state(self) -> State:
        if self.pairs:
            return State.CLASH
        agreements = self.compared.comparison.agreements
        return State.AGREE if agreements and all(found.n == found.of for found in agreements) else State.NEITHER

    @property
    def words(self) -> str:
        """The state in words."""
        if self.pairs:
            return f"{self.pairs} pair{'s' * (self.pairs > 1)} cannot both hold"
        if self.state is State.AGREE:
            return "both hold together" if len(self.rows) == 2 else "all hold together, place by place"
        if len(self.rows) == 1:
            return "one figure, nothing to compare it with"
        if not self.rows:
            return "no figures compared"
        is_apart = len({row.claim.place for row in self.rows}) == len(self.rows)
        return "figures for different places" if is_apart else "no number on which all of them hold"

    @property
    def range(self) -> str:
        """From the lowest to the highest stated number among the compared figures, or the only one as stated."""
        if len(self.rows) == 1:
            return self.compared.claims[self.rows[0].claim.id].stated_value
        spans = self.compared.comparison.spans
        if not spans:
            return ""
        low, high = min(span.low for span in spans), max(span.high for span in spans)
        unit = " percent" if self.question.unit == "percent" else ""
        return f"{number(low)}{unit}" if low == high else f"{number(low)} to {number(high)}{unit}"

    @property
    def counts(self) -> str:
        figures = len(self.compared.own)
        claimants = len({claim.claimant.slug for claim in self.compared.own})
        return f"{claimants} claimant{'s' * (claimants != 1)}, {figures} figure{'s' * (figures != 1)}"

    @cached_property
    def strip(self) -> SafeString:
        shown = self.rows[:MOST_LANES]
        claims = [self.compared.claims[row.claim.id] for row in shown]
        slots = drawing.slots(claims)
        marks = [
            drawing.mark(claim, row.claim, row.reading, slots[claim.claimant.slug])
            for claim, row in zip(claims, shown, strict=True)
        ]
        return strip_svg(marks, f"{len(marks)} figures: {self.range}; {self.words}", bands=self._bands(shown))

    def _bands(self, shown: Sequence[Standing]) -> list[Band]:
        """Where the figures of one place agree, over its own lanes, and the widest gap over the lanes of its pair."""
        lanes = {row.claim.id: lane for lane, row in enumerate(shown)}
        bands = []
        for found in self.compared.comparison.agreements:
            of_place = [lanes[row.claim.id] for row in shown if row.claim.place == found.place]
            if found.n == found.of and of_place:
                bands.append(
                    Band(
                        "agree",
                        found.interval.lower,
                        found.interval.upper,
                        first=min(of_place),
                        last=max(of_place),
                    )
                )
        readings = {row.claim.id: row.reading for row in shown}
        for pair in self.compared.comparison.contradictions[:1]:
            low, high = readings.get(pair.upper_claim), readings.get(pair.lower_claim)
            if low and high:
                pair_lanes = sorted((lanes[pair.upper_claim], lanes[pair.lower_claim]))
                bands.append(
                    Band(
                        "clash",
                        low.interval.upper,
                        high.interval.lower,
                        first=pair_lanes[0],
                        last=pair_lanes[-1],
                    )
                )
        return bands


@dataclass(frozen=True, slots=True)
class LatestFigure:
    claim: Claim
    slot: int


def latest_figures(listed: Sequence[ListedQuestion], most: int) -> tuple[LatestFigure, ...]:
    """The newest claims of some questions by the day they were stated, else by the time they are about."""
    found: dict[str, tuple[date, Claim]] = {}
    for row in listed:
        for claim in row.compared.own:
            facts = row.compared.facts[claim.public_id]
            if facts.revision_kind is RevisionKind.WITHDRAWN:
                continue
            stated = facts.stated_on.last if facts.stated_on else facts.placed.last if facts.placed else None
            if stated is not None:
                found[claim.public_id] = (stated, claim)
    newest = sorted(found.values(), key=lambda item: (item[0], item[1].public_id), reverse=True)[:most]
    slots = drawing.slots([claim for _, claim in newest])
    return tuple(LatestFigure(claim, slots[claim.claimant.slug]) for _, claim in newest)


def newest_first(listed: Sequence[ListedQuestion]) -> list[ListedQuestion]:
    """By the newest figure that is not later than today; questions without a figure come last."""

    def newest(row: ListedQuestion) -> date:
        placed = (row.compared.facts[claim.public_id].placed for claim in row.compared.own)
        days = [one.last for one in placed if one is not None and one.last <= row.compared.today]
        return max(days, default=date.min)

    return sorted(listed, key=lambda row: (-newest(row).toordinal(), row.question.slug))


def most_contested(listed: Sequence[ListedQuestion], most: int) -> tuple[ListedQuestion, ...]:
    """The questions with most pairs that cannot both hold."""
    contested = [row for row in listed if row.pairs]
    return tuple(sorted(contested, key=lambda row: (-row.pairs, row.question.slug))[:most])
