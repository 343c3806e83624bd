"""One place: what is around and inside it, and what is counted there."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.http import urlencode

from apps.claims.models import Claim, Place, Question
from apps.comparisons.entity_records import PlaceRecord
from apps.domain.periods import Period
from apps.domain.wording import partial_words, period_words


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question and its latest claims there, with their dates in words; `more` counts the earlier ones."""

    question: Question
    rows: tuple[tuple[Claim, str], ...]
    more: int
    url: str


@dataclass(frozen=True)
class PlacePage:
    """What the template shows; it starts no query."""

    record: PlaceRecord

    @property
    def place(self) -> Place:
        return self.record.place

    @cached_property
    def questions(self) -> tuple[PlacedQuestion, ...]:
        """By title; the address of each is its comparison, narrowed to this place."""
        by_question: dict[str, list[Claim]] = {}
        for claim in self.record.claims:
            by_question.setdefault(claim.question.slug, []).append(claim)
        return tuple(self._question(claims) for claims in by_question.values())

    @property
    def figures_left_out(self) -> int:
        """Figures on questions that did not fit on the page at all."""
        return sum(self.record.figures.values()) - sum(len(found.rows) + found.more for found in self.questions)

    def _question(self, claims: list[Claim]) -> PlacedQuestion:
        question = claims[0].question
        return PlacedQuestion(
            question=question,
            rows=tuple((claim, _dated(claim)) for claim in claims),
            more=self.record.figures[question.slug] - len(claims),
            url=f"{question.get_absolute_url()}?{urlencode({'place': self.place.slug})}",
        )


def _dated(claim: Claim) -> str:
    """When it is about, else when it was stated (the facts of a claim would ask for more than is loaded here)."""
    if claim.as_of_start:
        return period_words(Period(claim.as_of_start, claim.as_of_end))
    return f"stated {partial_words(claim.stated_on)}" if claim.stated_on else "undated"
