"""What every public address says to caches, and answering again without the work (decision 8).

Each answer names the version of everything that it may depend on, found by a query or two before anything else is
done. Who brings the version back that still holds gets a 304. Caches keep what readers get, but ask each time; what an
editor gets stays in that editor's browser; what may change something, or went wrong, is kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from apps.actors.state import is_settled, look
from apps.web.htmx import VARY_ON
from apps.web.release import release

#: Editing, drafts, and what machines inside ask; a page elsewhere with a form that writes says so itself (never_cache).
NOT_PUBLIC = ("/admin/", "/api/v1/drafts", "/healthz", "/readyz", "/metrics")
#: Names of editors have no history: no date says when they changed.
NAMES_EDITORS = ("/claims/", "/api/v1/claims/")
#: What an administrator may set and a page may show or conclude from.
_SETTINGS = ("DEBUG", "STATIC_URL", "STORAGES", *sorted(name for name in dir(settings) if name.startswith("PARALLAX_")))


@dataclass(frozen=True, slots=True)
class Version:
    """What an address gives at this moment: a weak tag, and the moment of the last change that is known.

    `is_dated`: all that the page depends on has a moment of its change.
    """

    tag: str
    changed_at: datetime
    is_dated: bool

    @property
    def second(self) -> int:
        return int(self.changed_at.timestamp())

    def is_had_by(self, request: HttpRequest) -> bool:
        """Whether the request brings this version along.

        A date without a tag counts only if it is the very one that was given; RFC 9110 §13.1.3 allows to be so strict.
        """
        tags = request.headers.get("If-None-Match")
        if tags is not None:
            return self.tag in parse_etags(tags)
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        return self.is_dated and since == self.second


class RevalidationMiddleware:
    """Stands outside everything that asks the database, the session or a template."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.release = release()
        self.started_at = timezone.now()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(NOT_PUBLIC):
            return _kept_nowhere(self.get_response(request))
        version = self._version(request)
        if version.is_had_by(request):
            return _asked_each_time(request, _tagged(request, HttpResponseNotModified(), version))
        # Before the page is made: a change that appears meanwhile may be in it, and must not have been settled.
        last_modified = _last_modified(version)
        response = _ruled(request, self.get_response(request), version)
        if response.get("ETag") == version.tag:
            response["Last-Modified"] = last_modified
        return response

    def _version(self, request: HttpRequest) -> Version:
        state, today = look(), timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        parts = (self.release, _settings(), state.text, today, request.build_absolute_uri(), *_asker(request))
        return Version(
            tag=f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"',
            changed_at=max(filter(None, (state.changed_at, self.started_at, today))),
            is_dated=not request.path_info.startswith(NAMES_EDITORS),
        )


def _last_modified(version: Version) -> str:
    """The moment of the last change; while that is not settled, a second less, which is never the right one later."""
    return http_date(version.second if is_settled(version.changed_at) else version.second - 1)


def _settings() -> str:
    return repr([getattr(settings, name) for name in _SETTINGS])


def _asker(request: HttpRequest) -> tuple[str | None, ...]:
    """What makes two requests for one address differ: who asks, and for which part of the page."""
    credentials = [request.COOKIES.get(name) for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)]
    return (*credentials, *(request.headers.get(name) for name in ("Authorization", *_varies_on(request))))


def _is_reader(request: HttpRequest) -> bool:
    cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return cookies.isdisjoint(request.COOKIES) and "Authorization" not in request.headers


def _varies_on(request: HttpRequest) -> tuple[str, ...]:
    """Pages have parts; documents, whose addresses end with a suffix, are whole."""
    return VARY_ON if request.path_info.endswith("/") else ()


def _ruled(request: HttpRequest, response: HttpResponseBase, version: Version) -> HttpResponseBase:
    """The answer of a view with what caches have to know; one that says so itself is left as it is."""
    if response.cookies:
        return _kept_nowhere(response)
    if "Cache-Control" in response:
        return _by_own_tag(request, response)
    if response.status_code >= 400:
        return _kept_nowhere(response)
    if response.status_code != 200:
        return _asked_each_time(request, response)  # a redirect: the old address may be given to something else
    if request.headers.get("If-None-Match", "").strip() == "*":
        response = HttpResponseNotModified()
    return _asked_each_time(request, _tagged(request, response, version))


def _by_own_tag(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A 304 for who has it already; Django compares the tags."""
    if "ETag" not in response:
        return response
    # It is asked for its status and its headers only, which a stream has, too.
    return get_conditional_response(request, etag=response["ETag"], response=response) or response  # type: ignore[arg-type]


def _tagged(request: HttpRequest, response: HttpResponseBase, version: Version) -> HttpResponseBase:
    response["ETag"] = version.tag
    if varies := _varies_on(request):
        patch_vary_headers(response, varies)
    if _is_reader(request):
        # nginx stores nothing that says no-cache, unless its own header, which it reads first and keeps to itself,
        # tells it to; a date long past means that it asks each time.
        response["X-Accel-Expires"] = "@1"
    return response


def _asked_each_time(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Kept by whoever may see it, and never used again without asking here whether it still holds."""
    response["Cache-Control"] = "public, no-cache" if _is_reader(request) else "private, no-cache"
    return response


def _kept_nowhere(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    return response
