"""Errors of the API: one JSON document for every status (RFC 9457), never a page."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

#: Below this path everything that goes wrong is told as a problem.
API = "/api/"
MEDIA_TYPE = "application/problem+json"
#: What is said where nobody said it better.
SENTENCES = {
    400: "The request could not be read as HTTP and JSON; check its address, its headers and its body.",
    403: "This is not allowed.",
    404: "Nothing is at this address; /api/v1/docs lists those that there are.",
    405: "This address does not take that method; the header Allow names those that it takes.",
    413: "The body is larger than what the API takes.",
    500: "Something went wrong here, not in your request. It was written down; please try again later.",
}


def problem(status: int, detail: str, *, errors: Sequence[dict[str, str]] = (), **more: Any) -> JsonResponse:
    """An answer that says in one sentence what is wrong.

    `errors` name the single values: by `parameter` (of the address) or `pointer` (into the body, RFC 6901), each with a
    `detail` of its own. `more` are further members.
    """
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if errors:
        document["errors"] = list(errors)
    return JsonResponse(
        document | more, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


class ProblemMiddleware:
    """Stands outside everything else that answers: whatever fails below `/api/` without a problem becomes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_problem = response.get("Content-Type", "").startswith(MEDIA_TYPE)
        if response.status_code < 400 or is_problem or not request.path_info.startswith(API):
            return response
        return _as_problem(response)


def _as_problem(response: HttpResponseBase) -> HttpResponse:
    """The same status and headers, with a document in place of the page."""
    told = problem(response.status_code, SENTENCES.get(response.status_code, SENTENCES[400]))
    for name, value in response.items():
        if name not in ("Content-Type", "Content-Length"):
            told[name] = value
    return told
