"""What sources print of a claim, and through whom it came to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.actors.fields import LANGUAGE, LANGUAGE_MESSAGE, matches, shape_check
from apps.actors.history import keep_history
from apps.actors.models import Actor
from apps.claims.figure_fields import FigureFields
from apps.claims.models.claims import Claim
from apps.claims.models.public_ids import PublicId
from apps.claims.models.questions import Place, Question
from apps.claims.triggers import RefuseRemovedId, citation_leaves_claim_cited
from apps.sources.models import Source


@keep_history()
class Citation(PublicId, FigureFields):
    """One source's rendering of a claim, with the figure as printed there."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    is_primary = models.BooleanField(
        "primary", default=False, help_text="The one that the claim was taken from; exactly one per claim."
    )
    quote = models.TextField(
        blank=True,
        help_text="Exact words around the figure, for example “More than 10,000 North Korean soldiers are …”.",
    )
    locator = models.CharField(
        max_length=300, blank=True, help_text="Where in the source: “headline”, “page 12”, “deaths.csv, row 40”."
    )
    language = models.CharField(
        max_length=20,
        blank=True,
        validators=[matches(LANGUAGE, LANGUAGE_MESSAGE)],
        help_text="Language code of the quote, for example “en” or “ko”.",
    )
    is_translated = models.BooleanField(
        "translated", default=False, help_text="Tick when the source translated what the claimant said."
    )
    translation = models.TextField(blank=True, help_text="The quote in English, when it is in another language.")
    question_as_printed = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only when the source prints it as an answer to another question (“sent” for “present”).",
    )
    place_as_printed = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only when the source names another place.",
    )
    claimant_as_printed = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only when the source names another claimant.",
    )
    speaker_as_printed = models.CharField(
        max_length=200, blank=True, help_text="Only when the source names another person, or spells it in another way."
    )
    note = models.TextField(blank=True, help_text="For readers, for example “the lede has the same figure”.")

    class Meta:
        constraints: ClassVar = [
            *PublicId.Meta.constraints,
            *FigureFields.Meta.constraints,
            shape_check("language", LANGUAGE, LANGUAGE_MESSAGE),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(is_primary=True),
                name="citation_one_primary",
                violation_error_message="This claim already has a primary citation; it has exactly one.",
            ),
        ]
        triggers: ClassVar = [*PublicId.Meta.triggers, citation_leaves_claim_cited(), RefuseRemovedId()]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.stated_value}"

    @property
    def has_words(self) -> bool:
        """Whether it shows where the figure stands: exact words, or a locator in their stead."""
        return bool(self.quote.strip() or self.locator.strip())


@keep_history()
class Relay(models.Model):
    """One station between the claimant and the source, first station first: lawmaker → wire → outlet."""

    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="relays")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", help_text="Who passed it on.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order from the claimant on, from 0.")

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.actor)
