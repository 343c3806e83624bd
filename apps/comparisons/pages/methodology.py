"""How words are read and figures compared: made from the tables and settings that do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.comparisons.pages.figure_box import FigureBox
from apps.domain.claims import Settings
from apps.domain.drift import DriftKind
from apps.domain.reading import READING_RULES
from apps.domain.results import Reason, Relation
from apps.domain.wording import days_words
from apps.web.charts import LegendItem, legend_items, legend_sample_svg

#: The relation, an example, and when two such figures cannot both hold.
RELATION_WORDS: Mapping[Relation, tuple[str, str, str]] = {
    Relation.SAME: (
        "Same question, same place",
        "two figures for Kursk Oblast",
        "the lower end of one lies above the upper end of the other",
    ),
    Relation.NESTED_PLACE: (
        "One place inside the other",
        "Kursk Oblast lies inside Russia",
        "at least more are said to be in the inner place than are allowed in the outer",
    ),
    Relation.NESTED_QUESTION: (
        "One question inside the other",
        "everyone killed is also killed or wounded",
        "the narrower question has at least more than the wider one allows",
    ),
    Relation.PART: (
        "A sub-count and somebody else’s total",
        "500 officers among 12,000 soldiers",
        "the part is at least more than the total allows",
    ),
    Relation.EARLIER_LATER: (
        "An earlier and a later running total",
        "losses up to October and up to November",
        "the earlier total is at least more than the later one allows: a running total cannot fall",
    ),
}
#: The reasons that a comparison of one question gives; figures of another unit or measure are never in one.
REASON_WORDS: Mapping[Reason, str] = {
    Reason.TOO_OLD: "The figure is older than the window: the world may have changed since.",
    Reason.NO_DATE: "Neither the time it is about nor the day it was stated is known.",
    Reason.PERIOD_TOO_WIDE: (
        "Its period does not lie wholly inside the window: only a month or year is known, "
        "or a longer period was stated."
    ),
    Reason.PERIOD: "It counts over another period than the figures it would be compared with.",
    Reason.NATURE: "It is a plan or a hypothetical, not a statement of what is, was or will be.",
    Reason.NO_NUMBER: "Its words name no number (“thousands”); what we read into them is never compared.",
}
DRIFT_WORDS: Mapping[DriftKind, str] = {
    DriftKind.BOUND_FLIPPED: "A lower bound became an upper one (“more than 40”, “as many as 40”), or the reverse.",
    DriftKind.HEDGE_ADDED: "Words like “about” or “at least” were added.",
    DriftKind.HEDGE_LOST: "Words like “about”, “nearly” or “at least” were lost or weakened.",
    DriftKind.ROUNDED: "The number was rounded.",
    DriftKind.VALUE_CHANGED: "The number became another one.",
    DriftKind.RANGE_COLLAPSED: "A range became one number.",
    DriftKind.MAGNITUDE_LOST: "The number was left out.",
    DriftKind.QUESTION_CHANGED: "It was printed as the answer to another question (“sent” became “are there”).",
    DriftKind.PLACE_CHANGED: "It was printed for another place.",
    DriftKind.CLAIMANT_CHANGED: "It was printed as somebody else’s figure.",
    DriftKind.SPEAKER_CHANGED: "It was put into the mouth of another person.",
}
#: Wordings that the legend leaves out because they look like another one.
_ALSO_DRAWN = ("less_than",)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the reading table, in words."""

    code: str
    qualifiers: str
    words: str
    read_as: str
    source: str
    is_interpretation: bool


@dataclass(frozen=True, slots=True)
class MethodologyPage:
    """What the template shows; it starts no query."""

    settings: Settings
    box: FigureBox

    @property
    def tolerance(self) -> str:
        """In percent."""
        return percent(self.settings.tolerance)

    @property
    def window(self) -> str:
        return days_words(self.settings.window_days)

    @property
    def rules(self) -> tuple[RuleRow, ...]:
        return tuple(
            RuleRow(
                rule.code,
                " · ".join(word.replace("_", " ") for word in rule.qualifiers),
                " · ".join(rule.words),
                rule.says_at(self.settings.tolerance),
                rule.source,
                rule.is_interpretation,
            )
            for rule in READING_RULES
        )

    @property
    def marks(self) -> tuple[LegendItem, ...]:
        also = (LegendItem(word.replace("_", " "), legend_sample_svg(word)) for word in _ALSO_DRAWN)
        return (*legend_items(), *also)

    @property
    def relations(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(RELATION_WORDS[relation] for relation in Relation)

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The code that the JSON carries, and what it means."""
        return tuple((reason.value, words) for reason, words in REASON_WORDS.items())

    @property
    def drifts(self) -> tuple[tuple[str, str], ...]:
        return tuple((kind.value, DRIFT_WORDS[kind]) for kind in DriftKind)


def percent(share: Decimal) -> str:
    """0.10 is 10, 0.125 is 12.5."""
    return f"{(share * 100).normalize():f}"
