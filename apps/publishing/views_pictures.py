"""Comparisons as pictures."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from apps.actors.as_known import at_one_moment
from apps.comparisons.known import known_words
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.views_claim import claim_or_404
from apps.comparisons.views_comparison import compared_or_redirect
from apps.publishing.answers import host_of
from apps.publishing.claim_pictures import ClaimPicture
from apps.publishing.comparison_pictures import ComparisonPicture, DayPicture, TimePicture, stamp_words
from apps.publishing.pictures import Theme, as_png, policies
from apps.web.queries import QueryReader

#: px of a PNG: twice the drawing's own, for dense screens; and what networks show beside a link.
PNG_WIDTH, SHARED_WIDTH = 1_920, 1_200
#: The height of the drawing that is 630 px tall when it is 1,200 wide.
WIDE_HEIGHT = 504
#: A picture runs nothing and loads nothing; its own rules of style are named by their hash.
PICTURE_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": policies(),
    "frame-ancestors": [CSP.NONE],
}


def asked_picture(request: HttpRequest, *, is_low: bool) -> tuple[type[ComparisonPicture], Theme]:
    """What is to be drawn, and its colours; BadQueryError for a theme or a view that no picture has.

    A low one has no room for a chart over time.
    """
    reader = QueryReader(request.GET)
    theme = reader.choice("theme", ("light", "dark"))
    view = reader.choice("view", ("day",) if is_low else ("day", "time"))
    reader.finish()
    return TimePicture if view == "time" else DayPicture, cast("Theme", theme or "light")


def _picture(request: HttpRequest, slug: str, *, tallest: int | None = None) -> ComparisonPicture | HttpResponse:
    """The comparison that is asked for."""
    kind, theme = asked_picture(request, is_low=tallest is not None)
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    page = ComparisonPage(compared)
    return kind(page, host_of(request), stamp_words(page, known_words(request)), theme, tallest)


@csp_override(PICTURE_POLICY)
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


@require_safe
@at_one_moment()
def claim_shared(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/claims/<id>/share.png`: one figure as networks show it beside a link, 1200 × 630; `theme=dark`."""
    reader = QueryReader(request.GET)
    theme = reader.choice("theme", ("light", "dark"))
    reader.finish()
    page = ClaimPage(claim_or_404(request, public_id), host=host_of(request))
    picture = ClaimPicture(page, host_of(request), known_words(request), cast("Theme", theme or "light"))
    return HttpResponse(as_png(picture.svg(), width=SHARED_WIDTH), content_type="image/png")
