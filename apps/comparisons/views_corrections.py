"""The log of our own mistakes."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.actors.models import Slugged
from apps.claims.models import Correction, Question, Topic
from apps.claims.querysets import CorrectionQuerySet
from apps.comparisons.known import known_of
from apps.comparisons.pages.corrections import CorrectionsPage, CorrectionsQuery
from apps.comparisons.pages.paging import PER_PAGE, read_page
from apps.web.queries import QueryReader


def read_corrections_query(request: HttpRequest, reader: QueryReader) -> CorrectionsQuery:
    """The filters of an address; what cannot be read is left with the reader."""
    return CorrectionsQuery(
        topic=_chosen(reader, "topic", Topic.objects.order_by("slug")),
        question=_chosen(reader, "question", Question.objects.select_related("topic").order_by("slug")),
        known=known_of(request),
    )


def _chosen[Row: Slugged](reader: QueryReader, name: str, rows: QuerySet[Row]) -> Row | None:
    slug = reader.one(name)
    row = rows.filter(slug=slug).first() if slug else None
    if slug and row is None:
        reader.refuse(name, slug, f"the slug of a {name}")
    return row


def asked_corrections(query: CorrectionsQuery) -> CorrectionQuerySet:
    """What readers may see of the corrections that the query asks for, newest first."""
    rows = Correction.objects.public().with_claims().newest_first()
    if query.topic is not None:
        rows = rows.filter(claim__question__topic=query.topic)
    return rows if query.question is None else rows.filter(claim__question=query.question)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """`/corrections/`, of one `?topic=` or `?question=`, `?page=`."""
    reader = QueryReader(request.GET)
    query = read_corrections_query(request, reader)
    listed = read_page(reader, asked_corrections(query), keep=("topic", "question", "known"))
    about = Correction.objects.public().filter(claim__isnull=False).values("claim__question")
    corrected = Question.objects.filter(pk__in=about).select_related("topic").order_by("title", "slug")
    page = CorrectionsPage(query, listed, tuple(corrected))
    return render(request, "comparisons/corrections.html", {"page": page})


@require_safe
def correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/corrections/<public_id>/`: to its line, which moves from page to page as the log grows."""
    rows = Correction.objects.public()
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404(f"No correction has the id “{public_id}”.")
    before = rows.filter(Q(corrected_on__gt=row.corrected_on) | Q(corrected_on=row.corrected_on, pk__gt=row.pk))
    asked = request.GET.copy()
    asked.pop("page", None)
    if page := before.count() // PER_PAGE:
        asked["page"] = str(page + 1)
    query = f"?{asked.urlencode()}" if asked else ""
    return redirect(f"{reverse('corrections')}{query}#{row.public_id}")
