"""The log of corrections for machines, as JSON and as CSV; unlike the page, whole."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.claims.querysets import CorrectionQuerySet
from apps.comparisons import documents
from apps.comparisons.views_corrections import asked_corrections, read_corrections_query
from apps.publishing import tables
from apps.publishing.answers import csv_file, host_of
from apps.publishing.streams import in_turn, json_file
from apps.web.queries import QueryReader


def _asked(request: HttpRequest) -> CorrectionQuerySet:
    reader = QueryReader(request.GET)
    query = read_corrections_query(request, reader)
    reader.finish()
    return asked_corrections(query)


@require_safe
def corrections_json(request: HttpRequest) -> StreamingHttpResponse:
    """`/corrections.json`, with the filters of the page."""
    return json_file({"corrections": map(documents.correction, in_turn(_asked(request)))})


@require_safe
def corrections_csv(request: HttpRequest) -> StreamingHttpResponse:
    """`/corrections.csv`, with the filters of the page."""
    return csv_file(tables.correction_rows(in_turn(_asked(request)), host=host_of(request)), "corrections")
