"""What the editing pages ask while somebody types."""

import re

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.claims.figure_forms import USE, ReadingForm
from apps.claims.models import Question
from apps.claims.readings import primary_language
from apps.web.editing import is_key
from apps.web.queries import shown

_WORDS = re.compile(r"(?:(?P<prefix>citations-[0-9]{1,4})-)?stated_value", re.ASCII)
#: Who may save words may have them read.
_MAY_ASK = ("claims.add_claim", "claims.change_claim", "claims.add_citation", "claims.change_citation")


@never_cache
@require_safe
def read_words(request: HttpRequest) -> HttpResponse:
    """How the words of one figure of an editing page are read; with the button's name, its number fields filled.

    The query string has the fields of the figure by their names on the page, the languages of the citations, and
    the key of the question: `question` as the page has it chosen, else `_question` as it was stored.
    """
    if not admin.site.has_permission(request):
        return _refusal("Sign in again in another window: what you typed here is not lost.", status=403)
    if not any(request.user.has_perm(permission) for permission in _MAY_ASK):
        return _refusal("Only those who may change claims or citations can ask how words are read.", status=403)
    found = [match for name in request.GET if (match := _WORDS.fullmatch(name))]
    if len(found) != 1:
        return _refusal(f"The words of {len(found)} figures were given; wanted those of one, as “stated_value”.")
    key = request.GET.get("question") or request.GET.get("_question", "")
    if key and not is_key(key):
        return _refusal(f"question is “{shown(key)}”; wanted the number of a question, or nothing.")
    return _reading(request, prefix=found[0]["prefix"] or "", key=key)


def _reading(request: HttpRequest, *, prefix: str, key: str) -> HttpResponse:
    question = Question.objects.filter(pk=key).first() if key else None
    language, is_used = _language(request.GET, prefix), USE in request.GET
    form = ReadingForm(request.GET, prefix=prefix, language=language, question=question)
    if is_used:
        form.use_reading()
    context = form.reading() | {"numbers": form.widgets() if is_used else (), "is_used": is_used}
    return render(request, "admin/claims/reading.html", context)


def _language(data: QueryDict, prefix: str) -> str:
    """The language of the words in the form with this prefix: a citation has its own, a claim its primary one's."""
    if prefix:
        return data.get(f"{prefix}-language", "")
    return primary_language(data) or data.get("language", "")


def _refusal(sentence: str, status: int = 400) -> HttpResponse:
    return HttpResponse(format_html("<p>{}</p>", sentence), status=status)
