"""Actors and sources for machines, as JSON, CSV and workbook; unlike the pages, with every claim."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.claims.models import Claim
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.documents import Document
from apps.comparisons.entity_records import claims_of, source_citations
from apps.comparisons.known import today_of
from apps.comparisons.views_entities import actor_rows, row_or_redirect, source_rows
from apps.publishing import entity_documents
from apps.publishing.answers import listing
from apps.sources.models import Source


def _json(document: Document) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _printed_in(source: Source) -> ClaimQuerySet:
    """The claims that a source prints, once each."""
    return Claim.objects.filter(pk__in=source_citations(source).values("claim").order_by()).order_by("public_id")


@require_safe
def actor_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/actors/<slug>.json`."""
    found = row_or_redirect(request, actor_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return _json(entity_documents.whole_actor(found, today=today_of(request)))


@require_safe
def actor_table(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """`/actors/<slug>.csv`, `/actors/<slug>.xlsx`: its claims, newest first."""
    found = row_or_redirect(request, actor_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    path = found.get_absolute_url()
    return listing(request, claims_of(found), suffix, name=found.slug, path=path, title=found.name)


@require_safe
def source_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/sources/<slug>.json`: every figure that it prints, in the order of the page."""
    found = row_or_redirect(request, source_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return _json(entity_documents.whole_source(found, today=today_of(request)))


@require_safe
def source_table(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """`/sources/<slug>.csv`, `/sources/<slug>.xlsx`: the claims that it prints, once each."""
    found = row_or_redirect(request, source_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    path = found.get_absolute_url()
    return listing(request, _printed_in(found), suffix, name=found.slug, path=path, title=found.title)
