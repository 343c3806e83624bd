"""Topics, questions, places, claims, and all that hangs on a claim (model.md §2)."""

import json
from typing import Any, ClassVar, override

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Length
from django.urls import reverse

from apps.actors.fields import (
    COUNTRY,
    COUNTRY_MESSAGE,
    LANGUAGE,
    LANGUAGE_MESSAGE,
    PUBLIC_ID,
    PUBLIC_ID_MESSAGE,
    WIKIDATA,
    WIKIDATA_MESSAGE,
    choices_of,
    matches,
    one_of,
    shape_check,
)
from apps.actors.history import keep_history
from apps.actors.models import Actor, Redirect, Slugged
from apps.actors.trees import RefuseCycles, refuse_cycle
from apps.claims.figure_fields import FigureFields, check_size
from apps.claims.ids import new_public_id
from apps.claims.querysets import BasisQuerySet, ClaimQuerySet, QuestionQuerySet
from apps.claims.triggers import (
    citation_leaves_claim_cited,
    keep_public_id,
    keep_published,
    published_claim_is_cited,
    status_goes_one_way,
    supersedes_own,
)
from apps.domain.vocabulary import FORWARD, BasisKind, Measure, Nature, RevisionKind, StanceKind
from apps.sources.models import Source
from apps.web.partial_dates import PartialDateField, PartialFirst, PartialLast, partial_date_check

__all__ = [
    "ActorReliability",
    "Basis",
    "Citation",
    "Claim",
    "ClaimCredibility",
    "ClaimStatus",
    "Correction",
    "JointClaimant",
    "Place",
    "Question",
    "Redirect",
    "Relay",
    "Stance",
    "Topic",
]


@keep_history()
class Topic(Slugged):
    """A situation under watch."""

    title = models.CharField(
        max_length=200, help_text="For example “North Korean soldiers in Russia's war against Ukraine”."
    )
    summary = models.TextField(blank=True, help_text="Two sentences: what is counted, where, since when.")

    class Meta(Slugged.Meta):
        pass

    def __str__(self) -> str:
        return self.title


@keep_history()
class Question(Slugged):
    """The quantity that is estimated, phrased as a question."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    title = models.CharField(max_length=200, help_text="For example “How many North Korean soldiers are present?”.")
    definition = models.TextField(
        blank=True, help_text="What counts and what does not, for example “not: civilian workers”."
    )
    unit = models.CharField(max_length=60, help_text="For example “persons”, “persons/day” or “percent”.")
    measure = models.CharField(
        max_length=20,
        choices=choices_of(Measure),
        help_text="stock: at a moment; flow: over a period; cumulative: since a day.",
    )
    since = PartialDateField(help_text="For cumulative questions: counted from when, for example 2024-10.")
    population = models.CharField(
        max_length=300, blank=True, help_text="Of whom, for example “North Korean soldiers in Russia”."
    )
    broader = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        help_text="The question that contains it: “killed” lies inside “killed or wounded”.",
    )
    floor = models.DecimalField(
        null=True,
        blank=True,
        validators=[check_size],
        default=0,
        help_text="The lowest number that is possible: 0 for counts. Empty: there is none.",
    )
    window_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="How old a figure may be to be compared. Empty: the convention of the site (3).",
    )
    tolerance = models.DecimalField(
        null=True,
        blank=True,
        validators=[check_size, MinValueValidator(0), MaxValueValidator(1)],
        help_text="How wide “about” is, as a share: 0.10. Empty: the convention of the site.",
    )
    note = models.TextField(blank=True, help_text="For readers, for example “relays often swap this for …”.")

    objects = QuestionQuerySet.as_manager()

    class Meta(Slugged.Meta):
        constraints: ClassVar = [
            *Slugged.Meta.constraints,
            one_of("measure", list(Measure)),
            partial_date_check("since"),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0, tolerance__lte=1),
                name="question_tolerance_share",
                violation_error_code="tolerance_share",
                violation_error_message="Give the tolerance as a share from 0 to 1, for example 0.10.",
            ),
        ]
        triggers: ClassVar = [*Slugged.Meta.triggers, RefuseCycles("broader")]

    def __str__(self) -> str:
        return self.title

    @override
    def clean(self) -> None:
        super().clean()
        refuse_cycle(self, "broader", "A question cannot lie inside itself or inside a question that it contains.")


@keep_history()
class Place(Slugged):
    """Where; places lie inside places."""

    name = models.CharField(max_length=200, help_text="For example “Kursk Oblast”.")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The place that contains it, for example Russia for Kursk Oblast.",
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[matches(COUNTRY, COUNTRY_MESSAGE)],
        help_text="ISO 3166 code, for example “RU”. Empty where it is in dispute.",
    )
    wikidata = models.CharField(
        max_length=20,
        blank=True,
        validators=[matches(WIKIDATA, WIKIDATA_MESSAGE)],
        help_text="Wikidata item, for example “Q3073”.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, for example 51.73; both or none.",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, for example 36.19; both or none.",
    )
    note = models.TextField(blank=True, help_text="What is meant, for example “the part under Russian control”.")

    constraint_fields: ClassVar = {"point_paired": "longitude", "point_on_earth": "latitude"}

    class Meta(Slugged.Meta):
        constraints: ClassVar = [
            *Slugged.Meta.constraints,
            shape_check("country", COUNTRY, COUNTRY_MESSAGE),
            shape_check("wikidata", WIKIDATA, WIKIDATA_MESSAGE),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_point_paired",
                violation_error_code="point_paired",
                violation_error_message="Give both latitude and longitude, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="place_point_on_earth",
                violation_error_code="point_on_earth",
                violation_error_message="Latitude goes from -90 to 90, longitude from -180 to 180.",
            ),
        ]
        triggers: ClassVar = [*Slugged.Meta.triggers, RefuseCycles("parent")]

    def __str__(self) -> str:
        return self.name

    @override
    def clean(self) -> None:
        super().clean()
        refuse_cycle(self, "parent", "A place cannot lie inside itself or inside a place that it contains.")


class PublicId(models.Model):
    """A row with a short public id that never changes and is never given away again."""

    public_id = models.CharField(
        "id",
        max_length=40,
        unique=True,
        default=new_public_id,
        validators=[matches(PUBLIC_ID, PUBLIC_ID_MESSAGE)],
        help_text="Permanent and public, for example “c064”. Leave the random one unless you bring an id with you.",
        error_messages={"unique": "Another one has this id already."},
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [shape_check("public_id", PUBLIC_ID, PUBLIC_ID_MESSAGE, may_be_empty=False)]
        triggers: ClassVar = [keep_public_id()]

    def __str__(self) -> str:
        return self.public_id


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
    def was_public(self) -> bool:
        """Whether readers have seen it, so that it stays for ever."""
        return self.status in {ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED}

    @override
    def clean(self) -> None:
        super().clean()
        refuse_cycle(self, "part_of", "A claim cannot be part of itself or of one of its parts.")
        refuse_cycle(self, "supersedes", "A claim cannot supersede itself or a claim that supersedes it.")
        self._clean_claimants()

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
        triggers: ClassVar = [*PublicId.Meta.triggers, citation_leaves_claim_cited()]

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
        triggers: ClassVar = [*PublicId.Meta.triggers]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind.replace('_', ' ')}"


class Assessment(models.Model):
    """Our own grading by the NATO “Admiralty code”: shown, never a hidden weight."""

    graded_on = models.DateField(help_text="The day of the grading, for example 2025-01-31.")
    reason = models.TextField(help_text="Why, for readers, for example “its figures were confirmed twice”.")
    graded_by = models.CharField(max_length=150, help_text="Who graded, for example “M. Okafor”.")

    class Meta:
        abstract = True


class Reliability(models.TextChoices):
    A = "A", "A: completely reliable"
    B = "B", "B: usually reliable"
    C = "C", "C: fairly reliable"
    D = "D", "D: not usually reliable"
    E = "E", "E: unreliable"
    F = "F", "F: cannot be judged"


@keep_history()
class ActorReliability(Assessment):
    """How reliable a source of information an actor was, A to F."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="reliabilities")
    grade = models.CharField(max_length=1, choices=Reliability.choices, help_text="A to F of the Admiralty code.")

    class Meta:
        verbose_name_plural = "actor reliabilities"
        constraints: ClassVar[list[Any]] = [
            one_of("grade", Reliability.values),
            models.UniqueConstraint(
                fields=["actor", "graded_on", "graded_by"],
                name="actorreliability_once_a_day",
                violation_error_message="This actor was graded by the same person on that day already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.grade}"


class Credibility(models.TextChoices):
    ONE = "1", "1: confirmed by other sources"
    TWO = "2", "2: probably true"
    THREE = "3", "3: possibly true"
    FOUR = "4", "4: doubtful"
    FIVE = "5", "5: improbable"
    SIX = "6", "6: cannot be judged"


@keep_history()
class ClaimCredibility(Assessment):
    """How credible the information of a claim was, 1 to 6."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="credibilities")
    grade = models.CharField(max_length=1, choices=Credibility.choices, help_text="1 to 6 of the Admiralty code.")

    class Meta:
        verbose_name_plural = "claim credibilities"
        constraints: ClassVar[list[Any]] = [
            one_of("grade", Credibility.values),
            models.UniqueConstraint(
                fields=["claim", "graded_on", "graded_by"],
                name="claimcredibility_once_a_day",
                violation_error_message="This claim was graded by the same person on that day already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.grade}"


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

    class Meta:
        constraints: ClassVar = [*PublicId.Meta.constraints]
        triggers: ClassVar = [*PublicId.Meta.triggers]

    def __str__(self) -> str:
        return f"{self.corrected_on}: {self.what_was_wrong[:60]}"
