"""Frozen comparisons as files: the document itself, and what is made of it alone. They never change."""

from collections.abc import Iterator

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


def _kept_for_ever[R: HttpResponseBase](response: R, row: FrozenComparison, suffix: str = "") -> R:
    """A file made from a frozen document alone, with what caches have to know; the tag begins with the hash."""
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{row.sha256}{suffix}"'
    return response


@require_safe
def frozen_json(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>.json`: the very bytes that the hash is of."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    return _kept_for_ever(HttpResponse(bytes(row.document), content_type="application/json"), row)


# --- tables


def _rows(request: HttpRequest, page: FrozenPage) -> Iterator[list[str]]:
    compared = page.compared
    printed = tables.printed_of(compared.own, compared.said_by)
    return tables.long_rows(printed, host=host_of(request), on=compared.query.on, known=compared.query.known)


@require_safe
def frozen_csv(request: HttpRequest, digits: str) -> HttpResponseBase:
    """`/frozen/<id>.csv`: the figures in the long form."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    page = FrozenPage.of(row)
    file = csv_file(_rows(request, page), f"frozen-{row.public_id}", page=f"{host_of(request)}{page.permalink}")
    return _kept_for_ever(file, row, "-csv")


@require_safe
def frozen_xlsx(request: HttpRequest, digits: str) -> HttpResponseBase:
    """`/frozen/<id>.xlsx`: the same as a workbook, with a sheet that says what they are."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    page = FrozenPage.of(row)
    about = [
        *about_comparison(page, host_of(request)),
        ("Frozen on", page.frozen_words),
        ("SHA-256", row.sha256),
        ("Licence", LICENCE),
    ]
    return _kept_for_ever(xlsx_file(_rows(request, page), f"frozen-{row.public_id}", about), row, "-xlsx")


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
@require_safe
def frozen_svg(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>.svg`: `view=time` for the chart over time, `theme=dark`."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    picture, tag = _picture(request, row)
    return _kept_for_ever(HttpResponse(picture.svg(), content_type="image/svg+xml"), row, f"{tag}-svg")


@require_safe
def frozen_png(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>.png`: the same."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    picture, tag = _picture(request, row)
    return _kept_for_ever(HttpResponse(picture.png(width=PNG_WIDTH), content_type="image/png"), row, f"{tag}-png")


@require_safe
def frozen_shared(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>/share.png`: as networks show it beside a link, 1200 × 630."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    picture, tag = _picture(request, row, tallest=WIDE_HEIGHT)
    png = picture.png(width=SHARED_WIDTH)
    return _kept_for_ever(HttpResponse(png, content_type="image/png"), row, f"{tag}-share")
