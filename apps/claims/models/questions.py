"""Topics, questions and places: what is estimated, and where."""

from typing import ClassVar, override

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from apps.actors.fields import (
    COUNTRY,
    COUNTRY_MESSAGE,
    WIKIDATA,
    WIKIDATA_MESSAGE,
    choices_of,
    matches,
    one_of,
    shape_check,
)
from apps.actors.history import keep_history
from apps.actors.models import Slugged
from apps.actors.trees import RefuseCycles, refuse_cycle
from apps.claims.figure_fields import check_size
from apps.claims.querysets import QuestionQuerySet
from apps.domain.vocabulary import Measure
from apps.web.partial_dates import PartialDateField, partial_date_check


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
