"""Tables as files: CSV that is sent as it is made, and workbooks."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.known import known_of
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.references import moment_words
from apps.publishing import sheets, tables
from apps.web.queries import moment_iso

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCE = "Figures are facts. The quotes belong to those who wrote them, and stand here with their sources."


def host_of(request: HttpRequest) -> str:
    """The site's address without a path."""
    return f"{request.scheme}://{request.get_host()}"


def one_by_one(claims: ClaimQuerySet) -> Iterator[tables.Printed]:
    """Lines of claims as the database hands them out; however many there are, few are in memory.

    In a transaction of its own: without one, the database would make all rows before it hands out the first.
    """
    with transaction.atomic():
        yield from tables.printed_in(claims)


def csv_file(rows: Iterable[Iterable[str]], name: str, *, page: str = "") -> StreamingHttpResponse:
    """Rows as a file; `page` is the address that shows the same to people, with its days."""
    response = StreamingHttpResponse(tables.csv_parts(rows), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    if page:
        response["Link"] = f'<{page}>; rel="canonical"'
    return response


def xlsx_file(rows: Iterable[list[str]], name: str, about: list[tuple[str, str]]) -> StreamingHttpResponse:
    """Rows as a workbook of two sheets: the claims, and what they are."""
    response = StreamingHttpResponse(sheets.workbook(rows, about), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def listing(
    request: HttpRequest,
    claims: ClaimQuerySet,
    suffix: str,
    *,
    name: str,
    path: str,
    title: str,
    facets: Sequence[str] = (),
) -> StreamingHttpResponse:
    """The claims of a list in the long form, as "csv" or "xlsx". `facets`: the parameters by which they were chosen."""
    known, page = known_of(request), _page(request, path, facets)
    rows = tables.long_rows(one_by_one(claims), host=host_of(request), known=known)
    if suffix == "csv":
        return csv_file(rows, name, page=page)
    about = [
        ("Claims of", title),
        ("Filters", "; ".join(f"{key}: {value}" for key, value in _chosen(request, facets)) or "none"),
        ("Address", page),
        ("As known on", moment_words(known) if known else "the day of access"),
    ]
    return xlsx_file(rows, name, [*about, *closing()])


def about_comparison(page: ComparisonPage, host: str) -> list[tuple[str, str]]:
    """What the workbook of a comparison says of it."""
    return [
        ("Question", page.compared.question.title),
        ("Counts", f"{page.compared.question.unit}, {page.measure_words}"),
        ("Summary", page.compared.summary_text),
        ("Filters", "; ".join(chip.label for chip in page.chips) or "none"),
        ("Address", f"{host}{page.permalink}"),
        ("As of", page.on.isoformat()),
        ("As known on", page.known_words or "the day of access"),
    ]


def closing() -> list[tuple[str, str]]:
    """What every workbook says at its end."""
    return [("Accessed", timezone.now().date().isoformat()), ("Licence", LICENCE)]


def _chosen(request: HttpRequest, facets: Sequence[str]) -> list[tuple[str, str]]:
    return [(facet, value) for facet in facets for value in request.GET.getlist(facet) if value.strip()]


def _page(request: HttpRequest, path: str, facets: Sequence[str]) -> str:
    known = known_of(request)
    pairs = _chosen(request, facets) + ([("known", moment_iso(known))] if known else [])
    return f"{host_of(request)}{path}" + (f"?{urlencode(pairs)}" if pairs else "")
