"""Home, the list of questions and a topic: questions at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from apps.claims.models import Topic
from apps.comparisons.pages.lists import (
    LatestFigure,
    ListedQuestion,
    State,
    latest_figures,
    most_contested,
    newest_first,
)
from apps.comparisons.pages.sources import has_made_title, title_language
from apps.domain.vocabulary import Measure
from apps.sources.models import Source

#: How many questions home shows before it points to the whole list, and how long the lists beside them are.
ON_HOME, BESIDE = 12, 6

MEASURES = {
    Measure.STOCK: "at one moment",
    Measure.FLOW: "in one period",
    Measure.CUMULATIVE: "running total",
}
SHOW = {"clash": "Figures that cannot both hold", "agree": "Figures that hold together"}


@dataclass(frozen=True)
class HomePage:
    listed: tuple[ListedQuestion, ...]
    topics: tuple[Topic, ...]

    @cached_property
    def questions(self) -> tuple[ListedQuestion, ...]:
        """Questions with something to compare first, the newest figure first among them."""
        rows = newest_first(self.listed)
        return tuple(sorted(rows, key=lambda row: len(row.rows) < 2)[:ON_HOME])

    @property
    def questions_left_out(self) -> int:
        return len(self.listed) - len(self.questions)

    @cached_property
    def latest(self) -> tuple[LatestFigure, ...]:
        return latest_figures(self.listed, BESIDE)

    @cached_property
    def contested(self) -> tuple[ListedQuestion, ...]:
        return most_contested(self.listed, BESIDE)


@dataclass(frozen=True, slots=True)
class QuestionsQuery:
    """The facets of the list of questions; None lets everything through."""

    topic: str | None = None
    place: str | None = None
    measure: Measure | None = None
    show: State | None = None


@dataclass(frozen=True)
class QuestionsPage:
    query: QuestionsQuery
    everything: Sequence[ListedQuestion]

    @property
    def topics(self) -> list[Topic]:
        topics = {row.question.topic.slug: row.question.topic for row in self.everything}
        return [topics[slug] for slug in sorted(topics)]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Places with a figure, by name."""
        found = {claim.place.slug: claim.place.name for row in self.everything for claim in row.compared.own}
        return sorted(found.items(), key=lambda item: item[1])

    @property
    def measures(self) -> list[tuple[str, str]]:
        return [(measure.value, words) for measure, words in MEASURES.items()]

    @property
    def shows(self) -> list[tuple[str, str]]:
        return list(SHOW.items())

    @cached_property
    def questions(self) -> tuple[ListedQuestion, ...]:
        return tuple(newest_first([row for row in self.everything if self._passes(row)]))

    def _passes(self, row: ListedQuestion) -> bool:
        query = self.query
        places = row.compared.places.tree
        is_there = query.place is None or any(places.holds(query.place, claim.place.slug) for claim in row.compared.own)
        return (
            is_there
            and query.topic in (None, row.question.topic.slug)
            and query.measure in (None, row.question.measure)
            and query.show in (None, row.state)
        )


@dataclass(frozen=True)
class TopicPage:
    topic: Topic
    listed: Sequence[ListedQuestion]
    sources: Sequence[Source]
    sources_count: int
    citations_count: int

    @cached_property
    def questions(self) -> tuple[ListedQuestion, ...]:
        return tuple(newest_first(self.listed))

    @property
    def source_rows(self) -> tuple[tuple[Source, str], ...]:
        """Each source and the language of its title."""
        return tuple((source, title_language(source)) for source in self.sources)

    @property
    def has_made_titles(self) -> bool:
        return any(has_made_title(source) for source in self.sources)

    @property
    def figures_count(self) -> int:
        return sum(len(row.compared.own) for row in self.listed)

    @property
    def claimants_count(self) -> int:
        return len({claim.claimant.slug for row in self.listed for claim in row.compared.own})

    @cached_property
    def latest(self) -> tuple[LatestFigure, ...]:
        return latest_figures(self.listed, BESIDE)

    @cached_property
    def contested(self) -> tuple[ListedQuestion, ...]:
        return most_contested(self.listed, BESIDE)
