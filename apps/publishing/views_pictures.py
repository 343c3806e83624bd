"""Comparisons as pictures."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from apps.comparisons.known import known_of
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.references import moment_words
from apps.comparisons.views_comparison import compared_or_redirect
from apps.publishing.answers import host_of
from apps.publishing.pictures import Picture, Theme, policies, stamp_words
from apps.web.queries import QueryReader

#: px of a PNG: twice the drawing's own, for dense screens; and what networks show beside a link.
PNG_WIDTH, SHARED_WIDTH = 1_920, 1_200
#: The height of the drawing that is 630 px tall when it is 1,200 wide.
WIDE_HEIGHT = 504
#: A picture runs nothing and loads nothing; its own rules of style are named by their hash.
POLICY: dict[str, list[str]] = {"default-src": [CSP.NONE], "style-src": policies(), "frame-ancestors": [CSP.NONE]}


def _picture(request: HttpRequest, slug: str, *, tallest: int | None = None) -> Picture | HttpResponse:
    """The comparison that is asked for; BadQueryError for a theme or a view that no picture has."""
    reader = QueryReader(request.GET)
    theme = reader.choice("theme", ("light", "dark"))
    reader.choice("view", ("day",))
    reader.finish()
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    page, known = ComparisonPage(compared), known_of(request)
    words = moment_words(known) if known else f"{timezone.now():%-d %b %Y}"
    return Picture(page, host_of(request), stamp_words(page, words), cast("Theme", theme or "light"), tallest)


@csp_override(POLICY)
@require_safe
def comparison_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>.svg`, with the page's query; `theme=dark`."""
    picture = _picture(request, slug)
    if isinstance(picture, HttpResponse):
        return picture
    return HttpResponse(picture.svg(), content_type="image/svg+xml")


@require_safe
def comparison_png(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>.png`: the same."""
    picture = _picture(request, slug)
    if isinstance(picture, HttpResponse):
        return picture
    return HttpResponse(picture.png(width=PNG_WIDTH), content_type="image/png")


@require_safe
def comparison_shared(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>/share.png`: as networks show it beside a link, 1200 × 630."""
    picture = _picture(request, slug, tallest=WIDE_HEIGHT)
    if isinstance(picture, HttpResponse):
        return picture
    return HttpResponse(picture.png(width=SHARED_WIDTH), content_type="image/png")
