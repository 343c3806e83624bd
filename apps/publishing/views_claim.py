"""One claim for machines, as JSON and as CSV."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.comparisons import documents
from apps.comparisons.known import known_of
from apps.comparisons.views_claim import claim_or_404
from apps.publishing import tables
from apps.publishing.answers import csv_file, host_of


@require_safe
def claim_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/claims/<public_id>.json`."""
    document = documents.claim(claim_or_404(request, public_id))
    return HttpResponse(documents.body(document), content_type="application/json")


@require_safe
def claim_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """`/claims/<public_id>.csv`: the one claim in the long form."""
    record = claim_or_404(request, public_id)
    rows = tables.long_rows([tables.printed(record.claim)], host=host_of(request), known=known_of(request))
    return csv_file(rows, public_id)
