"""Which claims, questions and bases: named sets that pages and exports chain."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import FilteredRelation, Prefetch, Q
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from apps.claims import models as rows  # at run time it is they that import this module


# However long: UNION keeps each claim once, so that it ends even where two supersede each other.
_LINE = """
    WITH RECURSIVE earlier(id, up) AS (
        SELECT id, supersedes_id FROM claims_claim WHERE id = %s
        UNION
        SELECT claim.id, claim.supersedes_id FROM claims_claim claim JOIN earlier ON claim.id = earlier.up
    ), later(id) AS (
        SELECT %s::bigint
        UNION
        SELECT claim.id FROM claims_claim claim JOIN later ON claim.supersedes_id = later.id
    )
    SELECT id FROM earlier UNION SELECT id FROM later
"""


class ClaimQuerySet(models.QuerySet["rows.Claim"]):
    """Claims, by what readers may see and by what they are about."""

    def published(self) -> Self:
        """What readers see."""
        return self.filter(status="published")

    def ever_public(self) -> Self:
        """What has an address that stays: published, or taken back after that."""
        return self.filter(status__in=("published", "retracted"))

    def on_questions(self, questions: Iterable["str | int | rows.Question"]) -> Self:
        """Claims on any of these questions, given as slugs, as primary keys or as rows."""
        given = list(questions)
        slugs = [question for question in given if isinstance(question, str)]
        keys = [
            question if isinstance(question, int) else question.pk
            for question in given
            if not isinstance(question, str)
        ]
        return self.filter(Q(question__slug__in=slugs) | Q(question__in=keys) if keys else Q(question__slug__in=slugs))

    def on_questions_or_superseding(self, slugs: Iterable[str]) -> Self:
        """Claims on any of these questions, and those on other questions that supersede one of them."""
        given = list(slugs)
        return self.filter(Q(question__slug__in=given) | Q(supersedes__question__slug__in=given))

    def on_line_of(self, claim: "rows.Claim") -> Self:
        """The claim's line of revisions: itself, what it supersedes, directly or through others, and its successors."""
        return self.filter(pk__in=RawSQL(_LINE, (claim.pk, claim.pk)))

    def at_places(self, slugs: Iterable[str]) -> Self:
        """Claims about any of these places, and no other."""
        return self.filter(place__slug__in=list(slugs))

    def by_claimants(self, slugs: Iterable[str]) -> Self:
        """What any of these actors claims, alone or with others."""
        joint = apps.get_model("claims", "JointClaimant")
        together = joint._default_manager.filter(actor__slug__in=list(slugs)).values("claim")
        return self.filter(Q(claimant__slug__in=list(slugs)) | Q(pk__in=together))

    def about_days(self, since: date | None, until: date | None) -> Self:
        """Claims about a time that touches these days; with None that side is open."""
        rows = self if since is None else self.filter(placed_last__gte=since)
        return rows if until is None else rows.filter(placed_first__lte=until)

    def with_scope(self) -> Self:
        """With what a comparison is computed from and its conclusions name: two queries, however many claims."""
        joint = apps.get_model("claims", "JointClaimant")
        return self.select_related(
            "question__topic",
            "place",
            "claimant__parent",
            "part_of__question",
            "part_of__place",
            "supersedes__question",
        ).prefetch_related(Prefetch("joint", joint._default_manager.select_related("actor")))

    def with_primary(self) -> Self:
        """With the primary citation of each as `primary`, for its values."""
        return self.annotate(primary=FilteredRelation("citations", condition=Q(citations__is_primary=True)))

    def with_attribution(self) -> Self:
        """With everything a comparison prints: a fixed number of queries, however many claims."""
        citation, stance, relay = (apps.get_model("claims", name) for name in ("Citation", "Stance", "Relay"))
        citations = citation._default_manager.select_related(
            "source__publisher", "question_as_printed", "place_as_printed", "claimant_as_printed"
        ).prefetch_related(Prefetch("relays", relay._default_manager.select_related("actor")))
        return self.with_scope().prefetch_related(
            Prefetch("citations", citations.order_by("-is_primary", "public_id")),
            Prefetch(
                "stances",
                stance._default_manager.select_related("actor", "source__publisher").order_by("stated_on", "public_id"),
            ),
        )


class QuestionQuerySet(models.QuerySet["rows.Question"]):
    """Questions, by how they contain each other."""

    def on_line_of(self, question: "rows.Question") -> Self:
        """The question itself, everything that contains it and everything inside it, each with its `broader`."""
        pairs = dict(
            cast("Iterable[tuple[int, int | None]]", self.model._default_manager.values_list("pk", "broader_id"))
        )
        line = {question.pk, *_above(pairs, question.pk)}
        line |= {pk for pk in pairs if question.pk in _above(pairs, pk)}
        return self.filter(pk__in=line).select_related("broader")


def _above(parents: dict[int, int | None], start: int) -> set[int]:
    found: set[int] = set()
    above = parents.get(start)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return found


class BasisQuerySet(models.QuerySet["rows.Basis"]):
    """Bases, by the claims that rest on them."""

    def of_claims(self, claims: Iterable["rows.Claim"]) -> Self:
        """The recorded bases of these claims, with both ends loaded, in a stable order."""
        return (
            self.filter(claim__in=list(claims))
            .select_related("claim", "target_claim", "target_actor")
            .order_by("claim__public_id", "kind", "target_claim__public_id", "target_actor__slug")
        )


class CorrectionQuerySet(models.QuerySet["rows.Correction"]):
    """Corrections, by what readers may see and by what they are about."""

    def public(self) -> Self:
        """What readers see: those of a claim that has an address, and those that are about no single claim."""
        return self.filter(Q(claim__isnull=True) | Q(claim__status__in=("published", "retracted")))

    def newest_first(self) -> Self:
        """By the day of the correction, then by the order in which they were recorded."""
        return self.order_by("-corrected_on", "-pk")

    def with_claims(self) -> Self:
        """With all that a line of the log names."""
        return self.select_related("claim__question__topic", "claim__claimant", "claim__place")
