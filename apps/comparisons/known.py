"""Pages as this database knew things at a past moment: `?known=` in any public address (model.md §4, "As known").

The whole request runs in a transaction that sees every tracked table as it was, so that no view, query or page has to
know of it but to print the moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from apps.actors.as_known import as_known, newest_change
from apps.comparisons.references import moment_words
from apps.domain.wording import day_words
from apps.web.middleware import refusal
from apps.web.queries import BadQueryError, QueryReader, moment_iso


def known_of(request: HttpRequest) -> datetime | None:
    """The knowledge date of a request, None for the present."""
    known: datetime | None = getattr(request, "known", None)
    return known


def known_words(request: HttpRequest) -> str:
    """The moment as known of an answer, in words: what is asked for, else today."""
    known = known_of(request)
    return moment_words(known) if known else day_words(timezone.now().date())


def today_of(request: HttpRequest) -> date:
    """The day on which a page is asked: today, or the day of the knowledge date."""
    return (known_of(request) or timezone.now()).date()


@dataclass(frozen=True, slots=True)
class KnownBar:
    """What a page of the past says above its title."""

    known: datetime
    present_url: str

    @property
    def words(self) -> str:
        return moment_words(self.known)

    @property
    def iso(self) -> str:
        return moment_iso(self.known)


def known_bar(request: HttpRequest) -> dict[str, KnownBar | str | None]:
    """For all templates: `known_bar`, None in the present, and `known_query`, which asks an address for that moment."""
    known = known_of(request)
    if known is None:
        return {"known_bar": None, "known_query": ""}
    given = request.GET.copy()
    del given["known"]
    path = escape_leading_slashes(request.path)
    present_url = f"{path}?{given.urlencode()}" if given else path
    return {"known_bar": KnownBar(known, present_url), "known_query": f"?{urlencode({'known': moment_iso(known)})}"}


def shown_as_known(request: HttpRequest) -> datetime:
    """The knowledge date at which an answer can be had again: the one asked for, else that of the newest change.

    To be asked within `at_one_moment`, together with the rows: what is cited is then what a reader has seen.
    """
    return known_of(request) or newest_change() or timezone.now()


class KnownMiddleware:
    """Runs a GET with `known` against the database as it was then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or "known" not in request.GET or request.path.startswith("/admin/"):
            return self.get_response(request)
        reader = QueryReader(request.GET)
        known = reader.moment("known", now=timezone.now())
        try:
            reader.finish()
        except BadQueryError as error:
            # A card says it itself, in the frame that it was asked for.
            return self.get_response(request) if request.path.startswith("/embed/") else refusal(request, error)
        if known is None:
            return self.get_response(request)
        request.known = known  # type: ignore[attr-defined]  # what Django's requests are for
        with as_known(known):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = _as_then(iter(response), known)
        return response


def _as_then(parts: Iterator[bytes], known: datetime) -> Iterator[bytes]:
    """What is still to come: it is made when the view is long over, and must not be of the present."""
    with as_known(known):
        yield from parts
