"""What the comparison needs to know of claims, questions and places: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from apps.domain.figures import Figure
from apps.domain.periods import PartialDate, Period
from apps.domain.vocabulary import Measure, Nature, RevisionKind


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One published claim. Question, place and claimant are slugs, `id`, `part_of` and `supersedes` claim ids.

    `part_of_scope` is the question and the place of the total, which is known also where the total itself is not
    published.
    """

    id: str
    question: str
    place: str
    claimant: str
    figure: Figure
    nature: Nature = Nature.ESTIMATE
    as_of: Period | None = None
    stated_on: PartialDate | None = None
    part_of: str | None = None
    supersedes: str | None = None
    revision_kind: RevisionKind | None = None
    joint_claimants: frozenset[str] = frozenset()
    part_of_scope: tuple[str, str] | None = None

    @property
    def voices(self) -> frozenset[str]:
        """Everybody whose claim it is."""
        return self.joint_claimants | {self.claimant}

    @property
    def placed(self) -> Period | None:
        """The time it is about: its as-of, else the day it was stated (model.md §4), else nothing."""
        if self.as_of is not None:
            return self.as_of
        return None if self.stated_on is None else Period(self.stated_on)


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question as the rules see it; `broader` is the slug of the question that contains it.

    `since` is when a running total begins, None when that is not known.
    """

    slug: str
    unit: str
    measure: Measure
    broader: str | None = None
    floor: Decimal | None = Decimal(0)
    window_days: int | None = None
    tolerance: Decimal | None = None
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """Child → parent by slug; a root maps to None. The store refuses cycles, so walks end."""

    parents: Mapping[str, str | None] = field(default_factory=dict)

    def line(self, slug: str) -> tuple[str, ...]:
        """The node itself and everything that contains it, inside to outside."""
        found = [slug]
        while (above := self.parents.get(found[-1])) is not None and above not in found:
            found.append(above)
        return tuple(found)

    def is_inside(self, inner: str, outer: str) -> bool:
        """Whether `inner` lies strictly inside `outer`."""
        return inner != outer and outer in self.line(inner)

    def holds(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies inside it."""
        return outer in self.line(inner)


@dataclass(frozen=True, slots=True)
class Settings:
    """The conventions that a site may change; every one of them is printed on the methodology page."""

    window_days: int = 3
    tolerance: Decimal = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything one comparison is computed from.

    `question` is the one asked; `questions` holds it and the questions on its broader line, above and
    below; `claims` every published claim on any of them, and those elsewhere that supersede one. `shown` holds the ids
    of those that a reader's filters let through (None: all): the others still supersede and hold totals, but nothing is
    concluded from them.
    """

    question: QuestionFacts
    questions: Mapping[str, QuestionFacts]
    places: Tree
    claims: tuple[ClaimFacts, ...]
    on: date
    is_strict: bool = False
    settings: Settings = Settings()
    shown: frozenset[str] | None = None

    def shows(self, claim: ClaimFacts) -> bool:
        """Whether the filters let a claim through."""
        return self.shown is None or claim.id in self.shown

    def on_day(self, on: date) -> "Situation":
        """The same, asked of another day."""
        return replace(self, on=on)
