"""Listings as CSV in the long form (product.md), so that what leaves can come back in.

The long form's own columns come first; the derived ones after them are ignored on import.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from apps.actors.models import Actor
from apps.claims.models import Claim, Correction
from apps.comparisons.changes import ClaimChange, QuestionChanges
from apps.domain.periods import PartialDate
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import number
from apps.web.queries import moment_iso

LONG_FORM = (
    "question,unit,place,actor,value,low,high,qualifier,as_of_start,as_of_end,stated_on,"
    "source_title,source_url,quote,note"
).split(",")
DERIVED = ("id,speaker,nature,low_inclusive,high_inclusive,topic,measure,published_on,address,sources,on,known").split(
    ","
)

#: A spreadsheet takes a cell that starts with one of these for a formula.
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs. Reversible: every cell that starts with an apostrophe has one to take off."""
    is_formula = cell.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _iso(value: PartialDate | None) -> str:
    return "" if value is None else value.iso


def _number(value: Decimal | None) -> str:
    return "" if value is None else number(value).replace(",", "")


def _yes(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell.removeprefix("'")


def cells_of(claim: Claim, *, claimant: Actor, host: str, on: date | None, known: datetime | None) -> list[str]:
    """One claim in the order of the header. `host` is the site's address without a path, `claimant` who said it."""
    citations = list(claim.citations.all())
    primary = citations[0] if citations else None
    source = primary.source if primary else None
    has_number = claim.qualifier not in (Qualifier.ORDER_OF_MAGNITUDE, Qualifier.UNQUANTIFIED)
    return [
        claim.question.title,
        claim.question.unit,
        claim.place.name,
        claimant.name,
        claim.stated_value,
        _number(claim.lower) if has_number else "",
        _number(claim.upper) if has_number else "",
        claim.qualifier,
        _iso(claim.as_of_start),
        _iso(claim.as_of_end),
        _iso(claim.stated_on),
        source.title if source else "",
        source.url if source else "",
        primary.quote if primary else "",
        claim.note,
        claim.public_id,
        claim.speaker,
        claim.nature,
        _yes(claim.lower_inclusive),
        _yes(claim.upper_inclusive),
        claim.question.topic.title,
        claim.question.measure,
        _iso(source.published_on) if source else "",
        f"{host}{claim.get_absolute_url()}",
        " ".join(dict.fromkeys(citation.source.url for citation in citations)),
        on.isoformat() if on else "",
        moment_iso(known) if known else "",
    ]


class _Line:
    """A file for csv.writer that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def long_rows(
    claims: Iterable[Claim],
    *,
    host: str,
    on: date | None = None,
    known: datetime | None = None,
    said_by: Mapping[str, Actor] | None = None,
) -> Iterator[list[str]]:
    """The header and one row per claim, each as it is made; `said_by` names the claimants of rolled-up ones, by id."""
    yield [*LONG_FORM, *DERIVED]
    for claim in claims:
        claimant = (said_by or {}).get(claim.public_id, claim.claimant)
        yield cells_of(claim, claimant=claimant, host=host, on=on, known=known)


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows as lines of CSV that no spreadsheet takes for formulas."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    return (writer.writerow([guarded(cell) for cell in cells]) for cells in rows)


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
    return ["", "", ""] if claim is None else [claim.stated_value, _number(claim.lower), _number(claim.upper)]
