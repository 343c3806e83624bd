"""When a part of a page is enough."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

#: The headers of a request that `wants_partial` reads: what `Vary` has to name wherever it is asked.
VARY_ON = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part to swap in: not a boosted link, not a page restored from history."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
