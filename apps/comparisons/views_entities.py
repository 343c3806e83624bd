"""Actors, places and sources as pages."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.actors.as_known import in_the_present
from apps.actors.models import Actor, ActorKind, Redirect, Slugged
from apps.actors.redirects import name_of
from apps.claims.models import Place
from apps.comparisons.entity_records import (
    actors_with_counts,
    load_actor,
    load_place,
    load_source,
    sources_with_counts,
)
from apps.comparisons.known import known_of, today_of
from apps.comparisons.pages.actors import ActorPage, build_actors
from apps.comparisons.pages.linked_data import actor_linked
from apps.comparisons.pages.paging import read_page
from apps.comparisons.pages.places import PlacePage
from apps.comparisons.pages.sources import SourcePage, SourcesPage
from apps.comparisons.records import Places
from apps.sources.models import Source
from apps.web.queries import QueryReader


def row_or_redirect[Row: Slugged](request: HttpRequest, rows: QuerySet[Row], slug: str) -> Row | HttpResponse:
    """The row of an address; for a slug that it had before, a permanent redirect to the same address with its new one.

    Raises Http404 for a slug that nothing has or had.
    """
    if (row := rows.filter(slug=slug).first()) is not None:
        return row
    kind = name_of(rows.model)
    present = Redirect.objects.present_slug(kind=kind, slug=slug)
    if present is not None and present != slug and rows.filter(slug=present).exists():
        return _same_address(request, present)
    if known_of(request) is not None and (row := _by_later_slug(rows, slug)) is not None:
        return row
    raise Http404(f"No {kind} is called “{slug}”.")


def _same_address(request: HttpRequest, slug: str) -> HttpResponse:
    """A permanent redirect to the address that was asked for, its suffix and query included, with another slug."""
    assert request.resolver_match is not None  # a view is running
    address = reverse(request.resolver_match.view_name, args=[slug])
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _by_later_slug[Row: Slugged](rows: QuerySet[Row], slug: str) -> Row | None:
    """The row, as it was known, of what got this slug only later: any address of it opens what it was called then."""
    with in_the_present():
        present = Redirect.objects.present_slug(kind=name_of(rows.model), slug=slug)
        now = rows.model._default_manager.filter(slug=present).values_list("pk", flat=True).first()
    return None if now is None else rows.filter(pk=now).first()


def actor_rows() -> QuerySet[Actor]:
    return Actor.objects.select_related("parent").prefetch_related("aliases").order_by("slug")


def source_rows() -> QuerySet[Source]:
    return Source.objects.select_related("publisher").order_by("slug")


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    """`/actors/`, `?kind=` one kind, `?page=`."""
    reader = QueryReader(request.GET)
    kind = reader.choice("kind", ActorKind.values)
    rows = actors_with_counts()
    listed = read_page(reader, rows.filter(kind=kind) if kind else rows, keep=("kind", "known"))
    return render(request, "comparisons/actors.html", {"page": build_actors(listed, kind)})


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """`/actors/<slug>/`."""
    found = row_or_redirect(request, actor_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    page = ActorPage(load_actor(found, Places.load(), today=today_of(request)))
    linked = actor_linked(page, host=f"{request.scheme}://{request.get_host()}")
    return render(request, "comparisons/actor.html", {"page": page, "linked": linked})


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """`/places/<slug>/`."""
    found = row_or_redirect(request, Place.objects.order_by("slug"), slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "comparisons/place.html", {"page": PlacePage(load_place(found, Places.load()))})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """`/sources/`, `?page=`."""
    listed = read_page(QueryReader(request.GET), sources_with_counts(), keep=("known",))
    return render(request, "comparisons/sources.html", {"page": SourcesPage(listed)})


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """`/sources/<slug>/`."""
    found = row_or_redirect(request, source_rows(), slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "comparisons/source.html", {"page": SourcePage(load_source(found, Places.load()))})
