"""Answers to query strings that cannot be read, and to who asks for the head of an answer only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import escape_leading_slashes

from apps.web.problems import API, problem
from apps.web.queries import BadQueryError, QueryReader

#: Addresses that end so are asked for by machines, or by tools that show no page.
PLAIN_ANSWERS = (".csv", ".xlsx", ".svg", ".png", ".bib", ".ris", ".atom", ".xml", ".txt", "/oembed")


class HeadMiddleware:
    """Makes nothing of what would be sent row by row for who asks for the head of an answer only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())
        return response


class BadQueryMiddleware:
    """Turns BadQueryError into a 400 page; into JSON or plain text where such was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what no page can use, whatever reads it: the database knows no NUL."""
        reader = QueryReader(request.GET)
        for name, values in request.GET.lists():
            for value in values:
                if "\0" in name or "\0" in value:
                    reader.refuse(name, value, "a text without NUL characters")
        try:
            reader.finish()
        except BadQueryError as error:
            return refusal(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer when a view raises BadQueryError."""
        return refusal(request, exception) if isinstance(exception, BadQueryError) else None


def refusal(request: HttpRequest, exception: BadQueryError) -> HttpResponse:
    """One sentence per bad parameter, and an address that keeps the rest."""
    if request.path.startswith(API):
        errors = [{"parameter": p.parameter, "detail": p.sentence} for p in exception.problems]
        return problem(400, f"{exception.problems[0].parameter}: {exception.problems[0].sentence}", errors=errors)
    if request.path.endswith(".json"):
        problems = [{"parameter": p.parameter, "message": p.sentence} for p in exception.problems]
        return JsonResponse({"problems": problems}, status=400)
    if request.path.endswith(PLAIN_ANSWERS):
        sentences = "".join(f"{p.parameter}: {p.sentence}\n" for p in exception.problems)
        return HttpResponse(sentences, status=400, content_type="text/plain; charset=utf-8")
    path = escape_leading_slashes(request.path)
    keep_url = f"{path}?{exception.kept}" if exception.kept else path
    problems_shown = [(p.parameter, p.sentence) for p in exception.problems]
    return render(request, "400.html", {"problems": problems_shown, "keep_url": keep_url}, status=400)
