"""What hangs on a claim: what it rests on, who takes a stance on it, and our own corrections."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.actors.fields import choices_of, one_of
from apps.actors.history import keep_history
from apps.actors.models import Actor
from apps.claims.models.claims import Claim
from apps.claims.models.public_ids import PublicId
from apps.claims.querysets import BasisQuerySet, CorrectionQuerySet
from apps.claims.triggers import RefuseRemovedId
from apps.domain.vocabulary import BasisKind, StanceKind
from apps.sources.models import Source
from apps.web.partial_dates import PartialDateField, partial_date_check


@keep_history()
class Basis(models.Model):
    """Where a claim's knowledge comes from: another claim, or an actor."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="bases")
    kind = models.CharField(
        max_length=20,
        choices=choices_of(BasisKind),
        help_text="cites: it names it; derived_from: it is computed from it; same_briefing: said on one occasion.",
    )
    target_claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="basis_of",
        help_text="The claim that it rests on; this or the actor.",
    )
    target_actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="basis_of",
        help_text="The actor that it rests on; this or the claim.",
    )
    note = models.TextField(blank=True, help_text="For example “a quarter of that total”.")

    objects = BasisQuerySet.as_manager()

    constraint_fields: ClassVar = {"one_target": "target_claim", "not_itself": "target_claim"}

    class Meta:
        verbose_name_plural = "bases"
        constraints: ClassVar[list[Any]] = [
            one_of("kind", list(BasisKind)),
            models.CheckConstraint(
                condition=Q(target_claim__isnull=True, target_actor__isnull=False)
                | Q(target_claim__isnull=False, target_actor__isnull=True),
                name="basis_one_target",
                violation_error_code="one_target",
                violation_error_message="Name the claim or the actor that it rests on: exactly one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(target_claim__isnull=True) | ~Q(target_claim=F("claim")),
                name="basis_not_itself",
                violation_error_code="not_itself",
                violation_error_message="A claim does not rest on itself.",
            ),
            models.UniqueConstraint(
                fields=["claim", "kind", "target_claim", "target_actor"],
                name="basis_once",
                nulls_distinct=False,
                violation_error_message="This basis is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_claim or self.target_actor}"


@keep_history()
class Stance(PublicId):
    """An actor's dated position on somebody's claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="stances")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="stances", help_text="Who confirms, denies or disputes it."
    )
    kind = models.CharField(max_length=30, choices=choices_of(StanceKind), help_text="For example “denies”.")
    stated_on = PartialDateField(help_text="When, for example 2024-10-10.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="stances")
    quote = models.TextField(
        blank=True, help_text="Exact words, for example “It looks like another piece of fake news.”"
    )

    class Meta:
        constraints: ClassVar = [
            *PublicId.Meta.constraints,
            one_of("kind", list(StanceKind)),
            partial_date_check("stated_on"),
        ]
        triggers: ClassVar = [*PublicId.Meta.triggers, RefuseRemovedId()]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind.replace('_', ' ')}"


@keep_history()
class Correction(PublicId):
    """A mistake of our own, told in public."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        help_text="The claim that was wrong, if it was about one.",
    )
    what_was_wrong = models.TextField(
        help_text="For example “We gave 40 as an upper bound; the Korean text says more than 40.”"
    )
    what_was_done = models.TextField(help_text="For example “The qualifier now is more_than.”")
    corrected_on = models.DateField(help_text="The day of the correction, for example 2025-02-03.")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [*PublicId.Meta.constraints]
        triggers: ClassVar = [*PublicId.Meta.triggers]

    def __str__(self) -> str:
        return f"{self.corrected_on}: {self.what_was_wrong[:60]}"

    def get_absolute_url(self) -> str:
        """The permalink; it leads to the line of the log."""
        return reverse("correction", args=[self.public_id])
