"""What was imported when, by whom, out of which file."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models

from apps.actors.fields import SHA256, SHA256_MESSAGE, matches
from apps.claims.models import Claim
from apps.ingest.mappings import ColumnMapping, MappedColumn
from apps.ingest.uploads import Upload

__all__ = ["ColumnMapping", "Import", "ImportedClaim", "MappedColumn", "Upload"]


class Import(models.Model):
    """One file of the long form that was brought in."""

    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256 of the file", max_length=64, validators=[matches(SHA256, SHA256_MESSAGE)])
    options = models.JSONField(default=dict, blank=True, help_text="What was said of the file as a whole.")
    counts = models.JSONField(default=dict, blank=True, help_text="How many rows became what.")
    made = models.JSONField(default=dict, blank=True, help_text="Slugs of what it made besides claims, by kind.")
    #: As the histories of all that it wrote, which is how those are told from what editors wrote.
    imported_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken back as a whole.")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-imported_at", "-pk"]
        permissions: ClassVar = [("undo_import", "Can undo an import as a whole")]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.imported_at:%Y-%m-%d %H:%M} UTC"


class ImportedClaim(models.Model):
    """Which import a claim came with, and what its row said last, so that a row which says it again changes nothing."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    came_with = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="claims")
    said = models.CharField(max_length=64, help_text="SHA-256 of what the row said.")
    also_in = models.ForeignKey(
        Import,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The first import after it that stands and has the same row.",
    )

    def __str__(self) -> str:
        return f"claim {self.claim_id} with import {self.came_with_id}"
