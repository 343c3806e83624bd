"""Frozen comparisons: documents that never change, by the first digits of their hash."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from apps.actors.models import Tombstone, TombstoneKind
from apps.comparisons.views_claim import refuse_removed
from apps.publishing.models import FROZEN_ID, FrozenComparison

#: For a year, without asking again: the bytes are what the address says.
FOR_EVER = "public, max-age=31536000, immutable"


def frozen_or_redirect(request: HttpRequest, digits: str) -> FrozenComparison | HttpResponse:
    """What an address means; a redirect to the same address with the short id where more digits or capitals are given.

    GoneError for what a law had removed, Http404 for anything else.
    """
    asked = digits.lower()
    row = FrozenComparison.objects.meant_by(asked) if re.fullmatch(FROZEN_ID, asked) else None
    if row is None:
        _refuse_removed(asked)
        raise Http404(f"No frozen comparison has a hash that begins with “{digits}”.")
    if digits == row.public_id:
        return row
    return redirect(str(request.resolver_match and request.resolver_match.view_name), row.public_id, permanent=True)


def _refuse_removed(asked: str) -> None:
    for removed in Tombstone.objects.filter(kind=TombstoneKind.FROZEN, sha256__startswith=asked):
        if asked.startswith(removed.public_id):
            refuse_removed(TombstoneKind.FROZEN, removed.public_id)


@require_safe
def frozen_json(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>.json`: the very bytes that the hash is of."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    return kept_for_ever(HttpResponse(bytes(row.document), content_type="application/json"), row)


def kept_for_ever(response: HttpResponse, row: FrozenComparison, suffix: str = "") -> HttpResponse:
    """A file made from a frozen document alone, with what caches have to know; the tag is the hash."""
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{row.sha256}{suffix}"'
    return response
