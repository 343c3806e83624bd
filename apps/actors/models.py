"""Actors, their other names, the slugs that entities had before, and what is left of what a law removed."""

from typing import Any, ClassVar, override

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import models
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
from apps.actors.trees import RefuseCycles, refuse_cycle


class RedirectKind(models.TextChoices):
    ACTOR = "actor"
    SOURCE = "source"
    TOPIC = "topic"
    QUESTION = "question"
    PLACE = "place"


@keep_history()
class Redirect(models.Model):
    """A slug that an entity had before; its addresses lead to the present one for ever."""

    kind = models.CharField(max_length=10, choices=RedirectKind.choices, help_text="What was renamed.")
    old_slug = models.CharField(max_length=100, help_text="The slug before, for example “rok-mod”.")
    target_slug = models.CharField(max_length=100, help_text="The slug now, for example “rok-mnd”.")

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
        indexes: ClassVar = [models.Index(fields=["kind", "target_slug"], name="redirect_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_slug} → {self.target_slug}"


# In the database, because “redirects for ever” must hold for every path that renames.
_RECORD_RENAME = """
    UPDATE actors_redirect SET target_slug = NEW.slug
        WHERE kind = '{kind}' AND target_slug = OLD.slug AND old_slug <> NEW.slug;
    DELETE FROM actors_redirect WHERE kind = '{kind}' AND old_slug = NEW.slug;
    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('{kind}', OLD.slug, NEW.slug);
    RETURN NULL;
"""
_REFUSE_TAKEN = """
    IF EXISTS (
        SELECT 1 FROM actors_redirect WHERE kind = '{kind}' AND old_slug = NEW.slug
        AND (TG_OP = 'INSERT' OR target_slug <> OLD.slug)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = '{kind}_slug_taken',
            MESSAGE = '{kind}_slug_taken: the slug ' || NEW.slug || ' leads to a renamed {kind}.';
    END IF;
    RETURN NEW;
"""


class RecordRename(pgtrigger.Trigger):
    """Keeps the slug that a row had as a redirect, and leads older redirects straight to the new one."""

    name = "record_rename"
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug"))

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # its annotation says instance
        return _RECORD_RENAME.format(kind=model._meta.model_name)


class RefuseTakenSlug(pgtrigger.Trigger):
    """Refuses a slug that leads to another row since a rename."""

    name = "refuse_taken_slug"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("slug")

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # its annotation says instance
        return _REFUSE_TAKEN.format(kind=model._meta.model_name)


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
        triggers: ClassVar = [RecordRename(), RefuseTakenSlug()]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page; addresses are named after the entity."""
        return reverse(str(self._meta.model_name), args=[self.slug])

    @override
    def clean(self) -> None:
        super().clean()
        taken = Redirect.objects.filter(kind=self._meta.model_name, old_slug=self.slug)
        if self.pk is not None:
            before = type(self)._default_manager.filter(pk=self.pk).values("slug")
            taken = taken.exclude(target_slug__in=before)
        if (redirect := taken.first()) is not None:
            message = f"“{self.slug}” already leads to the renamed “{redirect.target_slug}”: choose another slug."
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
