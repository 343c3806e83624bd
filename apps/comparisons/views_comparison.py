"""The comparison as a page."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.actors.as_known import at_one_moment
from apps.actors.models import Actor
from apps.claims.models import Question
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.changes import QuestionChanges, changes_to_present, load_changes
from apps.comparisons.known import known_of, shown_as_known, today_of
from apps.comparisons.pages.changes import ChangesPage
from apps.comparisons.pages.citing import cite_comparison
from apps.comparisons.pages.comparison import ComparisonPage, changes_address
from apps.comparisons.pages.linked_data import comparison_linked
from apps.comparisons.queries import ComparisonQuery, read_changes_query, read_comparison_query
from apps.comparisons.records import ComparedQuestion, Places, compare_question, own_claims, position_date
from apps.comparisons.views_entities import row_or_redirect
from apps.web.htmx import wants_partial


def read_query(request: HttpRequest, places: Places) -> ComparisonQuery:
    """The query string of a comparison, checked against the places and actors that exist."""
    claimants = asked_claimants(request)
    return read_comparison_query(request.GET, places=places.names, claimants=claimants, known=known_of(request))


def asked_claimants(request: HttpRequest) -> tuple[str, ...]:
    """The claimants of the query string that exist."""
    asked = [slug for slug in request.GET.getlist("claimant") if slug.isascii() and "\0" not in slug]
    return tuple(Actor.objects.filter(slug__in=asked).values_list("slug", flat=True)) if any(asked) else ()


@dataclass(frozen=True)
class AskedComparison:
    """What an address asks for, before anything is loaded and compared."""

    question: Question
    query: ComparisonQuery
    places: Places
    today: date

    def compared(self, *, is_brief: bool = False) -> ComparedQuestion:
        """All of it; in brief without what is recorded about each claim."""
        return compare_question(self.question, self.query, places=self.places, today=self.today, is_brief=is_brief)

    def day(self) -> date:
        """The position date: the one asked for, else the one on which the page opens."""
        return position_date(self.question, self.query, places=self.places, today=self.today)

    def permalink(self, on: date) -> str:
        """The path of the page with its query and its day."""
        return f"{self.question.get_absolute_url()}?{self.query.encode(on=on.isoformat())}"

    def claims(self) -> ClaimQuerySet:
        """The question's own claims that the filters let through, oldest first."""
        return own_claims(self.question, self.query, self.places)


def asked_or_redirect(request: HttpRequest, slug: str) -> AskedComparison | HttpResponse:
    """The question of an address and what the query string asks; a redirect for a slug that it had before."""
    question = row_or_redirect(request, Question.objects.select_related("topic", "broader"), slug)
    if isinstance(question, HttpResponse):
        return question
    places = Places.load()
    return AskedComparison(question, read_query(request, places), places, today_of(request))


def compared_or_redirect(request: HttpRequest, slug: str) -> ComparedQuestion | HttpResponse:
    """The same, compared."""
    asked = asked_or_redirect(request, slug)
    return asked if isinstance(asked, HttpResponse) else asked.compared()


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>/changes/`: between `known_since` and `known`, or between `on_since` and `on`."""
    found = changes_or_redirect(request, slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "comparisons/changes.html", {"page": ChangesPage(found)})


def changes_or_redirect(request: HttpRequest, slug: str) -> QuestionChanges | HttpResponse:
    """The changes of a question that the query string asks for; a redirect for a slug that it had before."""
    question = row_or_redirect(request, Question.objects.select_related("topic", "broader"), slug)
    if isinstance(question, HttpResponse):
        return question
    places = Places.load()
    query = read_changes_query(
        request.GET,
        places=places.names,
        claimants=asked_claimants(request),
        known=known_of(request),
        now=timezone.now(),
    )
    return load_changes(question, query, places=places)


@require_safe
@at_one_moment()
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """`/questions/<slug>/`: the page, or for htmx the part of it that filters change."""
    known = shown_as_known(request)
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    if compared.query.view == "changes":
        return redirect(changes_address(compared.question, compared.query))
    template = "comparisons/comparison.html"
    part = f"{template}#filtered" if wants_partial(request) else template
    since = changes_to_present(compared) if compared.query.known else ()
    page, host = ComparisonPage(compared, changed_since=len(since)), f"{request.scheme}://{request.get_host()}"
    cite = cite_comparison(page, host=host, known=known, accessed=timezone.now().date())
    return render(request, part, {"page": page, "cite": cite, "linked": comparison_linked(page, cite)})
