"""A second delivery that says something else of a claim that is here: what may be set to it, and what is told of that.

Only our row differs then, so it is a correction of ours. What readers see is corrected by whoever may publish, what an
editor wrote is not overwritten, and words that a person has to read do not take the place of a figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from apps.actors.fields import column_of
from apps.claims.cells import print_cell
from apps.claims.models import Citation, Claim, ClaimStatus, Correction
from apps.domain.vocabulary import Qualifier
from apps.ingest.long_form.saying import said_of_citation, said_of_claim
from apps.ingest.long_form.statements import Statement
from apps.ingest.models import Import
from apps.ingest.problems import Problem, quoted

_PUBLIC = "wanted the right to publish: readers see this claim already, and the file says something else of it."
#: What readers see: a retracted claim keeps its page.
_SEEN = (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED)
_REVIEW = "wanted one figure: its claim is here already with one, and words that a person has to read would replace it."
_EDITED = "wanted the {} of claim {}, which an editor changed since."


def refused(changed: Sequence[Statement], *, file: str, may_publish: bool) -> Iterator[Problem]:
    """A problem for each statement to which its claim must not be set; a fixed number of queries."""
    claims = _Stored(Claim, [one.claim for one in changed])
    citations = _Stored(Citation, [one.citation for one in changed])
    for one in changed:
        edited = [*claims.edited(one.claim, said_of_claim(one))]
        edited += citations.edited(one.citation, said_of_citation(one))
        given = f"given {quoted(one.row.figure.stated_value)}"
        if edited:
            wanted = _EDITED.format(" and ".join(dict.fromkeys(edited)), one.claim)
            yield Problem(file, f"{given}; {wanted}", one.row.line)
        elif wanted := _never(one, claims.rows[one.claim], may_publish):
            yield Problem(file, f"{given}; {wanted}", one.row.line, wanted=wanted)


def _never(one: Statement, claim: Claim, may_publish: bool) -> str:
    """What is wanted in place of a correction that nobody's edit stands against; empty where it may be made."""
    if one.row.review and claim.qualifier != Qualifier.UNQUANTIFIED:
        return _REVIEW
    return _PUBLIC if claim.status in _SEEN and not may_publish else ""


def otherwise(statements: Sequence[Statement]) -> list[Statement]:
    """Those that say something else than what was first recorded as their claims; a fixed number of queries.

    For claims that came in another way, a bundle for one, so that nobody kept what their rows said.
    """
    claims = _Stored(Claim, [one.claim for one in statements])
    citations = _Stored(Citation, [one.citation for one in statements])
    return [
        one
        for one in statements
        if claims.began_otherwise(one.claim, said_of_claim(one))
        or citations.began_otherwise(one.citation, said_of_citation(one))
    ]


class _Stored:
    """Rows by their public id, as they are, and by their key, as imports wrote them last."""

    def __init__(self, model: type[Any], ids: Iterable[str]) -> None:
        self.model = model
        self.rows = {row.public_id: row for row in model._default_manager.filter(public_id__in=list(ids))}
        events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager
        # What a transaction writes, it writes at one moment, which its import bears, too.
        ours = Q(pgh_label="insert") | Q(pgh_created_at__in=Import.objects.values("imported_at"))
        found = events.filter(ours, pgh_obj_id__in=[row.pk for row in self.rows.values()]).order_by("pgh_id")
        self.as_imported = {event.pgh_obj_id: event for event in found}

    def began_otherwise(self, public_id: str, cells: Mapping[str, str]) -> bool:
        """Whether a row was written with other cells than these."""
        row = self.rows.get(public_id)
        if row is None:
            return False
        written = self.as_imported.get(row.pk, row)
        return any(print_cell(getattr(written, column)) != given for column, given in cells.items())

    def edited(self, public_id: str, cells: Mapping[str, str]) -> Iterator[str]:
        """Names of what somebody changed after the import, and these cells would change again."""
        row = self.rows.get(public_id)
        written = None if row is None else self.as_imported.get(row.pk)
        for column, given in cells.items() if written is not None else ():
            here = getattr(row, column)
            if here != getattr(written, column) and print_cell(here) != given:
                yield str(column_of(self.model, column).verbose_name)


def corrections(
    batch: Iterable[Statement],
    before: Mapping[str, Claim],
    differing: Mapping[str, Sequence[str]],
    *,
    file: str,
    on: date,
) -> Iterator[Correction]:
    """What is told in public of claims that readers see: the figure where that was wrong, else what else was.

    `before`: the claims as they were, by id; `differing`: claim → columns that the file has otherwise.
    """
    for one in batch:
        claim, columns = before[one.claim], differing[one.claim]
        if claim.status not in _SEEN or not columns:
            continue
        wrong, done = _told(one, claim, columns, file)
        yield Correction(claim=claim, what_was_wrong=wrong, what_was_done=done, corrected_on=on)


def _told(one: Statement, claim: Claim, columns: Sequence[str], file: str) -> tuple[str, str]:
    """What was wrong, and what was done."""
    if "stated_value" in columns:
        done = f"Set to “{one.row.figure.stated_value}”, as {file} has it."
        return f"The figure was recorded as “{claim.stated_value}”.", done
    names = ", ".join(column.replace("_", " ") for column in columns)
    wrong = f"Of “{claim.stated_value}” this was recorded otherwise than {file} has it: {names}."
    return wrong, f"Set to what {file} says."
