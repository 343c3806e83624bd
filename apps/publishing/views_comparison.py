"""The comparison for machines: the same conclusions as the page, as JSON and as CSV."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.comparisons import documents
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.views_comparison import (
    AskedComparison,
    asked_or_redirect,
    changes_or_redirect,
    compared_or_redirect,
)
from apps.publishing import tables
from apps.publishing.answers import about_comparison, closing, csv_file, host_of, one_by_one, xlsx_file


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
    asked = asked_or_redirect(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    on = asked.day()
    return csv_file(_rows(request, asked, on), slug, page=f"{host_of(request)}{asked.permalink(on)}")


def _rows(request: HttpRequest, asked: AskedComparison, on: date) -> Iterator[list[str]]:
    return tables.long_rows(one_by_one(asked.claims()), host=host_of(request), on=on, known=asked.query.known)


@require_safe
def comparison_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/questions/<slug>.xlsx`: the same claims as a workbook, with a sheet that says what they are."""
    asked = asked_or_redirect(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    page = ComparisonPage(asked.compared(is_brief=True))
    return xlsx_file(_rows(request, asked, page.on), slug, [*about_comparison(page, host_of(request)), *closing()])


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
    return csv_file(tables.change_rows(found, host=host_of(request)), f"{slug}-changes")
