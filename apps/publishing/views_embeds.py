"""Cards that other sites show in a frame, and how programs find them (oEmbed 1.0)."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from apps.actors.as_known import as_known, at_one_moment
from apps.comparisons.known import known_words
from apps.comparisons.old_slugs import renamed_filters
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.views_claim import claim_or_404
from apps.comparisons.views_comparison import asked_or_redirect, compared_or_redirect
from apps.publishing.answers import host_of
from apps.publishing.comparison_pictures import stamp_words
from apps.publishing.pages import FrozenPage
from apps.publishing.views_frozen import frozen_or_redirect
from apps.web.embedding import HEIGHT, WIDTH, Embeddable
from apps.web.gone import GoneError
from apps.web.queries import BadQueryError, QueryReader

#: Rows of a card; more stand on the page that it leads to.
MOST_ROWS = 6
#: px: no frame is asked to be narrower or lower.
LEAST = 200
TEXT = "text/plain; charset=utf-8"
#: Any site may show a card. Nothing else of ours may be shown in a frame.
POLICY = settings.SECURE_CSP | {"frame-ancestors": ["*"]}


def embedded[**P](view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Any:
    """A view whose answer any site may show in a frame, a refusal too: it stands where the card stood."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadQueryError as error:
            if led_on := renamed_filters(request, error):
                return led_on
            return _refused(request, 400, [f"{one.parameter}: {one.sentence}" for one in error.problems])
        except GoneError as error:
            return _refused(request, 410, [error.sentence])
        except Http404 as error:
            return _refused(request, 404, [str(error)])

    return csp_override(POLICY)(xframe_options_exempt(require_safe(answered)))


def _refused(request: HttpRequest, status: int, sentences: list[str]) -> HttpResponse:
    return render(request, "publishing/embed_refused.html", {"sentences": sentences}, status=status)


def _theme(request: HttpRequest) -> str:
    """What the host wishes; empty leaves it to the reader's system. BadQueryError for any other word, or moment."""
    reader = QueryReader(request.GET)
    theme = reader.choice("theme", ("light", "dark", "auto"))
    reader.moment("known", now=timezone.now())
    reader.finish()
    return "" if theme in (None, "auto") else theme


@embedded
@at_one_moment()
def embed_question(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/questions/<slug>/`: a comparison with the query of its page, and `theme`."""
    theme = _theme(request)
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    page = ComparisonPage(compared)
    return _comparison_card(request, page, theme, stamp_words(page, known_words(request)))


@embedded
def embed_frozen(request: HttpRequest, digits: str) -> HttpResponse:
    """`/embed/frozen/<id>/`: from the frozen document alone."""
    theme = _theme(request)
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    page = FrozenPage.of(row)
    return _comparison_card(request, page, theme, f"{stamp_words(page, page.known_words)}. Frozen {page.frozen_words}")


def _comparison_card(request: HttpRequest, page: ComparisonPage, theme: str, stamp: str) -> HttpResponse:
    groups, shown = [], 0
    for group in page.forest.groups:
        if rows := group.rows[: MOST_ROWS - shown]:
            groups.append((group, [(row, _beside(row.glyph)) for row in rows]))
            shown += len(rows)
    in_all = sum(len(group.rows) + group.left_out for group in page.forest.groups)
    card = {"page": page, "theme": theme, "stamp": stamp, "groups": groups, "more": in_all - shown}
    return render(request, "publishing/embed_comparison.html", card)


def _beside(drawing: SafeString) -> SafeString:
    """A drawing whose links open beside the host: links in SVG do not heed the `<base>` of a page."""
    return mark_safe(drawing.replace('<a href="', '<a target="_blank" href="'))  # a drawing of ours


@embedded
@at_one_moment()
def embed_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/embed/claims/<id>/`: one figure, who gave it, and where that is printed."""
    theme = _theme(request)
    page = ClaimPage(claim_or_404(request, public_id), host=host_of(request))
    card = {"page": page, "theme": theme, "stamp": f"As known on {known_words(request)}"}
    return render(request, "publishing/embed_claim.html", card)


# --- how programs find the cards


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`/oembed?url=`: the frame for a page of ours. 404 for what has no card, 501 for XML, 400 for a bad size."""
    reader = QueryReader(request.GET)
    width = _size(reader, "maxwidth", WIDTH)
    height = _size(reader, "maxheight", HEIGHT)
    url = reader.one("url") or ""
    if not url and not reader.problems:
        reader.refuse("url", url, f"the address of a comparison, a claim or a frozen comparison on {host_of(request)}")
    if (form := request.GET.get("format") or "json") != "json":
        return HttpResponse(f"Given the format {form}; wanted json.\n", status=501, content_type=TEXT)
    reader.finish()
    try:
        page = _page_of(request, url)
    except Http404 as error:
        return HttpResponse(f"{error}\n", status=404, content_type=TEXT)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "provider_name": "Parallax",
        "provider_url": f"{page.host}/",
        "cache_age": 3_600,
        "width": width,
        "height": height,
        "html": page.frame(width, height),
    }
    return JsonResponse(answer, headers={"Access-Control-Allow-Origin": "*"})


def _size(reader: QueryReader, name: str, most: int) -> int:
    given = reader.one(name)
    if given is None:
        return most
    if not (given.isascii() and given.isdecimal() and len(given) < 6 and int(given) >= LEAST):
        reader.refuse(name, given, f"a whole number of pixels from {LEAST}")
        return most
    return min(int(given), most)


def _page_of(request: HttpRequest, url: str) -> Embeddable:
    """The page of an address of ours that has a card, by its present address; Http404 for every other."""
    try:
        parts = urlsplit(url)
        is_ours = parts.scheme in ("http", "https") and parts.netloc == request.get_host()
        match = resolve(parts.path) if is_ours else None
    except (Resolver404, ValueError):  # nothing here, or no address at all
        match = None
    titles: dict[str, Callable[..., str | HttpResponse]] = {
        "question": _question_title,
        "claim": _claim_title,
        "frozen": _frozen_title,
    }
    if match is None or match.url_name not in titles:
        raise Http404(f"“{url}” is no comparison, claim or frozen comparison of this site.")
    inner = HttpRequest()
    inner.META, inner.method, inner.path = request.META | {"QUERY_STRING": parts.query}, "GET", parts.path
    inner.GET, inner.resolver_match = QueryDict(parts.query), match
    reader = QueryReader(inner.GET)
    known = reader.moment("known", now=timezone.now())
    reader.finish()
    with as_known(known) if known else nullcontext():
        found = _led_on(inner, titles[match.url_name], match.kwargs)
    if isinstance(found, HttpResponse):
        return _page_of(request, f"{host_of(request)}{found['Location']}")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return Embeddable(host_of(request), path, found)


def _led_on(
    request: HttpRequest, title: Callable[..., str | HttpResponse], named: dict[str, str]
) -> str | HttpResponse:
    """A title, or where an address leads whose filters have other names by now."""
    try:
        return title(request, **named)
    except BadQueryError as error:
        if led_on := renamed_filters(request, error):
            return led_on
        raise


def _question_title(request: HttpRequest, slug: str) -> str | HttpResponse:
    asked = asked_or_redirect(request, slug)
    return asked if isinstance(asked, HttpResponse) else asked.question.title


def _claim_title(request: HttpRequest, public_id: str) -> str:
    claim = claim_or_404(request, public_id).claim
    return f"{claim.claimant.name}: {claim.stated_value}"


def _frozen_title(request: HttpRequest, digits: str) -> str | HttpResponse:
    row = frozen_or_redirect(request, digits)
    return row if isinstance(row, HttpResponse) else FrozenPage.of(row).compared.question.title
