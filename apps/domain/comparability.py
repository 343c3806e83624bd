"""Which standing claims are compared, and why the others are not (model.md §4, "What is compared" and "Apart").

* Stock: the whole placed period lies in the window, the `window_days` days up to the position date and that date.
* Cumulative: every total.
* Flow: claims with a start and an end, whose period is that of the newest such claim, give or take the window's length
  at each end.
* Projections, whatever the measure: at each place those about the period that ends first.

A claim without a number is never compared, and that reason goes before every other. A number word that we interpret
("thousands") is no number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.domain.claims import ClaimFacts, QuestionFacts, Settings
from apps.domain.periods import Period
from apps.domain.results import Apart, Reason
from apps.domain.standing import Dated
from apps.domain.vocabulary import Measure, Nature
from apps.domain.wording import day_words, days_words, period_words


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing claim, why it is not compared (None when it is) and the period that was compared instead."""

    record: Dated
    reason: Reason | None = None
    compared_period: Period | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The `days` days up to `on`, and `on` itself."""

    on: date
    days: int

    @property
    def opens(self) -> date:
        # A window that reaches before the calendar simply has no beginning.
        return self.on - timedelta(days=min(self.days, (self.on - date.min).days))

    def is_same_period(self, one: Dated, other: Dated) -> bool:
        """Whether two periods begin and end within the window's length of each other."""
        starts, ends = abs((one.first - other.first).days), abs((one.last - other.last).days)
        return starts <= self.days and ends <= self.days


def window_of(question: QuestionFacts, settings: Settings, on: date) -> Window:
    """The question's own window, or else the site's."""
    days = settings.window_days if question.window_days is None else question.window_days
    return Window(on, days)


def judge(standing: Iterable[Dated], measure: Measure, window: Window) -> list[Judged]:
    """Every standing claim of one question with its reason; the order is that of the input."""
    records = list(standing)
    conditions = conditions_for(records, measure, window)
    return [conditions.judge(record) for record in records]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a claim of one question has to meet to be compared; the standing claims set `anchor` and `earliest`."""

    measure: Measure
    window: Window
    anchor: Dated | None
    earliest: Mapping[str, Dated]

    def judge(self, record: Dated) -> Judged:
        """A claim that stands, or a sub-count that would, with the reason why it is not compared."""
        if record.is_projection:
            return _judge_projection(record, self.earliest)
        return _judge_observed(record, self.measure, self.window, self.anchor)


def conditions_for(standing: Sequence[Dated], measure: Measure, window: Window) -> Conditions:
    """The conditions that one question's standing claims set."""
    observed = [record for record in standing if not record.is_projection]
    anchor = _newest_flow(observed) if measure is Measure.FLOW else None
    return Conditions(measure, window, anchor, _earliest_periods(standing))


def _judge_observed(record: Dated, measure: Measure, window: Window, anchor: Dated | None) -> Judged:
    if not record.claim.figure.has_number:
        return Judged(record, Reason.NO_NUMBER)
    if measure is Measure.STOCK:
        return Judged(record, _age_reason(record, window))
    if measure is Measure.FLOW and not (anchor and _has_both_ends(record) and window.is_same_period(record, anchor)):
        return Judged(record, Reason.PERIOD, anchor.claim.placed if anchor else None)
    return Judged(record)


def _age_reason(record: Dated, window: Window) -> Reason | None:
    if record.last < window.opens:
        return Reason.TOO_OLD
    return Reason.PERIOD_TOO_WIDE if record.first < window.opens else None


def _has_both_ends(record: Dated) -> bool:
    return record.claim.as_of is not None and record.claim.as_of.end is not None


def _newest_flow(observed: Sequence[Dated]) -> Dated | None:
    """The claim whose period a page of flows is about: the newest with a number, a start and an end."""
    usable = [record for record in observed if _has_both_ends(record) and record.claim.figure.has_number]
    return max(usable, key=lambda record: (*record.recency, record.first, record.claim.id), default=None)


def _judge_projection(record: Dated, earliest: Mapping[str, Dated]) -> Judged:
    if not record.claim.figure.has_number:
        return Judged(record, Reason.NO_NUMBER)
    chosen = earliest.get(record.claim.place, record)  # a sub-count may be alone with its place
    if (record.first, record.last) == (chosen.first, chosen.last):
        return Judged(record)
    return Judged(record, Reason.PERIOD, chosen.claim.placed)


def _earliest_periods(records: Sequence[Dated]) -> dict[str, Dated]:
    """By place, a projection about the period that ends first (of two that end together, that begins first)."""
    earliest: dict[str, Dated] = {}
    for record in records:
        if record.is_projection and record.claim.figure.has_number:
            rival = earliest.setdefault(record.claim.place, record)
            if (record.last, record.first, record.claim.id) < (rival.last, rival.first, rival.claim.id):
                earliest[record.claim.place] = record
    return earliest


def apart(judged: Judged, window: Window) -> Apart:
    """One standing claim that is not compared, with one sentence that says why."""
    reason = judged.reason
    assert reason is not None, "only claims that are not compared are kept apart"
    return Apart(judged.record.claim.id, reason, _text(judged, reason, window))


def apart_unplaced(claim: ClaimFacts, reason: Reason) -> Apart:
    """A claim that can never stand: without any date (`no_date`), or a plan or a hypothetical (`nature`)."""
    if not claim.figure.has_number:
        return Apart(claim.id, Reason.NO_NUMBER, _NO_NUMBER)
    if reason is Reason.NATURE:
        return Apart(claim.id, reason, _NATURES[claim.nature])
    return Apart(claim.id, reason, "Neither the time it is about nor the day it was stated is known.")


_NO_NUMBER = "It states no number."
_NATURES = {
    Nature.PLAN: "A plan, not an observation; plans are compared with nothing.",
    Nature.HYPOTHETICAL: "A hypothetical, not an observation; hypotheticals are compared with nothing.",
}


def _text(judged: Judged, reason: Reason, window: Window) -> str:
    if reason is Reason.NO_NUMBER:
        return _NO_NUMBER
    if reason is Reason.PERIOD:
        return _period_text(judged)
    if reason is Reason.TOO_OLD:
        age = days_words((window.on - judged.record.last).days)
        return f"{_placed_words(judged.record.claim)}, {age} before this day; {_window_words(window)}"
    return (
        f"{_placed_words(judged.record.claim)}, a period not wholly inside the time compared; {_window_words(window)}"
    )


def _placed_words(claim: ClaimFacts) -> str:
    if claim.as_of is None and claim.stated_on is not None:
        return f"Stated {period_words(Period(claim.stated_on))} without saying as of when"
    return "" if claim.as_of is None else f"As of {period_words(claim.as_of)}"


def _window_words(window: Window) -> str:
    if window.days == 0:
        return f"figures are compared when as of {day_words(window.on)}."
    return f"figures are compared when at most {days_words(window.days)} old."


def _period_text(judged: Judged) -> str:
    record, other = judged.record, judged.compared_period
    if not record.is_projection and not _has_both_ends(record):
        return "It does not give both a start and an end of its period; figures over a period need both to be compared."
    about = "" if record.claim.placed is None else period_words(record.claim.placed)
    instead = "" if other is None else f"; the figures compared here are about {period_words(other)}"
    return f"It is about {about}{instead}."
