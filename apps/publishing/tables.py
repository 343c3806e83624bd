"""Listings as CSV in the long form (product.md), so that what leaves can come back in.

The long form's own columns come first; the derived ones after them are ignored on import.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from itertools import batched
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from apps.actors.models import Actor
from apps.claims.cells import guarded, print_cell
from apps.claims.models import Citation, Claim, Correction
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.changes import ClaimChange, QuestionChanges
from apps.domain.periods import PartialDate
from apps.web.queries import moment_iso

LONG_FORM = (
    "question,unit,place,actor,value,low,high,qualifier,as_of_start,as_of_end,stated_on,"
    "source_title,source_url,quote,note"
).split(",")
DERIVED = (
    "id,speaker,nature,low_inclusive,high_inclusive,point,hedged,attributes,topic,measure,published_on,address,sources,on,known"
).split(",")

#: Claims that are in memory at a time, and lines that are sent at a time.
AT_ONCE, LINES_AT_ONCE = 1_000, 100


class Printed(NamedTuple):
    """The values of a line that are stored, in the order of the header; `PATHS` tells where.

    `sources` are the addresses of all sources that print the claim, the primary one first.
    """

    question: str
    unit: str
    place: str
    actor: str
    value: str
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    as_of_start: PartialDate | None
    as_of_end: PartialDate | None
    stated_on: PartialDate | None
    source_title: str | None
    source_url: str | None
    quote: str | None
    note: str
    id: str
    speaker: str
    nature: str
    low_inclusive: bool | None
    high_inclusive: bool | None
    point: Decimal | None
    hedged: bool
    attributes: Mapping[str, Any]
    topic: str
    measure: str
    published_on: PartialDate | None
    sources: Sequence[str]


#: Where each value but the last stands, from a claim; `primary` is its primary citation.
PATHS = (
    *("question__title", "question__unit", "place__name", "claimant__name", "stated_value", "lower", "upper"),
    *("qualifier", "as_of_start", "as_of_end", "stated_on", "primary__source__title", "primary__source__url"),
    *("primary__quote", "note", "public_id", "speaker", "nature", "lower_inclusive", "upper_inclusive", "point"),
    *("hedged", "attributes", "question__topic__title", "question__measure", "primary__source__published_on"),
)


def printed_in(claims: ClaimQuerySet) -> Iterable[Printed]:
    """The lines of stored claims: one query, which makes no model of any row."""
    cited = Citation.objects.filter(claim=OuterRef("pk")).order_by("-is_primary", "public_id").values("source__url")
    rows = claims.with_primary().values_list(*PATHS, ArraySubquery(cited))
    return map(Printed._make, rows.iterator(chunk_size=AT_ONCE))


def printed(claim: Claim) -> Printed:
    """The line of a claim that was loaded or thawed, with its citations."""
    citations = list(claim.citations.all())
    primary = citations[0] if citations else None
    urls = [citation.source.url for citation in citations]
    return Printed._make([*(_at(path, claim, primary) for path in PATHS), urls])


def printed_of(claims: Iterable[Claim], said_by: Mapping[str, Actor]) -> Iterator[Printed]:
    """The same of several; `said_by` names the claimants of rolled-up ones, by id."""
    for claim in claims:
        line = printed(claim)
        yield line._replace(actor=said_by[line.id].name) if line.id in said_by else line


def _at(path: str, claim: Claim, primary: Citation | None) -> Any:
    first, *rest = path.split("__")
    found: Any = primary if first == "primary" else getattr(claim, first)
    return None if found is None else reduce(getattr, rest, found)


def long_rows(
    lines: Iterable[Printed], *, host: str, on: date | None = None, known: datetime | None = None
) -> Iterator[list[str]]:
    """The header and one row per claim, each as it is made. `host` is the site's address without a path."""
    yield [*LONG_FORM, *DERIVED]
    before, _, after = f"{host}{Claim(public_id='ID').get_absolute_url()}".rpartition("ID")
    stamps = [on.isoformat() if on else "", moment_iso(known) if known else ""]
    for line in lines:
        cells = [cell if type(cell) is str else print_cell(cell) for cell in line[:-1]]
        yield [*cells, f"{before}{line.id}{after}", " ".join(dict.fromkeys(line.sources)), *stamps]


class _Line:
    """A file for csv.writer that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows as lines of CSV that no spreadsheet takes for formulas."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    return (writer.writerow([guarded(cell) for cell in cells]) for cells in rows)


def csv_parts(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The same, the header by itself and then many lines at a time: a server spends more on a part than on a line."""
    lines = csv_lines(rows)
    yield next(lines)
    yield from map("".join, batched(lines, LINES_AT_ONCE))


CORRECTIONS = "id,corrected_on,what_was_wrong,what_was_done,claim,question,topic,address".split(",")


def correction_row(correction: Correction, *, host: str) -> list[str]:
    """One correction in the order of `CORRECTIONS`."""
    claim = correction.claim
    about = [claim.public_id, claim.question.slug, claim.question.topic.slug] if claim else ["", "", ""]
    words = [correction.what_was_wrong, correction.what_was_done]
    cells = [correction.public_id, correction.corrected_on.isoformat(), *words, *about]
    return [*cells, f"{host}{correction.get_absolute_url()}"]


def correction_rows(corrections: Iterable[Correction], *, host: str) -> Iterator[list[str]]:
    """The log of corrections: the header and one row each."""
    yield CORRECTIONS
    for correction in corrections:
        yield correction_row(correction, host=host)


CHANGES = (
    "kind,claim,claimant,place,old_value,old_low,old_high,new_value,new_low,new_high,fields,why,address,"
    "known_since,known,on_since,on"
).split(",")


def change_rows(found: QuestionChanges, *, host: str) -> Iterator[list[str]]:
    """The changes of a question between two states: the header and one row each."""
    yield CHANGES
    for change in found.rows:
        yield _change_cells(change, found, host)


def _change_cells(row: ClaimChange, found: QuestionChanges, host: str) -> list[str]:
    query, claim = found.query, row.claim
    on = query.filters.on if query.on_since else None
    states = [cell for side in (row.old, row.new) for cell in _side_cells(side)]
    return [
        row.change.kind.value,
        row.change.claim,
        claim.claimant.name,
        claim.place.name,
        *states,
        " ".join(row.change.fields),
        row.why,
        f"{host}{claim.get_absolute_url()}",
        moment_iso(query.known_since) if query.known_since else "",
        moment_iso(query.filters.known) if query.filters.known else "",
        query.on_since.isoformat() if query.on_since else "",
        on.isoformat() if on else "",
    ]


def _side_cells(claim: Claim | None) -> list[str]:
    return ["", "", ""] if claim is None else [claim.stated_value, print_cell(claim.lower), print_cell(claim.upper)]
