"""The methodology, and the box in which a reader tries a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.comparisons.pages.figure_box import FigureBox
from apps.comparisons.pages.methodology import MethodologyPage
from apps.comparisons.records import conventions
from apps.domain.parsing import LANGUAGES, language_code
from apps.web.htmx import wants_partial
from apps.web.queries import QueryReader


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """`/methodology/`, `?figure=` what is typed, `?language=` its language; for htmx the answer of the box alone."""
    reader = QueryReader(request.GET)
    text, given = reader.one("figure"), reader.one("language")
    language = None if given is None else language_code(given)
    if given is not None and language is None:
        reader.refuse("language", given, f"one of {', '.join(LANGUAGES)}")
    reader.finish()
    settings = conventions()
    page = MethodologyPage(settings, FigureBox(text, language, settings.tolerance))
    template = "comparisons/methodology.html"
    return render(request, f"{template}#answer" if wants_partial(request) else template, {"page": page})
