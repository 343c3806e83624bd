"""What was imported when, by whom, out of which file."""

from typing import ClassVar

from django.db import models

from apps.actors.fields import SHA256, SHA256_MESSAGE, matches
from apps.claims.models import Claim


class Import(models.Model):
    """One file of the long form that was brought in."""

    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256 of the file", max_length=64, validators=[matches(SHA256, SHA256_MESSAGE)])
    options = models.JSONField(default=dict, blank=True, help_text="What was said of the file as a whole.")
    counts = models.JSONField(default=dict, blank=True, help_text="How many rows became what.")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.imported_at:%Y-%m-%d %H:%M} UTC"


class ImportedClaim(models.Model):
    """Which import a claim came with, and what its row said last, so that a row which says it again changes nothing."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    came_with = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="claims")
    said = models.CharField(max_length=64, help_text="SHA-256 of what the row said.")

    def __str__(self) -> str:
        return f"claim {self.claim_id} with import {self.came_with_id}"
