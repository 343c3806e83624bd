"""The API as django-ninja serves it: how answers are written, and how errors are."""

from typing import Any, override

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from apps.comparisons.documents import Document, body
from apps.publishing.api.bodies import Unreadable
from apps.web.problems import SENTENCES, problem

DESCRIPTION = """\
Who says how many, where, as of when, and in whose words: everything that readers see, as JSON.

* Reading needs no token, and scripts on pages of other sites may do it.
* Every answer names its version (`ETag`); who sends it back with `If-None-Match` gets a 304.
* Lists come in slices: send `next` of an answer back as `cursor`, until it is null.
* `known` shows everything as this database held it at a past moment.
* Whoever writes drafts needs a token, which an editor makes: `Authorization: Bearer plx_…`. Drafts are never public;
  an editor looks at them and publishes them.
* Whoever asks too often is told to wait (429, `Retry-After`); `RateLimit` says how many requests are left.
* A slug that something had before, in the path or in a filter, leads on to the address with its present one (301,
  `Location`).
* An empty parameter means that it is not set; parameters that an address does not know are ignored.
* Every error is a problem document (RFC 9457) that says in one sentence what was given and what was wanted.
"""


class Api(NinjaAPI):
    """Errors that are not the API's own are left to the middleware, which knows the address."""

    @override
    def set_default_exception_handlers(self) -> None:
        told: tuple[tuple[type[Exception], Any], ...] = (
            (Http404, _not_found),
            (RequestDataTooBig, _too_large),
            (HttpError, _refused),
            (ValidationError, _invalid),
        )
        for kind, tell in told:
            self.add_exception_handler(kind, tell)


def _not_found(request: HttpRequest, problem_found: Exception) -> HttpResponse:
    return problem(404, str(problem_found) or SENTENCES[404])


def _too_large(request: HttpRequest, problem_found: Exception) -> HttpResponse:
    return problem(413, SENTENCES[413])


def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, RequestDataTooBig):
        return _too_large(request, error)
    if isinstance(error.__cause__, Unreadable):
        return problem(error.__cause__.status, str(error.__cause__))
    return problem(error.status_code, error.message)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: the body is JSON, but not what is described."""
    errors = [_detailed(pointer(found["loc"]), found["msg"]) for found in error.errors]
    return problem(422, f"{errors[0]['pointer'] or 'The body'}: {errors[0]['detail']}", errors=errors)


def _detailed(place: str, message: str) -> dict[str, str]:
    """In pydantic's words, but for what these say of Python."""
    wanted = message.removeprefix("Value error, ") if place else "wanted a JSON object"
    return {"pointer": place, "detail": f"{wanted[:1].upper()}{wanted[1:]}."}


def pointer(location: Any) -> str:
    """Where in a body: RFC 6901, from the places that pydantic names (“body”, the argument, then the members)."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location[2:]]
    return "".join(f"/{part}" for part in parts)


def answer(document: Document, *, status: int = 200) -> HttpResponse:
    """A document as it is sent, the same bytes as those of the address with `.json`."""
    return HttpResponse(body(document), status=status, content_type="application/json")
