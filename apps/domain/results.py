"""What a comparison concludes: plain frozen values, ordered, ready to be printed (model.md §4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from apps.domain.claims import ClaimFacts, QuestionFacts
from apps.domain.figures import Interval


class Relation(StrEnum):
    """How two compared claims hang together."""

    SAME = "same"
    NESTED_PLACE = "nested_place"
    NESTED_QUESTION = "nested_question"
    PART = "part"
    EARLIER_LATER = "earlier_later"


class Reason(StrEnum):
    """Why a claim is kept apart."""

    TOO_OLD = "too_old"
    NO_DATE = "no_date"
    PERIOD_TOO_WIDE = "period_too_wide"
    PERIOD = "period"
    NATURE = "nature"
    NO_NUMBER = "no_number"
    UNIT = "unit"
    OTHER_MEASURE = "other_measure"


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers that the words allow, and the code of the rule that says so (`apps.domain.reading`).

    An interpretation is ours: drawn faintly, never compared.
    """

    interval: Interval
    rule: str
    is_interpretation: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that its claimant stands on. `reason` says why it is not compared, None when it is."""

    claim: ClaimFacts
    reading: Reading | None
    reason: Reason | None = None

    @property
    def is_compared(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Apart:
    """A claim kept out of the comparison, with the reason as a code and as one sentence."""

    claim: str
    code: Reason
    text: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both hold: the lower end of one is above the upper end of the other.

    `gap` is the distance between those ends in the question's unit; 0 when they touch and one is exclusive.
    """

    lower_claim: str
    upper_claim: str
    gap: Decimal
    relation: Relation


@dataclass(frozen=True, slots=True)
class Agreement:
    """Numbers on which `n` of the `of` compared claims of a place hold; no larger number of them holds elsewhere."""

    place: str
    interval: Interval
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest and highest stated number of a place's `n` compared claims; `ratio` is high / low to 3 decimals."""

    place: str
    low: Decimal
    high: Decimal
    ratio: Decimal | None
    n: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd inside one claimant's own figures; it never blocks and never counts as a contradiction."""

    kind: str
    claims: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What holds in every place when one claim of a contradicting pair is left out."""

    pair: Contradiction
    without: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every conclusion for one question on one position date.

    `standings` holds the question's own standing claims (compared first, by place outside in, then by
    claimant) and after them those of nested questions that are part of a contradiction. `apart` lists
    the question's own claims that are kept out, standing or not.
    """

    question: QuestionFacts
    on: date
    is_strict: bool
    standings: tuple[Standing, ...]
    contradictions: tuple[Contradiction, ...]
    agreements: tuple[Agreement, ...]
    spans: tuple[Span, ...]
    apart: tuple[Apart, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]
