"""The list of actors, and one actor as claimant, commentator and publisher."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.actors.models import Actor, ActorKind
from apps.claims.facts import claim_facts
from apps.claims.models import Claim, Question
from apps.comparisons import drawing
from apps.comparisons.entity_records import ActorRecord, PrintedFigure, reading_of
from apps.comparisons.pages.beside import OWN_SLOT, Beside, build_beside
from apps.comparisons.pages.paging import Paged
from apps.comparisons.pages.relations import (
    FindingRow,
    TendencyRow,
    finding_rows,
    reading_words,
    tendency_rows,
)
from apps.comparisons.pages.revisions import REVISION_WORDS, change_words, stated_language
from apps.comparisons.pages.timeline import is_drawn
from apps.domain.claims import ClaimFacts
from apps.domain.vocabulary import RevisionKind
from apps.domain.wording import day_words, period_words
from apps.web.charts import Series, TimeAxis, TimedMark, TimePanel, TimeScale, time_axis, time_panel

MOST_PANELS = 6
MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """One page of the list of actors. `kinds`: value, words, and whether it is chosen."""

    listed: Paged[Actor]
    kinds: tuple[tuple[str, str, bool], ...]
    kind: str | None


def build_actors(listed: Paged[Actor], kind: str | None) -> ActorsPage:
    kinds = tuple((value, str(words), value == kind) for value, words in ActorKind.choices)
    return ActorsPage(listed, kinds, kind)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the table of its claimant; `successor` took its place, in the way that `change` says.

    `moved` is how far the number moved by that; `language` that of the stated words where it is not English.
    """

    claim: Claim
    dated: str
    is_placed_by_statement: bool
    read_as: str
    successor: Claim | None
    change: str
    moved: str
    language: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """One question's claims, newest first, and its charts over time (none for fewer than two dated numbers)."""

    question: Question
    rows: tuple[ClaimRow, ...]
    panels: tuple[TimePanel, ...]
    axis: TimeAxis | None
    panels_left_out: int
    company: "Company | None"


@dataclass(frozen=True, slots=True)
class Company:
    """How an actor's figures on one question lie beside those of others, over all days and on the latest.

    `since`: the first day counted where not all are, in words.
    """

    beside: Beside
    tendencies: tuple[TendencyRow, ...]
    since: str
    findings: Sequence[FindingRow]


@dataclass(frozen=True)
class ActorPage:
    """What the template shows; it starts no query."""

    record: ActorRecord
    slot: int = OWN_SLOT

    @property
    def actor(self) -> Actor:
        return self.record.actor

    @cached_property
    def facts(self) -> dict[str, ClaimFacts]:
        return {claim.public_id: claim_facts(claim) for claim in self.record.claims.rows}

    @cached_property
    def groups(self) -> tuple[QuestionGroup, ...]:
        """By question, the one with the newest figure first."""
        by_question: dict[str, list[Claim]] = {}
        for claim in self.record.claims.rows:
            by_question.setdefault(claim.question.slug, []).append(claim)
        groups: list[QuestionGroup] = []
        room = MOST_PANELS
        for claims in by_question.values():
            group = self._group(claims, room)
            room -= len(group.panels)
            groups.append(group)
        return tuple(groups)

    def _company(self, question: Question) -> Company | None:
        """None on a question that is not among the newest, or on which the actor has no dated figure."""
        stand = self.record.stands.get(question.slug)
        if stand is None:
            return None
        since = stand.compared.tendencies_until_today.since
        return Company(
            beside=build_beside(stand),
            tendencies=tendency_rows(stand.tendencies, stand.compared, {self.actor.slug: self.slot}),
            since=day_words(since) if since else "",
            findings=finding_rows(stand.findings[:MOST_FINDINGS], stand.compared.claims),
        )

    @property
    def not_compared(self) -> int:
        """How many questions are not set beside the figures of others, because that would be too many figures."""
        return sum(group.company is None for group in self.groups)

    @property
    def drift_counts(self) -> list[tuple[str, int]]:
        """What it changed in the figures that it printed, most frequent first: "hedge lost", 5."""
        found = Counter(drift.kind for row in self.record.printed.rows for drift in row.drift)
        return [(kind.words, n) for kind, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))]

    @property
    def has_panels(self) -> bool:
        return any(group.panels for group in self.groups)

    @property
    def changed(self) -> tuple[PrintedFigure, ...]:
        return tuple(row for row in self.record.printed.rows if row.drift)

    @property
    def faithful(self) -> tuple[PrintedFigure, ...]:
        return tuple(row for row in self.record.printed.rows if not row.drift)

    def _group(self, claims: Sequence[Claim], room: int) -> QuestionGroup:
        drawn = [claim for claim in claims if is_drawn(self.facts[claim.public_id])]
        series = self._series_by_place(drawn) if len(drawn) > 1 else {}
        shown = dict(list(series.items())[:room])
        rows = tuple(self._row(claim) for claim in claims)
        company = self._company(claims[0].question)
        if not shown:
            return QuestionGroup(claims[0].question, rows, (), None, len(series), company)
        day = max(timed.last for one in shown.values() for timed in one.marks)
        times = TimeScale.of(list(shown.values()), day)
        unit = f" {claims[0].question.unit}"
        names = {claim.place.slug: claim.place.name for claim in drawn}
        panels = (time_panel(names[slug], [one], times, day, unit=unit) for slug, one in shown.items())
        drawn_panels = tuple(panel for panel in panels if panel)
        left_out = len(series) - len(shown)
        return QuestionGroup(claims[0].question, rows, drawn_panels, time_axis(times, day), left_out, company)

    def _series_by_place(self, claims: Iterable[Claim]) -> dict[str, Series]:
        """One line a place, by its slug: two places may share a name, and do not take each other's figures."""
        marks: dict[str, list[TimedMark]] = {}
        for claim in claims:
            facts = self.facts[claim.public_id]
            assert facts.placed is not None  # undated ones are not drawn
            mark = drawing.mark(claim, facts, reading_of(claim, facts), self.slot)
            timed = TimedMark(mark, facts.placed.first, facts.placed.last, self._ends(claim))
            marks.setdefault(claim.place.slug, []).append(timed)
        label = self.actor.label
        return {place: Series(self.slot, label, tuple(found)) for place, found in marks.items()}

    def _ends(self, claim: Claim) -> date | None:
        successor = self.record.successors.get(claim.public_id)
        return successor.placed_last if successor else None

    def _row(self, claim: Claim) -> ClaimRow:
        facts = self.facts[claim.public_id]
        reading = reading_of(claim, facts)
        successor = self.record.successors.get(claim.public_id)
        change = REVISION_WORDS[RevisionKind(successor.revision_kind)].did if successor else ""
        return ClaimRow(
            claim=claim,
            dated=period_words(facts.placed) if facts.placed else "undated",
            is_placed_by_statement=facts.as_of is None and facts.placed is not None,
            read_as=reading_words(reading),
            successor=successor,
            change=change,
            moved=change_words(claim, successor) if successor else "",
            language=stated_language(claim),
        )
