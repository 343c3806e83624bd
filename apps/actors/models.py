"""Actors, their other names, the slugs that entities had before, and what is left of what a law removed."""

from typing import Any, ClassVar, override

from django.apps import apps
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import connections, models
from django.urls import reverse

from apps.actors.fields import (
    COUNTRY,
    COUNTRY_MESSAGE,
    SHA256,
    SHA256_MESSAGE,
    SLUG,
    SLUG_MESSAGE,
    WIKIDATA,
    WIKIDATA_MESSAGE,
    matches,
    one_of,
    shape_check,
)
from apps.actors.history import keep_history
from apps.actors.redirects import (
    ForgetDeleted,
    LeadsSomewhere,
    LeavesNoneBehind,
    RecordRename,
    RefuseTakenSlug,
    name_of,
)
from apps.actors.trees import RefuseCycles, refuse_cycle


class RedirectKind(models.TextChoices):
    ACTOR = "actor"
    SOURCE = "source"
    TOPIC = "topic"
    QUESTION = "question"
    PLACE = "place"


class RedirectQuerySet(models.QuerySet["Redirect"]):
    """Where old slugs lead."""

    def present_slug(self, *, kind: str, slug: str) -> str | None:
        """The slug at which a chain of renames ends: `slug` itself where none begins; None where it goes round."""
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT parallax_redirected(%s, %s)", [kind, slug])
            (found,) = cursor.fetchone()
        return None if found is None else str(found)

    def present_slugs(self, *, kind: str, slugs: list[str]) -> dict[str, str]:
        """The same for many slugs in one query; those that go round are left out."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                "SELECT slug, parallax_redirected(%s, slug) FROM unnest(%s::text[]) AS given (slug)", [kind, slugs]
            )
            return {slug: end for slug, end in cursor.fetchall() if end is not None}


@keep_history(find_by=("kind", "old_slug"))
class Redirect(models.Model):
    """A slug that an entity had before; its addresses lead to the present one for ever.

    A rename adds one row and changes none: where the new slug was left too, its own redirect leads on. Chains are
    followed by one query when an old address is asked for.
    """

    kind = models.CharField(max_length=10, choices=RedirectKind.choices, help_text="What was renamed.")
    old_slug = models.CharField(max_length=100, help_text="The slug before, for example “rok-mod”.")
    target_slug = models.CharField(
        max_length=100, help_text="The slug that took its place, for example “rok-mnd”; it may lead on itself."
    )

    objects = RedirectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "old_slug"],
                name="redirect_old_slug_once",
                violation_error_message="This slug already leads somewhere.",
            ),
            models.CheckConstraint(
                condition=~models.Q(old_slug=models.F("target_slug")),
                name="redirect_not_to_itself",
                violation_error_code="not_to_itself",
                violation_error_message="A slug cannot lead to itself.",
            ),
            one_of("kind", RedirectKind.values),
        ]
        # Not by kind first: without statistics that index would look as good as the unique one, and is far worse.
        indexes: ClassVar = [models.Index(fields=["target_slug", "kind"], name="redirect_target")]
        triggers: ClassVar = [LeadsSomewhere(), LeavesNoneBehind()]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_slug} → {self.target_slug}"

    @override
    def clean(self) -> None:
        super().clean()
        if (entity := slugged(self.kind)) is None:
            return  # the field itself says so
        if entity._default_manager.filter(slug=self.old_slug).exists():
            message = f"“{self.old_slug}” is the slug of {a_kind(self.kind)} now: it cannot lead elsewhere."
            raise ValidationError({"old_slug": ValidationError(message, code="slug_is_live")})
        target = Redirect.objects.present_slug(kind=self.kind, slug=self.target_slug)
        if target == self.old_slug or target is None:
            message = f"“{self.target_slug}” leads to “{self.old_slug}”: this would be a circle."
            raise ValidationError({"target_slug": ValidationError(message, code="leads_round")})
        if not entity._default_manager.filter(slug=target).exists():
            message = f"Give the slug that {a_kind(self.kind)} has or had; none is called “{target}”."
            raise ValidationError({"target_slug": ValidationError(message, code="leads_nowhere")})


def slugged(kind: str) -> "type[Slugged] | None":
    """The entity of a kind of redirect, wherever it is defined; None for a word that is no kind."""
    return next((model for model in apps.get_models() if issubclass(model, Slugged) and name_of(model) == kind), None)


def a_kind(kind: str) -> str:
    """“an actor”, “a place”."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class Slugged(models.Model):
    """An entity with a public address made from its slug."""

    slug = models.CharField(
        max_length=100,
        unique=True,
        validators=[matches(SLUG, SLUG_MESSAGE)],
        help_text="Short name in addresses, for example “kursk-oblast”. After a change the old address redirects.",
        error_messages={"unique": "Another one has this slug already."},
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [shape_check("slug", SLUG, SLUG_MESSAGE, may_be_empty=False)]
        triggers: ClassVar = [RecordRename(), RefuseTakenSlug(), ForgetDeleted()]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page; addresses are named after the entity."""
        return reverse(str(self._meta.model_name), args=[self.slug])

    @override
    def clean(self) -> None:
        super().clean()
        present = Redirect.objects.present_slug(kind=name_of(type(self)), slug=self.slug)
        if present == self.slug:
            return
        before = type(self)._default_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
        if present != before:
            message = f"“{self.slug}” already leads to the renamed “{present}”: choose another slug."
            raise ValidationError({"slug": ValidationError(message, code="slug_taken")})


class TombstoneKind(models.TextChoices):
    CLAIM = "claim"
    CITATION = "citation"
    STANCE = "stance"
    FROZEN = "frozen", "frozen comparison"


class Tombstone(models.Model):
    """What is left of something that a law made us remove. It never changes, and its id is never given away again.

    It has no history, so that it is seen at every knowledge date.
    """

    came_at = "removed_at"  # see apps.actors.state
    kind = models.CharField(max_length=10, choices=TombstoneKind.choices)
    public_id = models.CharField("id", max_length=100)
    sha256 = models.CharField(
        "SHA-256 of what was removed",
        max_length=64,
        validators=[matches(SHA256, SHA256_MESSAGE)],
        help_text="Of its canonical JSON, so that whoever holds a copy can prove that it is one.",
    )
    reason = models.TextField(
        help_text="For readers, for example “Judgment of the Hamburg Regional Court, 324 O 1/26”."
    )
    removed_by = models.CharField(max_length=150, help_text="Who removed it, for example “M. Okafor”.")
    removed_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind", "public_id"],
                name="tombstone_once",
                violation_error_message="This was removed already.",
            ),
            one_of("kind", TombstoneKind.values),
            shape_check("sha256", SHA256, SHA256_MESSAGE, may_be_empty=False),
            models.CheckConstraint(
                condition=models.Q(reason__regex=r"\S", removed_by__regex=r"\S"),
                name="tombstone_says_why",
                violation_error_code="says_why",
                violation_error_message="Say why it was removed, and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}, removed by law"


class ActorKind(models.TextChoices):
    STATE = "state"
    MINISTRY = "ministry"
    ARMED_FORCE = "armed_force"
    INTELLIGENCE = "intelligence"
    HEAD_OF_STATE = "head_of_state", "head of state"
    SPOKESPERSON = "spokesperson"
    IGO = "igo", "intergovernmental organisation"
    NGO = "ngo", "non-governmental organisation"
    THINK_TANK = "think_tank"
    ACADEMIC = "academic"
    COMPANY = "company"
    MEDIA = "media"
    PERSON = "person"
    UNNAMED_OFFICIALS = "unnamed_officials"
    OTHER = "other"


@keep_history()
class Actor(Slugged):
    """Who says or prints something; claimant, speaker's body and publisher are roles of actors."""

    name = models.CharField(max_length=200, help_text="Full name, for example “Ministry of National Defense (ROK)”.")
    short_name = models.CharField(
        max_length=60, blank=True, help_text="For tables and charts, for example “ROK MND”. Empty: the full name."
    )
    kind = models.CharField(max_length=20, choices=ActorKind.choices, help_text="What it is, for example “ministry”.")
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[matches(COUNTRY, COUNTRY_MESSAGE)],
        help_text="ISO 3166 code, for example “KR”. Empty for those that belong to no country.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The body that it is part of, for example the Republic of Korea for its defence ministry.",
    )
    wikidata = models.CharField(
        max_length=20,
        blank=True,
        validators=[matches(WIKIDATA, WIKIDATA_MESSAGE)],
        help_text="Wikidata item, for example “Q884”.",
    )
    note = models.TextField(blank=True, help_text="Anything a colleague should know, for example a change of name.")

    class Meta(Slugged.Meta):
        constraints: ClassVar = [
            *Slugged.Meta.constraints,
            one_of("kind", ActorKind.values),
            shape_check("country", COUNTRY, COUNTRY_MESSAGE),
            shape_check("wikidata", WIKIDATA, WIKIDATA_MESSAGE),
        ]
        triggers: ClassVar = [*Slugged.Meta.triggers, RefuseCycles("parent")]

    def __str__(self) -> str:
        return self.name

    @override
    def clean(self) -> None:
        super().clean()
        refuse_cycle(self, "parent", "An actor cannot be part of itself or of something inside it.")

    @property
    def label(self) -> str:
        """The name for tables and charts."""
        return self.short_name or self.name


@keep_history()
class Alias(models.Model):
    """Another name of an actor, in any language; the order is the editor's."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(
        max_length=200, help_text="One other name, for example “국방부” or “Seoul's defence ministry”."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order among the names, from 0.")

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ("position", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="alias_once_per_actor",
                violation_error_message="This actor already has that other name.",
            )
        ]

    def __str__(self) -> str:
        return self.name
