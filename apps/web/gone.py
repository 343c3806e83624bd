"""Answers to addresses of what a law had us remove: 410 with a note, in the form that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apps.web.problems import API, problem


@dataclass
class GoneError(Exception):
    """Raised by a view. `what` says what stood there, as in “claim c064”; `sha256` is the hash of what was removed."""

    what: str
    reason: str
    removed_at: datetime
    sha256: str

    @property
    def sentence(self) -> str:
        return f"The {self.what} was removed on {self.removed_at:%Y-%m-%d} because a law demanded it: {self.reason}"


class GoneMiddleware:
    """Turns GoneError into a page, into JSON, or into plain text where CSV or a citation was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer when a view raises GoneError."""
        if not isinstance(exception, GoneError):
            return None
        if request.path.startswith(API):
            return problem(410, exception.sentence, removed=_document(exception)["removed"])
        if request.path.endswith(".json"):
            return JsonResponse(_document(exception), status=410, json_dumps_params={"ensure_ascii": False})
        if not request.path.endswith("/"):
            text = f"{exception.sentence}\nSHA-256 of what was removed: {exception.sha256}\n"
            return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
        return render(request, "410.html", {"gone": exception}, status=410)


def _document(gone: GoneError) -> dict[str, dict[str, str]]:
    at = gone.removed_at.isoformat().replace("+00:00", "Z")
    return {"removed": {"what": gone.what, "reason": gone.reason, "removed_at": at, "sha256": gone.sha256}}
