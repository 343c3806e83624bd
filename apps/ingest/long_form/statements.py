"""Rows of the long form as statements: which are the same, which came before, and what is new about them."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import accumulate
from typing import Any

from apps.claims.cells import print_number
from apps.claims.ids import ALPHABET
from apps.domain.periods import PartialDate
from apps.ingest.long_form.entities import Placed
from apps.ingest.long_form.rows import LongRow

#: Digits of the id of an imported claim: made of what it states, so that the same row is the same claim.
ID_LENGTH = 12

type Scope = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that no earlier row of the file repeats; `claim` is its id, `said` the hash of all that it says.

    The id is the one that the row brings with it, else made of its `identity`, the hash of what it states but for the
    figure, and of its `number` among the rows of that identity.
    """

    placed: Placed
    claim: str
    said: str
    supersedes: str = ""
    identity: str = ""
    number: int = 0

    @property
    def row(self) -> LongRow:
        return self.placed.row

    @property
    def citation(self) -> str:
        return f"q{self.claim}"

    @property
    def scope(self) -> Scope:
        """What it is about and who says it: of these, a later statement takes the place of an earlier one."""
        at, row = self.placed, self.placed.row
        return at.question, at.place, at.actor, row.as_of_start, row.as_of_end


def statements_of(placed: Iterable[Placed], *, cited_as: str) -> tuple[list[Statement], int]:
    """Statements in the order of the file, and how many rows repeated one of them word for word.

    `cited_as` is what rows without a source are cited from.

    Several rows may state different figures of one claimant, place, time and source (a report by regiments, say): they
    are told apart by their order.
    """
    seen: set[tuple[str, str]] = set()
    told: dict[str, int] = {}
    found: list[Statement] = []
    repeated = 0
    for at in placed:
        about = _identity(at.row, cited_as)
        said, identity = _hash([*about, *_says(at.row)]), _hash(about)
        if (at.row.claim, said) in seen:
            repeated += 1
            continue
        seen.add((at.row.claim, said))
        if at.row.claim:
            found.append(Statement(at, at.row.claim, said))
            continue
        number = told[identity] = told.get(identity, 0) + 1
        found.append(Statement(at, claim_id(identity, number), said, identity=identity, number=number))
    return found, repeated


def claim_id(identity: str, number: int) -> str:
    """The id of the nth claim with an identity."""
    rest, digits = int(_hash([identity, number]), 16), []
    for _ in range(ID_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _hash(value: Any) -> str:
    return sha256(_AS_JSON.encode(value).encode()).hexdigest()


def _identity(row: LongRow, cited_as: str) -> list[str]:
    """Who says something about what, where, as of when, on which day and in which source: all but the figure."""
    about = [row.question.casefold(), row.place.casefold(), row.actor.casefold(), row.as_of_start, row.as_of_end]
    return [*about, row.stated_on, row.source_url or row.source_title or cited_as]


def _says(row: LongRow) -> list[Any]:
    figure = row.figure
    ends = [None if n is None else print_number(n) for n in (figure.lower, figure.upper, figure.point)]
    words = [figure.stated_value, figure.qualifier.value, figure.hedged, figure.lower_inclusive, figure.upper_inclusive]
    kind, level = row.interval
    rest = [kind, None if level is None else print_number(level), row.speaker, row.nature, row.quote, row.note]
    return [row.source_title, *words, *ends, *rest, sorted(row.attributes.items())]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that may be superseded: its claim and when it was made."""

    claim: str
    stated_on: str


def chained(new: Iterable[Statement], stored: Mapping[Scope, list[Told]]) -> list[Statement]:
    """New statements in an order in which each comes after the one that it supersedes.

    Of one scope, each supersedes the last one before it that was made on an earlier day, where that day has no other.
    """
    by_scope: dict[Scope, list[Statement]] = {}
    for statement in new:
        by_scope.setdefault(statement.scope, []).append(statement)
    found = []
    for scope, statements in by_scope.items():
        found += _line(sorted(statements, key=lambda one: one.row.stated_on), stored.get(scope, []))
    return sorted(found, key=lambda one: one.row.stated_on)


def _line(statements: list[Statement], stored: list[Told]) -> list[Statement]:
    """The statements of one scope, each with the one before it."""
    by_day: dict[str, list[str]] = {}
    for told in [*stored, *(Told(one.claim, one.row.stated_on) for one in statements)]:
        if told.stated_on:
            by_day.setdefault(told.stated_on, []).append(told.claim)
    days = sorted(by_day, key=_last_day)
    ends, latest = [_last_day(day) for day in days], list(accumulate(days, max))
    found = []
    for one in statements:
        day = one.row.stated_on
        before = bisect_left(ends, PartialDate.parse(day).first) if day and len(by_day[day]) == 1 else 0
        last = by_day[latest[before - 1]] if before else []
        found.append(replace(one, supersedes=last[0]) if len(last) == 1 else one)
    return found


def _last_day(day: str) -> date:
    return PartialDate.parse(day).last
