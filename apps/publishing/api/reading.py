"""What everybody may read: lists in slices, and single things in the documents that their pages have as `.json`."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Router, Schema

from apps.actors.models import Actor, ActorKind
from apps.claims.models import Claim, Correction, Place, Question, Topic
from apps.comparisons import documents
from apps.comparisons.documents import Document
from apps.comparisons.known import known_of, today_of
from apps.comparisons.old_slugs import FILTERS as OLD_FILTERS
from apps.comparisons.queries import read_comparison_query
from apps.comparisons.records import Places, narrowed
from apps.comparisons.views_claim import claim_or_404
from apps.comparisons.views_comparison import asked_claimants, compared_or_redirect
from apps.comparisons.views_corrections import asked_corrections, read_corrections_query
from apps.comparisons.views_entities import actor_rows, row_or_redirect, source_rows
from apps.domain.vocabulary import Measure
from apps.publishing import entity_documents
from apps.publishing.api import listed, parameters, schemas
from apps.publishing.api.cursors import Order, Slice, read_slice
from apps.publishing.api.site import answer
from apps.sources.models import Source, SourceKind
from apps.web.queries import QueryReader
from apps.web.release import version

type View = Callable[..., HttpResponse]
#: What may go wrong wherever something is read.
ALWAYS = (400, 401, 429)
router = Router()


def reads(
    path: str,
    schema: type[Schema],
    *,
    name: str,
    tag: str,
    asks: Iterable[parameters.Parameter] = (),
    errors: Iterable[int] = (),
) -> Callable[[View], View]:
    """A decorator: the view answers GET and HEAD at this path. `name` is that of the operation and of the address."""
    asks = tuple(asks)
    may_lead_on = "{slug:slug}" in path or any(one["name"] in OLD_FILTERS for one in asks)
    without_body = (301, 304) if may_lead_on else (304,)
    codes = sorted({*ALWAYS, *errors})
    return router.api_operation(
        ["GET", "HEAD"],
        path,
        response={200: schema, **dict.fromkeys(without_body, None), **dict.fromkeys(codes, schemas.Problem)},
        operation_id=name,
        url_name=name,
        tags=[tag],
        openapi_extra={"parameters": [*asks, parameters.KNOWN]},
    )


def sliced(request: HttpRequest, found: Slice[Any], write: Callable[[Any], Document]) -> HttpResponse:
    """A slice of a list; the header `Link` leads to the next one."""
    response = answer({"items": [write(row) for row in found.rows], "next": found.next})
    if found.next is not None:
        query = request.GET.copy()
        query["cursor"] = found.next
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="next"'
    return response


def _named(reader: QueryReader, name: str, rows: QuerySet[Any]) -> Any:
    """The row whose slug a parameter gives; None where it is not set."""
    slug = reader.one(name)
    row = rows.filter(slug=slug).first() if slug else None
    if slug and row is None:
        reader.refuse(name, slug, f"the slug of a {name}")
    return row


def _by_slug(name: str) -> Order:
    return Order(name, ("slug",))


LISTS = ("topics", "questions", "claims", "actors", "places", "sources", "corrections")


@reads("/", schemas.Index, name="index", tag="About")
def index(request: HttpRequest) -> HttpResponse:
    """What there is."""
    lists = [request.build_absolute_uri(reverse(f"api:{name}")) for name in LISTS]
    openapi, docs = (request.build_absolute_uri(reverse(name)) for name in ("api-openapi", "api-docs"))
    return answer({"name": "Parallax", "version": version(), "openapi": openapi, "docs": docs, "lists": lists})


# --- topics and questions


@reads("/topics", schemas.Topics, name="topics", tag="Topics", asks=parameters.SLICE)
def topics(request: HttpRequest) -> HttpResponse:
    """All topics."""
    found = read_slice(request, QueryReader(request.GET), Topic.objects.all(), _by_slug("topics"))
    return sliced(request, found, listed.topic)


@reads("/topics/{slug:slug}", schemas.TopicWithQuestions, name="topic", tag="Topics", errors=[404])
def topic(request: HttpRequest, slug: str = Path(..., example="dprk-troops-russia")) -> HttpResponse:
    """A topic and its questions. A slug that it had before redirects."""
    row = row_or_redirect(request, Topic.objects.order_by("slug"), slug)
    if isinstance(row, HttpResponse):
        return row
    questions = Question.objects.filter(topic=row).order_by("slug").values_list("slug", flat=True)
    return answer(listed.topic(row) | {"questions": list(questions)})


@reads(
    "/questions",
    schemas.Questions,
    name="questions",
    tag="Questions",
    asks=[*parameters.SLICE, parameters.TOPIC, parameters.MEASURE],
)
def questions(request: HttpRequest) -> HttpResponse:
    """All questions."""
    reader, rows = QueryReader(request.GET), Question.objects.select_related("topic", "broader")
    if (topic := _named(reader, "topic", Topic.objects.all())) is not None:
        rows = rows.filter(topic=topic)
    if measure := reader.choice("measure", list(Measure)):
        rows = rows.filter(measure=measure)
    return sliced(request, read_slice(request, reader, rows, _by_slug("questions")), listed.question)


@reads("/questions/{slug:slug}", schemas.Question, name="question", tag="Questions", errors=[404])
def question(request: HttpRequest, slug: str = Path(..., example="troops-present")) -> HttpResponse:
    """A question. A slug that it had before redirects."""
    row = row_or_redirect(request, Question.objects.select_related("topic", "broader").order_by("slug"), slug)
    return row if isinstance(row, HttpResponse) else answer(listed.question(row))


@reads(
    "/questions/{slug:slug}/comparison",
    schemas.Comparison,
    name="comparison",
    tag="Questions",
    asks=[*parameters.FILTERS, parameters.ON, parameters.ROLLUP, parameters.STRICT],
    errors=[404],
)
def comparison(request: HttpRequest, slug: str = Path(..., example="troops-present")) -> HttpResponse:
    """Who says how many, what agrees, and what cannot both hold: the same as `/questions/<slug>.json`."""
    compared = compared_or_redirect(request, slug)
    return compared if isinstance(compared, HttpResponse) else answer(documents.comparison(compared))


# --- claims and corrections

RECORDED_LAST = Order("claims", ("-recorded_at", "id"))


@reads(
    "/claims",
    schemas.Claims,
    name="claims",
    tag="Claims",
    asks=[
        *parameters.SLICE,
        parameters.TOPIC,
        parameters.QUESTION,
        *parameters.FILTERS,
        parameters.STRICT,
    ],
)
def claims(request: HttpRequest) -> HttpResponse:
    """All published claims, those recorded last first."""
    reader, places = QueryReader(request.GET), Places.load()
    query = read_comparison_query(
        request.GET, places=places.names, claimants=asked_claimants(request), known=known_of(request)
    )
    rows = narrowed(Claim.objects.published().with_attribution(), query, places)
    if (topic := _named(reader, "topic", Topic.objects.all())) is not None:
        rows = rows.filter(question__topic=topic)
    if (question := _named(reader, "question", Question.objects.all())) is not None:
        rows = rows.filter(question=question)
    found = read_slice(request, reader, rows, RECORDED_LAST)
    return sliced(request, found, lambda row: listed.claim(row, is_strict=query.is_strict))


@reads("/claims/{slug:claim_id}", schemas.Claim, name="claim", tag="Claims", errors=[404, 410])
def claim(request: HttpRequest, claim_id: str = Path(..., example="c064")) -> HttpResponse:
    """One claim with everything that hangs on it: the same as `/claims/<id>.json`."""
    return answer(documents.claim(claim_or_404(request, claim_id)))


@reads(
    "/corrections",
    schemas.Corrections,
    name="corrections",
    tag="Corrections",
    asks=[*parameters.SLICE, parameters.TOPIC, parameters.QUESTION],
)
def corrections(request: HttpRequest) -> HttpResponse:
    """Our own mistakes, newest first."""
    reader = QueryReader(request.GET)
    rows = asked_corrections(read_corrections_query(request, reader))
    found = read_slice(request, reader, rows, Order("corrections", ("-corrected_on", "-id")))
    return sliced(request, found, documents.correction)


@reads("/corrections/{slug:correction_id}", schemas.Correction, name="correction", tag="Corrections", errors=[404])
def correction(request: HttpRequest, correction_id: str = Path(..., example="k001")) -> HttpResponse:
    """One mistake of our own, and what was done about it."""
    row = Correction.objects.public().with_claims().filter(public_id=correction_id).first()
    if row is None:
        raise Http404(f"No correction has the id “{correction_id}”.")
    return answer(documents.correction(row))


# --- actors, places, sources


@reads("/actors", schemas.Actors, name="actors", tag="Actors", asks=[*parameters.SLICE, parameters.ACTOR_KIND])
def actors(request: HttpRequest) -> HttpResponse:
    """Who says and prints figures."""
    reader, rows = QueryReader(request.GET), Actor.objects.select_related("parent")
    if kind := reader.choice("kind", ActorKind.values):
        rows = rows.filter(kind=kind)
    return sliced(request, read_slice(request, reader, rows, _by_slug("actors")), entity_documents.actor_fields)


@reads("/actors/{slug:slug}", schemas.Actor, name="actor", tag="Actors", errors=[404])
def actor(request: HttpRequest, slug: str = Path(..., example="ua-president")) -> HttpResponse:
    """An actor in all its roles: the same as `/actors/<slug>.json`. A slug that it had before redirects."""
    row = row_or_redirect(request, actor_rows(), slug)
    if isinstance(row, HttpResponse):
        return row
    return answer(entity_documents.whole_actor(row, today=today_of(request)))


@reads("/places", schemas.Places, name="places", tag="Places", asks=parameters.SLICE)
def places(request: HttpRequest) -> HttpResponse:
    """All places."""
    rows = Place.objects.select_related("parent")
    return sliced(request, read_slice(request, QueryReader(request.GET), rows, _by_slug("places")), listed.place)


@reads("/places/{slug:slug}", schemas.PlaceWithInside, name="place", tag="Places", errors=[404])
def place(request: HttpRequest, slug: str = Path(..., example="kursk-oblast")) -> HttpResponse:
    """A place and what lies directly inside it. A slug that it had before redirects."""
    row = row_or_redirect(request, Place.objects.select_related("parent").order_by("slug"), slug)
    if isinstance(row, HttpResponse):
        return row
    inside = Place.objects.filter(parent=row).order_by("slug").values_list("slug", flat=True)
    return answer(listed.place(row) | {"inside": list(inside)})


@reads(
    "/sources",
    schemas.Sources,
    name="sources",
    tag="Sources",
    asks=[*parameters.SLICE, parameters.PUBLISHER, parameters.SOURCE_KIND],
)
def sources(request: HttpRequest) -> HttpResponse:
    """Where figures were printed."""
    reader, rows = QueryReader(request.GET), Source.objects.select_related("publisher")
    if (publisher := _named(reader, "publisher", Actor.objects.all())) is not None:
        rows = rows.filter(publisher=publisher)
    if kind := reader.choice("kind", SourceKind.values):
        rows = rows.filter(kind=kind)
    return sliced(request, read_slice(request, reader, rows, _by_slug("sources")), entity_documents.source_fields)


@reads("/sources/{slug:slug}", schemas.Source, name="source", tag="Sources", errors=[404])
def source(request: HttpRequest, slug: str = Path(..., example="aj-20241105")) -> HttpResponse:
    """A source and every figure in it: the same as `/sources/<slug>.json`. A slug that it had before redirects."""
    row = row_or_redirect(request, source_rows(), slug)
    if isinstance(row, HttpResponse):
        return row
    return answer(entity_documents.whole_source(row, today=today_of(request)))
