"""Frozen comparisons as files: the document itself, and what is made of it alone. They never change."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from apps.publishing import tables
from apps.publishing.answers import LICENCE, about_comparison, csv_file, host_of, xlsx_file
from apps.publishing.comparison_pictures import ComparisonPicture, stamp_words
from apps.publishing.models import FrozenComparison
from apps.publishing.pages import FrozenPage
from apps.publishing.views_frozen import frozen_or_redirect
from apps.publishing.views_pictures import PICTURE_POLICY, PNG_WIDTH, SHARED_WIDTH, WIDE_HEIGHT, asked_picture

#: For a year, without asking again: the bytes are what the address says.
FOR_EVER = "public, max-age=31536000, immutable"


type Made = tuple[HttpResponseBase, str]


def _made_of_document(make: Callable[[HttpRequest, FrozenComparison], Made]) -> Callable[..., HttpResponseBase]:
    """The view of a file that `make` makes of a frozen document alone, and of what ends its tag after the hash."""

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, digits: str) -> HttpResponseBase:
        row = frozen_or_redirect(request, digits)
        if isinstance(row, HttpResponse):
            return row
        response, ending = make(request, row)
        response["Cache-Control"] = FOR_EVER
        response["ETag"] = f'"{row.sha256}{ending}"'
        return response

    return view


@_made_of_document
def frozen_json(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>.json`: the very bytes that the hash is of."""
    return HttpResponse(bytes(row.document), content_type="application/json"), ""


# --- tables


def _rows(request: HttpRequest, page: FrozenPage) -> Iterator[list[str]]:
    compared = page.compared
    printed = tables.printed_of(compared.own, compared.said_by)
    return tables.long_rows(printed, host=host_of(request), on=compared.query.on, known=compared.query.known)


@_made_of_document
def frozen_csv(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>.csv`: the figures in the long form."""
    page = FrozenPage.of(row)
    address = f"{host_of(request)}{page.permalink}"
    return csv_file(_rows(request, page), f"frozen-{row.public_id}", page=address), "-csv"


@_made_of_document
def frozen_xlsx(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>.xlsx`: the same as a workbook, with a sheet that says what they are."""
    page = FrozenPage.of(row)
    about = [
        *about_comparison(page, host_of(request)),
        ("Frozen on", page.frozen_words),
        ("SHA-256", row.sha256),
        ("Licence", LICENCE),
    ]
    return xlsx_file(_rows(request, page), f"frozen-{row.public_id}", about), "-xlsx"


# --- pictures


def _picture(
    request: HttpRequest, row: FrozenComparison, *, tallest: int | None = None
) -> tuple[ComparisonPicture, str]:
    """What is asked for, and how its tag ends. BadQueryError for a theme or a view that no picture has."""
    kind, theme = asked_picture(request, is_low=tallest is not None)
    page = FrozenPage.of(row)
    stamp = f"{stamp_words(page, page.known_words)}. Frozen {page.frozen_words}"
    return kind(page, host_of(request), stamp, theme, tallest), f"-{kind.__name__}-{theme}".lower()


@csp_override(PICTURE_POLICY)
@_made_of_document
def frozen_svg(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>.svg`: `view=time` for the chart over time, `theme=dark`."""
    picture, tag = _picture(request, row)
    return HttpResponse(picture.svg(), content_type="image/svg+xml"), f"{tag}-svg"


@_made_of_document
def frozen_png(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>.png`: the same."""
    picture, tag = _picture(request, row)
    return HttpResponse(picture.png(width=PNG_WIDTH), content_type="image/png"), f"{tag}-png"


@_made_of_document
def frozen_shared(request: HttpRequest, row: FrozenComparison) -> Made:
    """`/frozen/<id>/share.png`: as networks show it beside a link, 1200 × 630."""
    picture, tag = _picture(request, row, tallest=WIDE_HEIGHT)
    return HttpResponse(picture.png(width=SHARED_WIDTH), content_type="image/png"), f"{tag}-share"
