"""The log of our own mistakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from apps.claims.models import Correction, Question, Topic
from apps.comparisons.pages.paging import Paged
from apps.web.queries import moment_iso


@dataclass(frozen=True, slots=True)
class CorrectionsQuery:
    """Whose corrections are asked for; None is all. A topic and a question together mean both.

    `known` is the knowledge date, None for the present.
    """

    topic: Topic | None = None
    question: Question | None = None
    known: datetime | None = None

    @property
    def is_narrowed(self) -> bool:
        return self.topic is not None or self.question is not None

    @property
    def known_iso(self) -> str:
        return moment_iso(self.known) if self.known else ""

    @property
    def encoded(self) -> str:
        """The query string that asks for the same, with its question mark; empty where nothing is asked."""
        slugs = {"topic": self.topic, "question": self.question}
        given = {name: row.slug for name, row in slugs.items() if row is not None}
        asked = urlencode(given | ({"known": self.known_iso} if self.known else {}))
        return f"?{asked}" if asked else ""


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """One page of the log, newest first. `corrected` are the questions that any correction is about."""

    query: CorrectionsQuery
    listed: Paged[Correction]
    corrected: Sequence[Question]

    @property
    def questions(self) -> list[Question]:
        """The choices, with the chosen one even where nothing was corrected on it."""
        chosen = {self.query.question.slug: self.query.question} if self.query.question else {}
        return sorted(({row.slug: row for row in self.corrected} | chosen).values(), key=lambda row: row.title)

    @property
    def topics(self) -> list[Topic]:
        chosen = {self.query.topic.slug: self.query.topic} if self.query.topic else {}
        found = {row.topic.slug: row.topic for row in self.corrected} | chosen
        return sorted(found.values(), key=lambda row: row.title)
