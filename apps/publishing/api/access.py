"""Who asks, and how often: tokens are known here, and requests counted, before anything else is done.

What is answered with “not modified” is not counted: it never comes here. Counts are kept in Django's cache, by default
one in each process, and forgotten after their minute.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from apps.publishing.api.tokens import token_of
from apps.publishing.api_tokens import ApiToken
from apps.web.problems import problem

V1 = "/api/v1/"
#: These tell of the API and cost as much as any page.
NOT_COUNTED = (f"{V1}docs", f"{V1}openapi.json")
READS = ("GET", "HEAD", "OPTIONS")
MINUTE = 60
NO_TOKEN = "Send a token as “Authorization: Bearer plx_…”; an editor makes them."
WRONG_TOKEN = "This token is not known, or was revoked; wanted one in force, as “Authorization: Bearer plx_…”."


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many of `quota` requests of a kind were made within a minute that ends in `seconds`."""

    kind: str
    quota: int
    used: int
    seconds: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.quota

    def tell(self, response: HttpResponseBase) -> None:
        """As draft-ietf-httpapi-ratelimit-headers has it."""
        response["RateLimit-Policy"] = f'"{self.kind}";q={self.quota};w={MINUTE}'
        response["RateLimit"] = f'"{self.kind}";r={max(0, self.quota - self.used)};t={self.seconds}'


def spend(who: str, kind: str, quota: int, *, now: datetime) -> Allowance:
    """Count one request of somebody in the present minute."""
    minute, second = divmod(now.timestamp(), MINUTE)
    key = f"api-{kind}-{who}-{int(minute)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        used = cache.incr(key)
    except ValueError:  # the cache was full and forgot it
        used = 1
    return Allowance(kind, quota, used, seconds=max(1, math.ceil(MINUTE - second)))


class AccessMiddleware:
    """Sets `request.api_token` below `/api/v1/`; refuses wrong tokens, and whoever asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(V1) or request.path_info in NOT_COUNTED:
            return self.get_response(request)
        now, given = timezone.now(), request.headers.get("Authorization", "")
        token = token_of(_bearer(given), now=now) if given else None
        request.api_token = token  # type: ignore[attr-defined]  # what Django's requests are for
        allowance = _spend(request, token, now)
        response = self._answer(request, allowance, is_refused=bool(given) and token is None)
        if allowance is not None:
            allowance.tell(response)
        if request.method in READS:
            _open_to_scripts(response)
        return response

    def _answer(self, request: HttpRequest, allowance: Allowance | None, *, is_refused: bool) -> HttpResponseBase:
        if allowance is not None and allowance.is_spent:
            return _too_many(allowance)
        return unauthorized(WRONG_TOKEN) if is_refused else self.get_response(request)


def _open_to_scripts(response: HttpResponseBase) -> None:
    """Lets scripts of other sites read what any reader gets; what comes with a cookie is kept from them by the “*”."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


def _bearer(given: str) -> str:
    scheme, _, secret = given.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _spend(request: HttpRequest, token: ApiToken | None, now: datetime) -> Allowance | None:
    is_read = request.method in READS
    kind, quota = (
        ("reads", settings.PARALLAX_API_READS_PER_MINUTE)
        if is_read
        else ("writes", settings.PARALLAX_API_WRITES_PER_MINUTE)
    )
    who = f"token-{token.pk}" if token else f"address-{address_of(request)}"
    return spend(who, kind, quota, now=now) if quota else None


def address_of(request: HttpRequest) -> str:
    """Whose request it is: an IPv4 address, or the network of an IPv6 one, of which one house has very many."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PARALLAX_BEHIND_PROXY else ""
    given = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(given)
    except ValueError:
        return "unknown"
    return str(address if address.version == 4 else ip_network(f"{address}/64", strict=False))


def unauthorized(sentence: str) -> HttpResponse:
    """A 401, which has to say how one is let in."""
    response = problem(401, sentence)
    response["WWW-Authenticate"] = 'Bearer realm="Parallax"'
    return response


def _too_many(allowance: Allowance) -> HttpResponse:
    asked = f"{allowance.quota} {allowance.kind} in a minute"
    response = problem(429, f"{asked} were answered already; wait {allowance.seconds} seconds.")
    response["Retry-After"] = str(allowance.seconds)
    return response


def token_that_asks(request: HttpRequest) -> ApiToken | None:
    """The token of a request, None without one."""
    token: ApiToken | None = getattr(request, "api_token", None)
    return token
