"""Tokens with which programs write drafts, and which drafts they wrote."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

from apps.actors.fields import PUBLIC_ID, PUBLIC_ID_MESSAGE, SHA256, SHA256_MESSAGE, matches, shape_check


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, by whether they open anything."""

    def in_force(self) -> Self:
        """Those that nobody revoked, of people who may still sign in."""
        return self.filter(revoked_at=None, made_by__is_active=True, made_by__is_staff=True)


class ApiToken(models.Model):
    """What a program shows to write drafts. Only its hash is kept: whoever reads the database cannot use it.

    It never may more than the person who made it.
    """

    name = models.CharField(
        max_length=100,
        unique=True,
        help_text="Which program uses it, for example “reader of the ministry's briefings”. Histories name it.",
        error_messages={"unique": "Another token has this name already."},
    )
    sha256 = models.CharField(
        "SHA-256 of the token", max_length=64, unique=True, validators=[matches(SHA256, SHA256_MESSAGE)], editable=False
    )
    may_read_drafts = models.BooleanField(
        "drafts:read", default=True, help_text="It may read the drafts of whoever made it."
    )
    may_write_drafts = models.BooleanField(
        "drafts:write", default=False, help_text="It may record claims as drafts and change them. It never publishes."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, help_text="Who made it."
    )
    made_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="To the minute.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        constraints: ClassVar[list[Any]] = [
            shape_check("sha256", SHA256, SHA256_MESSAGE, may_be_empty=False),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="apitoken_revoked_paired",
                violation_error_code="revoked_paired",
                violation_error_message="A revoked token says when and by whom; any other says neither.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def has_scope(self, scope: str) -> bool:
        """Whether it opens `drafts:read` or `drafts:write`."""
        return {"drafts:read": self.may_read_drafts, "drafts:write": self.may_write_drafts}[scope]


class ApiDraft(models.Model):
    """Which token recorded a claim; a request that is sent again with its key finds the claim here."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="drafts")
    public_id = models.CharField(
        "id of the claim", max_length=40, unique=True, validators=[matches(PUBLIC_ID, PUBLIC_ID_MESSAGE)]
    )
    key = models.CharField("idempotency key", max_length=255, blank=True)
    sha256 = models.CharField("SHA-256 of the request", max_length=64, validators=[matches(SHA256, SHA256_MESSAGE)])
    made_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints: ClassVar[list[Any]] = [
            shape_check("sha256", SHA256, SHA256_MESSAGE, may_be_empty=False),
            models.UniqueConstraint(
                fields=["token", "key"],
                condition=~Q(key=""),
                name="apidraft_key_once",
                violation_error_message="This key was used already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} by {self.token}"
