"""The comparison for machines: the same conclusions as the page, as JSON and as CSV."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from apps.comparisons import documents
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.records import ComparedQuestion
from apps.comparisons.references import moment_words
from apps.comparisons.views_comparison import changes_or_redirect, compared_or_redirect
from apps.publishing import tables
from apps.publishing.answers import closing, csv_file, host_of, xlsx_file


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
    page = f"{host_of(request)}{ComparisonPage(compared).permalink}"
    return csv_file(_rows(request, compared), slug, page=page)


def _rows(request: HttpRequest, compared: ComparedQuestion) -> Iterator[list[str]]:
    on, known = compared.comparison.on, compared.query.known
    return tables.long_rows(compared.own, host=host_of(request), on=on, known=known, said_by=compared.said_by)


@require_safe
def comparison_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/questions/<slug>.xlsx`: the same claims as a workbook, with a sheet that says what they are."""
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    page, known = ComparisonPage(compared), compared.query.known
    about = [
        ("Question", compared.question.title),
        ("Counts", f"{compared.question.unit}, {page.measure_words}"),
        ("Summary", compared.summary_text),
        ("Filters", "; ".join(chip.label for chip in page.chips) or "none"),
        ("Address", f"{host_of(request)}{page.permalink}"),
        ("As of", page.on.isoformat()),
        ("As known on", moment_words(known) if known else "the day of access"),
    ]
    return xlsx_file(_rows(request, compared), slug, [*about, *closing()])


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
