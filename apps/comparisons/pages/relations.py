"""How figures relate, as several pages print it: readings, tendencies, findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.actors.models import Actor
from apps.claims.models import Claim
from apps.comparisons.records import ComparedQuestion
from apps.domain.results import Finding, Reading
from apps.domain.tendency import Tendency
from apps.domain.wording import days_words, interval_words, number


def reading_words(reading: Reading | None) -> str:
    """The numbers that the words allow; what we read into words without a number is said to be ours."""
    if reading is None:
        return "no number stated"
    words = interval_words(reading.interval)
    return f"our reading: {words}" if reading.is_interpretation else words


@dataclass(frozen=True, slots=True)
class TendencyRow:
    """One claimant at one place: "7 of 12 days" each, and the ratio of its number to the middle of the others'."""

    actor: Actor
    slot: int
    place: str
    place_url: str
    days: int
    highest: str
    lowest: str
    contradicting: str
    ratio: str


def tendency_rows(
    tendencies: Iterable[Tendency], compared: ComparedQuestion, slots: Mapping[str, int]
) -> tuple[TendencyRow, ...]:
    """The rows of the table, in the order given."""
    actors = _actors(compared.claims.values())
    places = {claim.place.slug: claim.place for claim in compared.claims.values()}
    return tuple(
        TendencyRow(
            actor=actors[row.claimant],
            slot=slots.get(row.claimant, 8),
            place=places[row.place].name,
            place_url=places[row.place].get_absolute_url(),
            days=row.days,
            highest=_of_days(row.highest, row.days),
            lowest=_of_days(row.lowest, row.days),
            contradicting=_of_days(row.contradicting, row.days),
            ratio=_ratio_words(row),
        )
        for row in tendencies
    )


def _actors(claims: Iterable[Claim]) -> dict[str, Actor]:
    """Everybody whose claims they are, joint claimants too, by slug."""
    voices = (actor for claim in claims for actor in (claim.claimant, *(joint.actor for joint in claim.joint.all())))
    return {actor.slug: actor for actor in voices}


def _of_days(n: int, days: int) -> str:
    return f"{n:,} of {days_words(days)}"


def _ratio_words(row: Tendency) -> str:
    if row.ratio is None:
        return "none"
    words = f"{number(row.ratio.quantize(Decimal('0.01')))} ×"
    return words if row.ratio_days == row.days else f"{words} ({days_words(row.ratio_days)})"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in one sentence, and the claims that it is about."""

    text: str
    claims: tuple[Claim, ...]


def finding_rows(findings: Iterable[Finding], claims: Mapping[str, Claim]) -> Sequence[FindingRow]:
    """The rows of the list; a claim that is not loaded is left out of its links."""
    return [FindingRow(found.text, tuple(claims[one] for one in found.claims if one in claims)) for found in findings]
