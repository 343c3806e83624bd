"""Claims and who else makes them."""

import json
from datetime import timedelta
from typing import Any, ClassVar, override

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils import timezone

from apps.actors.fields import choices_of, one_of
from apps.actors.history import keep_history
from apps.actors.models import Actor
from apps.actors.trees import RefuseCycles, refuse_cycle
from apps.claims.figure_fields import FigureFields, check_size
from apps.claims.models.public_ids import PublicId
from apps.claims.models.questions import Place, Question
from apps.claims.querysets import ClaimQuerySet
from apps.claims.triggers import (
    RefuseRemovedId,
    keep_published,
    published_claim_is_cited,
    removed_has_tombstone,
    status_goes_one_way,
    supersedes_own,
)
from apps.domain.vocabulary import FORWARD, Nature, Qualifier, RevisionKind
from apps.web.partial_dates import PartialDateField, PartialFirst, PartialLast, partial_date_check


def check_attributes(attributes: object) -> None:
    """ValidationError unless it is a JSON object that the database can hold."""
    if not isinstance(attributes, dict):
        raise ValidationError('Give an object of names and values, for example {"sample size": 1200}.', code="object")
    try:
        text = json.dumps(attributes, allow_nan=False, ensure_ascii=False)
        text.encode()  # half a surrogate pair has no UTF-8
    except ValueError:
        raise ValidationError("Give only values that JSON knows: no NaN, no infinity, whole characters.") from None
    if "\\u0000" in text:
        raise ValidationError("Null characters are not allowed.", code="null_characters_not_allowed")


_AS_OF_LAST = Coalesce("as_of_end", "as_of_start")


class ClaimStatus(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETRACTED = "retracted"
    REMOVED = "removed", "removed by law"


#: What is left of a claim that a law removed: nothing of what it said. Its place among the others stays.
EMPTIED: dict[str, Any] = {
    "status": ClaimStatus.REMOVED.value,
    "stated_value": "removed",
    "qualifier": Qualifier.UNQUANTIFIED.value,
    "hedged": False,
    **dict.fromkeys(("lower", "upper", "lower_inclusive", "upper_inclusive", "point", "interval_level")),
    **dict.fromkeys(("as_of_start", "as_of_end", "stated_on", "stated_at", "retracted_at")),
    **dict.fromkeys(("override_reason", "speaker", "basis_note", "interval_kind", "population", "note"), ""),
    **dict.fromkeys(("retracted_by", "retracted_why"), ""),
    "nature": Nature.ESTIMATE.value,
    "attributes": {},
    "is_core": False,
}


class IntervalKind(models.TextChoices):
    CONFIDENCE = "confidence", "confidence interval"
    CREDIBLE = "credible", "credible interval"
    PREDICTION = "prediction", "prediction interval"
    MIN_MAX = "min_max", "lowest and highest of several reports"
    OTHER = "other"


@keep_history(exclude=["placed_first", "placed_last", "stated_last"])
class Claim(PublicId, FigureFields):
    """One statement of one figure: somebody says how many, of what, where, as of when."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="claims")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="Whose figure it is, for example the ROK defence ministry; not who printed it.",
    )
    joint_claimants = models.ManyToManyField(Actor, through="JointClaimant", related_name="joint_claims")
    speaker = models.CharField(
        max_length=200, blank=True, help_text="The person who spoke, for example “Jeon Ha-kyou”."
    )
    basis_note = models.CharField(
        "basis in words",
        max_length=500,
        blank=True,
        help_text="What the claimant says it rests on, for example “intelligence authorities”.",
    )
    interval_kind = models.CharField(
        max_length=20,
        choices=IntervalKind.choices,
        blank=True,
        help_text="What lower and upper end stand for, where the claimant says so.",
    )
    interval_level = models.DecimalField(
        null=True,
        blank=True,
        validators=[check_size],
        help_text="In percent: 95 for a 95 % confidence interval. Needs the kind.",
    )
    nature = models.CharField(
        max_length=20,
        choices=choices_of(Nature),
        default=Nature.ESTIMATE.value,
        help_text="For example “count”. Only a projection, a plan or a hypothetical may be about the future.",
    )
    as_of_start = PartialDateField(
        "as of", help_text="What time the number is about: 2024-11-05, 2024-11 or 2024. May be unknown."
    )
    as_of_end = PartialDateField("as of, to", help_text="For a period: its last day or month. Empty otherwise.")
    stated_on = PartialDateField(
        help_text="When the claimant said it, for example 2024-11-05; not when it was printed."
    )
    stated_at = models.TimeField(
        "stated at (UTC)", null=True, blank=True, help_text="Time of that day if known, for example 14:30."
    )
    population = models.CharField(
        max_length=300, blank=True, help_text="Whom the claimant counts, where it differs from the question."
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The total of which this is a sub-count, by the same claimant.",
    )
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="The earlier claim of this claimant (or of a body above or below it) whose place it takes.",
    )
    revision_kind = models.CharField(
        max_length=20,
        choices=choices_of(RevisionKind),
        blank=True,
        help_text="Why it takes the earlier claim's place, for example “corrected”. Goes with “supersedes”.",
    )
    status = models.CharField(
        max_length=10,
        choices=ClaimStatus.choices,
        default=ClaimStatus.DRAFT,
        help_text="Readers see published claims. What was published is retracted, never deleted.",
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.CharField(max_length=150, blank=True, help_text="Who took it back.")
    retracted_why = models.TextField(
        blank=True, help_text="For readers: why we took it back, for example “the source was a parody”."
    )
    attributes = models.JSONField(
        default=dict,
        blank=True,
        validators=[check_attributes],
        help_text='What else the claimant gives, for example {"sample size": 1200, "method": "survey"}.',
    )
    is_core = models.BooleanField(
        "core", default=False, help_text="Part of the small, closed set that stands for the topic."
    )
    note = models.TextField(
        blank=True, help_text="For readers, for example “the Korean page has 40여 명, more than 40”."
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    placed_first = models.GeneratedField(
        expression=PartialFirst(Coalesce("as_of_start", "stated_on")), output_field=models.DateField(), db_persist=True
    )
    placed_last = models.GeneratedField(
        expression=PartialLast(Coalesce("as_of_end", "as_of_start", "stated_on")),
        output_field=models.DateField(),
        db_persist=True,
    )
    stated_last = models.GeneratedField(
        expression=PartialLast("stated_on"), output_field=models.DateField(), db_persist=True
    )

    objects = ClaimQuerySet.as_manager()

    #: Code of a constraint → the field at which a form says so.
    constraint_fields: ClassVar = {
        "as_of_order": "as_of_end",
        "future_needs_nature": "nature",
        "stated_at_needs_day": "stated_at",
        "interval_level_percent": "interval_level",
        "revision_kind_paired": "revision_kind",
        "part_of_other": "part_of",
        "supersedes_other": "supersedes",
        "attributes_object": "attributes",
    }

    class Meta:
        constraints: ClassVar = [
            *PublicId.Meta.constraints,
            *FigureFields.Meta.constraints,
            one_of("nature", list(Nature)),
            one_of("status", ClaimStatus.values),
            one_of("interval_kind", IntervalKind.values, may_be_empty=True),
            one_of("revision_kind", list(RevisionKind), may_be_empty=True),
            partial_date_check("as_of_start"),
            partial_date_check("as_of_end"),
            partial_date_check("stated_on"),
            models.CheckConstraint(
                condition=Q(as_of_end__isnull=True)
                | Q(
                    models.lookups.LessThanOrEqual(PartialFirst("as_of_start"), PartialLast("as_of_end")),
                    as_of_start__isnull=False,
                ),
                name="claim_as_of_order",
                violation_error_code="as_of_order",
                violation_error_message="The as-of period cannot end before it starts, nor end without a start.",
            ),
            models.CheckConstraint(
                condition=Q(nature__in=[str(nature) for nature in Nature if nature in FORWARD])
                | Q(as_of_start__isnull=True)
                | Q(stated_on__isnull=True)
                | Q(models.lookups.LessThanOrEqual(PartialFirst(_AS_OF_LAST), PartialLast("stated_on"))),
                name="claim_future_needs_nature",
                violation_error_code="future_needs_nature",
                violation_error_message="Only a projection, plan or hypothetical may be about a time after stated on.",
            ),
            models.CheckConstraint(
                condition=Q(stated_at__isnull=True)
                | Q(models.lookups.Exact(Length("stated_on"), 10), stated_on__isnull=False),
                name="claim_stated_at_needs_day",
                violation_error_code="stated_at_needs_day",
                violation_error_message="A time needs the day on which it was stated.",
            ),
            models.CheckConstraint(
                condition=Q(interval_level__isnull=True)
                | (Q(interval_level__gt=0, interval_level__lte=100) & ~Q(interval_kind="")),
                name="claim_interval_level_percent",
                violation_error_code="interval_level_percent",
                violation_error_message="The level is a percentage such as 95 and needs the kind of interval.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, revision_kind="")
                | (Q(supersedes__isnull=False) & ~Q(revision_kind="")),
                name="claim_revision_kind_paired",
                violation_error_code="revision_kind_paired",
                violation_error_message="Say which claim is superseded and why: both or neither.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="retracted", retracted_at__isnull=False) & ~Q(retracted_by="") & ~Q(retracted_why="")
                )
                | (Q(retracted_at__isnull=True, retracted_by="", retracted_why="") & ~Q(status="retracted")),
                name="claim_retracted_paired",
                violation_error_code="retracted_paired",
                violation_error_message="A retracted claim says when, by whom and why; any other says none of these.",
            ),
            models.CheckConstraint(
                condition=~Q(status="removed")
                | Q(
                    **{
                        f"{name}__isnull" if value is None else name: value is None or value
                        for name, value in EMPTIED.items()
                    }
                ),
                name="claim_removed_is_empty",
                violation_error_code="removed_is_empty",
                violation_error_message="Nothing is left of a claim that a law removed.",
            ),
            models.CheckConstraint(
                condition=~Q(part_of=F("id")) | Q(part_of__isnull=True),
                name="claim_part_of_other",
                violation_error_code="part_of_other",
                violation_error_message="A claim cannot be part of itself.",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")) | Q(supersedes__isnull=True),
                name="claim_supersedes_other",
                violation_error_code="supersedes_other",
                violation_error_message="A claim cannot supersede itself.",
            ),
            models.CheckConstraint(
                condition=Q(
                    models.lookups.Exact(
                        models.Func(F("attributes"), function="jsonb_typeof", output_field=models.TextField()),
                        models.Value("object"),
                    )
                ),
                name="claim_attributes_object",
                violation_error_code="attributes_object",
                violation_error_message="Attributes are names with values.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["question", "claimant", "qualifier", "placed_last", "id"], name="claim_comparison"),
            models.Index(fields=["-recorded_at", "id"], name="claim_newest"),
        ]
        triggers: ClassVar = [
            *PublicId.Meta.triggers,
            RefuseCycles("part_of"),
            RefuseCycles("supersedes"),
            published_claim_is_cited(),
            *supersedes_own(),
            keep_published(),
            status_goes_one_way(),
            removed_has_tombstone(),
            RefuseRemovedId(condition=~pgtrigger.Q(new__status="removed")),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.stated_value}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("claim", args=[self.public_id])

    @property
    def is_published(self) -> bool:
        return self.status == ClaimStatus.PUBLISHED

    @property
    def is_removed(self) -> bool:
        """Whether a law had it emptied."""
        return self.status == ClaimStatus.REMOVED

    @property
    def was_public(self) -> bool:
        """Whether readers have seen it, so that it stays for ever."""
        return self.status in {ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED}

    @override
    def clean(self) -> None:
        super().clean()
        refuse_cycle(self, "part_of", "A claim cannot be part of itself or of one of its parts.")
        refuse_cycle(self, "supersedes", "A claim cannot supersede itself or a claim that supersedes it.")
        self._clean_claimants()
        self._clean_future()

    def _clean_future(self) -> None:
        """What no constraint can hold, because today passes: nobody has counted yet what is still to come."""
        tomorrow = timezone.now().date() + timedelta(days=1)
        if self.stated_on is not None and self.stated_on.first > tomorrow:  # somewhere it is tomorrow already
            raise ValidationError({"stated_on": f"{self.stated_on} is still to come; wanted the day it was stated."})
        about = self.as_of_end or self.as_of_start
        if about is None or self.stated_on is not None or self.nature in FORWARD or about.first < tomorrow:
            return
        message = f"Only a projection, plan or hypothetical may be about a time after today, such as {about}."
        raise ValidationError({"nature": ValidationError(message, code="future_needs_nature")})

    def _clean_claimants(self) -> None:
        """The sentence for the trigger `supersedes_own`."""
        if not self.claimant_id:  # a form without a claimant comes here too
            return
        if self.supersedes is not None and not same_line(self.claimant_id, self.supersedes.claimant_id):
            message = "Choose a claim of the same claimant, or of a body above or below it."
            raise ValidationError({"supersedes": ValidationError(message, code="supersedes_own")})
        later = Claim.objects.filter(supersedes_id=self.pk).exclude(pk=self.pk) if self.pk else Claim.objects.none()
        for public_id, claimant in later.values_list("public_id", "claimant_id"):
            if not same_line(self.claimant_id, claimant):
                message = f"{public_id} supersedes this claim: the claimant must be its claimant, or above or below it."
                raise ValidationError({"claimant": ValidationError(message, code="supersedes_own")})


def same_line(one: int, other: int) -> bool:
    """Whether two actors (by primary key) are the same, or one lies inside the other."""
    return other in _line(one) or one in _line(other)


def _line(actor: int) -> set[int]:
    found: set[int] = set()
    above: int | None = actor
    while above is not None and above not in found:
        found.add(above)
        above = Actor.objects.filter(pk=above).values_list("parent_id", flat=True).first()
    return found


@keep_history()
class JointClaimant(models.Model):
    """An actor that makes a claim together with its claimant."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="joint")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", help_text="Who else says it.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order among them, from 0.")

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["claim", "actor"],
                name="jointclaimant_once_per_claim",
                violation_error_message="This claim already has that joint claimant.",
            )
        ]

    def __str__(self) -> str:
        return str(self.actor)
