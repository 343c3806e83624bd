"""Which addresses of ours search engines may list, in parts of at most 50,000, each with the day of its last change."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, override

from django.apps import apps
from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.actors.models import Actor
from apps.claims.models import Claim, Place, Question, Topic
from apps.publishing.models import FrozenComparison
from apps.sources.models import Source


class Recorded(Sitemap):
    """Rows whose history says when they last changed. `rows` gives them in an order that stays."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self.rows = rows

    @property
    def _history(self) -> QuerySet[Any]:
        model = self.rows().model._meta
        return apps.get_model(model.app_label, f"{model.object_name}Event")._default_manager.order_by("-pgh_id")

    @override
    def items(self) -> QuerySet[Any]:
        last = self._history.filter(pgh_obj_id=OuterRef("pk")).values("pgh_created_at")[:1]
        return self.rows().annotate(last_change=Subquery(last))

    def lastmod(self, row: Any) -> datetime | None:
        found: datetime | None = row.last_change
        return found

    @override
    def get_latest_lastmod(self) -> datetime | None:
        """Of the newest event, without a look at every row."""
        return self._history.values_list("pgh_created_at", flat=True).first()


class Frozen(Sitemap):
    """Frozen comparisons, which never change."""

    @override
    def items(self) -> QuerySet[FrozenComparison]:
        return FrozenComparison.objects.defer("document").order_by("pk")

    def lastmod(self, row: FrozenComparison) -> datetime:
        return row.frozen_at

    @override
    def get_latest_lastmod(self) -> datetime | None:
        return FrozenComparison.objects.order_by("-frozen_at").values_list("frozen_at", flat=True).first()


class Lists(Sitemap):
    """The pages that lead to all others."""

    @override
    def items(self) -> list[str]:
        return ["home", "questions", "actors", "sources", "frozen-list", "corrections", "methodology"]

    @override
    def location(self, item: str) -> str:
        return reverse(item)


def _claims() -> QuerySet[Claim]:
    return Claim.objects.published().only("public_id").order_by("pk")


SITEMAPS: dict[str, Sitemap] = {
    "lists": Lists(),
    "topics": Recorded(lambda: Topic.objects.order_by("pk")),
    "questions": Recorded(lambda: Question.objects.only("slug").order_by("pk")),
    "claims": Recorded(_claims),
    "actors": Recorded(lambda: Actor.objects.only("slug").order_by("pk")),
    "places": Recorded(lambda: Place.objects.only("slug").order_by("pk")),
    "sources": Recorded(lambda: Source.objects.only("slug").order_by("pk")),
    "frozen": Frozen(),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: all pages but the editors' own, and where the list of them is."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
