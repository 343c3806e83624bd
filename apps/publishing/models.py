"""Frozen comparisons: documents that never change, named by their own hash (docs/decisions/0007)."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from apps.actors.fields import SHA256, SHA256_MESSAGE, matches, shape_check
from apps.publishing.api_tokens import ApiDraft, ApiToken
from apps.publishing.triggers import id_is_clear

__all__ = ["FROZEN_ID", "SHORTEST", "ApiDraft", "ApiToken", "FrozenComparison", "FrozenComparisonQuerySet"]

#: How many digits of the hash an address has at least: 48 bits, which a person can still copy.
SHORTEST = 12
FROZEN_ID = rf"^[0-9a-f]{{{SHORTEST},64}}$"
FROZEN_ID_MESSAGE = f"Give {SHORTEST} to 64 digits and letters a to f, the first ones of the hash."


class FrozenComparisonQuerySet(models.QuerySet["FrozenComparison"]):
    """Frozen comparisons, by what is known of their hash."""

    def beginning_with(self, digits: str) -> Self:
        """Those whose hash begins with some hexadecimal digits, in lower case."""
        return self.filter(sha256__startswith=digits)

    def meant_by(self, digits: str) -> "FrozenComparison | None":
        """The one that some first digits of a hash mean, in lower case: its id, or more of its hash than that."""
        return next((row for row in self.beginning_with(digits) if digits.startswith(row.public_id)), None)

    def with_headings(self) -> Self:
        """What a list prints, as texts out of each document: `title`, `summary`, `on`, `known`."""
        text = Func(F("document"), Value("UTF8"), function="convert_from", output_field=models.TextField())
        found = {"title": "question,title", "summary": "summary", "on": "query,on", "known": "query,known"}
        parts = {
            name: Func(
                text,
                Value(f"{{{path}}}"),
                arg_joiner="::jsonb #>> ",
                template="(%(expressions)s::text[])",
                output_field=models.TextField(),
            )
            for name, path in found.items()
        }
        return self.annotate(**parts).defer("document")

    def holding_claim(self, public_id: str) -> Self:
        """Those whose document holds a claim; reads every document."""
        text = Func(F("document"), Value("UTF8"), function="convert_from", output_field=models.TextField())
        claims = Func(text, template="(%(expressions)s)::jsonb -> 'claims'", output_field=models.JSONField())
        return self.annotate(claims=claims).filter(claims__contains=[{"claim": public_id}])


class FrozenComparison(models.Model):
    """A comparison as it was on one day, with all that it is made of, as the bytes of one document.

    The database refuses to change it; nothing but a removal by law takes it away. What a reader sees of it comes from
    `document` alone: the other columns find it.
    """

    came_at = "frozen_at"  # see apps.actors.state
    public_id = models.CharField(
        "id",
        max_length=64,
        unique=True,
        validators=[matches(FROZEN_ID, FROZEN_ID_MESSAGE)],
        help_text="The first digits of the hash, as many as it takes to be told from others.",
        error_messages={"unique": "Another one has this id already."},
    )
    sha256 = models.CharField(
        "SHA-256 of the document",
        max_length=64,
        unique=True,
        validators=[matches(SHA256, SHA256_MESSAGE)],
        help_text="In hexadecimal digits.",
        error_messages={"unique": "This was frozen already."},
    )
    document = models.BinaryField(help_text="Canonical JSON (RFC 8785) in the format that it names itself.")
    question_slug = models.CharField(
        max_length=100, help_text="The slug that the question had; where it was renamed, that leads to the present one."
    )
    frozen_at = models.DateTimeField(db_default=TransactionNow())
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who froze it; empty when a program did.",
    )

    objects = FrozenComparisonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            shape_check("public_id", FROZEN_ID, FROZEN_ID_MESSAGE, may_be_empty=False),
            models.CheckConstraint(
                condition=Q(sha256__startswith=F("public_id")),
                name="frozencomparison_id_begins_hash",
                violation_error_code="id_begins_hash",
                violation_error_message="The id is the beginning of the hash.",
            ),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("document"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="frozencomparison_is_hashed",
                violation_error_code="is_hashed",
                violation_error_message="The hash is that of the document.",
            ),
        ]
        triggers: ClassVar = [id_is_clear()]

    def __str__(self) -> str:
        return f"frozen comparison {self.public_id}"

    def get_absolute_url(self) -> str:
        """The page."""
        return reverse("frozen", args=[self.public_id])
