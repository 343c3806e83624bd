"""Frozen comparisons: documents that never change, by the first digits of their hash."""

import re
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.actors.as_known import as_known, newest_change
from apps.actors.models import Actor, Tombstone, TombstoneKind
from apps.claims.models import Question
from apps.comparisons.pages.paging import read_page
from apps.comparisons.queries import read_comparison_query
from apps.comparisons.records import ComparedQuestion, Places, compare_question
from apps.comparisons.views_claim import refuse_removed
from apps.publishing.actions import freeze
from apps.publishing.models import FROZEN_ID, FrozenComparison
from apps.publishing.pages import FrozenListPage, FrozenPage, NewFrozenPage, banner_of, cite_frozen, frozen_linked
from apps.publishing.views_references import answer
from apps.web.queries import BadQueryError, Problem, QueryReader


def frozen_or_redirect(request: HttpRequest, digits: str) -> FrozenComparison | HttpResponse:
    """What an address means; a redirect to the same address with the short id where more digits or capitals are given.

    GoneError for what a law had removed, Http404 for anything else.
    """
    asked = digits.lower()
    row = FrozenComparison.objects.meant_by(asked) if re.fullmatch(FROZEN_ID, asked) else None
    if row is None:
        _refuse_removed(asked)
        raise Http404(f"No frozen comparison has a hash that begins with “{digits}”.")
    if digits == row.public_id:
        return row
    address = reverse(str(request.resolver_match and request.resolver_match.view_name), args=[row.public_id])
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _refuse_removed(asked: str) -> None:
    for removed in Tombstone.objects.filter(kind=TombstoneKind.FROZEN, sha256__startswith=asked):
        if asked.startswith(removed.public_id):
            refuse_removed(TombstoneKind.FROZEN, removed.public_id)


@require_safe
def frozen(request: HttpRequest, digits: str) -> HttpResponse:
    """`/frozen/<id>/`: drawn from the document, but for the banner that says what became of the live comparison."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    page, host = FrozenPage.of(row), f"{request.scheme}://{request.get_host()}"
    cite = cite_frozen(page, host=host, accessed=timezone.now().date())
    shown = {"page": page, "cite": cite, "linked": frozen_linked(page, cite), "banner": banner_of(page)}
    return render(request, "publishing/frozen.html", shown)


@require_safe
def reference(request: HttpRequest, digits: str, suffix: str) -> HttpResponse:
    """`/frozen/<id>.bib`, `.ris`, `.csl.json`."""
    row = frozen_or_redirect(request, digits)
    if isinstance(row, HttpResponse):
        return row
    host = f"{request.scheme}://{request.get_host()}"
    return answer(cite_frozen(FrozenPage.of(row), host=host, accessed=timezone.now().date()), suffix)


# --- the list, and freezing


#: What is frozen stays for ever, so that not every account of the administration may do it.
MAY_FREEZE = "publishing.add_frozencomparison"


@require_http_methods(["GET", "HEAD", "POST"])
def frozen_list(request: HttpRequest) -> HttpResponse:
    """`/frozen/`: all of them, `?page=`; a POST by an editor adds one."""
    if request.method == "POST":
        return _freeze(request)
    rows = FrozenComparison.objects.with_headings().order_by("-frozen_at", "-pk")
    page = FrozenListPage(read_page(QueryReader(request.GET), rows))
    return render(request, "publishing/frozen_list.html", {"page": page})


def _freeze(request: HttpRequest) -> HttpResponse:
    if elsewhere := _not_an_editor(request, f"{reverse('frozen-new')}?{_sent(request).urlencode()}"):
        return elsewhere
    compared = _asked(_sent(request))
    assert compared.query.known is not None  # set by _asked
    try:
        row = freeze(
            question=compared.question.slug,
            query=compared.query,
            known=compared.query.known,
            today=compared.today,
            by=request.user if isinstance(request.user, User) else None,
        )
    except ValidationError as refused:
        raise BadQueryError((Problem("question", " ".join(refused.messages)),), "") from refused
    response = redirect(row)
    response.status_code = 303
    return response


def _sent(request: HttpRequest) -> QueryDict:
    """The form's fields without its token."""
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@never_cache
@require_safe
def frozen_new(request: HttpRequest) -> HttpResponse:
    """`/frozen/new/?question=…` and a comparison's query: what will be frozen, and a form that does it."""
    if elsewhere := _not_an_editor(request, request.get_full_path()):
        return elsewhere
    return render(request, "publishing/frozen_new.html", {"new": NewFrozenPage(_asked(request.GET))})


def _not_an_editor(request: HttpRequest, address: str) -> HttpResponse | None:
    """To the sign-in page, and back to an address from there; None for who may freeze."""
    if not request.user.is_authenticated:
        return redirect_to_login(address, reverse("admin:login"))
    if not request.user.has_perm(MAY_FREEZE):
        raise PermissionDenied
    return None


def _asked(given: QueryDict) -> ComparedQuestion:
    """The comparison that a form or an address names, as known at a moment; its query names both days.

    BadQueryError with a sentence for each value that cannot be read.
    """
    reader, now = QueryReader(given), timezone.now()
    slug, known = reader.one("question"), reader.moment("known", now=now)
    reader.finish()
    moment = known or newest_change() or now
    with as_known(moment):
        question = Question.objects.select_related("topic", "broader").filter(slug=slug or "").first()
        if question is None:
            reader.refuse("question", slug or "", "the slug of a question, such as troops-present")
            reader.finish()
        assert question is not None
        return _compared(question, given, known, moment, today=moment if known else now)


def _compared(
    question: Question, given: QueryDict, known: datetime | None, moment: datetime, *, today: datetime
) -> ComparedQuestion:
    places = Places.load()
    claimants = Actor.objects.filter(slug__in=given.getlist("claimant")).values_list("slug", flat=True)
    query = read_comparison_query(given, places=places.names, claimants=tuple(claimants), known=known)
    compared = compare_question(question, replace(query, view=None), places=places, today=today.date())
    named = replace(compared.query, on=compared.comparison.on, known=moment)
    return replace(compared, query=named)
