"""Actors and sources for machines, as JSON and as CSV; unlike the pages, with every claim."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.claims.models import Claim
from apps.comparisons.documents import Document
from apps.comparisons.entity_records import claims_of, source_citations
from apps.comparisons.known import known_of, today_of
from apps.comparisons.views_entities import actor_rows, row_or_redirect, source_rows
from apps.publishing import entity_documents, tables
from apps.publishing.answers import csv_file, host_of


def _json(document: Document) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _csv(request: HttpRequest, claims: Iterable[Claim], slug: str) -> StreamingHttpResponse:
    return csv_file(tables.long_rows(claims, host=host_of(request), known=known_of(request)), slug)


@require_safe
def actor_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/actors/<slug>.json`."""
    found = row_or_redirect(request, actor_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return _json(entity_documents.whole_actor(found, today=today_of(request)))


@require_safe
def actor_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/actors/<slug>.csv`: its claims, newest first."""
    found = row_or_redirect(request, actor_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return _csv(request, list(claims_of(found).select_related("question__topic").with_attribution()), found.slug)


@require_safe
def source_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/sources/<slug>.json`: every figure that it prints, in the order of the page."""
    found = row_or_redirect(request, source_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return _json(entity_documents.whole_source(found, today=today_of(request)))


@require_safe
def source_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/sources/<slug>.csv`: the claims that it prints, once each."""
    found = row_or_redirect(request, source_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    cited = source_citations(found).values("claim").order_by()
    claims = Claim.objects.filter(pk__in=cited).select_related("question__topic").with_attribution()
    return _csv(request, list(claims.order_by("public_id")), found.slug)
