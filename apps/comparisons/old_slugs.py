"""Slugs that entities have no more, in the filters of an address: they lead on as those in its path do (decision 6)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.actors.as_known import in_the_present
from apps.actors.models import Actor, Redirect, Slugged
from apps.actors.redirects import name_of
from apps.claims.models import Place, Question, Topic
from apps.comparisons.known import known_of
from apps.comparisons.queries import ComparisonQuery
from apps.web.queries import BadQueryError

#: The filters that name an entity, on whatever page.
FILTERS: Mapping[str, type[Slugged]] = {
    "place": Place,
    "claimant": Actor,
    "publisher": Actor,
    "topic": Topic,
    "question": Question,
}


class OldFilterMiddleware:
    """Turns the refusal of a filter that names something by another slug of its own into a permanent redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A redirect where a refused filter is one of another name."""
        return renamed_filters(request, exception) if isinstance(exception, BadQueryError) else None


def renamed_filters(request: HttpRequest, refused: BadQueryError) -> HttpResponse | None:
    """To the same address with the slugs that these things have; None where none of the refused ones was one."""
    if request.method not in ("GET", "HEAD"):
        return None
    asked, is_past = request.GET.copy(), known_of(request) is not None
    for name in FILTERS.keys() & {problem.parameter for problem in refused.problems}:
        given = asked.getlist(name)
        called = _called(FILTERS[name], given, is_past=is_past)
        if set(called) != set(given):  # what is only said twice is no other name
            asked.setlist(name, called)
    return None if asked == request.GET else redirect(f"{request.path}?{asked.urlencode()}", permanent=True)


def with_present_slugs(query: ComparisonQuery) -> ComparisonQuery:
    """A comparison's query with the present slugs of its places and claimants."""
    places, claimants = _called(Place, query.places), _called(Actor, query.claimants)
    return replace(query, places=tuple(places), claimants=tuple(claimants))


def _called(model: type[Slugged], slugs: Iterable[str], *, is_past: bool = False) -> list[str]:
    """The slugs that these entities have, once each; `is_past` within `as_known`; what nothing is called stays."""
    given = list(slugs)
    if not given:
        return []
    found = (_by_later_slugs(model, given) if is_past else {}) | _led_on(model, given)
    return list(dict.fromkeys(found.get(slug, slug) for slug in given))


def _led_on(model: type[Slugged], slugs: list[str]) -> dict[str, str]:
    """From those of the slugs that somebody has or had to the present ones."""
    ends = Redirect.objects.present_slugs(kind=name_of(model), slugs=slugs)
    held = set(model._default_manager.filter(slug__in=ends.values()).values_list("slug", flat=True))
    return {slug: end for slug, end in ends.items() if end in held}


def _by_later_slugs(model: type[Slugged], slugs: list[str]) -> dict[str, str]:
    """The same for slugs that were given only later, to what they were called then."""
    with in_the_present():
        ends = _led_on(model, slugs)
        keys = dict(model._default_manager.filter(slug__in=ends.values()).values_list("slug", "pk"))
    then = dict(model._default_manager.filter(pk__in=keys.values()).values_list("pk", "slug"))
    return {slug: then[keys[end]] for slug, end in ends.items() if keys[end] in then}
