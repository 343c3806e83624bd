"""Lists for machines, with the filters of their pages: rows as JSON, and the claims behind them as CSV and .xlsx."""

from dataclasses import fields

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.actors.models import Actor, ActorKind
from apps.claims.models import Claim, JointClaimant, Place
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.documents import Document
from apps.comparisons.entity_records import actors_with_counts, sources_with_counts
from apps.comparisons.known import today_of
from apps.comparisons.pages.home import QuestionsPage, QuestionsQuery
from apps.comparisons.pages.lists import ListedQuestion
from apps.comparisons.records import Places
from apps.comparisons.views_entities import row_or_redirect
from apps.comparisons.views_lists import all_questions, listed, read_questions_query
from apps.publishing.answers import listing
from apps.publishing.entity_documents import actor_fields, source_fields, standings_by_question
from apps.publishing.entity_documents import place as place_document
from apps.publishing.streams import in_turn, json_file
from apps.sources.models import Source
from apps.web.queries import QueryReader

# --- questions

FACETS = tuple(field.name for field in fields(QuestionsQuery))


def _question(row: ListedQuestion) -> Document:
    question, compared = row.question, row.compared
    return {
        "slug": question.slug,
        "url": question.get_absolute_url(),
        "title": question.title,
        "unit": question.unit,
        "measure": question.measure,
        "topic": question.topic.slug,
        "on": compared.comparison.on.isoformat(),
        "summary": compared.summary_text,
        "figures": len(compared.own),
    }


@require_safe
def questions_json(request: HttpRequest) -> HttpResponseBase:
    """`/questions.json`: each with its conclusion, in the order of the page."""
    places, rows = Places.load(), all_questions()
    query = read_questions_query(request, places, sorted({row.topic.slug for row in rows}))
    page = QuestionsPage(query, listed(request, rows, places))
    return json_file({"questions": map(_question, page.questions)})


def _claims_of_questions(request: HttpRequest) -> ClaimQuerySet:
    """The claims of the questions that the facets let through, narrowed to the place asked for."""
    places, rows = Places.load(), all_questions()
    query = read_questions_query(request, places, sorted({row.topic.slug for row in rows}))
    claims = Claim.objects.published()
    if query.topic:
        claims = claims.filter(question__topic__slug=query.topic)
    if query.measure:
        claims = claims.filter(question__measure=query.measure)
    if query.place:
        claims = claims.filter(place__slug__in=_held(query.place, places))
    if query.show:
        page = QuestionsPage(query, listed(request, rows, places))
        claims = claims.filter(question__slug__in=[row.question.slug for row in page.questions])
    return claims.order_by("question__slug", "pk")


def _held(place: str, places: Places) -> list[str]:
    return [slug for slug in places.names if places.tree.holds(place, slug)]


@require_safe
def questions_table(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """`/questions.csv`, `/questions.xlsx`: every claim of the questions listed."""
    claims, path = _claims_of_questions(request), reverse("questions")
    return listing(request, claims, suffix, name="questions", path=path, title="Questions", facets=FACETS)


# --- actors


def _kind(request: HttpRequest) -> str | None:
    reader = QueryReader(request.GET)
    kind = reader.choice("kind", ActorKind.values)
    reader.finish()
    return kind


def _actor(row: Actor) -> Document:
    counts = {"figures": row.figures, "printed": row.printed}  # type: ignore[attr-defined]  # counted by the query
    return actor_fields(row) | counts


@require_safe
def actors_json(request: HttpRequest) -> StreamingHttpResponse:
    """`/actors.json`: all of a kind, in the order of the page."""
    kind, rows = _kind(request), actors_with_counts()
    return json_file({"actors": map(_actor, in_turn(rows.filter(kind=kind) if kind else rows))})


def _claims_of_actors(request: HttpRequest) -> ClaimQuerySet:
    kind, claims = _kind(request), Claim.objects.published()
    if kind:
        joint = JointClaimant.objects.filter(actor__kind=kind).values("claim")
        claims = claims.filter(Q(claimant__kind=kind) | Q(pk__in=joint))
    return claims.order_by("claimant__slug", "pk")


@require_safe
def actors_table(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """`/actors.csv`, `/actors.xlsx`: every claim of the actors listed."""
    claims, path = _claims_of_actors(request), reverse("actors")
    return listing(request, claims, suffix, name="actors", path=path, title="Claimants", facets=["kind"])


# --- sources


def _source(row: Source) -> Document:
    return source_fields(row) | {"figures": row.figures}  # type: ignore[attr-defined]  # counted by the query


@require_safe
def sources_json(request: HttpRequest) -> StreamingHttpResponse:
    """`/sources.json`: all of them, newest first."""
    return json_file({"sources": map(_source, in_turn(sources_with_counts()))})


def _cited() -> ClaimQuerySet:
    return Claim.objects.published().filter(citations__is_primary=True).order_by("citations__source__slug", "pk")


@require_safe
def sources_table(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """`/sources.csv`, `/sources.xlsx`: every claim, by its primary source."""
    return listing(request, _cited(), suffix, name="sources", path=reverse("sources"), title="Sources")


# --- a place


def _claims_at(place: Place, places: Places) -> ClaimQuerySet:
    claims = Claim.objects.published().filter(place__slug__in=_held(place.slug, places))
    return claims.order_by("question__slug", "pk")


def _place_or_redirect(request: HttpRequest, slug: str) -> Place | HttpResponse:
    return row_or_redirect(request, Place.objects.select_related("parent").order_by("slug"), slug)


@require_safe
def place_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/places/<slug>.json`: its fields and every claim there and in the places inside it."""
    found = _place_or_redirect(request, slug)
    if isinstance(found, HttpResponse):
        return found
    places = Places.load()
    standings = standings_by_question(_claims_at(found, places), places=places, today=today_of(request))
    inside = Place.objects.filter(parent=found).order_by("slug").values_list("slug", flat=True)
    return json_file(place_document(found, inside, standings))


@require_safe
def place_table(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """`/places/<slug>.csv`, `/places/<slug>.xlsx`: every claim there and in the places inside it."""
    found = _place_or_redirect(request, slug)
    if isinstance(found, HttpResponse):
        return found
    claims, path = _claims_at(found, Places.load()), found.get_absolute_url()
    return listing(request, claims, suffix, name=found.slug, path=path, title=found.name)
