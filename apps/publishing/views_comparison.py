"""The comparison for machines: the same conclusions as the page, as JSON and as CSV."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.comparisons import documents
from apps.comparisons.views_comparison import changes_or_redirect, compared_or_redirect
from apps.publishing import tables


@require_safe
def comparison_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>.json`, with the page's query."""
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    return HttpResponse(documents.body(documents.comparison(compared)), content_type="application/json")


@require_safe
def comparison_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/questions/<slug>.csv`: every claim that the filters let through, oldest first."""
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    host = f"{request.scheme}://{request.get_host()}"
    on, known = compared.comparison.on, compared.query.known
    lines = tables.long_form(compared.own, host=host, on=on, known=known, said_by=compared.said_by)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


@require_safe
def changes_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>/changes.json`, with the page's query."""
    found = changes_or_redirect(request, slug)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(documents.body(documents.changes(found)), content_type="application/json")


@require_safe
def changes_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/questions/<slug>/changes.csv`, with the page's query."""
    found = changes_or_redirect(request, slug)
    if isinstance(found, HttpResponse):
        return found
    lines = tables.change_lines(found, host=f"{request.scheme}://{request.get_host()}")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-changes.csv"'
    return response
