"""Tables as files: CSV that is sent as it is made, and workbooks."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from apps.claims.models import Claim
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.known import known_of
from apps.comparisons.references import moment_words
from apps.publishing import sheets, tables
from apps.web.queries import moment_iso

#: Claims that are in memory at a time.
AT_ONCE = 1_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCE = "Figures are facts. The quotes belong to those who wrote them, and stand here with their sources."


def host_of(request: HttpRequest) -> str:
    """The site's address without a path."""
    return f"{request.scheme}://{request.get_host()}"


def one_by_one(claims: ClaimQuerySet) -> Iterator[Claim]:
    """Claims as the database hands them out, with their provenance; however many there are, few are in memory.

    In a transaction of its own: without one, the database would make all rows before it hands out the first.
    """
    with transaction.atomic():
        yield from claims.with_provenance().iterator(chunk_size=AT_ONCE)


def csv_file(rows: Iterable[Iterable[str]], name: str, *, page: str = "") -> StreamingHttpResponse:
    """Rows as a file; `page` is the address that shows the same to people, with its days."""
    response = StreamingHttpResponse(tables.csv_lines(rows), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    if page:
        response["Link"] = f'<{page}>; rel="canonical"'
    return response


def xlsx_file(rows: Iterable[list[str]], name: str, about: list[tuple[str, str]]) -> StreamingHttpResponse:
    """Rows as a workbook of two sheets: the claims, and what they are."""
    response = StreamingHttpResponse(sheets.workbook(rows, about), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def listing_csv(request: HttpRequest, claims: ClaimQuerySet, *, name: str, path: str) -> StreamingHttpResponse:
    """The claims of a list in the long form."""
    rows = tables.long_rows(one_by_one(claims), host=host_of(request), known=known_of(request))
    return csv_file(rows, name, page=_page(request, path))


def listing_xlsx(
    request: HttpRequest, claims: ClaimQuerySet, *, name: str, path: str, title: str
) -> StreamingHttpResponse:
    """The same as a workbook."""
    known = known_of(request)
    rows = tables.long_rows(one_by_one(claims), host=host_of(request), known=known)
    about = [
        ("Claims of", title),
        ("Filters", "; ".join(f"{key}: {value}" for key, value in _filters(request)) or "none"),
        ("Address", _page(request, path)),
        ("As known on", moment_words(known) if known else "the day of access"),
    ]
    return xlsx_file(rows, name, [*about, *closing()])


def closing() -> list[tuple[str, str]]:
    """What every workbook says at its end."""
    return [("Accessed", timezone.now().date().isoformat()), ("Licence", LICENCE)]


def _filters(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (key, value)
        for key, values in sorted(request.GET.lists())
        for value in values
        if value.strip() and key not in ("known", "page")
    ]


def _page(request: HttpRequest, path: str) -> str:
    known = known_of(request)
    pairs = _filters(request) + ([("known", moment_iso(known))] if known else [])
    return f"{host_of(request)}{path}" + (f"?{urlencode(pairs)}" if pairs else "")
