"""The day on which a comparison opens when the reader names none (model.md §4, "Default position date")."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from apps.domain.claims import QuestionFacts, Situation
from apps.domain.comparability import Window, window_of
from apps.domain.comparison import judged_claims
from apps.domain.standing import Dated, dated, in_force
from apps.domain.vocabulary import FORWARD, OBSERVED, Measure

_DAY = timedelta(days=1)


def default_day(situation: Situation, today: date) -> date:
    """The last day not after `today` on which figures of at least two claimants of the question are compared.

    Observed figures and projections count apart, as they are compared apart. If there is no such day: the day on which
    the newest figure of what was or is became known, else the newest of any nature, and `today` if there is none by
    then. `situation.on` is not looked at.
    """
    question = situation.question
    placed = [record for record in map(dated, situation.claims) if record is not None]
    own = [record for record in placed if record.claim.question == question.slug and situation.shows(record.claim)]
    by_id = {claim.id: claim for claim in situation.claims}
    window = window_of(question, situation.settings, today)
    for day in _promising_days(own, placed, question, window):
        judged = judged_claims(question, in_force(placed, day), by_id, Window(day, window.days), situation.shows)
        if _has_company(one.record for one in judged if one.reason is None):
            return day
    known = [record for record in own if record.known_on <= today]
    told = [record for record in known if record.claim.nature in OBSERVED and record.claim.figure.has_number]
    newest = max(told or known, key=lambda record: (record.last, record.known_on), default=None)
    return today if newest is None else newest.known_on


def _has_company(compared: Iterable[Dated]) -> bool:
    claimants: tuple[set[str], set[str]] = (set(), set())
    for record in compared:
        claimants[record.is_projection].add(record.claim.claimant)
    return any(len(some) > 1 for some in claimants)


def _promising_days(
    own: Sequence[Dated], placed: Sequence[Dated], question: QuestionFacts, window: Window
) -> Iterator[date]:
    """The days, newest first, that can be the last one with company.

    What is compared only changes when a claim becomes known, when it leaves the window and when the period of a
    projection ends, so the last day lies just before one of these, or is today. Days on which fewer than two claimants
    could have a figure compared, whatever else was said, are skipped without looking further.
    """
    usable = [record for record in own if record.claim.figure.has_number]
    if question.measure is Measure.FLOW:
        flows = _with_company_in_time([record for record in usable if not record.is_projection], window)
        usable = [*flows, *(record for record in usable if record.is_projection)]
    spells = [
        (record.known_on, end, record)
        for record in usable
        if record.known_on <= (end := _last_day(record, question, window))
    ]
    days = {window.on, *(record.known_on - _DAY for record in placed), *(end for _, end, _ in spells)}
    spells.sort(key=lambda spell: spell[1])
    present: list[tuple[date, date, Dated]] = []
    for day in sorted((day for day in days if day <= window.on), reverse=True):
        while spells and spells[-1][1] >= day:
            present.append(spells.pop())
        present = [spell for spell in present if spell[0] <= day]
        if _has_company(record for _, _, record in present):
            yield day


def _with_company_in_time(flows: Sequence[Dated], window: Window) -> list[Dated]:
    """The flows about the same period as one of another claimant: no others ever have company."""
    ordered = sorted(flows, key=lambda record: record.first)
    found: set[str] = set()
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if (other.first - one.first).days > window.days:
                break
            if other.claim.claimant != one.claim.claimant and window.is_same_period(one, other):
                found |= {one.claim.id, other.claim.id}
    return [record for record in ordered if record.claim.id in found]


def _last_day(record: Dated, question: QuestionFacts, window: Window) -> date:
    """The last day on which the claim could be compared, if it still stands then."""
    if record.is_projection:
        return record.last
    if record.claim.nature in FORWARD:
        return date.min
    if question.measure is Measure.STOCK and record.first < window.opens:
        return record.first + timedelta(days=window.days)
    return window.on
