"""What is said of a table as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Orders of days, months and years that can be said of a file → an example.
DATE_ORDERS: Mapping[str, str] = {"dmy": "day, month, year: 5.11.2024", "mdy": "month, day, year: 11/5/2024"}


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of a file as a whole, for rows that say nothing themselves.

    `language` is that of its words, `dates` the order in which it writes days (`DATE_ORDERS`); ISO is always read. The
    rest are columns of the long form (`LEFT_OUT`), each with what a row says whose cell there is empty or missing.
    """

    decimal_comma: bool = False
    language: str = ""
    dates: str = ""
    question: str = ""
    unit: str = ""
    place: str = ""
    actor: str = ""
    stated_on: str = ""
    source_title: str = ""
    source_url: str = ""
    topic: str = ""
    measure: str = ""
    nature: str = ""

    @property
    def left_out(self) -> dict[str, str]:
        """Column → what all rows say that say nothing there."""
        return {column: text for column in LEFT_OUT if (text := getattr(self, column))}


#: Columns of which one cell may be said for all rows of a file.
LEFT_OUT = (
    "question",
    "unit",
    "place",
    "actor",
    "stated_on",
    "source_title",
    "source_url",
    "topic",
    "measure",
    "nature",
)
