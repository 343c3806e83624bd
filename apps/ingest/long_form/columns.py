"""Which column of somebody's table is which of the long form (product.md, "Long form")."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from apps.ingest.long_form.sheets import refusal
from apps.ingest.problems import BundleRefused, Problem, quoted

#: Column of the long form → other names by which it is known.
KNOWN_AS: Mapping[str, tuple[str, ...]] = {
    "question": ("indicator", "metric", "quantity"),
    "unit": ("units",),
    "place": ("location", "area", "where"),
    "actor": ("claimant", "author", "team", "organisation", "organization", "who"),
    "value": ("figure", "estimate", "count"),
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
#: Stands first in the table of rows that were refused, which comes back when they are mended.
REASON = "Refused by Parallax because"
#: What our own tables say besides; it follows from the rest.
DERIVED = frozenset({"id", "address", "sources", "on", "known", "refused_by_parallax_because"})
#: The columns by which a table is known as one of ours (docs/decisions/0013); in others they mean what they please.
OURS = ("id", "address", "point", "hedged", "attributes")


class ColumnUnclear(BundleRefused):
    """Several columns of a table may be the same `column` of the long form."""

    def __init__(self, name: str, message: str, column: str) -> None:
        self.column = column
        super().__init__([Problem(name, message, 1)])


@dataclass(frozen=True, slots=True)
class Mapped:
    """Column of the long form → place in a row, and the same for what becomes an attribute of the claim.

    `ours`: the same for `OURS`, where a table has all of them.
    """

    columns: Mapping[str, int]
    attributes: Mapping[str, int]
    ours: Mapping[str, int] = field(default_factory=dict)


def match_columns(name: str, header: Sequence[str], said: Mapping[str, str] | None = None) -> Mapped:
    """The columns of a table. Raises `BundleRefused` where one is there twice or a needed one is not."""
    mapped = by_name(name, header, said or {})
    if wanted := missing(mapped):
        raise refusal(name, without(header, wanted), 1)
    return mapped


def by_name(name: str, header: Sequence[str], said: Mapping[str, str]) -> Mapped:
    """The columns that were named or that bear a name of ours; needed ones may be missing.

    `said`: column of the long form → name of the file's column; empty where none is meant, whatever it is called. A
    column that bears the very name comes before one that is only known as it; that one is an attribute then. Raises
    `BundleRefused` where a name could mean two things, or nothing.
    """
    keys = [key_of(cell) for cell in header]
    if repeated := next((cell for cell, key in zip(header, keys, strict=True) if key and keys.count(key) > 1), None):
        raise refusal(name, f"given the column {quoted(repeated)} more than once; wanted each once.", 1)
    columns = _as_said(name, header, keys, said)
    free = [key if place not in columns.values() else "" for place, key in enumerate(keys)]
    for column in KNOWN_AS:
        if column not in said and (place := _place(name, column, free, header)) is not None:
            columns[column] = place
    used = set(columns.values())
    others = {cell: place for place, cell in enumerate(header) if cell and place not in used}
    ours = _ours(keys, used)
    derived = DERIVED.union(ours)
    return Mapped(columns, {cell: place for cell, place in others.items() if key_of(cell) not in derived}, ours)


def _ours(keys: list[str], used: set[int]) -> dict[str, int]:
    found = {column: keys.index(column) for column in OURS if column in keys}
    return found if len(found) == len(OURS) and used.isdisjoint(found.values()) else {}


def missing(mapped: Mapped, left_out: Collection[str] = ()) -> list[str]:
    """The columns without which no row is a claim, but for those that are said for all rows (`left_out`)."""
    has = {*mapped.columns, *left_out}
    wanted = [column for column in ("question", "place", "actor") if column not in has]
    return wanted if mapped.columns.keys() & {"value", "low", "high"} else [*wanted, "value"]


def without(header: Sequence[str], wanted: Sequence[str]) -> str:
    """What is said of a table that lacks columns."""
    given = ", ".join(cell or "(no name)" for cell in header)
    return f"given the columns {given[:200]}; wanted also {', '.join(wanted)}."


def _as_said(name: str, header: Sequence[str], keys: list[str], said: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, wanted in said.items():
        if column not in KNOWN_AS:
            raise refusal(name, f"given “{column}={wanted}”; wanted one of the columns {', '.join(KNOWN_AS)}.")
        if not key_of(wanted):
            continue
        if key_of(wanted) not in keys:
            has = ", ".join(filter(None, header))
            raise refusal(name, f"given the columns {has[:200]}; wanted {quoted(wanted)}, said to be {column}.", 1)
        place = keys.index(key_of(wanted))
        if other := next((other for other, taken in found.items() if taken == place), None):
            raise refusal(name, f"given {quoted(wanted)} as {other} and as {column}; wanted one of them.", 1)
        found[column] = place
    return found


def _place(name: str, column: str, keys: list[str], header: Sequence[str]) -> int | None:
    if column in keys:
        return keys.index(column)
    names = {key_of(other) for other in KNOWN_AS[column]}
    found = [place for place, key in enumerate(keys) if key in names]
    if len(found) > 1:
        both = " and ".join(quoted(header[place]) for place in found)
        message = f"given {both}, which may both be {column}; wanted one of them called or said so."
        raise ColumnUnclear(name, message, column)
    return found[0] if found else None


def key_of(cell: str) -> str:
    """Names of columns that are one: spaces, hyphens and the case of letters make no difference."""
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())
