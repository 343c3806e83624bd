"""What the reading of a text gives."""

from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figures import Figure


class FigureError(ValueError):
    """A text that is no figure: `position` is the index of the first character that cannot be read.

    `message` is one sentence for the person who typed it: what was given and what was wanted.
    """

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message


@dataclass(frozen=True, slots=True)
class ParsedFigure:
    """One figure and where it stands: `text[start:end]` are its words, hedges included.

    `figure.stated_value` is the whole text, unchanged. `unit` is "percent" for a share, else None: what is counted
    is the question's business. `interval_kind` ("confidence", …) and `interval_level` (95) are given where the words
    name them.
    """

    figure: Figure
    start: int
    end: int
    unit: str | None = None
    interval_kind: str = ""
    interval_level: Decimal | None = None
