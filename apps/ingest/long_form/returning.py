"""Rows of our own tables that come back to where their claims are: they change nothing, or are refused."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Prefetch

from apps.claims.cells import print_cell
from apps.claims.facts import figure_of
from apps.claims.models import Citation, Claim, ClaimStatus
from apps.domain.figures import Figure
from apps.ingest.long_form.statements import Statement
from apps.ingest.problems import BundleRefused, Problem, quoted

#: Claims that are looked at in one query.
AT_ONCE = 10_000


def without_returned(statements: Iterable[Statement], *, file: str) -> tuple[list[Statement], set[str]]:
    """Statements without those whose claims are here, and the ids of these.

    A table of our own says less of a claim than is kept, so that it corrects none. Raises `BundleRefused` where one
    says something else than its claim, or where two rows are said to be one claim.
    """
    statements = list(statements)
    if problems := list(_twice(statements, file)):
        raise BundleRefused(problems)
    brought = {one.claim: one for one in statements if one.row.claim}
    found: set[str] = set()
    for claim in _stored(list(brought)):
        found.add(claim.public_id)
        if claim.status != ClaimStatus.REMOVED:
            problems += _differences(brought[claim.public_id], claim, file)
    if problems:
        raise BundleRefused(problems)
    return [one for one in statements if one.claim not in found or not one.row.claim], found


def _twice(statements: Iterable[Statement], file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for one in statements:
        line = first.setdefault(one.claim, one.row.line)
        if line != one.row.line:
            yield Problem(file, f"given {quoted(one.claim)}, as line {line} is; wanted each once.", one.row.line, "id")


def _stored(ids: list[str]) -> Iterator[Claim]:
    primary = Citation.objects.filter(is_primary=True).select_related("source")
    rows = Claim.objects.select_related("question", "place", "claimant").order_by("pk")
    rows = rows.prefetch_related(Prefetch("citations", primary, to_attr="primary"))
    for start in range(0, len(ids), AT_ONCE):
        yield from rows.filter(public_id__in=ids[start : start + AT_ONCE])


def _differences(one: Statement, claim: Claim, file: str) -> Iterator[Problem]:
    """The first column in which a row says something else than its claim."""
    here, given = _of_claim(claim), _of_row(one)
    for column, wanted in here.items():
        if given[column] != wanted:
            words = f"given {quoted(given[column])}; wanted {quoted(wanted)}, as claim {one.claim} says here"
            yield Problem(file, f"{words}: a table that was exported corrects no claim.", one.row.line, column)
            return


def _of_claim(claim: Claim) -> dict[str, str]:
    citation = next(iter(claim.primary), None)  # type: ignore[attr-defined]  # prefetched
    about = {"question": claim.question.slug, "place": claim.place.slug, "actor": claim.claimant.slug}
    start, end = print_cell(claim.as_of_start), print_cell(claim.as_of_end)
    days = {"as_of_start": start, "as_of_end": "" if end == start else end, "stated_on": print_cell(claim.stated_on)}
    source = {"source_title": citation.source.slug, "quote": citation.quote} if citation else {}
    rest = {"note": claim.note, "speaker": claim.speaker, "nature": claim.nature}
    rest["attributes"] = print_cell(claim.attributes)
    return _stripped(about | _figure_cells(figure_of(claim)) | days | source | rest)


def _of_row(one: Statement) -> dict[str, str]:
    at, row = one.placed, one.row
    about = {"question": at.question, "place": at.place, "actor": at.actor}
    days = {"as_of_start": row.as_of_start, "as_of_end": row.as_of_end, "stated_on": row.stated_on}
    source = {"source_title": at.source, "quote": row.quote}
    rest = {"note": row.note, "speaker": row.speaker, "nature": row.nature}
    rest["attributes"] = print_cell(dict(row.attributes))
    return _stripped(about | _figure_cells(row.figure) | days | source | rest)


def _figure_cells(figure: Figure) -> dict[str, str]:
    cells = {
        "value": figure.stated_value,
        "qualifier": figure.qualifier.value,
        "low": figure.lower,
        "high": figure.upper,
        "low_inclusive": figure.lower_inclusive,
        "high_inclusive": figure.upper_inclusive,
        "point": figure.point,
        "hedged": figure.hedged,
    }
    return {column: print_cell(value) for column, value in cells.items()}


def _stripped(cells: Mapping[str, str]) -> dict[str, str]:
    """As a table gives them: nobody sees the spaces at the ends of a cell, and reading takes them off."""
    return {column: cell.strip() for column, cell in cells.items()}
