"""Which column of somebody's table is which of the long form (product.md, "Long form")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.ingest.long_form.sheets import refusal
from apps.ingest.problems import quoted

#: Column of the long form → other names by which it is known.
KNOWN_AS: Mapping[str, tuple[str, ...]] = {
    "question": ("indicator", "metric", "quantity"),
    "unit": ("units",),
    "place": ("location", "area", "where"),
    "actor": ("claimant", "author", "team", "organisation", "organization", "who"),
    "value": ("figure", "estimate", "number", "count"),
    "low": ("lower", "lower bound", "min", "minimum"),
    "high": ("upper", "upper bound", "max", "maximum"),
    "qualifier": (),
    "as_of_start": ("as of", "date", "start", "start date"),
    "as_of_end": ("end", "end date"),
    "stated_on": ("stated", "reported on", "report date"),
    "source_title": ("source", "publication"),
    "source_url": ("url", "link"),
    "quote": (),
    "note": ("notes", "comment", "remarks"),
    "topic": (),
    "measure": (),
    "nature": (),
    "speaker": (),
    "published_on": ("published",),
    "low_inclusive": (),
    "high_inclusive": (),
}
#: What our own tables say besides; it follows from the rest.
DERIVED = frozenset({"id", "address", "sources", "on", "known"})


@dataclass(frozen=True, slots=True)
class Mapped:
    """Column of the long form → place in a row, and the same for what becomes an attribute of the claim."""

    columns: Mapping[str, int]
    attributes: Mapping[str, int]


def match_columns(name: str, header: Sequence[str]) -> Mapped:
    """The columns of a table, by their names. Raises `BundleRefused` where one is there twice or a needed one is not.

    A column that bears the very name comes before one that is only known as it; that one is an attribute then.
    """
    keys = [_key(cell) for cell in header]
    if repeated := next((cell for cell, key in zip(header, keys, strict=True) if key and keys.count(key) > 1), None):
        raise refusal(name, f"given the column {quoted(repeated)} more than once; wanted each once.", 1)
    columns = {column: place for column in KNOWN_AS if (place := _place(name, column, keys)) is not None}
    _refuse_missing(name, columns, header)
    used = set(columns.values())
    others = {cell: place for place, cell in enumerate(header) if cell and place not in used}
    return Mapped(columns, {cell: place for cell, place in others.items() if _key(cell) not in DERIVED})


def _place(name: str, column: str, keys: list[str]) -> int | None:
    if column in keys:
        return keys.index(column)
    found = [key for key in keys if key in {_key(other) for other in KNOWN_AS[column]}]
    if len(found) > 1:
        both = " and ".join(map(quoted, found))
        raise refusal(name, f"given {both}, which may both be {column}; wanted one of them called so.", 1)
    return keys.index(found[0]) if found else None


def _refuse_missing(name: str, columns: Mapping[str, int], header: Sequence[str]) -> None:
    missing = [column for column in ("question", "actor") if column not in columns]
    if columns.keys().isdisjoint({"value", "low", "high"}):
        missing.append("value")
    if missing:
        given = ", ".join(cell or "(no name)" for cell in header)
        raise refusal(name, f"given the columns {given[:200]}; wanted also {' and '.join(missing)}.", 1)


def _key(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())
