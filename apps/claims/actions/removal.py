"""Removing what a claim says because a law demands it: the one exception to “nothing is ever erased” (model.md §2).

The row itself stays, without content, where claims and histories point to it: a part of it must not be taken for a
total, nor what it superseded for what its claimant says now.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet

from apps.actors.actions import leave_tombstone, removing
from apps.actors.models import Tombstone, TombstoneKind
from apps.claims.bundle import FILES, BundleFile, stored_rows
from apps.claims.cells import print_cell, print_list
from apps.claims.models import (
    Basis,
    Citation,
    Claim,
    ClaimCredibility,
    ClaimStatus,
    Correction,
    JointClaimant,
    Relay,
    Stance,
)
from apps.claims.models.claims import EMPTIED
from apps.sources.models import Source

#: Rows that say something of the claim and go with it, their histories too.
GO_ALONG: tuple[type[models.Model], ...] = (Citation, Stance, JointClaimant, Basis, ClaimCredibility)
WORDS = "Removed because a law demanded it."
#: Rows that lead to the claim and stay: by which relation, and what of them is emptied.
STAY: Mapping[tuple[type[models.Model], str], Mapping[str, Any]] = {
    (Claim, "part_of"): {},
    (Claim, "supersedes"): {},
    (Basis, "target_claim"): {"note": ""},
    # Our own mistakes stay in their public log; what they quote does not.
    (Correction, "claim"): {"claim": None, "what_was_wrong": WORDS, "what_was_done": WORDS},
}


@dataclass(frozen=True, slots=True)
class RemovedClaim:
    """What a removal left: its tombstone, the sources that it cited, and the claims that led to it, by id."""

    tombstone: Tombstone
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@transaction.atomic
def remove_claim(*, public_id: str, reason: str, by: str) -> RemovedClaim:
    """Empty a claim, and erase what hangs on it, in all histories; a tombstone with hash and reason stays.

    ValidationError when there is no such claim, and without a reason or a name.
    """
    claim = Claim.objects.select_for_update().filter(public_id=public_id).exclude(status=ClaimStatus.REMOVED).first()
    if claim is None:
        raise ValidationError(f"There is no claim “{public_id}” to remove.", code="no_claim")
    left = tuple(
        Source.objects.filter(citations__claim=claim).distinct().order_by("slug").values_list("slug", flat=True)
    )
    leading = tuple(_leading(claim).order_by("public_id").values_list("public_id", flat=True))
    content = canonical(content_of(claim))
    with removing(kind=TombstoneKind.CLAIM, public_id=public_id, content=content, reason=reason, by=by) as tombstone:
        _bury_parts(claim, reason=reason, by=by)
        _erase_log(claim)
        _erase_rows(claim)
        _empty(Claim, Q(pk=claim.pk), Q(pgh_obj=claim.pk), EMPTIED)
        for (model, relation), emptied in STAY.items():
            if emptied:
                _empty(model, Q(**{relation: claim}), Q(**{relation: claim.pk}), emptied)
    return RemovedClaim(tombstone, left, leading)


def _leading(claim: Claim) -> QuerySet[Claim]:
    """Claims that are a part of it, supersede it, or rest on it."""
    return Claim.objects.filter(Q(part_of=claim) | Q(supersedes=claim) | Q(bases__target_claim=claim)).distinct()


# --- what is hashed


def content_of(claim: Claim) -> dict[str, list[dict[str, str]]]:
    """The claim and what hangs on it as the rows of a bundle, by file: whoever holds an export can compute the hash."""
    found: dict[str, list[dict[str, str]]] = {}
    for file in FILES:
        if file.model is Claim or file.model in (*GO_ALONG, Correction):
            own = {"pk": claim.pk} if file.model is Claim else {"claim": claim}
            found.setdefault(file.name, []).extend(_cells(file, file.model._default_manager.filter(**own)))
    return found


def _cells(file: BundleFile, rows: QuerySet[Any]) -> Iterable[dict[str, str]]:
    lists = {column.name for column in file.lists}
    for row in stored_rows(file, rows):
        yield {name: print_list(value) if name in lists else print_cell(value) for name, value in row.values.items()}


def canonical(document: Any) -> bytes:
    """JSON as RFC 8785 writes it; `document` may hold texts, lists and objects with ASCII names."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# --- what is erased


def _bury_parts(claim: Claim, *, reason: str, by: str) -> None:
    """Tombstones for what has an id of its own."""
    for file in FILES:
        if file.model in (Citation, Stance):
            kind = TombstoneKind(str(file.model._meta.model_name))
            for cells in _cells(file, file.model._default_manager.filter(claim=claim)):
                content = canonical({file.name: [cells]})
                leave_tombstone(kind=kind, public_id=cells[file.key[0]], content=content, reason=reason, by=by)


def _erase_rows(claim: Claim) -> None:
    """The rows first: their triggers still write into the histories."""
    citations = _keys(Citation, claim)
    # Nobody saw a correction of what was never public; without its claim it would appear in the log.
    going: tuple[type[models.Model], ...] = GO_ALONG if claim.was_public else (*GO_ALONG, Correction)
    for model in going:
        model._default_manager.filter(claim=claim).delete()
    _events(Relay).filter(citation__in=citations).delete()
    for model in going:
        _events(model).filter(claim=claim.pk).delete()


def _keys(model: type[models.Model], claim: Claim) -> list[int]:
    """Keys of all rows that ever hung on the claim."""
    return list(_events(model).filter(claim=claim.pk).values_list("pgh_obj", flat=True).distinct())


def _empty(model: type[models.Model], rows: Q, events: Q, emptied: Mapping[str, Any]) -> None:
    kept = _events(model).filter(events)
    keys = list(kept.values_list("pgh_id", flat=True))
    model._default_manager.filter(rows).update(**emptied)
    _events(model).filter(pgh_id__in=keys).update(**emptied)


def _erase_log(claim: Claim) -> None:
    """The admin's own log quotes what was edited."""
    logged: dict[type[models.Model], list[int]] = {Correction: _keys(Correction, claim), Claim: [claim.pk]}
    logged |= {model: _keys(model, claim) for model in GO_ALONG}
    for model, keys in logged.items():
        kind = ContentType.objects.get_for_model(model)
        entries = LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys])
        entries.update(object_repr=WORDS, change_message="")


def _events(model: type[models.Model]) -> QuerySet[Any]:
    events: QuerySet[Any] = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager.all()
    return events
