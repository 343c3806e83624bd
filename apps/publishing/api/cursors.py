"""Long lists in slices: a cursor names the last row that was seen, so that nothing is shown twice or left out.

Rows that come while somebody reads shift nothing, as they do with page numbers.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field, Model, Q, QuerySet
from django.http import HttpRequest

from apps.web.queries import QueryReader

PER_SLICE = 50
MOST_PER_SLICE = 200


@dataclass(frozen=True, slots=True)
class Order:
    """A total order that does not change: columns, the last of them unique; a leading `-` turns one round.

    `name` is that of the list, so that a cursor of another list is refused.
    """

    name: str
    columns: tuple[str, ...]

    def write(self, row: Model) -> str:
        """The cursor of a row."""
        values = [_text(getattr(row, column.removeprefix("-"))) for column in self.columns]
        return _packed([self.name, *values])

    def read(self, cursor: str, model: type[Model]) -> list[Any]:
        """The values of the row that a cursor names; ValueError for anything that `write` did not write."""
        found = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        if not isinstance(found, list) or len(found) != len(self.columns) + 1 or found[0] != self.name:
            raise ValueError("a cursor of another list")
        if _packed(found) != cursor:  # letters that decoding passes over
            raise ValueError("not as it was written")
        fields = [model._meta.get_field(column.removeprefix("-")) for column in self.columns]
        return [_value(field, text) for field, text in zip(fields, found[1:], strict=True)]

    def after(self, values: Sequence[Any]) -> Q:
        """The rows that come later than the one with these values."""
        later, same = Q(), Q()
        for column, value in zip(self.columns, values, strict=True):
            name = column.removeprefix("-")
            later |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
            same &= Q(**{name: value})
        return later


def _packed(values: list[Any]) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _value(field: Any, text: object) -> Any:
    """What a text of a cursor says; only in the one way in which it is written, and without what no column holds."""
    if not isinstance(text, str) or not (text.isascii() and text.isprintable()):
        raise ValueError("not a text of ours")
    try:
        value = field.to_python(text)
    except ValidationError as problem:
        raise ValueError("not a value of the column") from problem
    is_aware = not isinstance(field, DateTimeField) or value.tzinfo is not None
    if not isinstance(field, Field) or not is_aware or _text(value) != text:
        raise ValueError("not written by us")
    return value


@dataclass(frozen=True, slots=True)
class Slice[Row]:
    """Rows of a list, and the cursor at which it goes on; None where it ends."""

    rows: list[Row]
    next: str | None


def read_slice[Row: Model](request: HttpRequest, reader: QueryReader, rows: QuerySet[Row], order: Order) -> Slice[Row]:
    """The slice that the address asks for by `cursor` and `limit`; one query.

    Raises BadQueryError for these two, and for what the reader found before.
    """
    limit = _limit(reader)
    values = _cursor(reader, order, rows.model)
    reader.finish()
    if values is not None:
        rows = rows.filter(order.after(values))
    found = list(rows.order_by(*order.columns)[: limit + 1])
    return Slice(found[:limit], order.write(found[limit - 1]) if len(found) > limit else None)


def _limit(reader: QueryReader) -> int:
    asked = reader.one("limit")
    is_number = asked is not None and asked.isascii() and asked.isdigit() and len(asked) < 10
    if asked is None or (is_number and 1 <= int(asked) <= MOST_PER_SLICE):
        return int(asked or PER_SLICE)
    reader.refuse("limit", asked, f"a number from 1 to {MOST_PER_SLICE}")
    return PER_SLICE


def _cursor(reader: QueryReader, order: Order, model: type[Model]) -> list[Any] | None:
    cursor = reader.one("cursor")
    try:
        return None if cursor is None else order.read(cursor, model)
    except (ValueError, RecursionError, OverflowError):
        reader.refuse("cursor", str(cursor), "the next of an earlier answer of this list, as it was given")
        return None
