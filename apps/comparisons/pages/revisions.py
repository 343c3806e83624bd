"""What a revision did to a figure, and the language of words as they were stated."""

from collections.abc import Mapping
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
