"""Home, the list of questions, and a topic."""

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.claims.models import Citation, Claim, Question, Stance, Topic
from apps.comparisons.known import today_of
from apps.comparisons.pages.home import SHOW, HomePage, QuestionsPage, QuestionsQuery, TopicPage
from apps.comparisons.pages.lists import ListedQuestion, State
from apps.comparisons.records import Places, compare_questions
from apps.comparisons.views_entities import row_or_redirect
from apps.domain.vocabulary import Measure
from apps.sources.models import Source
from apps.web.htmx import wants_partial
from apps.web.queries import QueryReader

#: Newest sources that a topic's page lists.
SOURCES = 20


def listed(request: HttpRequest, questions: list[Question], places: Places) -> tuple[ListedQuestion, ...]:
    """Questions compared for a list."""
    today = today_of(request)
    return tuple(ListedQuestion(one) for one in compare_questions(questions, places=places, today=today))


def all_questions() -> list[Question]:
    return list(Question.objects.select_related("topic").order_by("slug"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the questions with most to compare, the newest figures, the most contested."""
    page = HomePage(listed(request, all_questions(), Places.load()), tuple(Topic.objects.order_by("title")))
    return render(request, "comparisons/home.html", {"page": page})


def read_questions_query(request: HttpRequest, places: Places, topics: list[str]) -> QuestionsQuery:
    """The facets of an address; BadQueryError names those that cannot be read."""
    reader = QueryReader(request.GET)
    measure, show = reader.choice("measure", list(Measure)), reader.choice("show", list(SHOW))
    query = QuestionsQuery(
        topic=_known(reader, "topic", topics),
        place=_known(reader, "place", list(places.names)),
        measure=Measure(measure) if measure else None,
        show=State(show) if show else None,
    )
    reader.finish()
    return query


def _known(reader: QueryReader, name: str, slugs: list[str]) -> str | None:
    value = reader.one(name)
    if value is not None and value not in slugs:
        reader.refuse(name, value, f"the slug of a {name}")
    return value


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """`/questions/`: all questions, by facets; for htmx the list alone."""
    places, rows = Places.load(), all_questions()
    query = read_questions_query(request, places, sorted({row.topic.slug for row in rows}))
    page = QuestionsPage(query, listed(request, rows, places))
    template = "comparisons/questions.html"
    return render(request, f"{template}#results" if wants_partial(request) else template, {"page": page})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """`/topics/<slug>/`: a situation, its questions at a glance and its newest sources."""
    found = row_or_redirect(request, Topic.objects.order_by("slug"), slug)
    if isinstance(found, HttpResponse):
        return found
    rows = list(Question.objects.filter(topic=found).select_related("topic").order_by("slug"))
    claims = Claim.objects.published().filter(question__topic=found)
    citations, stances = Citation.objects.filter(claim__in=claims), Stance.objects.filter(claim__in=claims)
    sources = Source.objects.filter(Q(pk__in=citations.values("source")) | Q(pk__in=stances.values("source")))
    newest = sources.select_related("publisher").order_by(F("published_on").desc(nulls_last=True), "slug")
    page = TopicPage(
        topic=found,
        listed=listed(request, rows, Places.load()),
        sources=list(newest[:SOURCES]),
        sources_count=sources.count(),
        citations_count=citations.count(),
    )
    return render(request, "comparisons/topic.html", {"page": page})
