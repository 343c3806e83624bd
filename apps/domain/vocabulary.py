"""The closed word lists that figures, claims and questions use, in the words of the field.

Values are what is stored and printed in JSON and CSV; they never change meaning.
"""

from enum import StrEnum


class Qualifier(StrEnum):
    """How a number was worded."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    ORDER_OF_MAGNITUDE = "order_of_magnitude"
    UNQUANTIFIED = "unquantified"


class Measure(StrEnum):
    """What kind of quantity a question asks for."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"


class Nature(StrEnum):
    """What kind of statement a claim is."""

    COUNT = "count"
    ESTIMATE = "estimate"
    PROJECTION = "projection"
    PLAN = "plan"
    ADMISSION = "admission"
    HYPOTHETICAL = "hypothetical"


class RevisionKind(StrEnum):
    """Why a claim takes the place of an earlier one."""

    UPDATED = "updated"
    CORRECTED = "corrected"
    CLARIFIED = "clarified"
    RESCOPED = "rescoped"
    DEFINITION_CHANGED = "definition_changed"
    WITHDRAWN = "withdrawn"


class BasisKind(StrEnum):
    """How a claim's knowledge hangs on another claim or actor."""

    CITES = "cites"
    DERIVED_FROM = "derived_from"
    SAME_BRIEFING = "same_briefing"


class StanceKind(StrEnum):
    """An actor's position on somebody's claim."""

    CONFIRMS = "confirms"
    DENIES = "denies"
    DISPUTES = "disputes"
    COULD_NOT_CONFIRM = "could_not_confirm"
    DECLINED_TO_COMMENT = "declined_to_comment"
    NEITHER = "neither_confirmed_nor_denied"


#: Natures that speak of what is or was; the only ones in which one claimant's figures stand for each other.
OBSERVED = frozenset({Nature.COUNT, Nature.ESTIMATE, Nature.ADMISSION})
#: Natures that may be about a time after they were stated (model.md §2).
FORWARD = frozenset({Nature.PROJECTION, Nature.PLAN, Nature.HYPOTHETICAL})
