"""The log of corrections for machines, as JSON and as CSV; unlike the page, whole."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.claims.querysets import CorrectionQuerySet
from apps.comparisons import documents
from apps.comparisons.views_corrections import asked_corrections, read_corrections_query
from apps.publishing import tables
from apps.publishing.answers import csv_file, host_of
from apps.web.queries import QueryReader


def _asked(request: HttpRequest) -> CorrectionQuerySet:
    reader = QueryReader(request.GET)
    query = read_corrections_query(request, reader)
    reader.finish()
    return asked_corrections(query)


@require_safe
def corrections_json(request: HttpRequest) -> HttpResponse:
    """`/corrections.json`, with the filters of the page."""
    rows = [documents.correction(row) for row in _asked(request)]
    return HttpResponse(documents.body({"corrections": rows}), content_type="application/json")


@require_safe
def corrections_csv(request: HttpRequest) -> StreamingHttpResponse:
    """`/corrections.csv`, with the filters of the page."""
    return csv_file(tables.correction_rows(list(_asked(request)), host=host_of(request)), "corrections")
