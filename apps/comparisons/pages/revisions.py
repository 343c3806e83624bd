"""What a revision did to a figure, whole chains of them, and the language of words as they were stated."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from apps.claims.facts import figure_of
from apps.claims.models import Citation, Claim
from apps.domain.periods import Period
from apps.domain.vocabulary import RevisionKind
from apps.domain.wording import days_words, number


class RevisionWords(NamedTuple):
    """What a revision is: `did` ends "the earlier figure was …", `noun` ends "this is …"."""

    did: str
    noun: str


REVISION_WORDS: Mapping[RevisionKind, RevisionWords] = {
    RevisionKind.UPDATED: RevisionWords("updated", "a newer figure"),
    RevisionKind.CORRECTED: RevisionWords("corrected", "a correction"),
    RevisionKind.CLARIFIED: RevisionWords("clarified", "a clarification"),
    RevisionKind.RESCOPED: RevisionWords("now about another scope", "a figure of another scope"),
    RevisionKind.DEFINITION_CHANGED: RevisionWords("now defined otherwise", "a figure by another definition"),
    RevisionKind.WITHDRAWN: RevisionWords("withdrawn", "a withdrawal"),
}

#: Of a chain, the newest figures that a list shows.
MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A figure of a chain; `words` say what it did to the one before: "updated, up 2,000 after 4 days"."""

    claim: Claim
    words: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What one claimant made of a figure, oldest first; `left_out` counts still older ones."""

    steps: tuple[Step, ...]
    left_out: int

    @property
    def newest(self) -> Claim:
        return self.steps[-1].claim


def chains(claims: Iterable[Claim]) -> list[Chain]:
    """The chains of revisions among some claims (`supersedes` loaded), in the order in which their first ones come."""
    rows = {claim.pk: claim for claim in claims}
    later: dict[int, list[Claim]] = {}
    for claim in rows.values():
        if claim.supersedes_id in rows:
            later.setdefault(claim.supersedes_id, []).append(claim)
    lines = (list(_line(claim, later)) for claim in rows.values() if claim.supersedes_id not in rows)
    return [_chain(line, rows) for line in lines if len(line) > 1]


def _line(first: Claim, later: Mapping[int, list[Claim]]) -> Iterator[Claim]:
    """A claim and all that came of it; a chain may have thousands, more than calls can be nested."""
    waiting = [first]
    while waiting:
        claim = waiting.pop()
        yield claim
        waiting.extend(reversed(later.get(claim.pk, [])))


def _chain(line: list[Claim], rows: Mapping[int, Claim]) -> Chain:
    shown = line[-MOST_STEPS:]
    return Chain(tuple(Step(claim, _step_words(claim, rows)) for claim in shown), len(line) - len(shown))


def _step_words(claim: Claim, rows: Mapping[int, Claim]) -> str:
    earlier = rows.get(claim.supersedes_id) if claim.supersedes_id else None
    if earlier is None:
        return ""
    moved = change_words(earlier, claim)
    return ", ".join(filter(None, [REVISION_WORDS[RevisionKind(claim.revision_kind)].did, moved]))


def foreign(citation: Citation) -> str:
    """The language of the quoted words where a browser has to be told: any but English."""
    return "" if citation.language.split("-")[0] in ("", "en") else citation.language


def stated_language(claim: Claim) -> str:
    """The language of the stated words, known where the primary citation prints the same ones; empty for English.

    `citations` are taken as loaded, the primary one first.
    """
    primary = next(iter(claim.citations.all()), None)
    return foreign(primary) if primary is not None and primary.stated_value == claim.stated_value else ""


def change_words(earlier: Claim, later: Claim) -> str:
    """How far a revision moved the stated number: "up 2,000 after 4 days"; the days only where both are known.

    Empty unless both state one number in the same wording about the same thing: "up to 8,000" and "more than 10,000"
    are not a rise of 2,000.
    """
    before, after = _lone_number(earlier), _lone_number(later)
    is_alike = (
        earlier.question_id == later.question_id
        and earlier.place_id == later.place_id
        and (earlier.qualifier, earlier.hedged) == (later.qualifier, later.hedged)
    )
    if before is None or after is None or not is_alike:
        return ""
    step = after - before
    moved = f"{'up' if step > 0 else 'down'} {number(abs(step))}" if step else "the same number"
    return f"{moved}{_later_words(earlier, later)}"


def _lone_number(claim: Claim) -> Decimal | None:
    numbers = figure_of(claim).numbers
    return numbers[0] if len(numbers) == 1 else None


def _later_words(earlier: Claim, later: Claim) -> str:
    periods = [_placed(earlier), _placed(later)]
    if any(period is None or not period.is_day for period in periods):
        return ""
    first, second = (period.last for period in periods if period is not None)
    return f" after {days_words((second - first).days)}" if second > first else ""


def _placed(claim: Claim) -> Period | None:
    if claim.as_of_start is not None:
        return Period(claim.as_of_start, claim.as_of_end)
    return None if claim.stated_on is None else Period(claim.stated_on)
