"""A second delivery that says something else of a claim that is here: what may be set to it, and what is told of that.

Only our row differs then, so it is a correction of ours. What readers see is corrected by whoever may publish, what an
editor wrote is not overwritten, and words that a person has to read do not take the place of a figure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from apps.claims.cells import print_cell
from apps.claims.models import Citation, Claim, ClaimStatus, Correction
from apps.ingest.long_form.statements import Statement
from apps.ingest.models import Import
from apps.ingest.problems import Problem, quoted

type Cells = Callable[[Statement], dict[str, str]]
_PUBLIC = "wanted the right to publish: readers see this claim already, and the file says something else of it."
_REVIEW = "wanted one figure: its claim is here already with one, and words that a person has to read would replace it."


def refused(
    changed: Sequence[Statement], *, file: str, may_publish: bool, claim_cells: Cells, citation_cells: Cells
) -> list[Problem]:
    """A problem for each statement to which its claim must not be set; a fixed number of queries."""
    claims = {row.public_id: row for row in Claim.objects.filter(public_id__in=[one.claim for one in changed])}
    cited = {row.public_id: row for row in Citation.objects.filter(public_id__in=[one.citation for one in changed])}
    written = _as_imported(Claim, claims.values()), _as_imported(Citation, cited.values())
    found = []
    for one in changed:
        claim, citation = claims[one.claim], cited.get(one.citation)
        lost = [*_lost(claim, written[0].get(claim.pk), claim_cells(one))]
        lost += _lost(citation, written[1].get(citation.pk), citation_cells(one)) if citation else []
        if lost:
            names = " and ".join(dict.fromkeys(lost))
            wanted = f"wanted the {names} of claim {one.claim}, which an editor changed since."
        elif one.row.review:
            wanted = _REVIEW
        elif claim.status == ClaimStatus.PUBLISHED and not may_publish:
            wanted = _PUBLIC
        else:
            continue
        words = f"given {quoted(one.row.figure.stated_value)}; {wanted}"
        found.append(Problem(file, words, one.row.line, wanted="" if lost else wanted))
    return found


def _as_imported(model: type[Any], rows: Iterable[Any]) -> dict[int, Any]:
    """What imports wrote of each row, last, by key."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager
    # What a transaction writes, it writes at one moment, which its import bears, too.
    ours = Q(pgh_label="insert") | Q(pgh_created_at__in=Import.objects.values("imported_at"))
    found = events.filter(ours, pgh_obj_id__in=[row.pk for row in rows]).order_by("pgh_id")
    return {event.pgh_obj_id: event for event in found}


def _lost(row: Any, written: Any, cells: Mapping[str, str]) -> Iterator[str]:
    """Names of what somebody changed after the import, and the file would change again."""
    for column, given in cells.items():
        here = getattr(row, column)
        if written is not None and here != getattr(written, column) and print_cell(here) != given:
            yield str(row._meta.get_field(column).verbose_name)


def corrections(
    batch: Iterable[Statement],
    before: Mapping[str, Claim],
    differing: Mapping[str, Sequence[str]],
    *,
    file: str,
    on: date,
) -> Iterator[Correction]:
    """What is told in public of published claims: the figure where that was wrong, else what else was.

    `before`: the claims as they were, by id; `differing`: claim → columns that the file has otherwise.
    """
    for one in batch:
        claim, columns = before[one.claim], differing[one.claim]
        if claim.status != ClaimStatus.PUBLISHED or not columns:
            continue
        if "stated_value" in columns:
            wrong = f"The figure was recorded as “{claim.stated_value}”."
            done = f"Set to “{one.row.figure.stated_value}”, as {file} has it."
        else:
            names = [column.replace("_", " ") for column in columns]
            wrong = f"Of “{claim.stated_value}” this was recorded otherwise than {file} has it: {', '.join(names)}."
            done = f"Set to what {file} says."
        yield Correction(claim=claim, what_was_wrong=wrong, what_was_done=done, corrected_on=on)
