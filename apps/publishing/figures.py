"""What was read from a text, as one line of JSON (product.md, "Commands").

The same keys as in a comparison. Numbers keep every digit: a double would round the ends of some readings.
"""

import json
from decimal import Decimal
from typing import Any

from apps.comparisons import documents
from apps.comparisons.documents import Document
from apps.domain.parsing import FigureError, ParsedFigure
from apps.domain.results import Reading


def figure(parsed: ParsedFigure, reading: Reading | None) -> Document:
    """A figure as stated, its unit ("percent" or null), and how its words are read."""
    stated = parsed.figure
    return {
        "stated_value": stated.stated_value,
        "qualifier": stated.qualifier.value,
        "hedged": stated.hedged,
        "lower": stated.lower,
        "upper": stated.upper,
        "lower_inclusive": stated.lower_inclusive,
        "upper_inclusive": stated.upper_inclusive,
        "point": stated.point,
        "unit": parsed.unit,
        "read_as": read_as(reading),
    }


def read_as(reading: Reading | None) -> Document | None:
    """As in a comparison, but with the ends as Decimals."""
    shape = documents.read_as(reading)
    if shape is None or reading is None:
        return None
    return shape | {"lower": reading.interval.lower, "upper": reading.interval.upper}


def error(problem: FigureError) -> Document:
    """A text that cannot be read: the first character that is in the way (from 0), and what was wanted."""
    return {"error": {"position": problem.position, "message": problem.message}}


def line(document: Document) -> str:
    """One line of JSON in ASCII, which every terminal and pipe takes."""
    return _text(document)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {_text(each)}" for name, each in value.items()) + "}"
    return _digits(value) if isinstance(value, Decimal) else json.dumps(value)


def _digits(value: Decimal) -> str:
    """A JSON number without exponent and without zeros after the point: 3700000, 33.3."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
